"""One sound example of every block and element, written by hand after Slack's reference."""

from typing import Any

JSON = dict[str, Any]


def plain(text: str = "words") -> JSON:
    return {"type": "plain_text", "text": text, "emoji": True}


def mrkdwn(text: str = "*words*") -> JSON:
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def option(value: str = "a") -> JSON:
    return {"text": plain(), "value": value, "description": plain()}


CONFIRM = {"title": plain(), "text": mrkdwn(), "confirm": plain(), "deny": plain(), "style": "danger"}
OPTIONS = [option("a"), option("b")]
GROUPS = [{"label": plain(), "options": OPTIONS}]
FILTER = {"include": ["public", "im"], "exclude_bot_users": True}
DISPATCH = {"trigger_actions_on": ["on_enter_pressed", "on_character_entered"]}
COMMON = {"placeholder": plain(), "confirm": CONFIRM, "focus_on_load": True}
TYPED = {"placeholder": plain(), "dispatch_action_config": DISPATCH, "focus_on_load": False}
IMAGE = {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "a picture"}
STYLE = {"bold": True, "italic": False, "strike": True, "code": False}

LEAVES: list[JSON] = [
    {"type": "text", "text": "words", "style": STYLE},
    {"type": "link", "url": "https://example.com", "text": "words", "unsafe": False, "style": STYLE},
    {"type": "emoji", "name": "wave", "unicode": "1f44b"},
    {"type": "user", "user_id": "U1"},
    {"type": "usergroup", "usergroup_id": "S1"},
    {"type": "channel", "channel_id": "C1"},
    {"type": "team", "team_id": "T1"},
    {"type": "broadcast", "range": "here"},
    {"type": "date", "timestamp": 1720710212, "format": "{date_num} at {time}", "fallback": "then"},
    {"type": "color", "value": "#F405B3"},
]
SECTION_OF_TEXT: JSON = {"type": "rich_text_section", "elements": LEAVES}
RICH_TEXT: JSON = {
    "type": "rich_text",
    "elements": [
        SECTION_OF_TEXT,
        {"type": "rich_text_list", "style": "ordered", "indent": 8, "border": 1, "offset": 2,
         "elements": [SECTION_OF_TEXT]},
        {"type": "rich_text_preformatted", "elements": [LEAVES[0], LEAVES[1]], "border": 0},
        {"type": "rich_text_quote", "elements": LEAVES, "border": 1},
    ],
}  # fmt: skip
SHORT_RICH_TEXT: JSON = {
    "type": "rich_text",
    "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "words"}]}],
}

PRESSED: list[JSON] = [
    {"type": "button", "text": plain(), "action_id": "a", "value": "v", "style": "primary",
     "confirm": CONFIRM, "url": "https://example.com", "accessibility_label": "words"},
    {"type": "overflow", "options": [option("a"), {**option("b"), "url": "https://example.com"}]},
    {"type": "checkboxes", "options": [{**OPTIONS[0], "text": mrkdwn()}, OPTIONS[1]],
     "initial_options": [OPTIONS[1]], "confirm": CONFIRM},
    {"type": "radio_buttons", "options": OPTIONS, "initial_option": OPTIONS[0], "focus_on_load": True},
    {"type": "datepicker", "initial_date": "2026-11-21", **COMMON},
    {"type": "timepicker", "initial_time": "23:59", "timezone": "Europe/Berlin", **COMMON},
    {"type": "static_select", "options": OPTIONS, "initial_option": OPTIONS[1], **COMMON},
    {"type": "static_select", "option_groups": GROUPS, "initial_option": OPTIONS[1]},
    {"type": "external_select", "min_query_length": 3, "initial_option": option(), **COMMON},
    {"type": "users_select", "initial_user": "U1", **COMMON},
    {"type": "conversations_select", "filter": FILTER, "default_to_current_conversation": True, **COMMON},
    {"type": "channels_select", "initial_channel": "C1", "response_url_enabled": True, **COMMON},
    {"type": "multi_static_select", "options": OPTIONS, "initial_options": OPTIONS, "max_selected_items": 2},
    {"type": "multi_external_select", "min_query_length": 0, "initial_options": OPTIONS, **COMMON},
    {"type": "multi_users_select", "initial_users": ["U1"], **COMMON},
    {"type": "multi_conversations_select", "initial_conversations": ["C1"], "filter": FILTER, **COMMON},
    {"type": "multi_channels_select", "initial_channels": ["C1"], "max_selected_items": 1, **COMMON},
]  # fmt: skip
TRIGGER = {
    "url": "https://slack.com/shortcuts/Ft1/xyz",
    "customizable_input_parameters": [{"name": "a", "value": "b"}],
}
WORKFLOW_BUTTON: JSON = {"type": "workflow_button", "text": plain(), "workflow": {"trigger": TRIGGER}}
DATETIMEPICKER: JSON = {"type": "datetimepicker", "initial_date_time": 1628633820, "confirm": CONFIRM}
INPUTS: list[JSON] = [
    {
        "type": "plain_text_input",
        "multiline": True,
        "min_length": 1,
        "max_length": 3000,
        "initial_value": "a",
        **TYPED,
    },
    {"type": "rich_text_input", "initial_value": SHORT_RICH_TEXT, "min_lines": 1, "max_lines": 100, **TYPED},
    {"type": "number_input", "is_decimal_allowed": True, "min_value": "-2.5", "max_value": "4", **TYPED},
    {"type": "email_text_input", "initial_value": "a@example.com", **TYPED},
    {"type": "url_text_input", "initial_value": "https://example.com", **TYPED},
    {"type": "file_input", "filetypes": ["csv", "jsonl"], "max_files": 10},
    DATETIMEPICKER,
]
THUMB = {"text": plain(), "value": "yes", "accessibility_label": "Good answer"}
FEEDBACK: JSON = {
    "type": "feedback_buttons", "action_id": "vote", "positive_button": THUMB, "negative_button": THUMB,
}  # fmt: skip
ICON_BUTTON: JSON = {
    "type": "icon_button",
    "icon": "trash",
    "text": plain("Delete"),
    "visible_to_user_ids": ["U1"],
}

