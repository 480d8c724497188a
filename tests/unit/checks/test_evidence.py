"""Quotes stand in the very ticket they name, or they go."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.checks import check_story, locate, verify_citations
from bot.domain.checks.text import quotes
from bot.domain.stories import CannotDo, Citation, EdgeCase, Example
from tests.unit.checks.samples import BODY, CRITERIA, TICKETS, body, criterion

TICKET = "I was  charged\ntwice — “for one” coffee, and I’m unable to log in. Ref [ORDER_1]"


@pytest.mark.parametrize(
    ("quote", "span"),
    [
        ("charged\ntwice", "charged\ntwice"),
        ("I was charged twice", "I was  charged\ntwice"),
        ('charged twice - "for one" coffee', "charged\ntwice — “for one” coffee"),
        ("“…and I'm unable to log in…”", "and I’m unable to log in"),
        ("able to log in", "unable to log in"),
        ("charged twi", "charged\ntwice"),
        ("charged three times", None),
        ("CHARGED TWICE", None),
        ("", None),
        ("…", None),
    ],
)
def test_a_quote_is_found_as_the_ticket_has_it(quote: str, span: str | None) -> None:
    assert locate(quote, TICKET) == span


@given(st.text(), st.text())
def test_what_is_found_is_in_the_ticket(quote: str, ticket: str) -> None:
    span = locate(quote, ticket)
    assert span is None or span in ticket


@given(st.text(min_size=1), st.text(), st.text())
def test_what_is_in_the_ticket_is_found(quote: str, before: str, after: str) -> None:
    found = locate(quote, before + quote + after)
    assert (found is not None and quote in found) if quote.strip() else found is None


def test_a_good_story_loses_nothing() -> None:
    assert verify_citations(BODY, TICKETS) == (BODY, ())


@pytest.mark.parametrize(
    ("ticket_id", "quote"),
    [
        ("b77-14", "my card was stolen in Spain"),  # nobody said it
        ("b77-12", "It's been a week since I ordered my card"),  # another ticket said it
        ("b77-999", "It's been a week since I ordered my card"),  # no such ticket
        ("b77-14", "my card"),  # proves nothing
    ],
)
def test_what_cannot_be_verified_is_dropped_by_name(ticket_id: str, quote: str) -> None:
    said = body(
        examples=(*BODY.examples, Example(ticket_id=ticket_id, input=quote, expected="states the date")),
        cannot_do=CannotDo(ticket_id=ticket_id, input=quote, condition="no order", expected="hands over"),
        edge_cases=(*BODY.edge_cases, EdgeCase(ticket_id=ticket_id, quote=quote, note="odd")),
        citations=(*BODY.citations, Citation(ticket_id=ticket_id, quote=quote)),
    )
    kept, findings = verify_citations(said, TICKETS)
    assert kept == BODY.model_copy(update={"cannot_do": None})
    assert [f.field for f in findings] == ["examples[3]", "cannot_do", "edge_cases[2]", "citations[4]"]
    assert {f.severity for f in findings} == {"warning"}
    assert all(quote[:20] in f.message for f in findings)
    unverified = [f.field for f in check_story(said, TICKETS) if f.code == "evidence.unverified"]
    assert len(unverified) == 4


def test_a_retyped_quote_becomes_the_tickets_own_characters() -> None:
    said = body(citations=(Citation(ticket_id="t", quote="I was charged twice"),))
    kept, findings = verify_citations(said, {**TICKETS, "t": TICKET})
    assert kept.citations[0].quote == "I was  charged\ntwice"
    assert findings == ()


@pytest.mark.parametrize("whole", ["declined!", "card declined", "カードがまだ届きません"])
def test_a_whole_short_ticket_may_be_quoted(whole: str) -> None:
    said = body(citations=(Citation(ticket_id="t", quote=whole),))
    assert verify_citations(said, {**TICKETS, "t": whole})[1] == ()


def test_scripts_without_spaces_are_counted_by_letters() -> None:
    tickets = {**TICKETS, "t": "先週注文したカードがまだ届きません。どうすればいいですか"}
    long, short = (
        body(citations=(Citation(ticket_id="t", quote=q),)) for q in ("カードがまだ届きません", "カード")
    )
    assert verify_citations(long, tickets)[1] == ()
    assert len(verify_citations(short, tickets)[1]) == 1


def test_a_placeholder_is_no_evidence() -> None:
    said = body(citations=(Citation(ticket_id="t", quote="[EMAIL_1]"),))
    assert verify_citations(said, {**TICKETS, "t": "[EMAIL_1]"})[0].citations == ()


@pytest.mark.parametrize(
    "changes",
    [
        {"ticket_ids": ()},
        {"ticket_ids": ("b77-999",)},
        {"evidence": ""},
        {"evidence": "2 of 58 tickets say “my cat ate the card”"},
    ],
)
def test_unfounded_evidence_makes_a_number_a_proposal(changes: dict[str, object]) -> None:
    kept, findings = verify_citations(body(criteria=(criterion(2, **changes),)), TICKETS)
    (left,) = kept.criteria
    assert (left.provenance, left.evidence, left.ticket_ids) == ("proposed", "", ())
    assert left.then == CRITERIA[2].then
    assert findings[-1].field == "criteria[0].evidence"


def test_unknown_tickets_leave_the_known_ones() -> None:
    mixed = criterion(2, ticket_ids=("b77-14", "nope", "b77-14"), evidence="1 of 58 says “it's not here”")
    kept, findings = verify_citations(body(criteria=(mixed,)), TICKETS)
    assert kept.criteria[0].ticket_ids == ("b77-14",)
    assert kept.criteria[0].provenance == "from evidence"
    assert ["nope" in f.message for f in findings] == [True]


@given(st.text(max_size=400), st.sampled_from([*TICKETS, "x"]))
def test_after_verifying_every_quote_stands(quote: str, ticket_id: str) -> None:
    said = body(
        citations=(Citation.model_construct(ticket_id=ticket_id, quote=quote),),
        examples=(Example.model_construct(ticket_id=ticket_id, input=quote, expected="states the date"),),
    )
    kept, _ = verify_citations(said, {**TICKETS, "x": quote})
    assert all(q.text in {**TICKETS, "x": quote}[q.ticket_id] for q in quotes(kept))
    assert not [f for f in check_story(kept, {**TICKETS, "x": quote}) if f.code == "evidence.unverified"]
