"""Our own JSON: one object, a list of them, or one to a line."""

from collections.abc import Iterator
from typing import Any

import orjson

from bot.importers.interactions.contract import Bad, BodyRefused, Format
from bot.importers.reading.jsonstream import loads

_WRAPPERS = ("interactions", "data", "records", "items")
_NO_OBJECT = Bad("The record is no object with names and values.", 'Send {"id": …, "input": …, "output": …}.')


def parse(text: bytes) -> Any:
    """One JSON value, strictly: no NaN; a lone surrogate is kept here and replaced later.

    Raises:
        BodyRefused: it is none, or nested too deeply.
    """
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as refused:
        return _leniently(text, str(refused))


def _leniently(text: bytes, why: str) -> Any:
    """orjson is the faster; the standard library takes lone surrogates and says plainly what is too deep."""
    try:
        return loads(text.decode("utf-8-sig"))
    except RecursionError:
        raise BodyRefused("The JSON is nested too deeply.", "Send flat records.") from None
    except UnicodeDecodeError:
        raise BodyRefused("The JSON is not UTF-8 text.", "Send it as UTF-8.") from None
    except ValueError:
        where = why.rpartition(": ")[2] if ": " in why else ""
        raise BodyRefused(
            f"The JSON is not valid{f' ({where})' if where else ''}.", "NaN and Infinity are no JSON either."
        ) from None


def documents(body: bytes) -> Iterator[Any]:
    """The objects of one JSON document: itself, a list, or the list within it."""
    value = parse(body)
    if isinstance(value, dict):
        inner = next((value[name] for name in _WRAPPERS if isinstance(value.get(name), list)), None)
        value = [value] if inner is None or "id" in value else inner
    if not isinstance(value, list):
        raise BodyRefused("The JSON is neither an object nor a list of objects.", _NO_OBJECT.hint)
    return (item if isinstance(item, dict) else _NO_OBJECT for item in value)


def lines(body: bytes) -> Iterator[Any]:
    """One object to a line; blank lines are none, a broken line is put aside by itself."""
    for line in body.removeprefix(b"\xef\xbb\xbf").split(b"\n"):
        if not line or line.isspace():
            continue
        try:
            value = parse(line)
        except BodyRefused as refused:
            yield Bad(refused.problem.message, refused.problem.hint)
        else:
            yield value if isinstance(value, dict) else _NO_OBJECT


FORMATS = (Format("json", documents), Format("ndjson", lines))
