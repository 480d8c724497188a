"""At every limit: so many are taken, one more is refused with Slack's words and a pointer to the place."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.sandbox.blocks import Surface, check_blocks, check_message, check_view
from tests.sandbox.blocks.examples import (
    CARD,
    CONFIRM,
    JSON,
    RAW,
    TASK,
    asking,
    chart,
    mrkdwn,
    option,
    plain,
)

Make = Callable[[int], JSON]


def button(**fields: Any) -> JSON:
    return {"type": "actions", "elements": [{"type": "button", "text": plain(), **fields}]}


def select(**fields: Any) -> JSON:
    return {"type": "actions", "elements": [{"type": "static_select", "options": [option()], **fields}]}


def series(count: int, points: int = 1, name: str = "") -> JSON:
    labels = [f"p{number}" for number in range(points)]
    data = [{"label": label, "value": 1} for label in labels]
    lines = [{"name": name or f"s{number}", "data": data} for number in range(count)]
    return chart(series=lines, axis_config={"categories": labels})


def options(count: int) -> list[JSON]:
    return [option(f"v{number}") for number in range(count)]


def rows(kind: str, count: int, columns: int = 1) -> JSON:
    return {
        "type": kind,
        "rows": [[RAW] * columns] * count,
        **({"caption": "c"} if kind == "data_table" else {}),
    }


CHARACTERS: dict[str, tuple[int, Make, str]] = {
    "section text": (3000, lambda n: {"type": "section", "text": mrkdwn("x" * n)}, "/text/text"),
    "section field": (2000, lambda n: {"type": "section", "fields": [plain("x" * n)]}, "/fields/0/text"),
    "header": (150, lambda n: {"type": "header", "text": plain("x" * n)}, "/text/text"),
    "context text": (3000, lambda n: {"type": "context", "elements": [mrkdwn("x" * n)]}, "/elements/0/text"),
    "block id": (255, lambda n: {"type": "divider", "block_id": "x" * n}, "/block_id"),
    "alt text": (2000, lambda n: {"type": "image", "image_url": "u", "alt_text": "x" * n}, "/alt_text"),
    "image url": (3000, lambda n: {"type": "image", "alt_text": "a", "image_url": "x" * n}, "/image_url"),
    "image title": (
        2000,
        lambda n: {"type": "image", "alt_text": "a", "image_url": "u", "title": plain("x" * n)},
        "/title/text",
    ),
    "button text": (75, lambda n: button(text=plain("x" * n)), "/elements/0/text/text"),
    "button value": (2000, lambda n: button(value="x" * n), "/elements/0/value"),
    "button url": (3000, lambda n: button(url="x" * n), "/elements/0/url"),
    "accessibility label": (
        75,
        lambda n: button(accessibility_label="x" * n),
        "/elements/0/accessibility_label",
    ),
    "action id": (255, lambda n: button(action_id="x" * n), "/elements/0/action_id"),
    "confirm title": (
        100,
        lambda n: button(confirm={**CONFIRM, "title": plain("x" * n)}),
        "/elements/0/confirm/title/text",
    ),
    "confirm text": (
        300,
        lambda n: button(confirm={**CONFIRM, "text": mrkdwn("x" * n)}),
        "/elements/0/confirm/text/text",
    ),
    "confirm deny": (
        30,
        lambda n: button(confirm={**CONFIRM, "deny": plain("x" * n)}),
        "/elements/0/confirm/deny/text",
    ),
    "option text": (
        75,
        lambda n: select(options=[{**option(), "text": plain("x" * n)}]),
        "/elements/0/options/0/text/text",
    ),
    "option value": (150, lambda n: select(options=[option("x" * n)]), "/elements/0/options/0/value"),
    "option description": (
        75,
        lambda n: select(options=[{**option(), "description": plain("x" * n)}]),
        "/elements/0/options/0/description/text",
    ),
    "placeholder": (150, lambda n: select(placeholder=plain("x" * n)), "/elements/0/placeholder/text"),
    "input label": (
        2000,
        lambda n: {**asking({"type": "plain_text_input"}), "label": plain("x" * n)},
        "/label/text",
    ),
    "input hint": (
        2000,
        lambda n: {**asking({"type": "plain_text_input"}), "hint": plain("x" * n)},
        "/hint/text",
    ),
    "markdown": (12_000, lambda n: {"type": "markdown", "text": "x" * n}, "/text"),
    "card body": (200, lambda n: {"type": "card", "body": mrkdwn("x" * n)}, "/body/text"),
    "card title": (150, lambda n: {"type": "card", "title": mrkdwn("x" * n)}, "/title/text"),
    "container title": (
        150,
        lambda n: {"type": "container", "title": plain("x" * n), "child_blocks": [{"type": "divider"}]},
        "/title/text",
    ),
    "chart title": (50, lambda n: {**chart(), "title": "x" * n}, "/title"),
    "series name": (20, lambda n: series(1, name="x" * n), "/chart/series/0/name"),
    "axis label": (
        50,
        lambda n: chart(axis_config={"categories": ["Mon", "Tue"], "x_label": "x" * n}),
        "/chart/axis_config/x_label",
    ),
}
ITEMS: dict[str, tuple[int, Make, str]] = {
    "fields": (10, lambda n: {"type": "section", "fields": [plain()] * n}, "/fields"),
    "context": (10, lambda n: {"type": "context", "elements": [plain()] * n}, "/elements"),
    "actions": (25, lambda n: {"type": "actions", "elements": button()["elements"] * n}, "/elements"),
    "context actions": (
        5,
        lambda n: {
            "type": "context_actions",
            "elements": [{"type": "icon_button", "icon": "trash", "text": plain()}] * n,
        },
        "/elements",
    ),
    "select options": (100, lambda n: select(options=options(n)), "/elements/0/options"),
    "radio options": (
        10,
        lambda n: asking({"type": "radio_buttons", "options": options(n)}),
        "/element/options",
    ),
    "checkbox options": (
        10,
        lambda n: asking({"type": "checkboxes", "options": options(n)}),
        "/element/options",
    ),
    "overflow options": (
        5,
        lambda n: {"type": "actions", "elements": [{"type": "overflow", "options": options(n)}]},
        "/elements/0/options",
    ),
    "table rows": (100, lambda n: rows("table", n), "/rows"),
    "table columns": (20, lambda n: rows("table", 1, n), "/rows/0"),
    "data table rows": (101, lambda n: rows("data_table", n), "/rows"),
    "data table columns": (20, lambda n: rows("data_table", 2, n), "/rows/0"),
    "cards": (10, lambda n: {"type": "carousel", "elements": [CARD] * n}, "/elements"),
    "child blocks": (
        10,
        lambda n: {"type": "container", "title": plain(), "child_blocks": [{"type": "divider"}] * n},
        "/child_blocks",
    ),
    "tasks": (
        50,
        lambda n: {"type": "plan", "title": "p", "tasks": [{**TASK, "task_id": f"t{k}"} for k in range(n)]},
        "/tasks",
    ),
    "series": (6, lambda n: series(n), "/chart/series"),
    "points": (20, lambda n: series(1, n), "/chart/series/0/data"),
    "segments": (
        6,
        lambda n: {**chart(), "chart": {"type": "pie", "segments": [{"label": "a", "value": 1}] * n}},
        "/chart/segments",
    ),
}


@pytest.mark.parametrize("name", CHARACTERS)
def test_characters(name: str) -> None:
    most, make, place = CHARACTERS[name]
    assert check_blocks([make(most)], "message") == []
    problems = check_blocks([make(most + 1)], "message")
    assert ("invalid_blocks", f"must be less than {most + 1} characters", f"/blocks/0{place}") in problems


@pytest.mark.parametrize("name", ITEMS)
def test_items(name: str) -> None:
    most, make, place = ITEMS[name]
    assert check_blocks([make(most)], "message") == []
    problems = check_blocks([make(most + 1)], "message")
    assert ("invalid_blocks", f"no more than {most} items allowed", f"/blocks/0{place}") in problems


@pytest.mark.parametrize(("surface", "most"), [("message", 50), ("modal", 100), ("home", 100)])
def test_blocks_of_a_surface(surface: Surface, most: int) -> None:
    assert check_blocks([{"type": "divider"}] * most, surface) == []
    [problem] = check_blocks([{"type": "divider"}] * (most + 1), surface)
    assert (problem.message, problem.pointer) == (f"no more than {most} items allowed", "/blocks")


@pytest.mark.parametrize(
    ("field", "most"),
    [
        ("title", 24),
        ("submit", 24),
        ("close", 24),
        ("private_metadata", 3000),
        ("callback_id", 255),
        ("external_id", 255),
    ],
)
def test_views(field: str, most: int) -> None:
    def view(count: int) -> JSON:
        words = "x" * count
        value = plain(words) if field in ("title", "submit", "close") else words
        return {"type": "modal", "title": plain("T"), "blocks": [{"type": "divider"}], field: value}

    pointer = f"/view/{field}" + ("/text" if field in ("title", "submit", "close") else "")
    assert check_view(view(most)) == []
    assert check_view(view(most + 1)) == [
        ("invalid_arguments", f"must be less than {most + 1} characters", pointer)
    ]


def test_views_have_a_size() -> None:
    blocks = [{"type": "section", "text": mrkdwn("x" * 3000)}] * 90
    [problem] = check_view({"type": "home", "blocks": blocks})
    assert problem.code == "view_too_large"
    assert check_view({"type": "home", "blocks": blocks[:80]}) == []


def test_markdown_of_all_blocks_together() -> None:
    def blocks(second: int) -> list[JSON]:
        return [{"type": "markdown", "text": "x" * 11_000}, {"type": "markdown", "text": "x" * second}]

    assert check_blocks(blocks(1000), "message") == []
    assert [problem.code for problem in check_blocks(blocks(1001), "message")] == ["msg_blocks_too_long"]


def test_text_of_all_blocks_together() -> None:
    def blocks(last: int) -> list[JSON]:
        return [{"type": "section", "text": mrkdwn("x" * count)} for count in (3000, 3000, 3000, 3000, last)]

    assert check_message({"text": "t", "blocks": blocks(1000)}) == []
    problems = check_message({"text": "t", "blocks": blocks(1001)})
    assert [problem.code for problem in problems] == ["msg_blocks_too_long"]
    assert check_blocks(blocks(1001), "modal") == []


def test_cells_of_all_tables_together() -> None:
    def blocks(count: int) -> list[JSON]:
        cell = {"type": "raw_text", "text": "x" * count}
        return [{"type": "table", "rows": [[{"type": "raw_text", "text": "x" * 5000}], [cell]]}]

    assert check_blocks(blocks(5000), "message") == []
    [problem] = check_blocks(blocks(5001), "message")
    assert (problem.code, problem.pointer) == ("invalid_blocks", "/blocks")


def test_one_table_and_two_charts() -> None:
    table, two = rows("table", 1), [chart(), chart()]
    assert check_blocks([table, *two], "message") == []
    assert check_blocks([table, table], "message") == [
        ("invalid_attachments", "only_one_table_allowed", "/blocks/1")
    ]
    [problem] = check_blocks([*two, chart()], "message")
    assert problem.pointer == "/blocks/2"


@pytest.mark.parametrize(("field", "most"), [("text", 40_000), ("markdown_text", 12_000)])
def test_text_of_a_message(field: str, most: int) -> None:
    assert check_message({field: "x" * most}) == []
    [problem] = check_message({field: "x" * (most + 1)})
    assert (problem.code, problem.pointer) == ("msg_too_long", f"/{field}")


def test_attachments() -> None:
    assert check_message({"attachments": [{"text": "a"}] * 100}) == []
    assert [p.code for p in check_message({"attachments": [{"text": "a"}] * 101})] == ["too_many_attachments"]
