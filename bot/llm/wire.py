"""What passes between a provider's adapter and the guards around it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Literal, Protocol

from pydantic import BaseModel

from bot.errors import SettingsError
from bot.ports import Answer, ModelRequest

OnDelta = Callable[[str], None]
"""Called with each piece of the answer as it arrives; what arrives is not yet checked against any schema."""

Stop = Literal["done", "truncated", "refused"]


@dataclass(frozen=True, slots=True)
class Reading:
    """An answered call as it came: the text, why it ended, and the tokens, None where nothing counted them.

    ``input_tokens`` includes ``cached_tokens``, those that the provider read from a cache of its own.
    """

    text: str
    stop: Stop = "done"
    input_tokens: int | None = None
    output_tokens: int | None = None
    cached_tokens: int = 0


@dataclass(frozen=True, slots=True)
class Access:
    """How to reach the vendors: keys and base URLs by vendor, the URLs that may be used, seconds to wait."""

    api_keys: Mapping[str, str] = field(default_factory=dict, repr=False)
    base_urls: Mapping[str, str] = field(default_factory=dict)
    allowed_base_urls: tuple[str, ...] = ()
    timeout: float = 60.0


class Provider(Protocol):
    """One model behind one API. ``base_url`` is where it answers, "" for the vendor's own address.

    ``send`` raises errors of ``bot.errors`` and nothing of a vendor's; it neither retries nor counts money.
    """

    vendor: str
    model: str
    base_url: str

    async def send(self, request: ModelRequest[Answer], on_delta: OnDelta | None = None) -> Reading: ...

    async def close(self) -> None: ...


@cache
def schema_text(answers: type[BaseModel]) -> str:
    """The JSON schema of an answer, as it counts among the input and in a cache key."""
    return json.dumps(answers.model_json_schema(), sort_keys=True)


def key_for(vendor: str, access: Access, base_url: str) -> str:
    """The vendor's key; servers of one's own may need none. Raises SettingsError."""
    key = access.api_keys.get(vendor, "")
    if not key and not base_url:
        raise SettingsError(
            f"There is no key for {vendor}.", hint=f"Set {vendor.upper()}_API_KEY, or PLUMB_MODEL=offline."
        )
    return key or "none"
