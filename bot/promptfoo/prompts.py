"""The prompts of a config: texts, files, patterns of files, maps; each with promptfoo's label."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from bot.errors import InputError
from bot.promptfoo.csv_text import read_csv
from bot.promptfoo.documents import load_json, load_yaml, to_json
from bot.promptfoo.reading import FILE, Source, has_magic, is_script

_ENDINGS = (
    ".cjs",
    ".cts",
    ".j2",
    ".js",
    ".json",
    ".jsonl",
    ".md",
    ".mjs",
    ".mts",
    ".py",
    ".ts",
    ".txt",
    ".yml",
    ".yaml",
)
_LONGEST_PATH = 4000  # characters
_SERVICES = ("portkey://", "langfuse://", "helicone://")


@dataclass(frozen=True, slots=True)
class Prompt:
    """``label`` "": none given. ``config`` is laid over the provider's. ``refused``: why it is not run."""

    raw: str
    label: str = ""
    id: str = ""
    config: Mapping[str, Any] = field(default_factory=dict)
    refused: str = ""

    def fits(self, reference: str) -> bool:
        """Whether a ``prompts:`` filter means this one: by label or id, a group, or a prefix with *."""
        names = [name for name in (self.label, self.id) if name]
        if reference in names or any(name.startswith(f"{reference}:") for name in names):
            return True
        return reference.endswith("*") and any(name.startswith(reference[:-1]) for name in names)


def read_prompts(given: Any, source: Source) -> tuple[Prompt, ...]:
    """Every prompt, in order. Raises InputError: no prompts, or a path with none behind it."""
    found: list[Prompt] = []
    for asked in _asked(given, source):
        read = _read(asked, source)
        if not read:
            raise InputError(
                f"There are no prompts in {json.dumps(asked.raw, ensure_ascii=False)}: "
                'a prompt with "/", or with a "." near its end, is taken for a file\'s path.',
                hint="Put the prompt into a text file and name it with file://.",
            )
        found += read
    if not found:
        raise InputError("You must provide at least 1 prompt.", hint="Add `prompts:` to the config.")
    return tuple(found)


def _asked(given: Any, source: Source) -> list[Prompt]:
    """The entries as written; a text that stands twice counts once."""
    if given is None or given == "":
        given = ["{{prompt}}"]
    if isinstance(given, str):
        return [Prompt(given)]
    if isinstance(given, dict):
        return [Prompt(str(raw), label=str(label)) for raw, label in given.items()]
    if not isinstance(given, list):
        raise InputError("prompts must be a text, a list or a map.")
    asked: dict[Any, Prompt] = {}
    for index, entry in enumerate(given):
        if isinstance(entry, str):
            asked.setdefault(entry, Prompt(entry))
        elif isinstance(entry, dict):
            asked[index] = _from_object(entry, index, source)
        else:
            raise InputError(f"prompts[{index}] must be a text, or an object with raw, id or label.")
    return list(asked.values())


def _from_object(entry: dict[str, Any], index: int, source: Source) -> Prompt:
    raw = entry.get("raw") or entry.get("id")
    if not isinstance(raw, str) or sum(isinstance(entry.get(key), str) for key in ("raw", "id", "label")) < 2:
        raise InputError(
            f"prompts[{index}] has no text or no label.",
            hint="Give it `raw:` (or `id: file://…`) and `label:`.",
        )
    for key in sorted(entry.keys() - {"raw", "id", "label", "config", "display", "function", "template"}):
        source.say(f"prompts[{index}].{key} is not known and is not applied.")
    config = entry.get("config")
    return Prompt(
        raw,
        label=str(entry.get("label") or ""),
        id=str(entry.get("id") or ""),
        config=config if isinstance(config, dict) else {},
    )


def _read(asked: Prompt, source: Source) -> list[Prompt]:
    raw = asked.raw
    if raw.startswith("exec:") or raw.startswith(_SERVICES):
        return [_refuse(asked, raw, source)]
    if not _is_path(raw):
        return [replace(asked, label=asked.label or raw)]
    if is_script(raw):
        return [_refuse(asked, source.name(source.path(raw)), source)]
    path = source.path(raw)
    if len(raw) < _LONGEST_PATH and path.is_dir():
        raise InputError(f"The prompt {raw} is a folder.", hint=f"Name its files: {raw.rstrip('/')}/*.txt")
    if has_magic(raw):
        return _pattern(asked, source)
    return _file(asked, path, source)


def _pattern(asked: Prompt, source: Source) -> list[Prompt]:
    """Files of a pattern, without the entry's own label; a text that only looks like one is a prompt."""
    found = [
        prompt
        for path in source.glob(asked.raw)
        if path.is_file()
        for prompt in (_read(Prompt(FILE + str(path)), source) if not has_magic(str(path)) else [])
    ]
    return found or [replace(asked, label=asked.label or asked.raw)]


