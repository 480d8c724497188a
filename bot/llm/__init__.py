"""Language models behind one seam: one file per provider, PROVIDERS lists them, guards go around each.

The vendors' SDKs take seconds to import, and ``bot.llm.text`` needs none of them: names of ``opening`` are
loaded when first asked for.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.llm.opening import (
        PROVIDERS,
        Access,
        Budget,
        GuardedModel,
        Guards,
        MemoryBudget,
        MemoryCache,
        Provider,
        ResponseCache,
        Retry,
        open_model,
        print_to,
    )

__all__ = [
    "PROVIDERS",
    "Access",
    "Budget",
    "GuardedModel",
    "Guards",
    "MemoryBudget",
    "MemoryCache",
    "Provider",
    "ResponseCache",
    "Retry",
    "open_model",
    "print_to",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(name)
    from bot.llm import opening

    return getattr(opening, name)
