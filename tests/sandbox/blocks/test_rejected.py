"""What is wrong is named once, where it is, in Slack's words."""

import pytest

from bot.sandbox.blocks import check_blocks, check_message, check_view
from tests.sandbox.blocks.examples import (
    JSON,
    OPTIONS,
    RAW,
    SHORT_RICH_TEXT,
    TASK,
    asking,
    chart,
    mrkdwn,
    option,
    plain,
)

BUTTON: JSON = {"type": "button", "text": plain(), "action_id": "a"}
INPUT = asking({"type": "plain_text_input"})


def actions(*elements: JSON) -> JSON:
    return {"type": "actions", "elements": list(elements)}


def table(*rows: list[JSON]) -> JSON:
    return {"type": "data_table", "caption": "c", "rows": list(rows)}


WRONG: dict[str, tuple[JSON | list[JSON], str, str]] = {
    "no type": ({"text": mrkdwn()}, "missing required field: type", "/0"),
    "unknown type": ({"type": "sections"}, "unsupported type: sections", "/0/type"),
    "type of another kind": ({"type": ["section"]}, "must provide a string", "/0/type"),
    "unknown field": ({"type": "divider", "text": "a"}, "invalid additional property: text", "/0"),
    "neither text nor fields": ({"type": "section"}, "must define either `text` or `fields`", "/0/type"),
    "no header text": ({"type": "header"}, "missing required field: text", "/0"),
    "mrkdwn in a header": ({"type": "header", "text": mrkdwn()}, "unsupported type: mrkdwn", "/0/text/type"),
    "a string for a text": ({"type": "header", "text": "words"}, "must provide an object", "/0/text"),
    "empty header": ({"type": "header", "text": plain("")}, "must be more than 0 characters", "/0/text/text"),
    "null": (
        {"type": "section", "text": mrkdwn(), "accessory": None},
        "must provide an object",
        "/0/accessory",
    ),
    "number for a text": ({"type": "markdown", "text": 3}, "must provide a string", "/0/text"),
    "empty markdown": ({"type": "markdown", "text": ""}, "must be more than 0 characters", "/0/text"),
    "no elements": (actions(), "must provide at least 1 items", "/0/elements"),
    "object for an array": ({"type": "actions", "elements": {}}, "must provide an array", "/0/elements"),
    "text input in actions": (
        actions({"type": "plain_text_input"}),
        "unsupported type: plain_text_input",
        "/0/elements/0/type",
    ),
    "button as an input": (asking(BUTTON), "unsupported type: button", "/0/element/type"),
    "button in context": (
        {"type": "context", "elements": [BUTTON]},
        "unsupported type: button",
        "/0/elements/0/type",
    ),
    "style of a button": (
        actions({**BUTTON, "style": "default"}),
        "must be a valid enum value",
        "/0/elements/0/style",
    ),
    "string for a boolean": ({**INPUT, "optional": "yes"}, "must provide a boolean", "/0/optional"),
    "boolean for a number": (
        asking({"type": "plain_text_input", "max_length": True}),
        "must provide an integer",
        "/0/element/max_length",
    ),
    "min above max": (
        asking({"type": "plain_text_input", "min_length": 5, "max_length": 4}),
        "min_length must not be greater than max_length",
        "/0/element/min_length",
    ),
    "date": (
        actions({"type": "datepicker", "initial_date": "21.11.2026"}),
        r"input must match regex pattern: \d{4}-\d\d-\d\d",
        "/0/elements/0/initial_date",
    ),
    "same block_id": (
        [{"type": "divider", "block_id": "b"}, {"type": "divider", "block_id": "b"}],
        '`block_id` "b" already exists',
        "/1/block_id",
    ),
    "same action_id": (actions(BUTTON, BUTTON), '`action_id` "a" already exists', "/0/elements/1/action_id"),
    "two with the focus": (
        [asking({"type": "plain_text_input", "focus_on_load": True})] * 2,
        "only one element may have the focus",
        "/1/element/focus_on_load",
    ),
    "same option value": (
        actions({"type": "overflow", "options": [option(), option()]}),
        '`value` "a" already exists',
        "/0/elements/0/options/1/value",
    ),
    "chosen is not offered": (
        actions({"type": "static_select", "options": OPTIONS, "initial_option": option("c")}),
        "must match one of the options",
        "/0/elements/0/initial_option",
    ),
    "options and groups": (
        actions(
            {
                "type": "static_select",
                "options": OPTIONS,
                "option_groups": [{"label": plain(), "options": OPTIONS}],
            }
        ),
        "must define exactly one of `options` or `option_groups`",
        "/0/elements/0",
    ),
    "two sources of an image": (
        {"type": "image", "alt_text": "a", "image_url": "u", "slack_file": {"id": "F1"}},
        "must define exactly one of `image_url` or `slack_file`",
        "/0",
    ),
    "empty filter": (
        actions({"type": "conversations_select", "filter": {}}),
        "must define either `include` or `exclude_external_shared_channels` or `exclude_bot_users`",
        "/0/elements/0/filter",
    ),
    "series of one name": (
        chart(
            series=[{"name": "Web", "data": [{"label": "Mon", "value": 1}]}] * 2,
            axis_config={"categories": ["Mon"]},
        ),
        '`name` "Web" already exists',
        "/0/chart/series/1/name",
    ),
    "labels unlike the categories": (
        chart(
            series=[{"name": "Web", "data": [{"label": "Mon", "value": 1}]}],
            axis_config={"categories": ["Mon", "Wed"]},
        ),
        "data labels must match axis_config categories",
        "/0/chart/series/0/data",
    ),
    "slice of nothing": (
        {**chart(), "chart": {"type": "pie", "segments": [{"label": "a", "value": 0}]}},
        "must be greater than 0",
        "/0/chart/segments/0/value",
    ),
    "no caption": ({"type": "data_table", "rows": [[RAW], [RAW]]}, "missing required field: caption", "/0"),
    "rich header": (table([SHORT_RICH_TEXT], [RAW]), "unsupported type: rich_text", "/0/rows/0/0/type"),
    "uneven rows": (table([RAW, RAW], [RAW]), "must have 2 cells like the first row", "/0/rows/1"),
    "list in a list": (
        {
            "type": "rich_text",
            "elements": [{"type": "rich_text_list", "style": "bullet", "elements": [{"type": "text"}]}],
        },
        "unsupported type: text",
        "/0/elements/0/elements/0/type",
    ),
    "border of a list": (
        {"type": "rich_text", "elements": [{"type": "rich_text_quote", "elements": [], "border": 2}]},
        "must be a valid enum value",
        "/0/elements/0/border",
    ),
    "same task": (
        {"type": "plan", "title": "p", "tasks": [TASK, TASK]},
        '`task_id` "t1" already exists',
        "/0/tasks/1/task_id",
    ),
    "task without a state": (
        {**TASK, "status": "done"},
        "must be a valid enum value",
        "/0/status",
    ),
    "container in a container": (
        {"type": "container", "title": plain(), "child_blocks": [{"type": "container"}]},
        "unsupported type: container",
        "/0/child_blocks/0/type",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_named_where_it_is(name: str) -> None:
    wrong, message, place = WRONG[name]
    blocks = wrong if isinstance(wrong, list) else [wrong]
    problems = check_blocks(blocks, "message")
    assert [(p.code, p.message, p.pointer) for p in problems] == [
        ("invalid_blocks", message, f"/blocks{place}")
    ]


def test_a_text_of_either_kind_is_refused_as_a_whole_too() -> None:
    problems = check_message({"blocks": [{"type": "section", "text": mrkdwn("x" * 3001)}]})
    assert list(map(str, problems)) == [
        "[ERROR] failed to match all allowed schemas [json-pointer:/blocks/0/text]",
        "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
    ]


@pytest.mark.parametrize(
    ("arguments", "code", "pointer"),
    [
        ({}, "no_text", "/text"),
        ({"text": " \n"}, "no_text", "/text"),
        ({"blocks": "[]"}, "no_text", "/text"),
        ({"text": 3}, "invalid_arguments", "/text"),
        ({"text": "a", "blocks": "[{"}, "invalid_blocks_format", "/blocks"),
        ({"text": "a", "blocks": {}}, "invalid_blocks_format", "/blocks"),
        ({"text": "a", "blocks": [{}]}, "invalid_blocks", "/blocks/0"),
        ({"text": "a", "attachments": "words"}, "invalid_attachments", "/attachments"),
        ({"attachments": [3]}, "invalid_attachments", "/attachments/0"),
        ({"attachments": [{"blocks": {}}]}, "invalid_attachments", "/attachments/0/blocks"),
        ({"attachments": [{"blocks": [{}]}]}, "invalid_attachments", "/attachments/0/blocks/0"),
        ({"text": "a", "markdown_text": "b"}, "markdown_text_conflict", "/markdown_text"),
    ],
)
def test_messages(arguments: JSON, code: str, pointer: str) -> None:
    assert [(problem.code, problem.pointer) for problem in check_message(arguments)] == [(code, pointer)]


MODAL: JSON = {"type": "modal", "title": plain("T"), "blocks": [{"type": "divider"}]}


@pytest.mark.parametrize(
    ("view", "message", "pointer"),
    [
        (3, "must provide an object", "/view"),
        ("{", "must provide an object", "/view"),
        ({}, "missing required field: type", "/view"),
        ({"type": "dialog"}, "unsupported type: dialog", "/view/type"),
        ({"type": "modal", "blocks": [{"type": "divider"}]}, "missing required field: title", "/view"),
        ({"type": "home"}, "missing required field: blocks", "/view"),
        ({"type": "home", "blocks": []}, "must provide at least 1 items", "/view/blocks"),
        ({"type": "home", "blocks": {}}, "must provide an array", "/view/blocks"),
        ({**MODAL, "type": "home"}, "invalid additional property: title", "/view"),
        ({**MODAL, "id": "V1"}, "invalid additional property: id", "/view"),
        ({**MODAL, "title": mrkdwn()}, "unsupported type: mrkdwn", "/view/title/type"),
        ({**MODAL, "close": None}, "must provide an object", "/view/close"),
        ({**MODAL, "clear_on_close": 1}, "must provide a boolean", "/view/clear_on_close"),
        (
            {**MODAL, "blocks": [{"type": "divider"}, INPUT]},
            "must define `submit` to use an `input` block in modals",
            "/view/blocks/1/input",
        ),
    ],
)
def test_views(view: object, message: str, pointer: str) -> None:
    assert check_view(view) == [("invalid_arguments", message, pointer)]


def test_an_input_in_a_home_view_needs_no_submit() -> None:
    assert check_view({"type": "home", "blocks": [INPUT]}) == []
