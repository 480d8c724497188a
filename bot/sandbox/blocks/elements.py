"""Block elements: what can be pressed, chosen, typed into or looked at."""

from collections.abc import Iterator

from bot.sandbox.blocks.rich_text import RICH_TEXT
from bot.sandbox.blocks.schema import (
    JSON,
    Array,
    Flaw,
    Number,
    Object,
    OneOf,
    Rule,
    Shape,
    String,
    Word,
    distinct,
    exactly_one_of,
    ordered,
)
from bot.sandbox.blocks.text import (
    ANY,
    CHOICE,
    CONFIRM,
    CONVERSATION_FILTER,
    DISPATCH,
    ENTRY,
    FLAG,
    IDS,
    OPTION,
    OPTION_GROUP,
    OPTIONS,
    SLACK_FILE,
    STYLE,
    URL,
    WORKFLOW,
    plain,
)

ID = String(least=1)
LABEL = String(75)
Fields = dict[str, Shape]
PLACEHOLDER: Fields = {"placeholder?": plain(150)}
CONFIRMED: Fields = {"confirm?": CONFIRM}
FOCUSED: Fields = {"focus_on_load?": FLAG}
MANY: Fields = {"max_selected_items?": Number(1, whole=True)}
LINES = Number(1, 100, whole=True)


def element(kind: str, fields: Fields, *rules: Rule) -> Object:
    return Object(kind, {"action_id?": String(255, least=1), **fields}, rules)


def picker(kind: str, fields: Fields, *rules: Rule) -> Object:
    return element(kind, {**fields, **PLACEHOLDER, **CONFIRMED, **FOCUSED}, *rules)


def typed(kind: str, fields: Fields, *rules: Rule) -> Object:
    return element(kind, {**fields, **PLACEHOLDER, **FOCUSED, "dispatch_action_config?": DISPATCH}, *rules)


def chosen_is_offered(value: JSON, at: str) -> Iterator[Flaw]:
    """What is chosen at the start is one of the options, letter for letter."""
    groups = value.get("option_groups", [value])
    offered = [option for group in groups for option in group.get("options", [])]
    if "initial_option" in value and value["initial_option"] not in offered:
        yield Flaw("must match one of the options", f"{at}/initial_option")
    for number, option in enumerate(value.get("initial_options", [])):
        if option not in offered:
            yield Flaw("must match one of the options", f"{at}/initial_options/{number}")


def numbers(value: JSON, at: str) -> Iterator[Flaw]:
    """The bounds of a number input are numbers, in order."""
    for name in ("min_value", "max_value", "initial_value"):
        if name in value and not _is_number(value[name]):
            yield Flaw("must be a number", f"{at}/{name}")
            return
    yield from ordered("min_value", "max_value")(value, at)


def _is_number(written: str) -> bool:
    try:
        float(written)
    except ValueError:
        return False
    return True


BUTTON = element(
    "button",
    {
        "text": plain(75), "value?": String(2000), "url?": URL, "style?": STYLE, **CONFIRMED,
        "accessibility_label?": LABEL, "agent_prompt?": String(4000), "agent_prompt_display?": ANY,
        "visible_to_user_ids?": IDS,
    },
)  # fmt: skip
WORKFLOW_BUTTON = element(
    "workflow_button",
    {"text": plain(75), "workflow": WORKFLOW, "style?": STYLE, **CONFIRMED, "accessibility_label?": LABEL},
)
OVERFLOW = element(
    "overflow", {"options": Array(ENTRY, most=5, least=1), **CONFIRMED}, distinct("options", "value")
)
IMAGE = Object(
    "image",
    {"alt_text": String(2000, least=1), "image_url?": URL, "slack_file?": SLACK_FILE},
    (exactly_one_of("image_url", "slack_file"),),
)

STATIC: Fields = {"options?": OPTIONS, "option_groups?": Array(OPTION_GROUP, most=100, least=1)}
STATIC_RULES = (exactly_one_of("options", "option_groups"), chosen_is_offered, distinct("options", "value"))
EXTERNAL: Fields = {"min_query_length?": Number(0, whole=True)}
CONVERSATIONS: Fields = {"default_to_current_conversation?": FLAG, "filter?": CONVERSATION_FILTER}
ANSWERS: Fields = {"response_url_enabled?": FLAG}
CHOSEN = Array(OPTION, most=100)

