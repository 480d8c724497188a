"""Where a config's files lie, what of it is not done here, and how files that it names are loaded."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from bot.errors import InputError
from bot.promptfoo.documents import load_json, load_yaml

FILE = "file://"
SCRIPTS = (
    ".js",
    ".cjs",
    ".mjs",
    ".ts",
    ".cts",
    ".mts",
    ".py",
    ".rb",
    ".go",
    ".sh",
    ".exe",
    ".bat",
    ".ps1",
    ".pl",
)
_MAGIC = re.compile(r"[*?]|\[(?:[!^][^\]]+|[^\]]{2,})\]|[@+]\(")
_ENV_TEMPLATE = re.compile(r"\{\{(?:[^}]|\}(?!\}))*\}\}")
_ENV_NAME = re.compile(r"env\.(\w+)|env\[['\"]([^'\"]+)['\"]\]")


@dataclass
class Source:
    """One config being read: its folder, the values of ``{{ env.X }}``, what it asks for in vain, the
    names under which it would store outputs for later tests, and its keys that a ``$ref`` points to."""

    folder: Path
    env: Mapping[str, str] = field(default_factory=dict)
    notes: dict[str, None] = field(default_factory=dict)
    stored: set[str] = field(default_factory=set)
    pointed_to: set[str] = field(default_factory=set)

    def say(self, note: str) -> None:
        """Remembers, once, one thing of the config that is not done here."""
        self.notes.setdefault(note)

    def path(self, reference: str) -> Path:
        return self.folder / reference.removeprefix(FILE)

    def name(self, path: Path) -> str:
        """A path as promptfoo prints it, relative to the config."""
        return str(path.relative_to(self.folder)) if path.is_relative_to(self.folder) else str(path)

    def text(self, path: Path, where: str) -> str:
        """A file as Node reads it: UTF-8, what is broken replaced. Raises InputError."""
        try:
            return path.read_bytes().decode("utf-8", errors="replace")
        except FileNotFoundError:
            raise InputError(
                f"{where} names the file {self.name(path)}, which is not there.", hint="Check the path."
            ) from None
        except OSError as error:
            raise InputError(
                f"{where} names {self.name(path)}, which cannot be read ({error.strerror})."
            ) from error

    def glob(self, pattern: str) -> list[Path]:
        """What a pattern, or a plain path, stands for, in promptfoo's order: a folder's files backwards, then
        those of folders in it. Nothing where nothing fits."""
        found = {path for plain in expand_braces(pattern) for path in self._glob(plain)}
        return sorted(sorted(found, key=str, reverse=True), key=lambda path: len(path.parts))

    def _glob(self, pattern: str) -> list[Path]:
        path = self.path(pattern)
        if not has_magic(pattern):
            try:
                return [path] if path.exists() else []
            except OSError:  # a name that no file can have
                return []
        root, relative = Path(path.anchor), str(path.relative_to(path.anchor))
        try:
            return [found for found in root.glob(relative) if not _hidden(found, pattern)]
        except (ValueError, NotImplementedError):
            raise InputError(f"{pattern!r} is not a pattern of files.") from None

    def fill_env(self, value: Any, where: str) -> Any:
        """``{{ env.X }}`` filled in wherever X is known; other templates stay for the run."""
        if isinstance(value, str):
            return (
                _ENV_TEMPLATE.sub(lambda found: self._env(found[0], where), value)
                if "env" in value
                else value
            )
        if isinstance(value, list):
            return [self.fill_env(item, where) for item in value]
        if isinstance(value, dict):
            return {key: self.fill_env(item, _join(where, key)) for key, item in value.items()}
        return value

    def _env(self, template: str, where: str) -> str:
        named = _ENV_NAME.search(template)
        if named is None:
            return template
        name = named[1] or named[2]
        if name in self.env or "|" in template:
            from bot.domain.nunjucks import render

            if name not in self.env:
                self._unread(name, where)
            return render(template, {"env": dict(self.env)})
        self._unread(name, where)
        return template

    def _unread(self, name: str, where: str) -> None:
        if not where.startswith(("providers", "targets", "env")):
            self.say(
                f"{where}: {{{{ env.{name} }}}} is not filled in; only values under `env:` of the config are."
            )

    def load(self, value: Any, where: str, *, context: str = "") -> Any:
        """``file://`` texts within a value replaced by what the files hold; scripts and vars stay."""
        if isinstance(value, list):
            return [self.load(item, where, context=context) for item in value]
        if isinstance(value, dict):
            script = value.get("type") in {"python", "javascript"}
            return {
                key: self.load(
                    item,
                    _join(where, key),
                    context="script" if key == "value" and script else "vars" if key == "vars" else context,
                )
                for key, item in value.items()
            }
        if not isinstance(value, str) or not value.startswith(FILE) or context == "vars" or is_script(value):
            return value
        return self.load_files(value, where)

    def load_files(self, reference: str, where: str) -> Any:
        """What one ``file://`` reference holds; several files of a pattern are strung together."""
        if not has_magic(reference):
            return self.parsed(self.path(reference), where)
        paths = self.glob(reference)
        if not paths:
            raise InputError(f"{where}: no file fits {reference}.", hint="Check the pattern.")
        parts = [self.parsed(path, where) for path in paths]
        return [
            item
            for part in parts
            if part is not None
            for item in (part if isinstance(part, list) else [part])
        ]

    def parsed(self, path: Path, where: str) -> Any:
        """A file by its ending: JSON, YAML and CSV as values, others as text."""
        text, name = self.text(path, where), self.name(path)
        if path.suffix == ".json":
            return load_json(text, name)
        if path.suffix in {".yaml", ".yml"}:
            return load_yaml(text, name)
        if path.suffix == ".csv":
            from bot.promptfoo.csv_text import read_csv

            rows = read_csv(text, name, bom=False)
            return [next(iter(row.values())) for row in rows] if rows and len(rows[0]) == 1 else rows
        return text


def is_script(reference: str) -> bool:
    """Whether a reference names a program, with or without ``:function``."""
    path = reference.removeprefix(FILE)
    return path.endswith(SCRIPTS) or path.rpartition(":")[0].endswith(SCRIPTS)


def has_magic(pattern: str) -> bool:
    """Whether a path is a pattern of paths; braces alone make none."""
    return any(_MAGIC.search(plain) for plain in expand_braces(pattern))


def expand_braces(pattern: str) -> list[str]:
    """``a{b,c}`` as ``ab`` and ``ac``; braces without a comma stay."""
    for start in (at for at, sign in enumerate(pattern) if sign == "{"):
        depth, commas = 0, []
        for at in range(start, len(pattern)):
            depth += {"{": 1, "}": -1}.get(pattern[at], 0)
            if depth == 1 and pattern[at] == ",":
                commas.append(at)
            if depth == 0 and commas:
                bounds = [start, *commas, at]
                parts = [pattern[one + 1 : other] for one, other in pairwise(bounds)]
                return [
                    whole
                    for part in parts
                    for whole in expand_braces(pattern[:start] + part + pattern[at + 1 :])
                ]
            if depth == 0:
                break
    return [pattern]


def _hidden(path: Path, pattern: str) -> bool:
    return path.name.startswith(".") and not Path(pattern).name.startswith(".")


def _join(where: str, key: str) -> str:
    return f"{where}.{key}" if where else key
