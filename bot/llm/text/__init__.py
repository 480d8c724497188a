"""Text models for experiments: one file per provider, TEXT_PROVIDERS lists them.

They answer whatever prompt a config holds, with promptfoo's config keys; ``bot.llm`` asks for typed answers
to prompts of our own.
"""

from collections.abc import Callable, Mapping

from bot.errors import SettingsError
from bot.llm.text.wire import JsonObject, TextAccess, TextProvider, TextReply, TextRequest, text_of

Open = Callable[[str, JsonObject, TextAccess], TextProvider]


def _lazily(module: str) -> Open:
    """Loads a provider's module when it is first asked for: ssl alone takes a tenth of a command's start."""

    def open_text(model: str, config: JsonObject, access: TextAccess) -> TextProvider:
        from importlib import import_module

        opened: TextProvider = import_module(f"bot.llm.text.{module}").open_text(model, config, access)
        return opened

    return open_text


TEXT_PROVIDERS: Mapping[str, Open] = {
    name: _lazily(name) for name in ("echo", "openai", "anthropic", "http", "scripted", "offline")
}

__all__ = [
    "TEXT_PROVIDERS",
    "TextAccess",
    "TextProvider",
    "TextReply",
    "TextRequest",
    "open_text_provider",
    "supported",
    "text_of",
]


def supported(provider_id: str) -> bool:
    """Whether a provider's id names one that runs here."""
    return _vendor(provider_id) in TEXT_PROVIDERS


def open_text_provider(provider_id: str, config: JsonObject, access: TextAccess) -> TextProvider:
    """The provider called "openai:chat:MODEL", "echo", "https://…".

    Raises:
        SettingsError: no such provider, no key for it, or an address that may not be called.
    """
    vendor = _vendor(provider_id)
    if vendor not in TEXT_PROVIDERS:
        raise SettingsError(
            f"The provider {provider_id!r} is not run here.", hint=f"There are {', '.join(TEXT_PROVIDERS)}."
        )
    is_url = vendor == "http"
    model = provider_id if is_url else provider_id.partition(":")[2]
    return TEXT_PROVIDERS[vendor](model, config, access)


def _vendor(provider_id: str) -> str:
    vendor = provider_id.partition(":")[0]
    return "http" if vendor == "https" else vendor
