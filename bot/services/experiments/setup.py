"""What experiments run with: models under short names, access to them, tools of the scorers."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.redaction import redact_structured
from bot.errors import NotFound
from bot.llm.text import TextAccess
from bot.scorers.tools import NO_TOOLS, Tools

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
    """``judge``: whether judge scorers have a model to ask."""

    models: Models
    access: TextAccess = field(default_factory=TextAccess)
    tools: Tools = NO_TOOLS
    concurrency: int = 8

    @property
    def judge(self) -> bool:
        return self.tools.ask is not None


redact = redact_structured
