"""Reading the body of a request: bounded while it streams in, never logged."""

import asyncio

from starlette.requests import ClientDisconnect, Request

from bot.intake.limits import Held
from bot.intake.refusals import Refusal, refusal
from bot.services.interactions.packing import too_large

PATIENCE = 30.0  # seconds that a body may take to arrive
DROPPING, DROPPED = 3.0, 20_000_000  # seconds and bytes that are spent on a body that was refused


async def read_body(request: Request, held: Held, most: int) -> bytes:
    """All of it, as it was sent.

    Raises:
        Refusal: it is too large (as announced, or as it comes), or takes too long. Busy: see Held.
    """
    announced = request.headers.get("content-length", "0")
    if announced.isdecimal() and int(announced) > most:
        raise refusal(too_large(most))
    parts: list[bytes] = []
    try:
        async with asyncio.timeout(PATIENCE):
            async for part in request.stream():
                held.grow(len(part))
                parts.append(part)
                if held.size > most:
                    raise refusal(too_large(most))
    except TimeoutError:
        raise Refusal(408, "slow", f"The body did not arrive within {PATIENCE:g} seconds.") from None
    except ClientDisconnect:
        raise Refusal(400, "incomplete", "The body ended before it was whole.") from None
    return b"".join(parts)


async def read_past(request: Request) -> bool:
    """Take what is still coming of a body that was refused, and drop it: many clients hear no answer before
    they have sent everything. False where that is too much or takes too long."""
    size = 0
    try:
        async with asyncio.timeout(DROPPING):
            async for part in request.stream():
                size += len(part)
                if size > DROPPED:
                    return False
    except (TimeoutError, ClientDisconnect, RuntimeError):  # the last: it was read before
        return False
    return True


def is_gzipped(request: Request) -> bool:
    """Whether the body is compressed. Raises Refusal where it is in another way than gzip."""
    encoding = request.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in {"", "identity", "gzip"}:
        raise Refusal(
            415, "bad_encoding", "The body is compressed in a way that is not read here.",
            "Content-Encoding may be gzip.",
        )  # fmt: skip
    return encoding == "gzip"


def media_type(request: Request) -> str:
    """Without its parameters, in small letters; "" where none is given."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def wrong_type(expected: str) -> Refusal:
    return Refusal(
        415, "bad_type", "The Content-Type is not one that is read here.", f"Send Content-Type: {expected}."
    )
