"""The vars of a test: every combination of lists, files read, templates within them filled in."""

import re
from collections.abc import Mapping
from itertools import product
from typing import Any

from bot.domain.jsvalues import to_text
from bot.errors import InputError
from bot.promptfoo.documents import load_yaml, to_json
from bot.promptfoo.reading import FILE, Source, has_magic, is_script
from bot.promptfoo.words import BINARY_FILES

_SIMPLE = re.compile(r"\{\{\s*(\w+)\s*\}\}", re.ASCII)
_ROUNDS = 5


def combinations(vars_: Mapping[str, Any], where: str, source: Source) -> list[dict[str, Any]]:
    """Each list of texts taken apart, each ``file://`` pattern too; the last var turns fastest."""
    choices = [_choices(name, value, where, source) for name, value in vars_.items()]
    return [dict(zip(vars_, chosen, strict=True)) for chosen in product(*choices)]


def _choices(name: str, value: Any, where: str, source: Source) -> list[Any]:
    if isinstance(value, str) and value.startswith(FILE):
        reference = value.removeprefix(FILE)
        if is_script(value) and not source.path(value).exists():
            return [value]
        paths = source.glob(reference)
        if not paths:
            raise InputError(
                f"{where}: no files found for the var {name} at {reference}.", hint="Check the path."
            )
        return [FILE + source.name(path) for path in paths] if has_magic(reference) else [value]
    if isinstance(value, list) and value and isinstance(value[0], str):
        return value
    return [value]


def transformed(vars_: dict[str, Any], code: str, where: str) -> dict[str, Any]:
    """Vars with those laid over that JavaScript makes of them. Raises InputError."""
    from bot.javascript import Form, run

    try:
        made = run(code, {"vars": vars_, "context": {"prompt": {}, "vars": {}}}, form=Form.TRANSFORM)
    except InputError as error:
        raise InputError(f"{where}.options.transformVars: {error.message}", hint=error.hint) from None
    if not isinstance(made, dict):
        raise InputError(
            f"{where}.options.transformVars gives no object back.", hint="Return the vars in {}."
        )
    return {**vars_, **made}


def filled(vars_: Mapping[str, Any], where: str, source: Source) -> tuple[dict[str, Any], str]:
    """Vars as the template and the assertions get them, and why they cannot be had ("" where they can)."""
    ready: dict[str, Any] = {}
    for name, value in vars_.items():
        if isinstance(value, str) and value.startswith((FILE, "package:")):
            ready[name], refused = _file(name, value, where, source)
            if refused:
                source.say(refused)
                return dict(vars_), refused
        else:
            ready[name] = value
    ready = {
        name: value[:-1] if isinstance(value, str) and value.endswith("\n") else value
        for name, value in ready.items()
    }
    return resolve_nested(ready), ""


def _file(name: str, value: str, where: str, source: Source) -> tuple[Any, str]:
    if is_script(value) or value.startswith("package:"):
        return None, f"{where}: the var {name} is made by a program ({value}), which is not run here."
    path = source.path(value)
    ending = path.name.rpartition(".")[2].lower()
    if ending in BINARY_FILES:
        return None, f"{where}: the var {name} is a file of the kind .{ending}, which is not read here."
    text = source.text(path, f"{where}: the var {name}")
    if ending in {"yaml", "yml"}:
        return to_json(load_yaml(text, source.name(path), iso_dates=True)), ""
    return text.strip(), ""


def resolve_nested(vars_: dict[str, Any]) -> dict[str, Any]:
    """Plain ``{{ other }}`` within vars replaced by the other var, one at a time, five rounds at most."""
    for _ in range(_ROUNDS):
        changed = False
        for name, value in vars_.items():
            found = _SIMPLE.search(value) if isinstance(value, str) else None
            if found and found[1] in vars_:
                before, after = value[: found.start()], value[found.end() :]
                vars_[name] = before + _put_in(to_text(vars_[found[1]]), found[0], before, after) + after
                changed = True
        if not changed:
            break
    return vars_


def _put_in(text: str, placeholder: str, before: str, after: str) -> str:
    """A replacement as JavaScript's String.replace takes it, where a $ has meanings."""
    if "$" not in text:
        return text
    meanings = {"$$": "$", "$&": placeholder, "$`": before, "$'": after}
    return re.sub(r"\$[$&`']", lambda sign: meanings[sign[0]], text)
