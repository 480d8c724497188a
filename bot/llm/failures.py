"""The kinds of failure that every provider has, told from HTTP status and headers."""

from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import NoReturn

from bot.errors import ModelError, ModelRateLimited, ModelRejected, ModelUnavailable

NO_ANSWER = "model_no_answer"
"""Code of a ``ModelUnavailable`` whose request was sent and may have been billed: a time-out, a drop."""

_HINTS = {
    400: "The request or its schema is not understood; see the log.",
    401: "Check the API key.",
    402: "Check the account's billing.",
    403: "The key may not use this model; check the account.",
    404: "Check the model's name and the base URL.",
    413: "The prompt is too long; draft from fewer tickets.",
}


def unreachable(vendor: str) -> ModelUnavailable:
    """No connection could be made, so nothing was sent."""
    return ModelUnavailable(
        f"{vendor} cannot be reached.", hint="Check the network and the base URL, then run it again."
    )


def no_answer(vendor: str, what: str) -> ModelUnavailable:
    """The request went out and no whole answer came back."""
    return ModelUnavailable(f"{vendor}: {what}.", hint="Run it again.", code=NO_ANSWER)


def out_of_credit(vendor: str) -> ModelRejected:
    """A 429 that no waiting mends."""
    return ModelRejected(f"The {vendor} account has no credit left.", hint="Check the account's billing.")


def not_the_api(vendor: str) -> ModelRejected:
    """Something answered with success, but not in the API's form."""
    return ModelRejected(
        f"What answered does not speak {vendor}'s API.",
        hint="Check that the base URL ends where the API begins.",
    )


def from_status(vendor: str, status: int, headers: Mapping[str, str]) -> ModelError:
    """The failure that an HTTP status means: 429 and 408, 409, 5xx pass with time, the rest does not."""
    wait = retry_after(headers)
    if status == 429:
        return ModelRateLimited(
            f"{vendor} limits how often it may be called.",
            retry_after=wait,
            hint="Wait a little, run it again.",
        )
    if status in (408, 409) or status >= 500:
        return ModelUnavailable(
            f"{vendor} answered with status {status}.", hint="Run it again later.", retry_after=wait
        )
    if 300 <= status < 400:
        return ModelRejected(
            f"{vendor} answered with a redirect, which is never followed.", hint="Set the final base URL."
        )
    hint = _HINTS.get(status, "See the log.")
    return ModelRejected(f"{vendor} rejected the request with status {status}.", hint=hint)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds to wait by ``retry-after-ms`` or ``Retry-After`` (RFC 9110, 10.2.3: seconds or a date).

    A date is counted from the response's own ``Date``, so that a wrong clock here does no harm.
    """
    try:
        if "retry-after-ms" in headers:
            return max(0.0, float(headers["retry-after-ms"]) / 1000)
        value = headers.get("retry-after")
        if value is None:
            return None
        if value.strip().replace(".", "", 1).isdigit():
            return float(value)
        wait = parsedate_to_datetime(value) - parsedate_to_datetime(headers["date"])
        return max(0.0, wait.total_seconds())
    except (KeyError, ValueError, TypeError):
        return None


def raise_from(error: ModelError, cause: BaseException) -> NoReturn:
    """Raise without the vendor's traceback in sight: its message may quote the request."""
    error.__cause__ = None
    error.add_note(f"vendor error: {type(cause).__name__}")
    raise error from None
