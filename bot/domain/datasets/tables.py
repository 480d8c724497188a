"""Sets as files: CSV, JSON Lines, tests for promptfoo. What is written reads back the same."""

import csv
import io
import json
import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from bot.domain.datasets.answers import answered
from bot.domain.datasets.coding import assertion_to_json, case_to_json
from bot.domain.experiments.cells import Case

OWN_MARK = "assert"
"""Only our own tables have this column: there ``expected`` is words as they are, and formulas are guarded."""
_FORMULA = re.compile(r"'*[\s]*[=+\-@|%\t\r\n＝＋－＠｜％]")
_PLAIN_NAME = re.compile(r"[^\W_][\w .-]{0,60}(?<! )")
_PLAIN_TEXT = re.compile(r"(?!(?i:true|false|yes|no|on|off|null|y|n)$)[A-Za-z][A-Za-z_-]*(?: [A-Za-z_-]+)*")
_TAKEN = {
    "id", "expected", "assert", "threshold", "note", "cluster", "synthetic", "origin", "vars", "options",
    "slices", "customer", "thread", "requester", "description", "metadata",
}  # fmt: skip


def to_csv(cases: Sequence[Case]) -> str:
    """One row a case; variables that are no text, or whose name is taken, stand in ``vars`` as JSON."""
    names = [name for name in _names(case.vars for case in cases) if _is_column(name, cases)]
    slices = [name for name in _names(case.slices for case in cases) if _PLAIN_NAME.fullmatch(name)]
    header = ["id", *names, "expected", OWN_MARK, "threshold", *(f"slice_{name}" for name in slices)]
    header += ["cluster", "note", "synthetic", "origin", "vars", "slices", "options"]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    for case in cases:
        writer.writerow([guarded(cell) for cell in _cells(case, names, slices)])
    return out.getvalue()


def to_jsonl(cases: Sequence[Case]) -> str:
    """One object a line."""
    objects = ({OWN_MARK: [], **case_to_json(case)} for case in cases)
    return "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in objects)


def to_promptfoo(cases: Sequence[Case]) -> str:
    """A list of tests that promptfoo runs; what it has no word for stands in ``metadata.plumbline``."""
    checked, _scoring = answered(cases)
    tests = [_test(case, ready) for case, ready in zip(cases, checked, strict=True)]
    return _yaml(tests)


WRITERS: Mapping[str, Callable[[Sequence[Case]], str]] = MappingProxyType(
    {"csv": to_csv, "jsonl": to_jsonl, "promptfoo": to_promptfoo}
)


def guarded(text: str) -> str:
    """Never read as a formula by a spreadsheet (OWASP, "CSV Injection"); ``unguarded`` takes it off again."""
    return "'" + text if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """The text that ``guarded`` was given."""
    return text[1:] if text[:1] == "'" and _FORMULA.match(text[1:]) else text


def _cells(case: Case, names: Sequence[str], slices: Sequence[str]) -> list[str]:
    data = case_to_json(case)
    return [
        case.id,
        *(str(case.vars.get(name, "")) for name in names),
        case.expected,
        _json([assertion_to_json(each) for each in case.assertions]),
        "" if case.threshold is None else repr(case.threshold),
        *(case.slices.get(name, "") for name in slices),
        case.cluster,
        case.description,
        "yes" if case.synthetic else "",
        case.origin,
        _json({name: value for name, value in case.vars.items() if name not in names}),
        _json({name: value for name, value in case.slices.items() if name not in slices}),
        _json(data.get("options", {})),
    ]


def _test(case: Case, checked: Case) -> dict[str, Any]:
    data = case_to_json(case)
    kept = ("id", "expected", "slices", "cluster", "synthetic", "origin")
    own: dict[str, Any] = {name: data[name] for name in kept if name in data}
    if checked.assertions != case.assertions:
        own["default_check"] = True
    test = {
        "description": case.description,
        "vars": dict(case.vars),
        "assert": [assertion_to_json(each) for each in checked.assertions],
        "threshold": case.threshold,
        "options": dict(case.options),
        "metadata": {"plumbline": own},
    }
    return {name: value for name, value in test.items() if name == "vars" or value not in (None, "", [], {})}


def _yaml(value: Any) -> str:
    """Texts that some reader of YAML could take for anything else are quoted."""
    import yaml

    class Quoting(yaml.SafeDumper):
        """Without references: every test can be read by itself."""

        def ignore_aliases(self, data: Any) -> bool:
            return True

    def text_node(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
        style = None if _PLAIN_TEXT.fullmatch(text) else '"'
        return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)

    Quoting.add_representer(str, text_node)
    text: str = yaml.dump(value, Dumper=Quoting, allow_unicode=True, sort_keys=False, width=110)
    return text


def _is_column(name: str, cases: Sequence[Case]) -> bool:
    """Whether every case has this variable as text, under a name that a header can carry."""
    if not _PLAIN_NAME.fullmatch(name) or name.lower() in _TAKEN or name.lower().startswith("slice_"):
        return False
    return all(isinstance(case.vars.get(name), str) for case in cases)


def _names(mappings: Any) -> list[str]:
    return list(dict.fromkeys(name for mapping in mappings for name in mapping))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False) if value else ""
