"""What passes between the engine of experiments and a text provider: request, reply, who may be reached."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

JsonObject = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TextRequest:
    """A rendered prompt. ``prompt`` is its text as one; ``messages`` the same in roles (role, content).

    ``config`` is laid over the model's own (a case may set it). ``log_probs`` asks for those of the tokens.
    """

    prompt: str
    messages: tuple[JsonObject, ...] = ()
    vars: JsonObject = field(default_factory=dict)
    config: JsonObject = field(default_factory=dict)
    log_probs: bool = False


@dataclass(frozen=True, slots=True)
class TextReply:
    """What a model said: usually text, with tools or schemas also a JSON value.

    Tokens are None where nobody counted them; ``input_tokens`` includes ``cached_tokens``, those that the
    provider had in a cache of its own. ``cost`` in US dollars, None where the price is not known.
    ``hold_s``: the provider takes no further call for so many seconds.
    """

    value: Any
    input_tokens: int | None = None
    output_tokens: int | None = None
    cached_tokens: int = 0
    cost: float | None = None
    latency_ms: float = 0.0
    first_token_ms: float | None = None
    finish_reason: str | None = None
    log_probs: tuple[float, ...] | None = None
    hold_s: float = 0.0


@dataclass(frozen=True, slots=True)
class TextAccess:
    """Keys and base URLs by vendor, the URLs that settings allow, seconds to wait for a whole answer.

    ``loopback``: a config given on the command line may name a server of this machine; that is its
    owner's own choice. Nothing else is reached that settings do not name, but the vendors themselves.
    ``folder`` is where the files lie that a config names.
    """

    api_keys: Mapping[str, str] = field(default_factory=dict, repr=False)
    base_urls: Mapping[str, str] = field(default_factory=dict)
    allowed_base_urls: tuple[str, ...] = ()
    timeout: float = 300.0
    loopback: bool = False
    folder: str = ""


class TextProvider(Protocol):
    """One model, opened. ``lane`` names whose rate limits its calls share; ``leaves``: what it is asked goes
    out of this machine. ``price_at`` (vendor, model) is what prices are looked up by, None where it is free.

    ``complete`` raises ``bot.errors.ModelError`` and its kinds only; it neither retries nor counts money.
    """

    lane: str
    leaves: bool
    price_at: tuple[str, str] | None

    def identity(self, request: TextRequest) -> JsonObject:
        """All that decides an answer, as JSON: the key of a cached one is made of it. No secrets. Empty where
        an answer is made on the spot and not worth keeping."""
        ...

    async def complete(self, request: TextRequest) -> TextReply: ...

    async def close(self) -> None: ...


def text_of(value: Any) -> str:
    """A reply's value as text: JSON where it is none."""
    if isinstance(value, str):
        return value
    import json

    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
