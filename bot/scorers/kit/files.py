"""Files that an assertion names: read below one folder and nowhere else."""

from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from bot.errors import Unsupported
from bot.scorers.kit.js import SPACES
from bot.scorers.kit.yaml import YamlInvalid, load_yaml
from bot.scorers.scorer import AssertionInvalid
from bot.scorers.tools import Tools

PREFIX = "file://"
JAVASCRIPT = (".js", ".cjs", ".mjs")
PYTHON = (".py",)
SCRIPTS = (*JAVASCRIPT, *PYTHON, ".ts", ".cts", ".mts", ".rb")
_LARGEST = 10 * 1024 * 1024  # bytes


class Script(NamedTuple):
    """A file with code, and the function in it that a config names after a colon."""

    path: str
    function: str

    @property
    def kind(self) -> str:
        return PurePosixPath(self.path).suffix


def script_of(reference: str) -> Script | None:
    """The script behind "file://path.js:function"; None where the file is no script."""
    path, _, function = reference.removeprefix(PREFIX).partition(":")
    script = Script(path, function)
    return script if script.kind in SCRIPTS else None


def content(reference: str, tools: Tools) -> Any:
    """The value in a JSON or YAML file, the text of a .txt file."""
    path = located(reference.removeprefix(PREFIX), tools)
    if path.suffix == ".txt":
        return text(path).strip(SPACES)
    if path.suffix not in (".json", ".yaml", ".yml"):
        raise AssertionInvalid(f"{path.name}: a value can be read from .json, .yaml, .yml and .txt files")
    try:
        return load_yaml(text(path))
    except YamlInvalid as problem:
        raise AssertionInvalid(f"{path.name} is neither JSON nor YAML: {problem}") from None


def located(name: str, tools: Tools) -> Path:
    """The file below the base folder, links followed. Raises Unsupported, AssertionInvalid."""
    if tools.base_dir is None:
        raise Unsupported(f"{PREFIX}{name} is not read: there is no folder that files may be read from.")
    base = tools.base_dir.resolve()
    path = (base / name).resolve()
    if not path.is_relative_to(base):
        raise AssertionInvalid(f"{name} is not read: it lies outside the folder of the config")
    if not path.is_file():
        raise AssertionInvalid(f"There is no file {name}")
    return path


def text(path: Path) -> str:
    if path.stat().st_size > _LARGEST:
        raise AssertionInvalid(f"{path.name} is larger than {_LARGEST // 1024 // 1024} MiB")
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        raise AssertionInvalid(f"{path.name} is no UTF-8 text") from None
