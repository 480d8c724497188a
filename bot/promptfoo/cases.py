"""From tests, defaults and scenarios to cases: what promptfoo merges, in its order."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.domain.experiments.cells import Case
from bot.domain.scoring import Assertion
from bot.errors import InputError
from bot.promptfoo.assertions import read_assertions
from bot.promptfoo.case_ids import CaseIds
from bot.promptfoo.judged import cannot_ask, not_applied
from bot.promptfoo.providers import Provider, read_provider
from bot.promptfoo.reading import FILE, Source, is_script
from bot.promptfoo.tests import read_tests
from bot.promptfoo.variables import combinations, filled, transformed
from bot.promptfoo.words import BESIDE, TEST_KEYS, TEST_OPTIONS, TYPES


@dataclass(frozen=True, slots=True)
class PlannedCase:
    """A case, and the prompts and providers that a config keeps it to (None: all)."""

    case: Case
    prompts: tuple[str, ...] | None
    providers: tuple[str, ...] | None


def merged_tests(
    tests: list[dict[str, Any]], scenarios: Any, default: dict[str, Any], source: Source
) -> list[dict[str, Any]]:
    """The tests of a config and then those of its scenarios, which begin with what is set by default."""
    if not tests and scenarios is None:
        tests = [{}]
    merged = [*tests, *_of_scenarios(scenarios, default, source)]
    return [source.fill_env(test, "tests") for test in merged]


def build_cases(
    tests: list[dict[str, Any]], default: dict[str, Any], providers: Iterable[Provider], source: Source
) -> Iterator[PlannedCase]:
    """A case for each combination of each test's vars. Raises InputError."""
    named = {provider.name: provider for provider in reversed(list(providers))}
    builder = _Builder(default, named, source)
    for number, test in enumerate(tests, start=1):
        yield from builder.cases(test, f"Test #{number}")


def _of_scenarios(scenarios: Any, default: dict[str, Any], source: Source) -> Iterator[dict[str, Any]]:
    if scenarios is None:
        return
    for number, scenario in enumerate(_flat(_loaded(scenarios, "scenarios", source)), start=1):
        where = f"scenarios[{number - 1}]"
        if not isinstance(scenario, dict):
            raise InputError(f"{where} must be an object with `config:` and `tests:`.")
        configs, tests = scenario.get("config"), scenario.get("tests")
        if not isinstance(configs, list) or not all(isinstance(config, dict) for config in configs):
            raise InputError(f"{where}.config must be a list of objects with `vars:`.")
        if isinstance(tests, str):
            tests = _loaded(tests, f"{where}.tests", source)
        read = read_tests(tests, source, f"{where}.tests")
        if not read:
            source.say(f"{where} has no tests, so nothing is run for it.")
        for config in configs:
            for test in read:
                yield _scenario_test(default, config, test)


def _loaded(given: Any, where: str, source: Source) -> Any:
    """What a ``file://`` text holds, alone or in a list; objects stay as they are."""
    if isinstance(given, list):
        return [_loaded(item, where, source) for item in given]
    if isinstance(given, str) and given.startswith(FILE) and not is_script(given):
        return source.load_files(given, where)
    return given


def _flat(entries: Any) -> list[Any]:
    listed = entries if isinstance(entries, list) else [entries]
    return [item for entry in listed for item in (entry if isinstance(entry, list) else [entry])]


def _scenario_test(default: dict[str, Any], config: dict[str, Any], test: dict[str, Any]) -> dict[str, Any]:
    parts = (default, config, test)
    merged = {key: value for part in parts for key, value in part.items()}
    for key in ("vars", "options", "metadata"):
        merged[key] = {name: value for part in parts for name, value in _object(part, key).items()}
    merged["assert"] = [*_list(config, "assert"), *_list(test, "assert")]
    return merged


