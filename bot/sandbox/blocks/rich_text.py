"""Rich text: sections, lists, preformatted text and quotes, and everything that can stand in them."""

from bot.sandbox.blocks.schema import Array, Number, Object, OneOf, Shape, String, Word
from bot.sandbox.blocks.text import ANY, FLAG, URL

ID = String(least=1)
STYLES = ("bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink")
STYLE = Object("", {f"{name}?": FLAG for name in STYLES})


def leaf(kind: str, fields: dict[str, Shape]) -> Object:
    return Object(kind, {**fields, "style?": STYLE})


TEXT = leaf("text", {"text": String(least=1)})
LINK = leaf("link", {"url": URL, "text?": ANY, "unsafe?": FLAG})
LEAF = OneOf(
    TEXT,
    LINK,
    leaf("emoji", {"name": ID, "unicode?": ANY, "url?": URL, "skin_tone?": Number(1, 6, whole=True)}),
    leaf("user", {"user_id": ID}),
    leaf("usergroup", {"usergroup_id": ID}),
    leaf("channel", {"channel_id": ID}),
    leaf("team", {"team_id": ID}),
    leaf("broadcast", {"range": Word("here", "channel", "everyone")}),
    leaf("date", {"timestamp": Number(whole=True), "format": ID, "url?": URL, "fallback?": ANY}),
    leaf("color", {"value": ID}),
    leaf("canvas", {"file_id": ID}),
    leaf("attachment_mention", {"url": URL}),
)
BORDER = Word(0, 1)
SECTION = Object("rich_text_section", {"elements": Array(LEAF)})
LIST = Object(
    "rich_text_list",
    {
        "elements": Array(OneOf(SECTION)),
        "style": Word("bullet", "ordered"),
        "indent?": Number(0, 8, whole=True),
        "offset?": Number(0, whole=True),
        "border?": BORDER,
    },
)
PREFORMATTED = Object(
    "rich_text_preformatted", {"elements": Array(OneOf(TEXT, LINK)), "border?": BORDER, "language?": ANY}
)
QUOTE = Object("rich_text_quote", {"elements": Array(LEAF), "border?": BORDER})

FIELDS: dict[str, Shape] = {"elements": Array(OneOf(SECTION, LIST, PREFORMATTED, QUOTE))}
RICH_TEXT = OneOf(Object("rich_text", {**FIELDS, "block_id?": String(255, least=1)}))
