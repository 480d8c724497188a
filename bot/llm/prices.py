"""What calls cost: tokens by a rough count, dollars by the table that ships with genai-prices (offline)."""

import ipaddress
import math
from dataclasses import dataclass
from urllib.parse import urlsplit

from genai_prices import Usage, calc_price

from bot.llm.wire import Provider, schema_text
from bot.ports import Answer, ModelRequest

# Counted against a cap where the table knows no price and the server is no private one: more than every
# general model of either vendor in the table asks for, so that a cap holds for a model newer than the table.
ASSUMED_INPUT_PER_MILLION = 15.0
ASSUMED_OUTPUT_PER_MILLION = 75.0


@dataclass(frozen=True, slots=True)
class Prices:
    """Prices of one model in US dollars."""

    vendor: str
    model: str
    base_url: str = ""

    @classmethod
    def of(cls, provider: Provider) -> "Prices":
        return cls(provider.vendor, provider.model, provider.base_url)

    def cost(self, input_tokens: int, output_tokens: int, cached_tokens: int = 0) -> float | None:
        """Dollars for a call, None where the table does not know the model."""
        usage = Usage(
            input_tokens=input_tokens,
            output_tokens=output_tokens,
            cache_read_tokens=min(cached_tokens, input_tokens),
        )
        try:
            if self.base_url:
                return float(calc_price(usage, self.model, provider_api_url=self.base_url).total_price)
            return float(calc_price(usage, self.model, provider_id=self.vendor).total_price)
        except LookupError:
            return None

    def counted(self, input_tokens: int, output_tokens: int, cached_tokens: int = 0) -> float:
        """Dollars to hold against a cap: the price, or the assumed one, or nothing on one's own machines."""
        known = self.cost(input_tokens, output_tokens, cached_tokens)
        if known is not None:
            return known
        if self.vendor == "scripted" or (self.base_url and _own_machine(self.base_url)):
            return 0.0
        return (
            input_tokens * ASSUMED_INPUT_PER_MILLION + output_tokens * ASSUMED_OUTPUT_PER_MILLION
        ) / 1_000_000


def count_tokens(text: str) -> int:
    """Tokens of a text, rather too many: three ASCII characters a token (English: about four), and one and a
    half tokens for any other character (most are one or less)."""
    ascii_chars = len(text.encode("ascii", "ignore"))
    return math.ceil(ascii_chars / 3 + 1.5 * (len(text) - ascii_chars))


def request_tokens(request: ModelRequest[Answer]) -> int:
    """Input tokens of a request with its schema, which providers count as input."""
    parts = (request.system, request.user, schema_text(request.answers))
    return sum(count_tokens(part) for part in parts)


def _own_machine(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return host == "localhost" or "." not in host