def _file(asked: Prompt, path: Path, source: Source) -> list[Prompt]:
    reader = _READERS.get(path.suffix)
    if reader is None:
        executable = path.is_file() and os.access(path, os.X_OK)
        return [_refuse(asked, source.name(path), source)] if executable else []
    text = source.text(path, "prompts")
    read = reader(text, source.name(path), asked, source)
    return [replace(prompt, raw=source.fill_env(prompt.raw, source.name(path))) for prompt in read]


def _refuse(asked: Prompt, name: str, source: Source) -> Prompt:
    why = f"The prompt {name} is made by a program or a service, which is not done here."
    source.say(why)
    return replace(asked, label=asked.label or name, refused=why)


def _is_path(text: str) -> bool:
    """Whether promptfoo takes a prompt for a path."""
    if "\n" in text:
        return False
    parts = text.split(":")
    return (
        text.startswith(FILE)
        or any(part.endswith(_ENDINGS) for part in parts[-2:])
        or (len(text) >= 3 and text[-3] == ".")
        or (len(text) >= 4 and text[-4] == ".")
        or any(sign in text for sign in "*/\\")
    )


def _text_file(text: str, name: str, asked: Prompt, source: Source) -> list[Prompt]:
    pieces: list[list[str]] = [[]]
    for line in text.replace("\r\n", "\n").split("\n"):
        if line.strip() == "---":
            pieces.append([])
        else:
            pieces[-1].append(line)
    raws = ["\n".join(lines).strip() for lines in pieces]
    lead = f"{asked.label}: {name}" if asked.label else name
    return [Prompt(raw, label=f"{lead}: {raw}") for raw in raws if raw]


def _whole_file(text: str, name: str, asked: Prompt, source: Source) -> list[Prompt]:
    return [Prompt(text, label=asked.label or f"{name}: {text[:50]}...", config=asked.config)]


def _json_file(text: str, name: str, asked: Prompt, source: Source) -> list[Prompt]:
    try:
        raw = to_json(source.load(load_json(text, name), name))
    except InputError:
        raw = text
    return [Prompt(raw, label=asked.label or f"{name}: {raw}", config=asked.config)]


def _yaml_file(text: str, name: str, asked: Prompt, source: Source) -> list[Prompt]:
    try:
        raw = to_json(source.load(load_yaml(text, name), name))
    except InputError:
        raw = text
    return [Prompt(raw, label=asked.label or f"{name}: {raw[:80]}", config=asked.config)]


def _jsonl_file(text: str, name: str, asked: Prompt, source: Source) -> list[Prompt]:
    lines = [line for line in text.replace("\r\n", "\n").split("\n") if line]
    lead = asked.label or name
    many = len(lines) > 1
    return [Prompt(line, label=f"{lead}: {line}" if many else lead, config=asked.config) for line in lines]


def _csv_file(text: str, name: str, asked: Prompt, source: Source) -> list[Prompt]:
    rows = _csv_rows(text, name)
    taken = {label for _, label in rows if label}
    found: list[Prompt] = []
    for index, (raw, given) in enumerate(rows):
        label = given or _csv_label(asked.label, raw, index, many=len(rows) > 1)
        if not given:
            label = _free(label, index, taken)
            taken.add(label)
        identity = f"{asked.id}:{index + 1}" if len(rows) > 1 and asked.id else asked.id
        found.append(Prompt(raw, label=label, id=identity, config=asked.config))
    return found


def _csv_rows(text: str, name: str) -> list[tuple[str, str]]:
    """(text, label) of each row; lines as they are where there is no table."""
    if "," in text:
        try:
            lines = [
                line for line in text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n") if line.strip()
            ]
            rows = read_csv("\n".join(lines), name)
            stripped = [{key.strip(): value.strip() for key, value in row.items()} for row in rows]
            return [(row["prompt"], row.get("label", "")) for row in stripped if row.get("prompt")]
        except InputError:
            pass
    lines = [line for line in text.replace("\r\n", "\n").split("\n") if line.strip()]
    return [(line, "") for line in (lines[1:] if lines and lines[0].lower().strip() == "prompt" else lines)]


def _csv_label(base: str, raw: str, index: int, *, many: bool) -> str:
    if not base:
        return f"Prompt {index + 1} - {raw}"
    return f"{base}: {raw}" if many else base


def _free(label: str, index: int, taken: set[str]) -> str:
    free, turn = label, 1
    while free in taken:
        free = f"{label} (row {index + 1}{f'.{turn}' if turn > 1 else ''})"
        turn += 1
    return free


_READERS = {
    ".txt": _text_file,
    ".md": _whole_file,
    ".j2": _whole_file,
    ".json": _json_file,
    ".jsonl": _jsonl_file,
    ".yaml": _yaml_file,
    ".yml": _yaml_file,
    ".csv": _csv_file,
}
