"""Finding the verb in what somebody typed."""

from collections.abc import Iterable
from dataclasses import dataclass

from handlers.feature import Verb


@dataclass(frozen=True, slots=True)
class Found:
    """The verb behind a command's words, and the words behind the verb."""

    verb: Verb
    rest: str


def find_verb(text: str, verbs: Iterable[Verb]) -> Found | None:
    """ "story draft from x" -> the verb "story draft" and "from x"; case and spacing do not matter."""
    words = text.split()
    known = {verb.name: verb for verb in verbs}
    for count in (2, 1):
        verb = known.get(" ".join(words[:count]).lower())
        if verb is not None and len(words) >= count:
            return Found(verb, text.split(None, count)[count] if len(words) > count else "")
    return None
