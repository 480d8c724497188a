"""Stories of any size and any text: Slack takes every view of them, and what is left out is said."""

from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.domain.people import Role
from bot.domain.stories import Story, StoryState
from bot.domain.themes import Theme, Trend
from handlers.views import home, modals, stories, themes
from handlers.views.kit import Message, View, characters
from tests.unit.views.stories import story_of, theme_of
from tests.unit.views.walls import live, refusals

TEXTS = st.one_of(
    st.text(max_size=80),
    st.text(min_size=1, max_size=4).map(lambda piece: piece * 600),
    st.sampled_from(["&" * 2000, "𝒳" * 2000, "word " * 400, "<!here> " * 250, "\n" * 50, "é\u0301" * 700]),
)
SIZES = st.fixed_dictionaries(
    {
        "examples": st.integers(0, 5),
        "criteria": st.integers(0, 8),
        "edges": st.integers(0, 60),
        "citations": st.integers(0, 60),
        "findings": st.integers(0, 30),
        "slices": st.integers(0, 20),
    }
)
Sizes = dict[str, Any]
MOST: Sizes = {"examples": 5, "criteria": 8, "edges": 60, "citations": 60, "findings": 30, "slices": 20}
NOTHING: Sizes = dict.fromkeys(MOST, 0)
STATES = st.sampled_from(StoryState)


def views_of(story: Story, role: Role) -> dict[str, Message | View]:
    many = [story.model_copy(update={"id": f"ST-{number}"}) for number in range(1, 130)]
    return {
        "card": stories.card(story, role=role),
        "shared": stories.shared_card(story),
        "details": stories.details(story),
        "edges": stories.edge_cases(story),
        "trace": stories.trace(story),
        "list": stories.story_list(many, None, 3),
        "edit": modals.edit_form(story),
        "merge": modals.merge_form(story, many),
        "export": modals.export_form(many, picked="ST-1"),
        "home": home.home(
            home.HomeState(
                "Ada", role, "plumb", waiting=tuple(many), asked=tuple(many), stories=tuple(many),
                sources=tuple(home.SourceLine(story.title, n) for n in range(200)),
            )
        ),
    }  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS, SIZES, STATES, st.sampled_from(Role))
@example("x" * 2000, MOST, StoryState.DRAFT, Role.OWNER)
@example("😀" * 2000, MOST, StoryState.READY, Role.REVIEWER)
@example("&" * 2000, MOST, StoryState.APPROVED, Role.CONTRIBUTOR)
@example("", NOTHING, StoryState.EXPORTED, Role.VIEWER)
@example("", NOTHING, StoryState.MERGED, Role.OWNER)
def test_slack_takes_every_view_of_any_story(text: str, sizes: Sizes, state: StoryState, role: Role) -> None:
    for name, shown in views_of(story_of(text, **sizes, state=state), role).items():
        assert refusals(shown) == [], name
        assert live(shown) == [], name


@pytest.mark.parametrize("text", ["x" * 2000, "😀" * 2000, "&" * 2000, "*_`" * 700])
def test_what_one_presses_is_never_what_is_left_out(text: str) -> None:
    story = story_of(text, **MOST)
    views = views_of(story, Role.REVIEWER)
    for name in ("card", "shared"):
        kinds = [block["type"] for block in _blocks(views[name])[-2:]]
        assert kinds == ["actions", "context_actions"]
    assert "story_list" in str(_blocks(views["list"])[-1])
    assert _inputs(views["export"]) == {"format", "stories"}
    assert _inputs(views["merge"]) == {"into"}
    assert _inputs(views["edit"]) == set(modals.editable(story))
    headers = [block["text"]["text"] for block in _blocks(views["home"]) if block["type"] == "header"]
    assert headers[1:] == ["Your queue", "Stories", "Tickets", "Settings", "What I cannot do"]


def _blocks(view: Message | View) -> list[dict[str, Any]]:
    return list(view.blocks if isinstance(view, Message) else view["blocks"])


def _inputs(view: Message | View) -> set[str]:
    return {block["block_id"] for block in _blocks(view) if block["type"] == "input"}


def test_what_does_not_fit_into_details_is_counted() -> None:
    told = stories.details(story_of("word " * 400, **MOST))
    assert len(told.blocks) <= 50
    assert characters(list(told.blocks)) <= 12_000
    assert "more parts; an export holds all of them" in str(told.blocks)


@pytest.mark.parametrize("count", [0, 1, 2, 20, 49, 51, 300])
def test_any_number_of_themes(count: int) -> None:
    found = [theme_of(f"Theme number {n}", n, tickets=count - n + 5) for n in range(count)]
    told = themes.theme_list("tickets@C0PRIVATE", found, 5000, role=Role.CONTRIBUTOR)
    assert refusals(told) == []
    assert refusals(themes.without_charts(told)) == []
    shown = sum(block.get("accessory", {}).get("action_id") == "theme_draft" for block in told.blocks)
    assert shown == count or f"{count - shown} more: Theme number {shown} (" in told.text.replace("*", "")
    assert "C0PRIVATE" not in told.text


def test_themes_of_the_same_name_are_told_apart_in_the_chart() -> None:
    found = [theme_of("A very long name that is cut for the chart", n) for n in range(9)]
    chart = themes.theme_list("s", found, 99, role=Role.VIEWER).blocks[2]["chart"]
    labels = chart["axis_config"]["categories"]
    assert len(set(labels)) == len(labels) == 5
    assert [point["label"] for point in chart["series"][0]["data"]] == labels


@pytest.mark.parametrize(
    ("trend", "said"),
    [
        (Trend(), ""),
        (Trend((), 12, 5, 19, True), "rising +12 (95 % +5…+19)"),
        (Trend((), 1, -5, 7), "steady +1 (95 % -5…+7)"),
        (Trend((), -9, -15, -3), "falling -9 (95 % -15…-3)"),
        (Trend((), 0, None, None), "steady +0"),
    ],
)
def test_a_trend_in_words_says_what_its_interval_carries(trend: Trend, said: str) -> None:
    assert themes.trend_words(trend) == said


def test_a_theme_without_known_people_says_so() -> None:
    theme = Theme("TH-1", "Login", (), "no", "t1", (), 0, Trend())
    assert "people unknown" in themes.theme_list("s", [theme], 1, role=Role.VIEWER).text
