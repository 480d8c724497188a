"""What callers of the HTTP API are told when something is not done: one sentence, and what to do."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from starlette.exceptions import HTTPException

from bot.errors import (
    Busy,
    ImportRefused,
    InputError,
    NotFound,
    PlumblineError,
    RowsRefused,
    StoreError,
    WorkStopped,
)
from bot.importers.interactions import FAR, Problem
from bot.logs import log_failure

AGAIN = 5  # seconds until another try of what failed here
STATUS = {"too_large": 413, "archive_ratio": 413, "bad_rows": 422, "bad_reason": 422}
NO_STORE = {"Cache-Control": "no-store"}


class Refusal(Exception):
    """An answer that says no: an HTTP status and the words."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        hint: str = "",
        *,
        problems: Sequence[Problem] = (),
        left_out: int = 0,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status, self.code, self.message, self.hint = status, code, message, hint
        self.problems, self.left_out = problems, left_out
        self.headers = {**NO_STORE, **(headers or {})}

    def as_json(self) -> dict[str, Any]:
        """``problems`` only where there are any, ``left_out`` only where they are not all of them."""
        error: dict[str, Any] = {"code": self.code, "message": self.message, "hint": self.hint}
        if self.problems:
            error["problems"] = [
                {"row": each.row, "field": each.field, "message": each.message, "hint": each.hint}
                for each in self.problems
            ]
        if self.left_out:
            error["left_out"] = self.left_out
        return {"error": error}


def refusal(error: Exception) -> Refusal:
    """Any failure as an answer. What nobody expected is logged; the answer has its reference."""
    match error:
        case Refusal():
            return error
        case Busy():
            wait = {"Retry-After": str(max(1, math.ceil(error.retry_after)))}
            return Refusal(429, error.code, error.message, error.hint, headers=wait)
        case RowsRefused():
            # A moment that this clock contradicts is a conflict with the server's state, not a wrong form.
            clock = bool(error.problems) and all(FAR in each.message for each in error.problems)
            return Refusal(
                409 if clock else 422, error.code, error.message, error.hint,
                problems=error.problems, left_out=error.left_out,
            )  # fmt: skip
        case NotFound():
            return Refusal(404, error.code, error.message, error.hint)
        case ImportRefused() | InputError():
            return Refusal(STATUS.get(error.code, 400), error.code, error.message, error.hint)
        case StoreError() | WorkStopped():
            again = {"Retry-After": str(AGAIN)}
            return Refusal(503, error.code, error.message, error.hint, headers=again)
        case HTTPException():
            return _of_framework(error)
        case PlumblineError():
            return Refusal(500, error.code, error.message, error.hint)
    hint = f"The bot's log has the rest under reference {log_failure(error)}."
    return Refusal(500, "unexpected", "Something went wrong that should not have.", hint)


def _of_framework(error: HTTPException) -> Refusal:
    """No such address or method."""
    hint = "GET /docs shows what there is."
    if error.status_code == 404:
        return Refusal(404, "not_found", "There is nothing at this address.", hint)
    if error.status_code == 405:
        allow = {"Allow": (error.headers or {}).get("Allow", "")}
        return Refusal(405, "bad_method", "This address does not take that method.", hint, headers=allow)
    return Refusal(error.status_code, "bad_request", "The request cannot be answered.", hint)
