"""Reading small bodies by their schemas: one object, or a list of them."""

import asyncio
from collections.abc import Sequence
from functools import cache
from typing import Any, TypeVar

from fastapi import Request
from pydantic import BaseModel, TypeAdapter, ValidationError

from bot.errors import InputError, RowsRefused
from bot.importers.interactions import Problem
from bot.intake.bodies import media_type, wrong_type
from bot.intake.desk import Parcel
from bot.services.interactions.packing import unpack
from bot.services.interactions.service import TOLD

Record = TypeVar("Record", bound=BaseModel)

JSON = "application/json"
_SAID = "Value error, "


async def read_records(
    request: Request, parcel: Parcel, kind: type[Record], *, most: int, most_bytes: int
) -> list[Record]:
    """The records of a body, all of them or none.

    Raises:
        Refusal: it is not said to be JSON. InputError: it is none, or holds more than ``most`` records.
        RowsRefused: records of it cannot be used.
    """
    if media_type(request) != JSON:
        raise wrong_type(JSON)
    body = await asyncio.to_thread(unpack, parcel.body, most_bytes) if parcel.gzipped else parcel.body
    parcel.size = len(body)
    found = await asyncio.to_thread(_validated, kind, body)
    if len(found) > most:
        raise InputError(f"There are more than {most:,} records.", hint="Send them in several parts.")
    parcel.records = len(found)
    return found


def _validated(kind: type[Record], body: bytes) -> list[Record]:
    one, many = _adapters(kind)
    is_list = body.lstrip()[:1] == b"["
    try:
        return list(many.validate_json(body)) if is_list else [one.validate_json(body)]
    except ValidationError as error:
        raise _refusal(error.errors(include_url=False, include_input=False), is_list=is_list) from None


@cache
def _adapters(kind: type[BaseModel]) -> tuple[TypeAdapter[Any], TypeAdapter[Any]]:
    return TypeAdapter(kind), TypeAdapter(list[kind])  # type: ignore[valid-type]  # made at run time


def _refusal(errors: Sequence[Any], *, is_list: bool) -> InputError:
    """No text of the body is in it: only where, and what was expected."""
    if errors[0]["type"] == "json_invalid":
        return InputError("The body is no JSON.", hint="Send one object, or a list of them.", code="bad_body")
    problems = tuple(_problem(error, is_list=is_list) for error in errors[:TOLD])
    rows = len({error["loc"][:1] for error in errors}) if is_list else 1
    first = problems[0]
    where = f" ({first.field})" if first.field else ""
    return RowsRefused(
        f"{rows:,} record{' cannot' if rows == 1 else 's cannot'} be used, so nothing was kept. The first is"
        f" record {first.row}{where}: {first.message}",
        problems=problems,
        left_out=len(errors) - len(problems),
        hint="GET /docs shows what is expected.",
    )


def _problem(error: Any, *, is_list: bool) -> Problem:
    row, *field = error["loc"] if is_list and error["loc"] else (0, *error["loc"])
    message = str(error["msg"]).removeprefix(_SAID)
    names = [str(part) for part in field if "[" not in str(part)]  # the others are pydantic's own steps
    return Problem(int(row) + 1, ".".join(names)[:80], f"{message.rstrip('.')}.")
