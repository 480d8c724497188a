"""Ids of cases: readable, made of what a case holds, so that cases added elsewhere change none of them."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

_LONGEST = 40
_MARK = 8  # hexadecimal digits
_NUMBERED = re.compile(r"Row #\d+")
_OTHER = re.compile(r"[^\w]+")
_WHAT = ("assert", "threshold", "options", "provider", "providers", "prompts", "providerOutput")


class CaseIds:
    """Gives out one after the other; cases alike in everything are numbered."""

    def __init__(self) -> None:
        self._given: Counter[str] = Counter()

    def next(self, test: Mapping[str, Any], variables: Mapping[str, Any]) -> str:
        """What it is called, or else its first vars, and a mark of its whole content."""
        description = str(test.get("description") or "")
        name = "" if _NUMBERED.fullmatch(description) else description
        content = [name, dict(variables), [test.get(key) or None for key in _WHAT]]
        text = json.dumps(content, sort_keys=True, default=str)
        mark = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_MARK]
        identity = f"{_slug(name) or _slug(_first_words(variables)) or 'case'}-{mark}"
        self._given[identity] += 1
        count = self._given[identity]
        return identity if count == 1 else f"{identity}-{count}"


def _first_words(variables: Mapping[str, Any]) -> str:
    return " ".join(
        str(value)[:_LONGEST] for value in variables.values() if isinstance(value, str | int | float)
    )


def _slug(text: str) -> str:
    return _OTHER.sub("-", text[: 2 * _LONGEST].lower()).strip("-")[:_LONGEST].rstrip("-")
