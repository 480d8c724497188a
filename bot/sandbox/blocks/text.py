"""Composition objects: texts, options, confirmations, filters, files, triggers."""

from bot.sandbox.blocks.schema import (
    Array,
    Boolean,
    Object,
    OneOf,
    String,
    Word,
    exactly_one_of,
    some_of,
)

LONGEST_TEXT = 3000
LONGEST_URL = 3000
ANY = String()
FLAG = Boolean()
URL = String(most=LONGEST_URL, least=1)
IDS = Array(String(least=1))
STYLE = Word("primary", "danger")


def plain(most: int | None = LONGEST_TEXT) -> OneOf:
    return OneOf(Object("plain_text", {"text": String(most, least=1), "emoji?": FLAG}))


def mrkdwn(most: int | None = LONGEST_TEXT) -> OneOf:
    return OneOf(Object("mrkdwn", {"text": String(most, least=1), "verbatim?": FLAG}))


def text(most: int | None = LONGEST_TEXT) -> OneOf:
    return OneOf(*plain(most).kinds.values(), *mrkdwn(most).kinds.values(), vague=True)


VALUE = String(150, least=1)
OPTION = Object("", {"text": plain(75), "value": VALUE, "description?": plain(75)})
CHOICE = Object("", {"text": text(75), "value": VALUE, "description?": text(75)})
ENTRY = Object("", {"text": plain(75), "value?": VALUE, "description?": plain(75), "url?": URL})
OPTIONS = Array(OPTION, most=100, least=1)
OPTION_GROUP = Object("", {"label": plain(75), "options": OPTIONS})

CONFIRM = Object(
    "",
    {"title?": plain(100), "text": text(300), "confirm?": plain(30), "deny?": plain(30), "style?": STYLE},
)
DISPATCH = Object(
    "", {"trigger_actions_on?": Array(Word("on_enter_pressed", "on_character_entered"), most=2, least=1)}
)
CONVERSATION_FILTER = Object(
    "",
    {
        "include?": Array(Word("im", "mpim", "private", "public"), least=1),
        "exclude_external_shared_channels?": FLAG,
        "exclude_bot_users?": FLAG,
    },
    (some_of("include", "exclude_external_shared_channels", "exclude_bot_users"),),
)
SLACK_FILE = Object("", {"id?": String(least=1), "url?": URL}, (exactly_one_of("id", "url"),))
TRIGGER = Object(
    "",
    {
        "url": URL,
        "customizable_input_parameters?": Array(Object("", {"name": String(least=1), "value": ANY})),
    },
)
WORKFLOW = Object("", {"trigger": TRIGGER})
