"""Who may press what on a card, and what a card says of where its story stands."""

from typing import Any

import pytest

from bot.domain.people import Role
from bot.domain.stories import Story, StoryState
from bot.exporters import EXPORTERS
from handlers.views import modals, stories
from handlers.views.kit import Message
from handlers.views.modals.choosing import FORMATS
from handlers.views.specimens import STORY
from handlers.views.stories import notes
from handlers.views.stories.parts import STATES, place

OTHER = STORY.model_copy(update={"id": "ST-9", "merge_with": ()})
V, C, R = Role.VIEWER, Role.CONTRIBUTOR, Role.REVIEWER
DRAFT, READY, APPROVED = StoryState.DRAFT, StoryState.READY, StoryState.APPROVED


def elements(told: Message) -> list[dict[str, Any]]:
    return [
        element for block in told.blocks for element in block.get("elements", []) if "action_id" in element
    ]


def pressable(told: Message) -> set[str]:
    found = {element["action_id"] for element in elements(told)}
    menus = [element["options"] for element in elements(told) if element["type"] == "overflow"]
    return found | {option["value"].split(":")[0] for options in menus for option in options}


def in_state(state: StoryState, story: Story = STORY) -> Story:
    return story.model_copy(update={"state": state, "approved_by": "U0ADA" if state is APPROVED else ""})


@pytest.mark.parametrize(
    ("role", "state", "wanted", "unwanted"),
    [
        (
            V,
            DRAFT,
            set(),
            {"story_approve", "story_ask_approval", "story_edit", "story_merge", "story_share"},
        ),
        (C, DRAFT, {"story_ask_approval", "story_edit", "story_merge", "story_share"}, {"story_approve"}),
        (C, READY, {"story_edit"}, {"story_ask_approval", "story_approve"}),
        (R, DRAFT, {"story_approve", "story_edit"}, {"story_ask_approval", "story_export"}),
        (R, READY, {"story_approve"}, {"story_export"}),
        (R, APPROVED, {"story_export", "story_edit"}, {"story_approve"}),
        (R, StoryState.EXPORTED, {"story_export"}, {"story_approve", "story_edit", "story_merge"}),
        (R, StoryState.MERGED, set(), {"story_approve", "story_edit", "story_export", "story_share"}),
    ],
)
def test_buttons_follow_role_and_state(
    role: Role, state: StoryState, wanted: set[str], unwanted: set[str]
) -> None:
    found = pressable(stories.card(in_state(state), role=role))
    assert wanted <= found
    assert not unwanted & found
    assert {"story_edges", "story_trace", "output_feedback", "show"} <= found


def test_merging_is_a_button_where_it_is_likely_and_in_the_menu_where_not() -> None:
    assert "story_merge" in pressable(stories.card(STORY, role=C))
    found = pressable(stories.card(OTHER, role=C))
    assert "story_merge" not in found
    assert "merge" in found


def test_every_button_carries_the_story() -> None:
    for element in elements(stories.card(STORY, role=R)):
        if element["type"] == "button":
            assert element["value"] == STORY.id
        elif element["type"] == "feedback_buttons":
            thumbs = element["positive_button"], element["negative_button"]
            assert [thumb["value"] for thumb in thumbs] == ["up:story:ST-1", "down:story:ST-1"]


def test_a_channel_sees_no_ticket_text() -> None:
    """Guests may read along."""
    quotes = [citation.quote for citation in STORY.citations]
    shared, private = stories.shared_card(STORY), stories.card(STORY, role=R)
    assert not [quote for quote in quotes if quote in shared.text]
    assert quotes[0] in private.text
    assert "story_share" not in pressable(shared)


def test_a_card_says_where_its_story_stands() -> None:
    assert "`draft`" in stories.card(STORY, role=R).text
    assert "`approved` by <@U0ADA>" in stories.card(in_state(APPROVED), role=R).text
    by_name = in_state(APPROVED).model_copy(update={"approved_by": "root"})
    assert "`approved` by root" in stories.card(by_name, role=R).text
    merged = in_state(StoryState.MERGED).model_copy(update={"merged_into": "ST-9"})
    assert "`merged` into ST-9" in stories.card(merged, role=R).text
    assert set(STATES) == set(StoryState)


def test_a_card_says_who_wrote_it() -> None:
    assert "Drafted without a model" in stories.card(STORY, role=R).text
    drafted = {"drafted_by": "openai:m", "prompt": "draft_story@2", "fingerprint": "0123456789abcdef"}
    told = stories.card(STORY.model_copy(update=drafted), role=R).text
    assert "Drafted by openai:m with draft_story@2, fingerprint 01234567" in told


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("examples[1].input", "Example 2, input"),
        ("criteria[0].then", "Criterion 1, then"),
        ("edge_cases[2].quote", "Edge case 3, quote"),
        ("before_after.after", "Before after, after"),
        ("title", "Title"),
    ],
)
def test_a_finding_names_its_place_in_words(field: str, said: str) -> None:
    assert place(field) == said


def test_a_finding_counts_from_one_in_its_words_too() -> None:
    found = STORY.findings[0].model_copy(update={"message": "Nearly the input of examples[0]."})
    told = stories.card(STORY.model_copy(update={"findings": (found,)}), role=R)
    assert "Nearly the input of example 1." in told.text


def test_the_edit_form_shows_what_it_gives_back_for_comparing() -> None:
    messy = STORY.model_copy(update={"title": "a\u200bb \n c", "fallback": "one\r\ntwo  three" + "😀" * 1500})
    blocks = {block["block_id"]: block for block in modals.edit_form(messy)["blocks"] if "block_id" in block}
    editable = modals.editable(messy)
    assert set(blocks) == set(editable)
    for path, text in editable.items():
        assert blocks[path]["element"].get("initial_value", "") == text
    assert editable["title"] == "ab c"
    assert editable["criteria.0.threshold"] == "95"
    assert editable["fallback"].startswith("one\ntwo three")


def test_every_path_of_the_edit_form_is_a_field() -> None:
    data = STORY.model_dump(mode="json")
    for path in modals.editable(STORY):
        value: Any = data
        for part in path.split("."):
            value = value[int(part)] if isinstance(value, list) else value[part]
        assert isinstance(value, str | float)


def test_forms_offer_every_export_format() -> None:
    assert set(FORMATS) == set(notes.FORMATS) == set(EXPORTERS)


def test_a_list_turns_its_pages_by_a_menu() -> None:
    many = [STORY.model_copy(update={"id": f"ST-{number}"}) for number in range(45)]
    for wanted, page in ((1, 1), (2, 2), (3, 3), (9, 3), (-1, 1)):
        menu = elements(stories.story_list(many, DRAFT, wanted))[-1]
        assert [option["value"] for option in menu["options"]] == ["draft:1", "draft:2", "draft:3"]
        assert menu["initial_option"]["value"] == f"draft:{page}"
    assert "41 to 45 of 45" in stories.story_list(many, DRAFT, 3).text
