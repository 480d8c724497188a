"""What a person puts into each kind of input, as Slack reports it."""

from typing import Any

import pytest

from bot.sandbox import inputs

JSON = dict[str, Any]


def option(value: str) -> JSON:
    return {"text": {"type": "plain_text", "text": value.upper()}, "value": value}


OPTIONS = [option("a"), option("b"), option("c")]
GROUPS = [{"label": {"type": "plain_text", "text": "g"}, "options": OPTIONS}]
RICH = {
    "type": "rich_text",
    "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]}],
}
CASES: list[tuple[JSON, Any, JSON]] = [
    ({"type": "plain_text_input"}, "x", {"value": "x"}),
    ({"type": "plain_text_input"}, "", {"value": None}),
    ({"type": "email_text_input"}, "a@b.example", {"value": "a@b.example"}),
    ({"type": "url_text_input"}, "https://b.example", {"value": "https://b.example"}),
    ({"type": "number_input"}, "4.5", {"value": "4.5"}),
    ({"type": "rich_text_input"}, "x", {"rich_text_value": RICH}),
    ({"type": "static_select", "options": OPTIONS}, "b", {"selected_option": option("b")}),
    ({"type": "static_select", "option_groups": GROUPS}, "c", {"selected_option": option("c")}),
    ({"type": "static_select", "options": OPTIONS}, None, {"selected_option": None}),
    ({"type": "radio_buttons", "options": OPTIONS}, "a", {"selected_option": option("a")}),
    ({"type": "overflow", "options": OPTIONS}, "a", {"selected_option": option("a")}),
    ({"type": "external_select"}, "b", {"selected_option": option("b")}),
    ({"type": "checkboxes", "options": OPTIONS}, ["a", "b"], {"selected_options": OPTIONS[:2]}),
    ({"type": "multi_static_select", "options": OPTIONS}, [], {"selected_options": []}),
    ({"type": "multi_external_select"}, ["b"], {"selected_options": [option("b")]}),
    ({"type": "users_select"}, "U1", {"selected_user": "U1"}),
    ({"type": "conversations_select"}, "C1", {"selected_conversation": "C1"}),
    ({"type": "channels_select"}, "C1", {"selected_channel": "C1"}),
    ({"type": "multi_users_select"}, ["U1", "U2"], {"selected_users": ["U1", "U2"]}),
    ({"type": "multi_conversations_select"}, ["C1"], {"selected_conversations": ["C1"]}),
    ({"type": "multi_channels_select"}, ["C1"], {"selected_channels": ["C1"]}),
    ({"type": "datepicker"}, "2026-11-21", {"selected_date": "2026-11-21"}),
    ({"type": "timepicker"}, "09:00", {"selected_time": "09:00"}),
    ({"type": "datetimepicker"}, 1_795_000_000, {"selected_date_time": 1_795_000_000}),
    ({"type": "file_input"}, ["F1"], {"files": ["F1"]}),
    ({"type": "button", "value": "v", "text": {"type": "plain_text", "text": "V"}}, None,
     {"value": "v", "text": {"type": "plain_text", "text": "V"}}),
    ({"type": "feedback_buttons", "positive_button": option("up"), "negative_button": option("down")}, "down",
     {"value": "down", "text": {"type": "plain_text", "text": "DOWN"}}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("element", "value", "report"), CASES, ids=[f"{n}-{c[0]['type']}" for n, c in enumerate(CASES)]
)
def test_reports(element: JSON, value: Any, report: JSON) -> None:
    assert inputs.reported(element, value, {"b": option("b")}) == {"type": element["type"], **report}


def test_every_shape_has_a_case() -> None:
    assert {case[0]["type"] for case in CASES} >= set(inputs.SHAPES) - {"workflow_button", "icon_button"}


def block(element: JSON, **more: Any) -> JSON:
    return {"type": "input", "block_id": "b", "element": {"action_id": "a", **element}, **more}


@pytest.mark.parametrize(
    ("element", "report"),
    [
        ({"type": "plain_text_input", "initial_value": "x"}, {"value": "x"}),
        (
            {"type": "static_select", "options": OPTIONS, "initial_option": OPTIONS[1]},
            {"selected_option": OPTIONS[1]},
        ),
        ({"type": "external_select", "initial_option": option("z")}, {"selected_option": option("z")}),
        (
            {"type": "checkboxes", "options": OPTIONS, "initial_options": OPTIONS[:2]},
            {"selected_options": OPTIONS[:2]},
        ),
        ({"type": "datepicker", "initial_date": "2026-01-02"}, {"selected_date": "2026-01-02"}),
        ({"type": "multi_users_select", "initial_users": ["U1"]}, {"selected_users": ["U1"]}),
    ],
)
def test_untouched_inputs_hold_what_they_started_with(element: JSON, report: JSON) -> None:
    assert inputs.state_of([block(element)], {}) == {"b": {"a": {"type": element["type"], **report}}}


def test_what_was_cleared_is_empty_although_it_started_with_something() -> None:
    started = block({"type": "plain_text_input", "initial_value": "x"})
    assert inputs.state_of([started], {"b": {"a": ""}})["b"]["a"]["value"] is None


@pytest.mark.parametrize(
    ("element", "more", "value", "complaint"),
    [
        ({"type": "plain_text_input"}, {}, "", "Please complete this required field."),
        ({"type": "plain_text_input"}, {"optional": True}, "", ""),
        ({"type": "plain_text_input", "min_length": 3}, {}, "ab", "Please enter at least 3 characters."),
        ({"type": "plain_text_input", "min_length": 3}, {}, "abc", ""),
        ({"type": "plain_text_input", "max_length": 3}, {}, "abcd", "Please enter at most 3 characters."),
        ({"type": "plain_text_input", "max_length": 3}, {}, "abc", ""),
        ({"type": "checkboxes", "options": OPTIONS}, {}, [], "Please complete this required field."),
        ({"type": "file_input"}, {}, [], "Please complete this required field."),
    ],
)
def test_complaints(element: JSON, more: JSON, value: Any, complaint: str) -> None:
    blocks = [block(element, **more)]
    values = inputs.state_of(blocks, {"b": {"a": value}})
    assert inputs.missing(blocks, values) == ({"b": complaint} if complaint else {})


def test_elements_inside_other_blocks_are_found() -> None:
    inner = {"type": "section", "block_id": "s", "accessory": {"type": "button", "action_id": "deep"}}
    outer = {"type": "container", "block_id": "c", "child_blocks": [inner]}
    assert inputs.find([outer], "", "deep") == (inner, inner["accessory"])
    assert inputs.find([outer], "s", "deep") is not None
    assert inputs.find([outer], "x", "deep") is None
