"""Merges are offered where two stories say the same, and only there."""

import numpy as np
import pytest

from bot.domain.checks import check_backlog, find_similar, story_text
from bot.domain.checks.similar import SAME_MEANING, SAME_TICKETS
from bot.domain.stories import Citation, Example, Story, StoryBody
from tests.unit.checks.samples import BODY, STORY, body, criterion, story


def other(want: str, title: str, *inputs: str) -> Story:
    """A story of its own tickets."""
    examples = tuple(
        Example(ticket_id=f"o{i}", input=text, expected="names it") for i, text in enumerate(inputs)
    )
    citations = tuple(Citation(ticket_id=f"o{i}", quote=text) for i, text in enumerate(inputs))
    return story(
        id="ST-2",
        want=want,
        title=title,
        examples=examples,
        citations=citations,
        cannot_do=None,
        edge_cases=(),
    )


SAME_NEED = other(
    "to be told when the card I ordered will come",
    "Ordered cards that have not arrived",
    "My card has not arrived, what is the status of its delivery?",
    "I ordered a card a week ago, please help me track it",
)
SAME_TURN_OF_PHRASE = other(
    "to be told where my refund is and when it will come",
    "Refunds that have not arrived: customers cannot see where theirs is",
    "Where is the money for the shoes I returned?",
    "The shop says it paid me back but my balance did not change",
)
OTHER_NEED = other(
    "to change the address on my account",
    "Moving house without a new address on file",
    "I moved, how do I update my address?",
    "Post goes to my old flat",
)


def test_the_same_need_in_other_words_is_offered_with_a_reason() -> None:
    (similar,) = find_similar(BODY, [SAME_NEED, OTHER_NEED])
    assert similar.story_id == "ST-2"
    assert similar.score >= 1
    assert "card" in similar.reason


def test_a_turn_of_phrase_is_not_a_need() -> None:
    assert find_similar(BODY, [SAME_TURN_OF_PHRASE, OTHER_NEED]) == ()


def test_a_story_is_similar_to_itself_and_the_closest_comes_first() -> None:
    found = find_similar(BODY, [SAME_NEED, STORY])
    assert [similar.story_id for similar in found] == ["ST-14", "ST-2"]


@pytest.mark.parametrize(("shared", "offered"), [(4, False), (5, True), (10, True)])
def test_half_of_the_smaller_themes_tickets_is_the_line(shared: int, offered: bool) -> None:
    assert SAME_TICKETS == 0.5
    mine, theirs = {str(i) for i in range(10)}, {str(i) for i in range(10 - shared, 40)}
    found = find_similar(BODY, [OTHER_NEED], tickets=mine, tickets_of={"ST-2": theirs})
    assert bool(found) is offered
    if offered:
        assert found[0].reason == f"{shared} of 10 tickets are the same"


@pytest.mark.parametrize(("cosine", "offered"), [(SAME_MEANING - 0.01, False), (SAME_MEANING + 0.01, True)])
def test_vectors_alone_are_enough_at_their_threshold(cosine: float, offered: bool) -> None:
    mine = np.array([1, 0], dtype=np.float32)
    theirs = np.array([cosine, (1 - cosine**2) ** 0.5], dtype=np.float32)
    found = find_similar(BODY, [OTHER_NEED], vector=mine, vectors_of={"ST-2": theirs})
    assert bool(found) is offered


def test_two_signs_that_are_nearly_enough_are_enough_together() -> None:
    nearly = 0.95 * SAME_MEANING
    mine = np.array([1, 0], dtype=np.float32)
    theirs = np.array([nearly, (1 - nearly**2) ** 0.5], dtype=np.float32)
    tickets = {str(i) for i in range(100)}
    shared = {str(i) for i in range(53, 200)}  # 47 of 100
    (found,) = find_similar(
        BODY,
        [OTHER_NEED],
        tickets=tickets,
        tickets_of={"ST-2": shared},
        vector=mine,
        vectors_of={"ST-2": theirs},
    )
    assert "47 of 100" in found.reason
    assert "cosine 0.80" in found.reason


def test_stories_without_quotes_are_compared_by_title_and_want() -> None:
    bare = story(id="ST-2", examples=(), citations=(), cannot_do=None, edge_cases=())
    assert [s.story_id for s in find_similar(BODY, [bare])] == ["ST-2"]
    assert (
        find_similar(body(title="!", want="?"), [bare.model_copy(update={"title": "?", "want": "!"})]) == ()
    )


def test_the_text_of_a_story_is_near_its_tickets_and_away_from_others() -> None:
    text = story_text(BODY)
    assert text.startswith(BODY.title)
    for example in BODY.examples:
        assert example.input in text
    for foreign in ("lost or stolen", "two cards ordered", "near-real-time", "limited generation"):
        assert foreign not in text
    lines = text.split("\n")
    assert len(lines) == len(set(lines))


def templated(theme: str, then: str = "") -> StoryBody:
    """A story printed from one template."""
    said = then or f"it names the {theme} correctly in at least 88 % of 100 tickets"
    first = criterion(0, given=f"a ticket about a {theme}", then=said, threshold=88, n=100)
    return body(title=f"{theme} is unclear", want=f"to be told about my {theme}", criteria=(first,))


def test_a_template_is_seen_across_stories() -> None:
    findings = check_backlog([templated("refund"), templated("transfer"), templated("card")])
    assert [{f.code for f in each} for each in findings] == [
        {"backlog.same_criterion", "backlog.same_benefit", "backlog.same_criteria"}
    ] * 3
    assert all(f.severity == "warning" for each in findings for f in each)


def test_a_story_of_its_own_is_left_alone() -> None:
    own = body(
        title="Cards that have not arrived",
        benefit="I know whether to wait",
        criteria=(criterion(1),),
    )
    findings = check_backlog([templated("refund"), templated("transfer"), own])
    assert findings[2] == ()
    assert {f.code for f in findings[0]} >= {"backlog.same_criterion"}


def test_two_stories_are_no_pattern() -> None:
    assert check_backlog([templated("refund"), templated("transfer")]) == ((), ())
