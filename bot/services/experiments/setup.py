"""What experiments run with: models under short names, access to them, tools of the scorers."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.redaction import redact_structured
from bot.errors import NotFound
from bot.llm.text import TextAccess
from bot.scorers.tools import NO_TOOLS, Tools
from bot.settings import Settings

OFFLINE = "offline"
DAILY_CAP = 20.0
OFFLINE_MODELS: Mapping[str, str] = {"brief": "offline:brief", "full": "offline:full"}


@dataclass(frozen=True, slots=True)
class Models:
    """``by_name``: "provider:model" by the short name people type, the default first."""

    by_name: Mapping[str, str]

    def id_of(self, name: str) -> str:
        """Raises NotFound for a model that no setting names."""
        if name in self.by_name:
            return self.by_name[name]
        if name in self.by_name.values():
            return name
        raise NotFound(f"There is no model {name}.", hint=f"There are {', '.join(self.by_name)}.")


@dataclass(frozen=True, slots=True)
class Setup:
    """``judge``: whether judge scorers have a model to ask. ``daily_cap``: US dollars that experiments of a
    team may cost in a day."""

    models: Models
    access: TextAccess = field(default_factory=TextAccess)
    tools: Tools = NO_TOOLS
    concurrency: int = 8
    daily_cap: float = DAILY_CAP

    @property
    def judge(self) -> bool:
        return self.tools.ask is not None


redact = redact_structured


def text_models(settings: Settings) -> Models:
    """Those that the settings name; else the model that drafts; else the ones that need no key."""
    if settings.experiment_models:
        return Models(dict(settings.experiment_models))
    if settings.model != OFFLINE:
        return Models({settings.model.rpartition(":")[2]: settings.model, **OFFLINE_MODELS})
    return Models(OFFLINE_MODELS)


def text_access(settings: Settings) -> TextAccess:
    """Keys and addresses for calling models; nothing that the settings do not allow is reached."""
    keys = {"openai": settings.openai_api_key, "anthropic": settings.anthropic_api_key}
    urls = {"openai": settings.openai_base_url, "anthropic": settings.anthropic_base_url}
    return TextAccess(
        api_keys={vendor: key.get_secret_value() for vendor, key in keys.items() if key is not None},
        base_urls={vendor: url for vendor, url in urls.items() if url},
        allowed_base_urls=settings.allowed_base_urls,
        timeout=settings.model_timeout_s,
    )
