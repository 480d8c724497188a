"""A promptfooconfig as it is -> a Plan, with a list of what of it is not done here."""

import hashlib
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.domain.experiments.cells import Arm
from bot.domain.experiments.expressions import parse
from bot.domain.experiments.plan import Plan, PlannedArm, Template
from bot.errors import InputError
from bot.promptfoo.cases import PlannedCase, build_cases, merged_tests
from bot.promptfoo.documents import load_yaml
from bot.promptfoo.options import RunOptions, read_options
from bot.promptfoo.prompts import Prompt, read_prompts
from bot.promptfoo.providers import Provider, allowed_prompts, read_providers
from bot.promptfoo.reading import FILE, Source, is_script
from bot.promptfoo.references import resolve_references
from bot.promptfoo.tests import read_tests, with_vars
from bot.promptfoo.words import CONFIG_KEYS, RUN_VARS

_LONGEST_NAME = 48
_NOT_DONE = {
    "outputPath": "no result file is written for it; the command says where results go.",
    "extensions": "programs that hook into a run are not called.",
    "nunjucksFilters": "filters of one's own are programs; a template that uses one is an error.",
    "redteam": "red teaming is not done.",
    "plugins": "red teaming is not done.",
    "strategies": "red teaming is not done.",
    "tracing": "traces are not collected.",
}


def load_plan(path: Path, *, env: Mapping[str, str] | None = None) -> Plan:
    """A config in YAML or JSON, with all files that it names. ``env`` may fill in ``{{ env.X }}`` in it, as
    the config's own ``env:`` does; the process's environment is not read.

    Raises InputError, with one sentence, for a config that promptfoo refuses or that cannot be run at all."""
    source = Source(path.resolve().parent, dict(env or {}))
    config = _config(path, source)
    prompts = read_prompts(config.get("prompts"), source)
    providers = read_providers(config.get("providers"), source)
    default = _default_test(config, source)
    tests = merged_tests(read_tests(config.get("tests"), source), config.get("scenarios"), default, source)
    options = read_options(config, source)
    planned = list(build_cases(tests[options.tests], default, providers, source))
    _check_names(planned, prompts, providers)
    prompts = tuple(_needing_nothing_stored(prompt, source) for prompt in prompts)
    columns = _columns(prompts, providers, options)
    derived = _derived(config.get("derivedMetrics"), source)
    return Plan(
        arms=tuple(arm for arm, _, _ in columns),
        cases=tuple(each.case for each in planned),
        repeats=options.repeats,
        concurrency=options.concurrency,
        skipped=_skipped(columns, planned),
        unsupported=tuple(source.notes),
        derived=derived,
        description=str(config.get("description") or ""),
        judge=_judge(default),
        cache=options.cache,
        delay_ms=options.delay_ms,
        timeout_s=options.timeout_s,
    )


def _config(path: Path, source: Source) -> dict[str, Any]:
    if path.suffix not in {".yaml", ".yml", ".json"}:
        raise InputError(
            f"{path.name} is no config that is read here.", hint="Use YAML or JSON; programs are not run."
        )
    text = source.text(path.resolve(), "The command")
    raw = load_yaml(text, path.name)
    config = resolve_references({} if raw is None else raw, source)
    if not isinstance(config, dict):
        raise InputError(f"{path.name} must hold an object with prompts, providers and tests.")
    own = config.get("env")
    if isinstance(own, dict):
        source.env = {**source.env, **{key: _env_text(value) for key, value in own.items()}}
        source.env = source.fill_env(dict(source.env), "env")
    config = source.fill_env(config, "")
    if "targets" in config:
        if "providers" in config:
            source.say("providers is not applied, as the config has targets too.")
        config = {**config, "providers": config["targets"]}
    _say_not_done(config, source)
    return dict(config)


def _env_text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _say_not_done(config: Mapping[str, Any], source: Source) -> None:
    for key, value in config.items():
        if key in CONFIG_KEYS | source.pointed_to or key.startswith("x-") or not value:
            continue
        source.say(f"{key}: {_NOT_DONE.get(key, 'the key is not known and is not applied.')}")