class _Builder:
    def __init__(self, default: dict[str, Any], named: Mapping[str, Provider], source: Source) -> None:
        self.default = default
        self.named = named
        self.source = source
        self.ids = CaseIds()
        self.default_assertions = read_assertions(default.get("assert"), "defaultTest.assert", source)
        self._say_unknown(default, "defaultTest")

    def cases(self, test: dict[str, Any], where: str) -> Iterator[PlannedCase]:
        self._say_unknown(test, where)
        own = read_assertions(test.get("assert"), f"{where}.assert", self.source)
        options = {**_object(self.default, "options"), **_object(test, "options")}
        kept = (
            () if _object(test, "options").get("disableDefaultAsserts") is True else self.default_assertions
        )
        assertions = tuple(self._judged(each, options) for each in (*kept, *own))
        refused = self._refused(test, options, assertions, where)
        vars_ = {**_object(self.default, "vars"), **_object(test, "vars")}
        change = options.get("transformVars")
        if isinstance(change, str) and not is_script(change):
            vars_ = transformed(vars_, change, where)
        chosen = [vars_] if options.get("disableVarExpansion") else combinations(vars_, where, self.source)
        metadata = {**_object(self.default, "metadata"), **_object(test, "metadata")}
        for written in chosen:
            ready, unread = filled(written, where, self.source)
            yield PlannedCase(
                Case(
                    id=self.ids.next(test, written),
                    vars=ready,
                    assertions=assertions,
                    threshold=_threshold(test, self.default, where),
                    description=str(test.get("description") or ""),
                    slices={
                        key: str(value)
                        for key, value in metadata.items()
                        if isinstance(value, str | int | float)
                    },
                    origin=where,
                    options=self._options(test, options, where)
                    | ({"vars": written} if ready != written else {}),
                    refused=refused or unread,
                ),
                prompts=_names(test, self.default, "prompts"),
                providers=_names(test, self.default, "providers", where),
            )

    def _options(self, test: dict[str, Any], options: dict[str, Any], where: str) -> dict[str, Any]:
        around = {
            key: options.get(key) or _object(self.default, "options").get(key) for key in ("prefix", "suffix")
        }
        found: dict[str, Any] = {key: text for key, text in around.items() if text}
        transform = options.get("transform") or options.get("postprocess")
        if isinstance(transform, str) and not is_script(transform):
            found["transform"] = transform
        if test.get("providerOutput"):
            found["providerOutput"] = test["providerOutput"]
        model = test.get("provider") or self.default.get("provider")
        if model:
            found["model"] = read_provider(model, f"{where}.provider", self.source).model()
        repeat = options.get("repeat")
        if isinstance(repeat, int) and not isinstance(repeat, bool) and repeat > 0:
            found["repeat"] = repeat
        config = {key: value for key, value in options.items() if key not in TEST_OPTIONS}
        return {**found, "config": config} if config else found

    def _judged(self, assertion: Assertion, options: Mapping[str, Any]) -> Assertion:
        """An assertion with the judge and rubric of its test, where it has none of its own."""
        judge = assertion.rest.get("provider") or assertion.provider or options.get("provider")
        rest = {key: options[key] for key in ("rubricPrompt", "factuality") if options.get(key)} | dict(
            assertion.rest
        )
        members = tuple(self._judged(each, options) for each in assertion.members)
        if isinstance(judge, str) and judge in self.named:
            provider = self.named[judge]
            judge = (
                {"id": provider.path, "config": dict(provider.config)} if provider.config else provider.path
            )
        if isinstance(judge, dict):
            rest["provider"] = judge
            judge = str(judge.get("id") or judge.get("text") or "")
        return replace(assertion, provider=judge or "", rest=rest, members=members)

    def _refused(
        self, test: dict[str, Any], options: dict[str, Any], assertions: tuple[Assertion, ...], where: str
    ) -> str:
        """Why a test cannot be run or judged here, said in the list too; "" where it can."""
        reasons = [
            *self._refused_options(test, options, where),
            *(reason for each in _single(assertions) if (reason := _unscored(each, where))),
        ]
        if any(each.type.removeprefix("not-") == "python" for each in _single(assertions)):
            self.source.say('The assertion "python" is run only where the command line allows it.')
        if isinstance(options.get("storeOutputAs"), str):
            self.source.stored.add(options["storeOutputAs"])
            self.source.say(f"{where}.options.storeOutputAs: outputs are not handed on to later tests.")
        left_out = (not_applied(each, where) for each in _single(assertions))
        for reason in (*reasons, *filter(None, left_out)):
            self.source.say(reason)
        return reasons[0] if reasons else ""

    def _refused_options(self, test: dict[str, Any], options: dict[str, Any], where: str) -> Iterator[str]:
        if test.get("assertScoringFunction") or self.default.get("assertScoringFunction"):
            yield f"{where}.assertScoringFunction is a program, which is not run here."
        transform = options.get("transform") or options.get("postprocess")
        if transform and (not isinstance(transform, str) or is_script(transform)):
            yield f"{where}.options.transform is a program's file, which is not run here."
        change = options.get("transformVars")
        if change and (not isinstance(change, str) or is_script(change)):
            yield f"{where}.options.transformVars is a program's file, which is not run here."

    def _say_unknown(self, test: dict[str, Any], where: str) -> None:
        for key in sorted(test.keys() - TEST_KEYS):
            self.source.say(f"{where}.{key} is not known and is not applied.")
        if "assert" in _object(test, "vars"):
            self.source.say(
                f"{where}: `assert` stands under `vars` and is taken for a var; is it indented too far?"
            )


def _single(assertions: Iterable[Assertion]) -> Iterator[Assertion]:
    for assertion in assertions:
        if assertion.type == "assert-set":
            yield from assertion.members
        else:
            yield assertion


def _unscored(assertion: Assertion, where: str) -> str:
    """Why an assertion is not scored here, as a sentence; "" where it is."""
    from bot.scorers.known import why_not

    kind = assertion.type.removeprefix("not-")
    reason = why_not(kind)
    if reason:
        return f'{where}: the assertion "{assertion.type}" {reason}.'
    if kind == "human" or (kind not in TYPES and kind not in BESIDE):
        return f'{where}: the assertion "{assertion.type}" is not known.'
    if why := cannot_ask(assertion, where):
        return why
    if is_script(assertion.transform):
        return f'{where}: the transform of "{assertion.type}" is a program\'s file, which is not run here.'
    return ""


def _object(test: Mapping[str, Any], key: str) -> dict[str, Any]:
    value = test.get(key)
    return value if isinstance(value, dict) else {}


def _list(test: Mapping[str, Any], key: str) -> list[Any]:
    value = test.get(key) or []
    if not isinstance(value, list):
        raise InputError(f"{key} of a scenario must be a list.")
    return value


def _threshold(test: dict[str, Any], default: dict[str, Any], where: str) -> float | None:
    threshold = test.get("threshold") if test.get("threshold") is not None else default.get("threshold")
    if threshold is not None and (not isinstance(threshold, int | float) or isinstance(threshold, bool)):
        raise InputError(f"{where}.threshold must be a number, not {threshold!r}.")
    return threshold


def _names(
    test: dict[str, Any], default: dict[str, Any], key: str, where: str = ""
) -> tuple[str, ...] | None:
    names = test.get(key) if test.get(key) is not None else default.get(key)
    if names is not None and not isinstance(names, list):
        if key == "providers":
            raise InputError(f"{where}.providers must be a list of names.")
        return None
    return None if names is None else tuple(map(str, names))
