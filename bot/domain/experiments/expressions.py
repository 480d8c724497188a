"""The arithmetic of derived metrics: numbers, names, + - * / % ^, comparisons, ?:, and, or, not, functions.

Meaning and precedence are mathjs's, as far as they go; what else mathjs can is refused, not guessed.
"""

import math
import operator
import re
import statistics
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

from bot.errors import InputError

Value = float | bool
Names = Mapping[str, float]
Node = Callable[[Names], Value]

_TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)|(?P<name>[A-Za-z_]\w*)|(?P<sign>==|!=|<=|>=|[-+*/%^()<>?:,]))",
    re.ASCII,
)
_DEEPEST = 50


def _divide(one: Value, other: Value) -> float:
    if other == 0:
        return math.nan if one == 0 or math.isnan(one) else math.copysign(math.inf, one)
    return one / other


def _remainder(one: Value, other: Value) -> float:
    return float(one) if other == 0 else one - other * math.floor(one / other)


def _power(one: Value, other: Value) -> float:
    try:
        return math.pow(one, other)
    except OverflowError:
        return math.inf
    except ValueError:
        return math.nan


def _logarithm(value: Value, base: Value = math.e) -> float:
    if value <= 0:
        return -math.inf if value == 0 else math.nan
    return math.log(value) / math.log(base)


def _round(value: Value, digits: Value = 0) -> float:
    """Halves go away from zero."""
    scale = 10 ** int(digits)
    return math.copysign(math.floor(abs(value) * scale + 0.5) / scale, value)


_COMPARED: Mapping[str, Callable[[Value, Value], bool]] = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, ">": operator.gt,
    "<=": operator.le, ">=": operator.ge,
}  # fmt: skip
_ADDED: Mapping[str, Callable[[Value, Value], Value]] = {"+": operator.add, "-": operator.sub}
_MULTIPLIED: Mapping[str, Callable[[Value, Value], Value]] = {
    "*": operator.mul, "/": _divide, "%": _remainder, "mod": _remainder,
}  # fmt: skip
_FUNCTIONS: Mapping[str, Callable[..., Value]] = {
    "abs": abs, "ceil": math.ceil, "floor": math.floor, "round": _round, "sign": lambda x: (x > 0) - (x < 0),
    "sqrt": lambda x: math.sqrt(x) if x >= 0 else math.nan, "cbrt": math.cbrt, "exp": math.exp,
    "pow": _power, "mod": _remainder,
    "log": _logarithm, "log2": lambda x: _logarithm(x, 2), "log10": lambda x: _logarithm(x, 10),
    "max": lambda *x: max(x), "min": lambda *x: min(x), "sum": lambda *x: math.fsum(x),
    "mean": lambda *x: math.fsum(x) / len(x), "median": lambda *x: statistics.median(x),
}  # fmt: skip
_CONSTANTS = {"pi": math.pi, "e": math.e, "true": True, "false": False}


def parse(expression: str) -> Node:
    """The expression as a function of its names. Raises InputError for what is no arithmetic of this kind."""
    return _Parser(expression).whole()


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[tuple[str, str]] = []
        self.depth = 0
        at = 0
        while text[at:].strip():
            found = _TOKEN.match(text, at)
            if found is None:
                self._refuse()
            self.tokens.append((str(found.lastgroup), found[found.lastgroup or 0]))
            at = found.end()
        self.tokens.reverse()

    def whole(self) -> Node:
        node = self._choice()
        if self.tokens:
            self._refuse()
        return node

    def _refuse(self) -> NoReturn:
        raise InputError(f"{self.text!r} is not an expression that is worked out here.")

    def _next(self) -> str:
        return self.tokens[-1][1] if self.tokens else ""

    def _take(self, *signs: str) -> str:
        return self.tokens.pop()[1] if self._next() in signs and self.tokens else ""

    def _choice(self) -> Node:
        self.depth += 1
        if self.depth > _DEEPEST:
            self._refuse()
        condition = self._chain(("or",), lambda: self._chain(("and",), self._not))
        self.depth -= 1
        if not self._take("?"):
            return condition
        one = self._choice()
        if not self._take(":"):
            self._refuse()
        other = self._choice()
        return lambda names: one(names) if condition(names) else other(names)

    def _chain(self, words: tuple[str, ...], inner: Callable[[], Node]) -> Node:
        node = inner()
        while word := self._take(*words):
            node = _both(node, inner(), word)
        return node

    def _not(self) -> Node:
        if self._take("not"):
            inner = self._not()
            return lambda names: not inner(names)
        return self._binary(
            _COMPARED, lambda: self._binary(_ADDED, lambda: self._binary(_MULTIPLIED, self._unary))
        )

    def _binary(
        self, signs: Mapping[str, Callable[[Value, Value], Value]], inner: Callable[[], Node]
    ) -> Node:
        node = inner()
        while sign := self._take(*signs):
            node = _apply(signs[sign], node, inner())
        return node

    def _unary(self) -> Node:
        sign = self._take("-", "+")
        if not sign:
            return self._raised()
        inner = self._unary()
        return (lambda names: -inner(names)) if sign == "-" else inner

    def _raised(self) -> Node:
        node = self._single()
        return _apply(_power, node, self._unary()) if self._take("^") else node

    def _single(self) -> Node:
        kind, word = self.tokens.pop() if self.tokens else ("", "")
        if kind == "number":
            number = float(word)
            return lambda names: number
        if kind == "name":
            return self._call(word) if self._next() == "(" else _name(word)
        if word != "(":
            self._refuse()
        node = self._choice()
        if not self._take(")"):
            self._refuse()
        return node

    def _call(self, word: str) -> Node:
        function = _FUNCTIONS.get(word)
        self._take("(")
        arguments = [self._choice()]
        while self._take(","):
            arguments.append(self._choice())
        if function is None or not self._take(")"):
            self._refuse()
        return _apply(function, *arguments)


def _apply(function: Callable[..., Any], *nodes: Node) -> Node:
    return lambda names: function(*(node(names) for node in nodes))


def _both(one: Node, other: Node, word: str) -> Node:
    if word == "and":
        return lambda names: bool(one(names) and other(names))
    return lambda names: bool(one(names) or other(names))


def _name(word: str) -> Node:
    def value(names: Names) -> Value:
        found = names.get(word, _CONSTANTS.get(word))
        if found is None:
            raise InputError(f"There is no metric {word!r}.")
        return found

    return value
