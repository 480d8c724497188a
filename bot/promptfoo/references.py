"""``$ref`` of a config: each one replaced by what it points to, in the config or in another file."""

from pathlib import Path
from typing import Any

from bot.errors import InputError
from bot.promptfoo.documents import load_json, load_yaml
from bot.promptfoo.reading import Source

_DEEPEST = 100


def resolve_references(config: Any, source: Source) -> Any:
    """The config without ``$ref``. Keys beside a ``$ref`` to an object are laid over it.

    Raises InputError for one that points nowhere or to itself. Parameters of tools are left alone: their
    ``$ref`` belong to their schema."""
    return _Resolver(source, config).resolve(config, "", 0)


class _Resolver:
    def __init__(self, source: Source, root: Any) -> None:
        self.source = source
        self.root = root
        self.files: dict[Path, Any] = {}

    def resolve(self, value: Any, where: str, depth: int) -> Any:
        if depth > _DEEPEST:
            raise InputError(
                f"{where}: the $ref there lead in a circle.", hint="Let one of them stand for itself."
            )
        if isinstance(value, list):
            return [self.resolve(item, f"{where}[{index}]", depth + 1) for index, item in enumerate(value)]
        if not isinstance(value, dict):
            return value
        reference = value.get("$ref")
        if isinstance(reference, str) and reference:
            return self._followed(reference, value, where, depth)
        return {
            key: item
            if _is_tool_schema(where, key)
            else self.resolve(item, f"{where}.{key}" if where else key, depth + 1)
            for key, item in value.items()
        }

    def _followed(self, reference: str, value: dict[str, Any], where: str, depth: int) -> Any:
        file, _, pointer = reference.partition("#")
        if not file:
            self.source.pointed_to.add(pointer.strip("/").partition("/")[0])
        target = self._at(self._file(file, where) if file else self.root, pointer, reference, where)
        resolved = self.resolve(target, where, depth + 1)
        others = {key: item for key, item in value.items() if key != "$ref"}
        if others and isinstance(resolved, dict):
            return {**resolved, **self.resolve(others, where, depth + 1)}
        return resolved

    def _file(self, name: str, where: str) -> Any:
        path = self.source.path(name)
        if path not in self.files:
            text = self.source.text(path, f"The $ref at {where}")
            load = load_json if path.suffix == ".json" else load_yaml
            self.files[path] = load(text, self.source.name(path))
        return self.files[path]

    @staticmethod
    def _at(root: Any, pointer: str, reference: str, where: str) -> Any:
        found = root
        for part in pointer.strip("/").split("/") if pointer.strip("/") else []:
            key = part.replace("~1", "/").replace("~0", "~").replace("%20", " ")
            if isinstance(found, dict) and key in found:
                found = found[key]
            elif isinstance(found, list) and key.isdecimal() and int(key) < len(found):
                found = found[int(key)]
            else:
                raise InputError(f"{where}: $ref {reference!r} points to nothing.", hint="Check its path.")
        return found


def _is_tool_schema(where: str, key: str) -> bool:
    return (
        key == "parameters"
        and where.startswith("providers")
        and (".tools[" in where or ".functions[" in where)
    )
