"""What a running template holds: its frames, its values, its output, and how much it has used up."""

import time
from collections.abc import Callable, Mapping
from typing import Any

from bot.domain.jsvalues import UNDEFINED, JsObject, to_text
from bot.domain.nunjucks.values import adopt
from bot.errors import InputError, Unsupported

MAX_STEPS = 200_000
MAX_ITEMS = 100_000
MAX_TEXT = 5_000_000  # characters of the output or of any text on the way to it
MAX_SECONDS = 2.0

# Every JavaScript object has them, so a template that asks for one by accident gets a function.
INHERITED = frozenset(
    [
        "constructor",
        "hasOwnProperty",
        "isPrototypeOf",
        "propertyIsEnumerable",
        "toLocaleString",
        "toString",
        "valueOf",
        "__proto__",
        "__defineGetter__",
        "__defineSetter__",
        "__lookupGetter__",
        "__lookupSetter__",
    ]
)


class Function(JsObject):
    """Something a template may call."""

    def __init__(self, call: Callable[..., Any]) -> None:
        self.call = call

    def text(self) -> str:
        raise Unsupported("A function in a template is not called; its text is not supported.")

    def plain(self) -> Any:
        return UNDEFINED


class Frame:
    """Variables that were set while the template runs; ``isolated``: what is set inside stays inside."""

    __slots__ = ("around", "isolated", "top", "variables")

    def __init__(self, around: "Frame | None" = None, *, isolated: bool = False, top: bool = False) -> None:
        self.variables: dict[str, Any] = {}
        self.around, self.isolated, self.top = around, isolated, top

    def find(self, name: str) -> Any:
        frame: Frame | None = self
        while frame is not None:
            value = frame.variables.get(name, UNDEFINED)
            if value is not UNDEFINED:
                return value
            frame = frame.around
        return UNDEFINED

    def assign(self, name: str, value: Any) -> None:
        """Where the name is set already, else here."""
        frame: Frame | None = self
        while frame is not None:
            if frame.variables.get(name, UNDEFINED) is not UNDEFINED:
                frame.variables[name] = value
                return
            frame = None if frame is self and self.isolated else frame.around
        self.variables[name] = value


class Activation:
    """One run of a function: what is bound in the template's text around the place that runs."""

    __slots__ = ("around", "slots")

    def __init__(self, around: "Activation | None" = None) -> None:
        self.slots: dict[int, Any] = {}
        self.around = around


class State:
    """One rendering."""

    def __init__(
        self, values: Mapping[str, Any], globals_: Mapping[str, Any], execute: Callable[[Any, "State"], None]
    ) -> None:
        self.frame = Frame(top=True)
        self.activation = Activation()
        self.output: list[str] = []
        self.line = 1
        self._execute = execute
        self._values = values
        self._context: dict[str, Any] = {}
        self._globals = globals_
        self._steps = 0
        self._size = 0
        self._end = 0.0

    def look_up(self, name: str) -> Any:
        value = self.frame.find(name)
        if value is not UNDEFINED:
            return value
        if name in self._context:
            return self._context[name]
        if name in self._values:
            self._context[name] = adopt(self._values[name])
            return self._context[name]
        if name in self._globals:
            return self._globals[name]
        if name in INHERITED:
            raise Unsupported(f"«{name}» is a function of JavaScript's own; give the variable another name.")
        if name == "env":
            raise Unsupported("«env» is not supported: templates do not see the environment.")
        return UNDEFINED

    def set_value(self, name: str, value: Any) -> None:
        self._context[name] = value

    def write(self, value: Any) -> None:
        if value is None or value is UNDEFINED:
            return
        text = value if isinstance(value, str) else to_text(value, limit=MAX_TEXT)
        self._size += len(text)
        if self._size > MAX_TEXT:
            raise InputError(f"The template makes more than {MAX_TEXT:,} characters.")
        self.output.append(text)

    def captured(self, body: Any) -> str:
        """What the body writes, kept back from the output."""
        before, self.output = self.output, []
        self._execute(body, self)
        text, self.output = "".join(self.output), before
        return text

    def spend(self, steps: int = 1) -> None:
        """Counts work; raises InputError when a template goes on and on."""
        before, self._steps = self._steps, self._steps + steps
        if self._steps > MAX_STEPS:
            raise InputError("The template takes too many steps.")
        if before >> 10 != self._steps >> 10:
            now = time.monotonic()
            self._end = self._end or now + MAX_SECONDS
            if now > self._end:
                raise InputError(f"The template takes longer than {MAX_SECONDS:g} s.")


def sized(size: float, limit: int = MAX_TEXT) -> int:
    """The size, if something of that size may be made."""
    if size > limit:
        raise InputError(f"The template makes something of more than {limit:,} parts.")
    return int(size)
