"""Every block, by type, and the surfaces it may stand on."""

from collections.abc import Iterator

from bot.sandbox.blocks import charts, rich_text, tables
from bot.sandbox.blocks.elements import (
    BUTTON,
    ICON,
    IMAGE,
    IN_ACTIONS,
    IN_CONTEXT_ACTIONS,
    IN_INPUT,
    IN_SECTION,
    URL_SOURCE,
)
from bot.sandbox.blocks.schema import (
    JSON,
    Array,
    Flaw,
    Object,
    OneOf,
    Rule,
    Shape,
    String,
    Word,
    distinct,
    exactly_one_of,
    some_of,
)
from bot.sandbox.blocks.text import ANY, FLAG, SLACK_FILE, URL, plain, text

BLOCK_ID: dict[str, Shape] = {"block_id?": String(255, least=1)}
ID = String(least=1)
HTTPS = String(3000, form=r"https://\S+")


def block(kind: str, fields: dict[str, Shape], *rules: Rule) -> Object:
    return Object(kind, {**fields, **BLOCK_ID}, rules)


SECTION = block(
    "section",
    {
        "text?": text(3000),
        "fields?": Array(text(2000), most=10, least=1),
        "accessory?": IN_SECTION,
        "expand?": FLAG,
    },
    some_of("text", "fields"),
)
HEADER = block("header", {"text": plain(150)})
DIVIDER = block("divider", {})
IMAGE_BLOCK = block(
    "image",
    {"alt_text": String(2000, least=1), "image_url?": URL, "slack_file?": SLACK_FILE, "title?": plain(2000)},
    exactly_one_of("image_url", "slack_file"),
)
CONTEXT = block("context", {"elements": Array(OneOf(IMAGE) | text(), most=10, least=1)})
ACTIONS = block("actions", {"elements": Array(IN_ACTIONS, most=25, least=1)})
CONTEXT_ACTIONS = block("context_actions", {"elements": Array(IN_CONTEXT_ACTIONS, most=5, least=1)})
INPUT = block(
    "input",
    {
        "label": plain(2000),
        "element": IN_INPUT,
        "hint?": plain(2000),
        "optional?": FLAG,
        "dispatch_action?": FLAG,
    },
)
FILE = block("file", {"external_id": ID, "source": Word("remote")})
VIDEO = block(
    "video",
    {
        "alt_text": ID, "video_url": HTTPS, "thumbnail_url": URL, "title": plain(199), "title_url?": HTTPS,
        "description?": plain(), "author_name?": String(49), "provider_name?": ANY,
        "provider_icon_url?": URL,
    },
)  # fmt: skip
RICH_TEXT = block("rich_text", rich_text.FIELDS)
MARKDOWN = block("markdown", {"text": String(12_000, least=1)})
TABLE = block("table", tables.TABLE)
DATA_TABLE = block("data_table", tables.DATA_TABLE, tables.header_is_raw, tables.rows_are_equally_long)
DATA_VISUALIZATION = block("data_visualization", charts.FIELDS)
ALERT = block("alert", {"text": text(), "level?": Word("default", "info", "warning", "error", "success")})

CARD = block(
    "card",
    {
        "hero_image?": OneOf(IMAGE), "icon?": OneOf(IMAGE), "slack_icon?": OneOf(ICON),
        "title?": text(150), "subtitle?": text(150), "body?": text(200), "subtext?": text(200),
        "actions?": Array(OneOf(BUTTON), least=1),
    },
    some_of("hero_image", "title", "actions", "body"),
)  # fmt: skip
CAROUSEL = block("carousel", {"elements": Array(OneOf(CARD), most=10, least=1)})
TASK_CARD = block(
    "task_card",
    {
        "task_id": ID, "title": ID, "status": Word("pending", "in_progress", "complete", "error"),
        "hide_title?": FLAG, "details?": rich_text.RICH_TEXT, "output?": rich_text.RICH_TEXT,
        "sources?": Array(OneOf(URL_SOURCE)),
    },
)  # fmt: skip
PLAN = block("plan", {"title": ID, "tasks?": Array(OneOf(TASK_CARD), most=50)}, distinct("tasks", "task_id"))

IN_CONTAINER = OneOf(
    ACTIONS, CONTEXT, DIVIDER, FILE, HEADER, IMAGE_BLOCK, INPUT, RICH_TEXT, SECTION, TABLE, VIDEO
)  # fmt: skip


def divider_or_collapse(container: JSON, at: str) -> Iterator[Flaw]:
    if container.get("is_collapsible") and container.get("has_header_divider"):
        yield Flaw("must be false where is_collapsible is true", f"{at}/has_header_divider")


CONTAINER = block(
    "container",
    {
        "child_blocks": Array(IN_CONTAINER, most=10, least=1), "title?": plain(150), "subtitle?": text(150),
        "rich_text_title?": rich_text.RICH_TEXT, "icon?": OneOf(IMAGE),
        "width?": Word("narrow", "standard", "wide", "full"),
        "is_collapsible?": FLAG, "default_collapsed?": FLAG, "has_header_divider?": FLAG,
    },
    some_of("title", "rich_text_title"), divider_or_collapse,
)  # fmt: skip
CALL = block(
    "call",
    {"call_id": ID, "api_decoration_available?": FLAG, "call?": Object("", {"v1": Object("", {"id": ID})})},
)

EVERYWHERE = OneOf(
    SECTION, HEADER, DIVIDER, IMAGE_BLOCK, CONTEXT, ACTIONS, INPUT, VIDEO, RICH_TEXT
)  # fmt: skip
NOT_IN_MODALS = OneOf(CONTAINER, CARD, CAROUSEL, TABLE, DATA_TABLE, DATA_VISUALIZATION)
ONLY_IN_MESSAGES = OneOf(CONTEXT_ACTIONS, MARKDOWN, PLAN, TASK_CARD, FILE, CALL)
ONLY_IN_MODALS = OneOf(ALERT)

IN_MESSAGE = EVERYWHERE | NOT_IN_MODALS | ONLY_IN_MESSAGES
IN_HOME = EVERYWHERE | NOT_IN_MODALS
IN_MODAL = EVERYWHERE | ONLY_IN_MODALS
