"""Bodies that come compressed: unpacked within bounds."""

import zlib

from bot.errors import ImportRefused

RATIO = 100
FLOOR = 1_000_000  # bytes: what is smaller unpacked may have been packed as well as one likes
MEMBERS = 64  # each costs a copy of the rest
_GZIP = 16 + zlib.MAX_WBITS


def unpack(body: bytes, most: int) -> bytes:
    """What is in a gzip body (of one member, nearly always).

    Raises:
        ImportRefused: it is no whole gzip (``bad_gzip``), holds more than ``most`` bytes (``too_large``) or
            more than RATIO times its own size (``archive_ratio``). Nothing beyond the bound is unpacked.
    """
    bound = min(most, max(FLOOR, RATIO * len(body)))
    parts: list[bytes] = []
    rest, left = body, bound + 1
    while rest:
        if len(parts) == MEMBERS:
            raise _broken()
        member = zlib.decompressobj(_GZIP)
        try:
            part = member.decompress(rest, left)
        except zlib.error as error:
            raise _broken() from error
        parts.append(part)
        left -= len(part)
        if left == 0:
            raise _too_much(most, bound)
        if not member.eof:
            raise _broken()
        rest = member.unused_data
    return b"".join(parts)


def _broken() -> ImportRefused:
    return ImportRefused(
        "The body is said to be gzip, and is not or ends too soon.",
        hint="Compress it whole, or send it without Content-Encoding.",
        code="bad_gzip",
    )


def _too_much(most: int, bound: int) -> ImportRefused:
    if bound < most:
        return ImportRefused(
            f"The body unpacks to more than {RATIO} times its size.",
            hint="Send it uncompressed, if it is what it should be.",
            code="archive_ratio",
        )
    return too_large(most)


def too_large(most: int) -> ImportRefused:
    """The refusal of a body of more bytes than may be taken at once."""
    return ImportRefused(
        f"The body has more than {most:,} bytes.", hint="Send it in several parts.", code="too_large"
    )