RAW = {"type": "raw_text", "text": "cell"}
NUMBER = {"type": "raw_number", "value": 1.5, "text": "1.5"}
ACTION = {"type": "action_cell", "element": {"type": "button", "text": plain()}, "fallback": RAW}
POINTS = [{"label": "Mon", "value": 3}, {"label": "Tue", "value": -4.5}]
AXIS = {"categories": ["Mon", "Tue"], "x_label": "Day", "y_label": "Tickets"}
SERIES = [{"name": "Web", "data": POINTS}, {"name": "App", "data": POINTS}]
CARD: JSON = {"type": "card", "title": mrkdwn(), "subtitle": plain(), "body": mrkdwn(), "hero_image": IMAGE,
              "icon": IMAGE, "actions": [{"type": "button", "text": plain(), "action_id": "a"}]}  # fmt: skip
TASK: JSON = {"type": "task_card", "task_id": "t1", "title": "Reading", "status": "in_progress",
              "details": SHORT_RICH_TEXT, "output": SHORT_RICH_TEXT,
              "sources": [{"type": "url", "url": "https://example.com", "text": "Source"}]}  # fmt: skip


def asking(element: JSON) -> JSON:
    return {"type": "input", "label": plain(), "hint": plain(), "optional": True, "dispatch_action": False,
            "element": element}  # fmt: skip


def chart(kind: str = "line", **changes: Any) -> JSON:
    return {"type": "data_visualization", "title": "Tickets",
            "chart": {"type": kind, "series": SERIES, "axis_config": AXIS, **changes}}  # fmt: skip


EVERYWHERE: dict[str, JSON] = {
    "section": {"type": "section", "block_id": "s", "text": mrkdwn(), "fields": [plain()], "expand": True},
    "section with an image": {"type": "section", "fields": [mrkdwn()], "accessory": IMAGE},
    "header": {"type": "header", "text": plain()},
    "divider": {"type": "divider"},
    "image": {**IMAGE, "title": plain()},
    "image of Slack": {"type": "image", "alt_text": "a", "slack_file": {"id": "F1"}},
    "context": {"type": "context", "elements": [IMAGE, plain(), mrkdwn()]},
    "video": {"type": "video", "alt_text": "a", "title": plain(), "thumbnail_url": "https://example.com/a.png",
              "video_url": "https://example.com/embed/1", "author_name": "Someone", "provider_name": "Tube"},
    "rich text": RICH_TEXT,
    **{f"accessory {one['type']} {n}": {"type": "section", "text": plain(), "accessory": one}
       for n, one in enumerate(PRESSED)},
    **{f"action {one['type']} {n}": {"type": "actions", "elements": [one]} for n, one in enumerate(PRESSED)},
}  # fmt: skip
MESSAGE_AND_HOME: dict[str, JSON] = {
    "container": {"type": "container", "title": plain(), "subtitle": mrkdwn(), "width": "wide", "icon": IMAGE,
                  "is_collapsible": True, "default_collapsed": True, "child_blocks": [{"type": "divider"}]},
    "card": CARD,
    "carousel": {"type": "carousel", "elements": [CARD, CARD]},
    "table": {"type": "table", "rows": [[RAW, NUMBER], [SHORT_RICH_TEXT, RAW]],
              "column_settings": [None, {"align": "right", "is_wrapped": True}]},
    "data table": {"type": "data_table", "caption": "Tickets", "page_size": 100, "row_header_column_index": 0,
                   "rows": [[RAW, RAW], [NUMBER, SHORT_RICH_TEXT], [RAW, ACTION]]},
    "line chart": chart("line"),
    "bar chart": chart("bar"),
    "area chart": chart("area"),
    "pie chart": {"type": "data_visualization", "title": "Tickets",
                  "chart": {"type": "pie", "segments": [{"label": "Web", "value": 0.1}]}},
}  # fmt: skip
MESSAGE_ONLY: dict[str, JSON] = {
    "context actions": {"type": "context_actions", "elements": [FEEDBACK, ICON_BUTTON]},
    "markdown": {"type": "markdown", "text": "# Words\n\n- **bold**"},
    "plan": {"type": "plan", "title": "Drafting", "tasks": [TASK]},
    "task card": TASK,
    "file": {"type": "file", "external_id": "ABC", "source": "remote"},
    "call": {"type": "call", "call_id": "R1"},
    "workflow button": {"type": "actions", "elements": [WORKFLOW_BUTTON]},
}
MODAL_ONLY: dict[str, JSON] = {
    "alert": {"type": "alert", "text": mrkdwn(), "level": "warning"},
    "number": asking(INPUTS[2]),
    "email": asking(INPUTS[3]),
    "url": asking(INPUTS[4]),
    "file input": asking(INPUTS[5]),
}
ASKING = {
    f"input {one['type']}": asking(one)
    for one in [*INPUTS, *(p for p in PRESSED if p["type"] not in ("button", "overflow"))]
}
