"""The providers of a config: names, objects, maps, files of them."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot.domain.experiments.plan import ModelSpec
from bot.errors import InputError
from bot.promptfoo.documents import load_yaml
from bot.promptfoo.prompts import Prompt
from bot.promptfoo.reading import FILE, Source, is_script
from bot.promptfoo.words import ALONE, NO_TEXT, OUR_PROVIDERS, THEIR_PROVIDERS

_KEYS = frozenset({"id", "label", "config", "prompts", "transform", "delay", "env", "inputs"})


@dataclass(frozen=True, slots=True)
class Provider:
    """``path`` says which model to call, ``id`` what it is named, which is the same but in a map.
    ``filters``: the names under which its ``prompts`` are looked up; none for one given by name alone."""

    path: str
    id: str
    label: str = ""
    config: Mapping[str, Any] = field(default_factory=dict)
    prompts: tuple[str, ...] | None = None
    filters: tuple[str, ...] = ()
    transform: str = ""
    delay_ms: int | None = None
    refused: str = ""

    @property
    def name(self) -> str:
        return self.label or self.id

    def fits(self, reference: str) -> bool:
        """Whether a ``providers:`` filter means this one: by label or id, a group, or a prefix with *."""
        names = [name for name in (self.label, self.id) if name]
        if reference in names or any(name.startswith(f"{reference}:") for name in names):
            return True
        return reference.endswith("*") and any(name.startswith(reference[:-1]) for name in names)

    def model(self, config: Mapping[str, Any] | None = None, delay_ms: int = 0) -> ModelSpec:
        """What to call; ``config`` is a prompt's own, laid over."""
        return ModelSpec(
            id=self.path,
            label=self.name if self.name != self.path else "",
            config={**self.config, **(config or {})},
            transform=self.transform,
            delay_ms=delay_ms if self.delay_ms is None else self.delay_ms,
        )


def read_providers(given: Any, source: Source) -> tuple[Provider, ...]:
    """Every provider, in order; one written twice alike counts once. Raises InputError."""
    entries = [given] if isinstance(given, str) else given
    if not entries:
        raise InputError(
            "You must specify at least 1 provider (for example, openai:gpt-4.1).",
            hint="Add `providers:` to the config.",
        )
    if not isinstance(entries, list):
        raise InputError("providers must be a name or a list.")
    ordered = [entry for index, entry in enumerate(entries) if entry not in entries[:index]]
    found: list[Provider] = []
    for index, entry in enumerate(ordered):
        found += _from_entry(entry, f"providers[{index}]", source)
    return tuple(found)


def read_provider(entry: Any, where: str, source: Source) -> Provider:
    """One provider, as a test names it."""
    found = _from_entry(entry, where, source)
    if len(found) != 1:
        raise InputError(f"{where} must be one provider.")
    return found[0]


def allowed_prompts(providers: tuple[Provider, ...], prompts: tuple[Prompt, ...]) -> list[tuple[Prompt, ...]]:
    """For each provider the prompts that it is run with. As in promptfoo the last of one name decides."""
    asked: dict[str, tuple[str, ...] | None] = {}
    for provider in providers:
        asked.update(dict.fromkeys(provider.filters, provider.prompts))
    return [
        tuple(prompt for prompt in prompts if _fits_any(prompt, asked.get(provider.name)))
        for provider in providers
    ]


def _fits_any(prompt: Prompt, names: tuple[str, ...] | None) -> bool:
    return names is None or any(prompt.fits(name) for name in names)


def _from_entry(entry: Any, where: str, source: Source) -> list[Provider]:
    if isinstance(entry, str) and entry:
        return (
            _from_file(entry, where, source)
            if _is_list_file(entry)
            else [_provider(entry, {}, where, source)]
        )
    if isinstance(entry, dict):
        if isinstance(entry.get("id"), str) and entry["id"]:
            if _is_list_file(entry["id"]):
                source.say(f"{where}: keys beside the file {entry['id']} are not applied.")
                return _from_file(entry["id"], where, source)
            return [_provider(entry["id"], entry, where, source)]
        if len(entry) == 1:
            path, options = next(iter(entry.items()))
            if path not in _KEYS and isinstance(options, dict):
                provider = _provider(path, options, where, source)
                return [replace(provider, filters=(provider.id,))]
    raise InputError(f"{where} must be a name such as openai:gpt-4.1, or an object with `id:`.")


def _is_list_file(reference: str) -> bool:
    return reference.startswith(FILE) and reference.endswith((".yaml", ".yml", ".json"))


def _from_file(reference: str, where: str, source: Source) -> list[Provider]:
    path = source.path(reference)
    name = source.name(path)
    content = source.load(load_yaml(source.text(path, where), name), name)
    found: list[Provider] = []
    for index, entry in enumerate(content if isinstance(content, list) else [content]):
        if not isinstance(entry, dict) or not isinstance(entry.get("id"), str):
            raise InputError(f"{name}: provider {index + 1} has no id.", hint="Give it `id:`.")
        found.append(_provider(entry["id"], source.fill_env(entry, "providers"), name, source))
    return found


def _provider(path: str, options: dict[str, Any], where: str, source: Source) -> Provider:
    for key in sorted(options.keys() - _KEYS):
        source.say(f"{where}.{key} is not applied.")
    if options.get("inputs"):
        source.say(f"{where}.inputs is not applied.")
    transform = options.get("transform") or ""
    config, prompts, delay = options.get("config"), options.get("prompts"), options.get("delay")
    refused = _refused(path, where, source)
    if not isinstance(transform, str) or is_script(transform):
        refused = refused or f"{where}.transform is a program's file, which is not run here."
        source.say(refused)
        transform = ""
    identity, label = str(options.get("id") or path), str(options.get("label") or "")
    return Provider(
        path=path,
        id=identity,
        label=label,
        config=_filled(config, where, source) if isinstance(config, dict) else {},
        prompts=tuple(map(str, prompts)) if isinstance(prompts, list) else None,
        filters=tuple(name for name in (identity, label) if name) if options else (),
        transform=transform,
        delay_ms=int(delay) if isinstance(delay, int | float) and math.isfinite(delay) else None,
        refused=refused,
    )


def _refused(path: str, where: str, source: Source) -> str:
    """Why a provider is not called here, "" where it is. Raises InputError for one that nobody knows."""
    kind, _, rest = path.partition(":")
    known = path in ALONE or (kind in (OUR_PROVIDERS | THEIR_PROVIDERS) - {"echo"} and path != kind)
    if known and kind in OUR_PROVIDERS and rest.partition(":")[0] not in NO_TEXT:
        return ""
    if not known and not is_script(path):
        raise InputError(
            f"{where}: could not identify provider {path!r}.", hint="Write it as openai:gpt-4.1."
        )
    why = f"{where}: the provider {path} is of a kind that is not called here; its cells are errors."
    source.say(why)
    return why


def _filled(config: Mapping[str, Any], where: str, source: Source) -> dict[str, Any]:
    """A key that would come from the environment is left to the settings, which have the vendors' keys."""
    key = config.get("apiKey")
    if isinstance(key, str) and "{{" in key:
        source.say(f"{where}.config.apiKey: {key} is not read; the key of the settings is used.")
        return {name: value for name, value in config.items() if name != "apiKey"}
    return dict(config)