SELECTS = OneOf(
    picker("static_select", {**STATIC, "initial_option?": OPTION}, *STATIC_RULES),
    picker("external_select", {**EXTERNAL, "initial_option?": OPTION}),
    picker("users_select", {"initial_user?": ID}),
    picker("conversations_select", {**CONVERSATIONS, **ANSWERS, "initial_conversation?": ID}),
    picker("channels_select", {**ANSWERS, "initial_channel?": ID}),
    picker("multi_static_select", {**STATIC, **MANY, "initial_options?": CHOSEN}, *STATIC_RULES),
    picker("multi_external_select", {**EXTERNAL, **MANY, "initial_options?": CHOSEN}),
    picker("multi_users_select", {**MANY, "initial_users?": IDS}),
    picker("multi_conversations_select", {**CONVERSATIONS, **MANY, "initial_conversations?": IDS}),
    picker("multi_channels_select", {**MANY, "initial_channels?": IDS}),
)

CHOICES = Array(CHOICE, most=10, least=1)
CHECKBOXES = element(
    "checkboxes",
    {"options": CHOICES, "initial_options?": Array(CHOICE, most=10, least=1), **CONFIRMED, **FOCUSED},
    chosen_is_offered, distinct("options", "value"),
)  # fmt: skip
RADIO_BUTTONS = element(
    "radio_buttons",
    {"options": CHOICES, "initial_option?": CHOICE, **CONFIRMED, **FOCUSED},
    chosen_is_offered, distinct("options", "value"),
)  # fmt: skip
DATE = String(form=r"\d{4}-\d\d-\d\d")
TIME = String(form=r"([01]\d|2[0-3]):[0-5]\d")
DATEPICKER = picker("datepicker", {"initial_date?": DATE})
TIMEPICKER = picker("timepicker", {"initial_time?": TIME, "timezone?": ID})
DATETIMEPICKER = element(
    "datetimepicker",
    {"initial_date_time?": Number(10**9, 10**10 - 1, whole=True), **CONFIRMED, **FOCUSED},
)

PLAIN_TEXT_INPUT = typed(
    "plain_text_input",
    {
        "initial_value?": ANY, "multiline?": FLAG,
        "min_length?": Number(0, 3000, whole=True), "max_length?": Number(1, 3000, whole=True),
    },
    ordered("min_length", "max_length"),
)  # fmt: skip
RICH_TEXT_INPUT = typed(
    "rich_text_input",
    {"initial_value?": RICH_TEXT, "min_lines?": LINES, "max_lines?": LINES},
    ordered("min_lines", "max_lines"),
)
NUMBER_INPUT = typed(
    "number_input",
    {"is_decimal_allowed": FLAG, "initial_value?": ANY, "min_value?": ANY, "max_value?": ANY},
    numbers,
)
EMAIL_INPUT = typed("email_text_input", {"initial_value?": ANY})
URL_INPUT = typed("url_text_input", {"initial_value?": ANY})
FILE_INPUT = element(
    "file_input", {"filetypes?": Array(ID, least=1), "max_files?": Number(1, 10, whole=True)}
)

THUMB = Object("", {"text": plain(75), "value": String(2000), "accessibility_label?": LABEL})
FEEDBACK_BUTTONS = element("feedback_buttons", {"positive_button": THUMB, "negative_button": THUMB})
ICON_BUTTON = element(
    "icon_button",
    {
        "icon": Word("trash"), "text": plain(75), "value?": String(2000), **CONFIRMED,
        "accessibility_label?": LABEL, "visible_to_user_ids?": IDS,
    },
)  # fmt: skip
ICON = Object("icon", {"name": ID})
URL_SOURCE = Object("url", {"url": URL, "text": String(least=1)})

PRESSED = (
    OneOf(BUTTON, WORKFLOW_BUTTON, OVERFLOW, CHECKBOXES, RADIO_BUTTONS, DATEPICKER, TIMEPICKER) | SELECTS
)
IN_SECTION = PRESSED | OneOf(IMAGE)
IN_ACTIONS = PRESSED | OneOf(DATETIMEPICKER, RICH_TEXT_INPUT)
IN_INPUT = SELECTS | OneOf(
    CHECKBOXES, RADIO_BUTTONS, DATEPICKER, TIMEPICKER, DATETIMEPICKER, PLAIN_TEXT_INPUT, RICH_TEXT_INPUT,
    NUMBER_INPUT, EMAIL_INPUT, URL_INPUT, FILE_INPUT,
)  # fmt: skip
IN_CONTEXT_ACTIONS = OneOf(FEEDBACK_BUTTONS, ICON_BUTTON)

SURFACES = {
    "file_input": ("modal",),
    "email_text_input": ("modal",),
    "number_input": ("modal",),
    "url_text_input": ("modal",),
    "rich_text_input": ("modal", "home"),
    "datetimepicker": ("modal", "message"),
    "workflow_button": ("message",),
}
"""Where an element may stand that may not stand everywhere."""
