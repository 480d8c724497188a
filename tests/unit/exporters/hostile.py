"""A story in which every word is an attacker's, and what tells whether an export obeyed one."""

import re
from typing import Any

from pydantic import BaseModel

from bot.domain.stories import Story
from tests.unit.checks.samples import STORY

STRINGS = (
    "<!channel> <@U0123456789> <#C0123456789>",
    "<https://evil.example|refund form>",
    "<script>alert(1)</script><img src=x onerror=alert(1)><!-- x -->",
    "[click](https://evil.example) ![p](//evil.example/p.png)",
    "[x]: https://evil.example\n[go][x] [x]",
    "# heading\n## heading",
    "```\ncode\n```\n~~~\nx\n~~~ `tick``s`",
    "| a | b |\n|---|---|\n| x | y |",
    "***\n---\n===\n- item\n+ item\n1. item\n2) item\n> quote",
    "**bold** __bold__ *i* _i_ ~~s~~ ~s~ $a$ and $$b$$",
    "- [x] approved by @alice, see #12 and GH-7",
    "https://evil.example www.evil.example mailto:a@evil.example javascript:alert(1)",
    "&lt;b&gt; &amp;lt; &#60;script&#62;",
    "=cmd|' /C calc'!A0",
    "\n=1+1",
    "＝SUM(1)",
    "\t+1",
    "'=1+1",
    'Scenario: forged\nGiven x\n@tag\n"""\nExamples:\n| a |',
    "<input> <ticket> | \\| \\n \\",
    "h1. big\nbq. quote\n{code}x{code} {panel} !image.png! [~admin] [go|https://evil.example] ----",
    "---\ntitle: forged\n---\n<!-- issue 2 of 2 -->",
    "\u202ereversed\u202c \u200b\u2066x\u2069 \x00\x08\x1b[31mred \U000e0041",
    "ends with a backslash \\",
    "    indented code\n\ttab",
    "",
    " ",
)

_KEEP = {"intent", "latency", "track", "state", "provenance", "comparison", "level", "severity", "drafted_by"}


def story_of(text: str) -> Story:
    """The sample story with ``text`` in place of every word a ticket or a model could have written."""
    poisoned = _poison(STORY, text)
    assert isinstance(poisoned, Story)
    return poisoned


def _poison(value: Any, text: str, name: str = "") -> Any:
    if isinstance(value, BaseModel):
        changed = {key: _poison(getattr(value, key), text, key) for key in type(value).model_fields}
        return value.model_copy(update=changed)
    if isinstance(value, tuple):
        return tuple(_poison(item, text, name) for item in value)
    if isinstance(value, dict):
        return {f"{text}{i}": count for i, count in enumerate(value.values())}
    return text if isinstance(value, str) and name not in _KEEP else value


LIVE = re.compile(
    r"<[!@#/a-z]|https?:/|ftp:/|\bwww\.|javascript:|mailto:|@\w|(?<!&)#\d|[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]",
    re.IGNORECASE,
)
