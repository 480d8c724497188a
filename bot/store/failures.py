"""The databases' own failures as one kind, with what to do about them."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.errors import StoreError

UNMIGRATED = frozenset({"42P01", "42703"})  # undefined table, undefined column
PASSING = ("08", "25P03", "40", "53", "55P03", "57")
"""SQLSTATE classes and codes that say nothing about the statement: connection, time-out within a transaction,
serialization and deadlock, resources, lock time-out, shutdown."""


@contextmanager
def translated() -> Iterator[None]:
    """Failures of the database as StoreError; mistakes of ours (a broken constraint, bad SQL) stay."""
    try:
        yield
    except PoolTimeout as error:
        raise StoreError(
            "All connections to the database are busy.", hint="Try again in a minute."
        ) from error
    except SQLAlchemyError as error:
        failure = _as_ours(error)
        if failure is None:
            raise
        raise failure from error


@contextmanager
def connecting() -> Iterator[None]:
    """The same while a connection is being made: there the network's failures come as they are."""
    try:
        with translated():
            yield
    except (OSError, TimeoutError) as error:
        raise unreachable() from error


def unreachable() -> StoreError:
    return StoreError(
        "The database cannot be reached.", hint="Is it running, and is PLUMB_DATABASE_URL right?"
    )


def _as_ours(error: SQLAlchemyError) -> StoreError | None:
    if not isinstance(error, DBAPIError) or isinstance(error, IntegrityError):
        return None
    state = str(getattr(error.orig, "sqlstate", None) or "")
    if state in UNMIGRATED or "no such table" in str(error.orig):
        return StoreError("The database is not at this version's schema.", hint="Run `plumb db upgrade`.")
    if state.startswith(("28", "3D")):
        return StoreError("The database refused these credentials.", hint="Check PLUMB_DATABASE_URL.")
    if error.connection_invalidated or state.startswith("08"):
        return unreachable()
    if state.startswith(PASSING) or isinstance(error, OperationalError):
        return StoreError(
            "The database did not answer in time or cannot be written.",
            hint="Run `plumb doctor`; another process may hold it, or the disk may be full.",
        )
    return None
