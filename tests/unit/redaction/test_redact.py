"""What must leave a text, what must stay, and what holds for every text."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.redaction import TYPES, Span, contains_leak, redact, redact_structured
from tests.unit.redaction.canaries import CANARIES, CONTEXTS, HARMLESS

PLANTED = [
    (kind, value, context) for kind, values in CANARIES.items() for value in values for context in CONTEXTS
]
FRAGMENTS = st.sampled_from(
    [value for values in CANARIES.values() for value in values]
    + [
        *CONTEXTS,
        *HARMLESS,
        "Regards,\nAnna Lee",
        "my name is",
        "Zoë",
        "ship to 12 Oak Street, Springfield",
        "[EMAIL_1]",
    ]
)
TEXTS = st.one_of(st.text(max_size=80), st.lists(FRAGMENTS, max_size=5).map(" ".join))


def covered(text: str, spans: tuple[Span, ...]) -> set[int]:
    return {i for span in spans for i in range(span.start, span.end)}


@pytest.mark.parametrize(("kind", "value", "context"), PLANTED)
def test_a_planted_value_leaves_whole(kind: str, value: str, context: str) -> None:
    text = context.replace("{}", value)
    at = text.index(value)
    gone = covered(text, redact(text).spans)
    assert all(i in gone for i in range(at, at + len(value)) if text[i].isalnum())
    assert contains_leak(text)


@pytest.mark.parametrize("kind", CANARIES)
def test_types_are_told_apart(kind: str) -> None:
    assert f"[{kind}_1]" in redact(f"here: {CANARIES[kind][0]} thanks").text


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless_text_stays(text: str) -> None:
    assert redact(text).text == text
    assert not contains_leak(text)


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        ("hello, this is Anna Kowalska, card problem", "hello, this is [PERSON_1], card problem"),
        ("my name is priya and my order is late", "my name is [PERSON_1] and my order is late"),
        ("It never came.\n\nRegards,\nBjørn Lindqvist", "It never came.\n\nRegards,\n[PERSON_1]"),
        ("Mr. Chukwuemeka called twice", "[PERSON_1] called twice"),
        ("Ship it to 12 Oak Street, Springfield, IL 62704 please", "Ship it to [ADDRESS_1] please"),
        ("wohnhaft in Lindenweg 7, 10115 Berlin", "wohnhaft in [ADDRESS_1]"),
        ("@maria_g can you look", "[PERSON_1] can you look"),
        ("order SO12345678 is late, a@b.org", "order [ORDER_ID_1] is late, [EMAIL_1]"),
    ],
)
def test_names_and_places(text: str, redacted: str) -> None:
    assert redact(text).text == redacted


def test_the_same_value_keeps_its_number() -> None:
    text = "Mail a@b.org or c@d.org; I said A@B.ORG"
    assert redact(text).text == "Mail [EMAIL_1] or [EMAIL_2]; I said [EMAIL_1]"


def test_numbers_start_above_placeholders_in_the_text() -> None:
    assert redact("[EMAIL_3] wrote to a@b.org").text == "[EMAIL_3] wrote to [EMAIL_4]"


def test_columns_of_the_row_leave_its_text() -> None:
    known = ("Will Ferrant", "will.f@example.org", "+44 20 7946 0018")
    text = (
        "Ferrant here. Will you call 2079460018? 4420 79460018, WILL.F@EXAMPLE.ORG. I will wait, will ferrant"
    )
    redacted = redact(text, known=known).text
    assert not any(value in redacted.lower() for value in ("ferrant", "7946", "example"))
    assert "I will wait" in redacted


def test_a_full_name_takes_its_parts_along() -> None:
    assert "Kowalska" not in redact("I am Anna Kowalska. The bill says Kowalska since May.").text


def test_spans_point_into_the_original() -> None:
    text = "x\u200by ４１１１ 1111 1111 1111, jo&#64;example.org"
    found = {span.type: text[span.start : span.end] for span in redact(text).spans}
    assert found == {"CARD": "４１１１ 1111 1111 1111", "EMAIL": "jo&#64;example.org"}


def test_the_structured_pass_leaves_names() -> None:
    assert redact_structured("Anna Kowalska, a@b.org") == "Anna Kowalska, [EMAIL_1]"


@settings(max_examples=150, deadline=None)
@given(TEXTS)
@example("Anna Kowalska Anna [PERSON_1] Kowalska")
@example("[CARD_1] 4111 1111 1111 1111 [CARD_1]")
@example("my name is my name is my name is Zoë Zoë")
def test_redacting_twice_changes_nothing(text: str) -> None:
    once = redact(text).text
    assert redact(once).text == once
    assert redact(once).spans == ()


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_spans_are_disjoint_and_the_rest_is_verbatim(text: str) -> None:
    result = redact(text)
    pieces, at = [], 0
    for span in result.spans:
        assert span.type in TYPES
        assert at <= span.start < span.end <= len(text)
        pieces.append(text[at : span.start])
        at = span.end
    pieces.append(text[at:])
    rest = result.text
    for piece in pieces:
        assert piece in rest
        rest = rest[rest.index(piece) + len(piece) :]


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_after_the_structured_pass_no_leak_is_left(text: str) -> None:
    assert not contains_leak(redact_structured(text))
