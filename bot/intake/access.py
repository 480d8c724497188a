"""Who asks: the bearer of a feature's key."""

from fastapi import Request

from bot.intake.refusals import Refusal
from bot.services.interactions.keys import PREFIX, KeyService
from bot.store.keys import Key


def bearer(request: Request) -> str:
    """What stands behind Bearer, "" where nothing does."""
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    return given.strip() if scheme.lower() == "bearer" else ""


async def key_of(request: Request, keys: KeyService) -> Key:
    """The key that a request comes with. Raises Refusal: it is none, or was revoked."""
    key = await keys.holder(bearer(request))
    if key is None:
        raise Refusal(
            401,
            "wrong_key",
            "The key is missing, wrong or revoked.",
            f"Send the header Authorization: Bearer {PREFIX}…; an admin makes keys with plumb key create.",
            headers={"WWW-Authenticate": 'Bearer realm="plumbline"'},
        )
    return key
