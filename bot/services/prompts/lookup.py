"""Finding a version of a prompt: in the team's database first, then among those that ship."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.domain.prompts import (
    PRODUCTION,
    Asked,
    Prompt,
    PromptSummary,
    PromptVersion,
    Reference,
    parse_asked,
    standing,
)
from bot.errors import InputError, NotFound
from bot.services.prompts.shipped import shipped_prompts
from bot.store import UnitOfWork

Labels = Mapping[str, Mapping[str, int]]
"""Where labels stand, by prompt and label."""


async def all_versions(unit: UnitOfWork, name: str) -> list[PromptVersion]:
    """Every version of a prompt, oldest first, with labels. A name that a team had before the product shipped
    a prompt of that name stays the team's.

    Raises:
        NotFound: no such prompt.
    """
    versions = await unit.prompts.versions(name)
    if versions:
        labels = standing(await unit.prompts.standing(name))
        return [labelled(version, labels) for version in versions]
    if versions := shipped_versions(name):
        return versions
    known = sorted({summary.name for summary in await all_summaries(unit)})
    raise NotFound(f"There is no prompt {name[:60]}.", hint=f"There are {', '.join(known[:12])}.")


async def all_summaries(unit: UnitOfWork) -> list[PromptSummary]:
    """Every prompt by name, saved and shipped."""
    labels = standing(await unit.prompts.standing())
    found = {
        version.name: PromptSummary(
            labelled(version, labels), version.version, dict(labels.get(version.name, {}))
        )
        for version in await unit.prompts.newest()
    }
    for name in {prompt.reference.name for prompt in shipped_prompts().values()} - set(found):
        versions = shipped_versions(name)
        live = {label: version.version for version in versions for label in version.labels}
        found[name] = PromptSummary(versions[-1], len(versions), live)
    return [found[name] for name in sorted(found)]


async def find(unit: UnitOfWork, asked: Asked) -> PromptVersion:
    """Raises NotFound where there is no such prompt, version or label."""
    labels = standing(await unit.prompts.standing(asked.name))
    number = asked.version or labels.get(asked.name, {}).get(asked.label)
    if number is not None:
        saved = await unit.prompts.get(Reference(asked.name, number))
    else:
        saved = None if asked.label else next(iter(await unit.prompts.newest(asked.name)), None)
    return labelled(saved, labels) if saved else await _other(unit, asked)


async def _other(unit: UnitOfWork, asked: Asked) -> PromptVersion:
    """One that ships, or why there is none."""
    versions = await all_versions(unit, asked.name)
    if asked.version is None and not asked.label:
        return versions[-1]
    for version in versions:
        if version.version == asked.version or asked.label in version.labels:
            return version
    if asked.label:
        raise NotFound(
            f"No version of {asked.name} is in {asked.label}.", hint=f"It has {span(versions)}; promote one."
        )
    raise NotFound(f"There is no {asked.name}@{asked.version}.", hint=f"There is {span(versions)}.")


async def before(unit: UnitOfWork, version: PromptVersion) -> PromptVersion:
    """What a version is compared with when nothing is said: the one in production, or, where that is the
    version itself, the one before it.

    Raises:
        InputError: it is the only one.
    """
    versions = await all_versions(unit, version.name)
    live = [other for other in versions if PRODUCTION in other.labels and other.version != version.version]
    earlier = [other for other in versions if other.version < version.version]
    if not (live or earlier):
        raise InputError(
            f"{version.reference} has nothing before it to compare with.", hint=f"There is {span(versions)}."
        )
    return (live or earlier)[-1]


def within(name: str, text: str) -> Asked:
    """``text`` as a reference; "4" and "production" are of the prompt ``name``."""
    return parse_asked(text if "@" in text else f"{name}@{text}")


def span(versions: Sequence[PromptVersion]) -> str:
    first, last = versions[0].reference, versions[-1].reference
    return str(first) if first == last else f"{first} to {last}"


def labelled(version: PromptVersion, labels: Labels) -> PromptVersion:
    here = labels.get(version.name, {})
    return replace(
        version, labels=tuple(sorted(label for label, at in here.items() if at == version.version))
    )


def shipped_versions(name: str) -> list[PromptVersion]:
    """Oldest first; the newest released one is what the product uses: its production."""
    prompts = [prompt for prompt in shipped_prompts().values() if prompt.reference.name == name]
    released = [prompt.reference for prompt in prompts if prompt.about.status == "released"]
    return [_as_version(prompt, released[-1] if released else None) for prompt in prompts]


def _as_version(prompt: Prompt, live: Reference | None) -> PromptVersion:
    return PromptVersion(
        prompt,
        "shipped",
        owner="Plumbline",
        note=prompt.about.changed,
        labels=(PRODUCTION,) if prompt.reference == live else (),
    )


def refuse_shipped(name: str, saved: bool, what: str) -> None:
    """``saved``: the team has versions of its own under this name. Raises InputError."""
    if not saved and shipped_versions(name):
        raise InputError(f"{name} ships with Plumbline and cannot be {what}.", code="shipped")
