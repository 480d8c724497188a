"""One of every block and element, as an app sends them."""

from typing import Any

JSON = dict[str, Any]


def plain(text: str) -> JSON:
    return {"type": "plain_text", "text": text, "emoji": True}


def mrkdwn(text: str) -> JSON:
    return {"type": "mrkdwn", "text": text}


def option(text: str) -> JSON:
    return {"text": plain(text), "value": text.lower()}


def options(*texts: str) -> list[JSON]:
    return [option(text) for text in texts]


def button(text: str, action: str, **more: Any) -> JSON:
    return {"type": "button", "text": plain(text), "action_id": action, "value": action, **more}


def rich(*elements: JSON) -> JSON:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(elements)}]}


def words(text: str, **style: bool) -> JSON:
    return {"type": "text", "text": text, **({"style": style} if style else {})}


def raw(text: str) -> JSON:
    return {"type": "raw_text", "text": text}


def number(value: float) -> JSON:
    return {"type": "raw_number", "value": value, "text": f"{value:g}"}


def field(block_id: str, label: str, element: JSON, **more: Any) -> JSON:
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(label),
        "element": {"action_id": "value", **element},
        **more,
    }


def series(name: str, values: list[float]) -> JSON:
    return {"name": name, "data": [{"label": f"W{at}", "value": value} for at, value in enumerate(values)]}


def chart(kind: str) -> JSON:
    if kind == "pie":
        inner: JSON = {
            "type": "pie",
            "segments": [{"label": "Refunds", "value": 3}, {"label": "Pumps", "value": 1}],
        }
    else:
        lines = [series("reply", [71, 73, 69]), series("draft", [-2, 0, 4])]
        inner = {"type": kind, "series": lines, "axis_config": {"categories": ["W0", "W1", "W2"]}}
    return {"type": "data_visualization", "title": f"A {kind} chart", "chart": inner}


MARKDOWN = """## Verdict
Version **4** is *better*, ~~settled~~, see `n=40`.

| arm | score |
|:--|--:|
| reply@4 | 88.5 % |

1. Add cases
   - from refunds
- [x] done

> Wait.

```python
x = 1 < 2
```
[method](https://example.com/method)
"""

STORY: list[JSON] = [
    {"type": "header", "text": plain("ST-14")},
    {
        "type": "section",
        "text": mrkdwn("*As a* buyer"),
        "fields": [mrkdwn("*State*\ndraft"), mrkdwn("`T-901`")],
        "accessory": {"type": "overflow", "action_id": "more", "options": options("Split", "Merge")},
    },
    {"type": "divider"},
    {"type": "context", "elements": [mrkdwn("Evidence: 23 tickets")]},
    {
        "type": "actions",
        "block_id": "decide",
        "elements": [
            button("Approve", "approve", style="primary"),
            button(
                "Drop",
                "drop",
                style="danger",
                confirm={
                    "title": plain("Drop it?"),
                    "text": mrkdwn("For *good*."),
                    "confirm": plain("Drop it"),
                    "deny": plain("Keep"),
                },
            ),
        ],
    },
    {
        "type": "context_actions",
        "elements": [
            {
                "type": "feedback_buttons",
                "action_id": "vote",
                "positive_button": {"text": plain("Good"), "value": "up"},
                "negative_button": {"text": plain("Bad"), "value": "down"},
            },
            {"type": "icon_button", "icon": "trash", "text": plain("Delete"), "action_id": "bin"},
        ],
    },
]

CHOICES: list[JSON] = [
    {
        "type": "section",
        "block_id": "model",
        "text": mrkdwn("Model"),
        "accessory": {
            "type": "static_select",
            "action_id": "model",
            "placeholder": plain("Pick a model"),
            "options": options("Small", "Large"),
        },
    },
    {
        "type": "actions",
        "block_id": "several",
        "elements": [
            {"type": "multi_users_select", "action_id": "people", "placeholder": plain("People")},
            {
                "type": "external_select",
                "action_id": "theme",
                "placeholder": plain("Theme"),
                "min_query_length": 0,
            },
            {"type": "conversations_select", "action_id": "where", "placeholder": plain("Where")},
            {"type": "datepicker", "action_id": "day", "initial_date": "2026-11-30"},
            {"type": "timepicker", "action_id": "hour", "initial_time": "09:00"},
            {"type": "datetimepicker", "action_id": "moment", "initial_date_time": 1795000000},
            {"type": "radio_buttons", "action_id": "profile", "options": options("Exec", "Build")},
            {"type": "checkboxes", "action_id": "alerts", "options": options("Cost", "Latency")},
        ],
    },
]

