"""What promptfoo makes of a piece of JavaScript before it runs it: the body of a function."""

import re
from enum import Enum

from bot.domain.jsvalues import WHITESPACE


class Form(Enum):
    """Where the code stands in a config: that decides what its last line gives back."""

    ASSERTION = "assertion"  # one line: an expression, or declarations and then an expression
    TRANSFORM = "transform"  # one line: an expression


def function_body(code: str, form: Form) -> str:
    """Several lines are a body as they stand; one line gives its value back."""
    if form is Form.TRANSFORM:
        return code if "\n" in code else f"return {code}"
    code = code.rstrip(WHITESPACE)
    return code if "\n" in code else _one_line(code)


def _one_line(code: str) -> str:
    code = re.sub(r";+$", "", code.strip(WHITESPACE))
    if not re.match(r"(const|let|var)\s", code):
        return f"return {code}"
    end = _last_semicolon(code) + 1
    last = code[end:].strip(WHITESPACE)
    return f"{code[:end]} return {last}" if end and last else code


def _last_semicolon(code: str) -> int:
    """The last one outside quotes, -1 where there is none; as in promptfoo, regexes are not looked at."""
    last, quote, escaped = -1, "", False
    for at, char in enumerate(code):
        if not escaped and char in "'\"`" and quote in ("", char):
            quote = "" if quote else char
        elif char == ";" and not quote:
            last = at
        escaped = char == "\\" and not escaped
    return last