def _default_test(config: Mapping[str, Any], source: Source) -> dict[str, Any]:
    given = config.get("defaultTest")
    if isinstance(given, str) and given.startswith(FILE):
        given = source.load_files(given, "defaultTest") if not is_script(given) else given
    if given is None or given == "":
        given = {}
    if not isinstance(given, dict):
        raise InputError("defaultTest must be an object, or file:// and a path of YAML or JSON.")
    metadata = config.get("metadata")
    if "metadata" not in given and isinstance(metadata, dict):
        given = {**given, "metadata": metadata}
    return with_vars(given, "defaultTest", source.folder, source)


def _needing_nothing_stored(prompt: Prompt, source: Source) -> Prompt:
    """A prompt that uses what promptfoo would hand from test to test is refused."""
    names = sorted(
        name for name in source.stored | RUN_VARS if re.search(rf"\b{re.escape(name)}\b", prompt.raw)
    )
    if not names or prompt.refused:
        return prompt
    why = f"The prompt {_short(prompt.label)} uses {names[0]}, which is not handed on from test to test here."
    source.say(why)
    return replace(prompt, refused=why)


_Column = tuple[PlannedArm, Prompt, Provider]


def _columns(
    prompts: tuple[Prompt, ...], providers: tuple[Provider, ...], options: RunOptions
) -> list[_Column]:
    """An arm for each provider with each of its prompts, in promptfoo's order."""
    taken: Counter[str] = Counter()
    found: list[_Column] = []
    for provider, allowed in zip(providers, allowed_prompts(providers, prompts), strict=True):
        for prompt in allowed:
            name = f"{_short(prompt.label)} · {provider.name}"
            taken[name] += 1
            arm = Arm(
                id=name if taken[name] == 1 else f"{name} #{taken[name]}",
                prompt=prompt.label,
                model=provider.name,
                fingerprint=hashlib.sha256(prompt.raw.encode("utf-8", "surrogatepass")).hexdigest(),
            )
            planned = PlannedArm(
                arm=arm,
                template=Template(prompt.raw),
                model=provider.model(prompt.config, options.delay_ms),
                refused=prompt.refused or provider.refused,
            )
            found.append((planned, prompt, provider))
    return found


def _short(label: str) -> str:
    line = " ".join(label.split())
    return line if len(line) <= _LONGEST_NAME else f"{line[: _LONGEST_NAME - 1]}…"


def _skipped(columns: list[_Column], planned: list[PlannedCase]) -> frozenset[tuple[str, str]]:
    return frozenset(
        (arm.arm.id, each.case.id)
        for each in planned
        if each.prompts is not None or each.providers is not None
        for arm, prompt, provider in columns
        if not _meant(each, prompt, provider)
    )


def _meant(each: PlannedCase, prompt: Prompt, provider: Provider) -> bool:
    return (each.prompts is None or any(map(prompt.fits, each.prompts))) and (
        each.providers is None or any(map(provider.fits, each.providers))
    )


def _check_names(
    planned: list[PlannedCase], prompts: tuple[Prompt, ...], providers: tuple[Provider, ...]
) -> None:
    for each in planned:
        for name in each.prompts or ():
            if not any(prompt.fits(name) for prompt in prompts):
                raise InputError(f'{each.case.origin} references prompt "{name}" which does not exist.')
        for name in each.providers or ():
            if not any(provider.fits(name) for provider in providers):
                raise InputError(f'{each.case.origin} references provider "{name}" which does not exist.')


def _derived(given: Any, source: Source) -> dict[str, str]:
    found: dict[str, str] = {}
    for index, metric in enumerate(given if isinstance(given, list) else []):
        name, value = (metric.get("name"), metric.get("value")) if isinstance(metric, dict) else (None, None)
        if not isinstance(name, str) or not isinstance(value, str | int | float):
            raise InputError(f"derivedMetrics[{index}] must have a name, and an expression as value.")
        if isinstance(value, str) and value.startswith(FILE):
            source.say(f"derivedMetrics[{index}] is a program, which is not run here.")
            continue
        found[name] = str(value)
        try:
            parse(found[name])
        except InputError as error:
            source.say(f"derivedMetrics[{index}]: {error.message} It is 0.")
    return found


def _judge(default: Mapping[str, Any]) -> str:
    options = default.get("options")
    judge = options.get("provider") if isinstance(options, dict) else None
    if isinstance(judge, dict):
        judge = judge.get("id") or judge.get("text")
    return judge if isinstance(judge, str) else ""