TABLES: list[JSON] = [
    {
        "type": "table",
        "rows": [[raw("Arm"), raw("Score")], [rich(words("reply@4", bold=True)), raw("88.5 %")]],
    },
    {
        "type": "data_table",
        "caption": "Themes",
        "page_size": 5,
        "rows": [[raw("Theme"), raw("Tickets")], *([raw(f"Theme {at}"), number(at)] for at in range(1, 8))],
    },
]

PROGRESS: list[JSON] = [
    {
        "type": "plan",
        "title": "Drafting",
        "tasks": [
            {
                "type": "task_card",
                "task_id": "1",
                "title": "Read",
                "status": "complete",
                "output": rich(words("20 rows")),
            },
            {"type": "task_card", "task_id": "2", "title": "Group", "status": "in_progress"},
            {"type": "task_card", "task_id": "3", "title": "Write", "status": "pending"},
            {"type": "task_card", "task_id": "4", "title": "Ask", "status": "error"},
        ],
    },
    {"type": "task_card", "task_id": "5", "title": "Alone", "status": "complete"},
]

PICTURES: list[JSON] = [
    {"type": "image", "image_url": "https://example.com/chart.png", "alt_text": "A chart"},
    {
        "type": "video",
        "title": plain("A film"),
        "alt_text": "film",
        "video_url": "https://example.com/v",
        "thumbnail_url": "https://example.com/t.png",
        "title_url": "https://example.com/v",
    },
    rich(words("code", code=True), {"type": "emoji", "name": "tada"}, {"type": "user", "user_id": "U0BEN"}),
    {"type": "markdown", "text": MARKDOWN},
]

FRAMES: list[JSON] = [
    {"type": "card", "title": mrkdwn("Card"), "body": mrkdwn("A body")},
    {"type": "carousel", "elements": [{"type": "card", "title": mrkdwn(f"Card {at}")} for at in range(3)]},
    {"type": "container", "title": plain("Container"), "child_blocks": [{"type": "divider"}]},
]

MESSAGES: list[list[JSON]] = [
    STORY,
    CHOICES,
    TABLES,
    PROGRESS,
    PICTURES,
    FRAMES,
    [chart("line"), chart("bar")],
    [chart("area"), chart("pie")],
]

FORM: list[JSON] = [
    {"type": "alert", "level": "info", "text": mrkdwn("A *first* draft.")},
    field("title", "Title", {"type": "plain_text_input", "max_length": 60}, hint=plain("Short.")),
    field("need", "Need", {"type": "plain_text_input", "multiline": True}, optional=True),
    field("mail", "E-mail", {"type": "email_text_input"}, optional=True),
    field("site", "Site", {"type": "url_text_input"}, optional=True),
    field("note", "Note", {"type": "rich_text_input"}, optional=True),
    field("count", "Count", {"type": "number_input", "is_decimal_allowed": False, "initial_value": "5"}),
    field("kind", "Kind", {"type": "static_select", "options": options("Bug", "Wish")}),
    field("who", "Reviewers", {"type": "multi_users_select"}, optional=True),
    field("due", "Due", {"type": "datepicker"}, optional=True),
    field(
        "langs", "Languages", {"type": "checkboxes", "options": options("English", "German")}, optional=True
    ),
    field("tone", "Tone", {"type": "radio_buttons", "options": options("Plain", "Formal")}, optional=True),
    field("log", "Log", {"type": "file_input", "filetypes": ["csv"], "max_files": 1}, optional=True),
    {"type": "actions", "elements": [button("Push", "push"), button("Update", "update")]},
]


def modal(**changes: Any) -> JSON:
    return {
        "type": "modal",
        "callback_id": "form",
        "title": plain("New story"),
        "submit": plain("Draft"),
        "close": plain("Cancel"),
        "blocks": FORM,
        **changes,
    }
