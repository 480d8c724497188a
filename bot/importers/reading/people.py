"""Personal values from a row's own columns, to be taken out of its text."""

import re
from collections.abc import Iterable
from functools import lru_cache

from bot.importers.reading.vocabulary import NULLISH, key, words

_EMAIL = re.compile(r"[^\s<>(),;:\"@]+@[^\s<>(),;:\"@]+\.[^\s<>(),;:\"@]+")
_NAME = re.compile(r"[^\W\d_]+(?:[ .'’,\-]+[^\W\d_]+)*\.?")
_ROLES = frozenset(
    words(
        "customer user agent admin support guest visitor team help desk helpdesk service system bot info "
        "sales office the and von van der den dos das del"
    )
)
_LONGEST = 80


def known_values(pairs: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Distinct values to remove, from (sort, value) pairs with sort "name", "email" or "phone".

    A name comes whole and in its parts of three letters or more; "cust0", "NULL" and "Support" are no
    names. An e-mail address in a name column counts as the address that it is.
    """
    found: dict[str, None] = {}
    for sort, value in pairs:
        if value:
            found.update(dict.fromkeys(_values(sort, value)))
    return tuple(found)


@lru_cache(maxsize=8192)
def _values(sort: str, value: str) -> tuple[str, ...]:
    value = value.strip()
    if len(value) > 4 * _LONGEST:
        return ()
    if "@" in value:
        outside = _EMAIL.sub(" ", value).strip(" <>()\"',;")
        return (*_EMAIL.findall(value), *(_name(outside) if outside else ()))
    if sort == "phone":
        return (value,) if sum(c.isdigit() for c in value) >= 6 else ()
    return _name(value) if sort == "name" else ()


def _name(value: str) -> tuple[str, ...]:
    if len(value) > _LONGEST or not _NAME.fullmatch(value) or key(value) in NULLISH:
        return ()
    parts = [part for part in re.split(r"[ .,]+", value) if len(part) >= 3 and part.casefold() not in _ROLES]
    if not parts:
        return ()
    return (value, *(part for part in parts if part != value)) if len(value) >= 3 else ()
