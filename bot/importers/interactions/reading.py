"""The loop that every record of every format goes through."""

from collections.abc import Iterable
from typing import Any

from bot.importers.interactions.contract import Asked, Bad, BodyRefused, Format, Problem, Read, Rules
from bot.importers.interactions.fields import Unusable, build


def take(
    format_: Format,
    records: Iterable[Any],
    asked: Asked,
    limit: int,
    *,
    first: int = 1,
    rules: Rules | None = None,
) -> Read:
    """Records as interactions, problems and what is neither. ``first`` is the row of the first.

    Raises:
        BodyRefused: there are more than ``limit``, or ``records`` says so while it is read.
    """
    done = Read()
    for row, record in enumerate(records, first):
        if row - first >= limit:
            raise BodyRefused(f"There are more than {limit:,} records.", "Send them in several parts.")
        if isinstance(record, Bad):
            done.problems.append(Problem(row, "", record.message, record.hint))
            continue
        for one in format_.unfold(record):
            _one(format_, one, asked, row, rules or format_.rules, done)
    return done


def _one(format_: Format, record: Any, asked: Asked, row: int, rules: Rules, done: Read) -> None:
    if isinstance(record, Bad):
        done.problems.append(Problem(row, "", record.message, record.hint))
        return
    values = format_.translate(record)
    if values is None:
        done.apart += 1
        return
    built = build(values, asked, rules)
    done.ignored.update(built.ignored)
    if built.interaction is None:
        done.problems += [Problem(row, *_told(unusable)) for unusable in built.problems]
    else:
        done.interactions.append(built.interaction)


def _told(unusable: Unusable) -> tuple[str, str, str]:
    return unusable.field, unusable.message, unusable.hint
