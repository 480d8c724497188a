"""A command that starts fast: its options are read by plain functions instead of typer's pydantic adapters,
whose loading takes as long as all the rest of a command's start."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from bot.errors import InputError

_UsageError: Any = typer.BadParameter.__base__

_READERS: dict[Any, Callable[[str], Any]] = {
    bool: bool,
    str: str,
    int: int,
    float: float,
    Path: Path,
    int | None: int,
    float | None: float,
    Path | None: Path,
}


class QuickCommand(TyperCommand):
    """For options that are texts, numbers, paths and flags. Where typer's inside has changed, or an option is
    of another kind, typer reads it in its own way."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        _read_plainly(self.get_params(ctx))
        try:
            return super().parse_args(ctx, args)
        except _UsageError as error:
            error.exit_code = InputError.exit_code  # 2 is a verdict here
            raise


class QuickGroup(TyperGroup):
    """The same for the options of a group, of which every one has --help."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        _read_plainly(self.get_params(ctx))
        return super().parse_args(ctx, args)


def _read_plainly(params: Iterable[Any]) -> None:
    for param in params:
        descriptor = getattr(param, "type_descriptor", None)
        read = _READERS.get(getattr(descriptor, "annotation", None))
        if read is not None and hasattr(param, "_runtime_param"):
            param._runtime_param = _Plain(read, getattr(descriptor, "parameter_info", None))


class _Plain:
    """One option's value from its text, within the limits that were declared."""

    def __init__(self, read: Callable[[str], Any], info: Any) -> None:
        self._read, self._least, self._most = read, getattr(info, "min", None), getattr(info, "max", None)

    def coerce(self, value: Any, *, param: Any, ctx: Any) -> Any:
        if value is None:
            return None
        try:
            found = self._read(value)
        except (ValueError, TypeError):
            raise typer.BadParameter(f"{value!r} is not a number.", ctx=ctx, param=param) from None
        if (self._least is not None and found < self._least) or (
            self._most is not None and found > self._most
        ):
            bounds = f"from {self._least}" + (f" to {self._most}" if self._most is not None else " on")
            raise typer.BadParameter(f"{value} is not within {bounds}.", ctx=ctx, param=param)
        return found
