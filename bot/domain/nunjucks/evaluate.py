"""Evaluates expressions."""

from collections.abc import Callable
from typing import Any

from bot.domain.jsvalues import UNDEFINED, truthy
from bot.domain.nunjucks import nodes
from bot.domain.nunjucks.arguments import KEYWORDS
from bot.domain.nunjucks.checks import CHECKS
from bot.domain.nunjucks.filters import FILTERS
from bot.domain.nunjucks.macros import make_macro
from bot.domain.nunjucks.members import member
from bot.domain.nunjucks.operators import BINARY, UNARY, contains
from bot.domain.nunjucks.runtime import Function, State
from bot.errors import InputError


def evaluate(node: nodes.Node, state: State) -> Any:
    """The value of an expression; raises InputError where Nunjucks or JavaScript would throw."""
    return _EVALUATE[type(node)](node, state)


def _literal(node: nodes.Literal, _: State) -> Any:
    return node.value


def _name(node: nodes.Name, state: State) -> Any:
    return state.look_up(node.name)


def _local(node: nodes.Local, state: State) -> Any:
    activation = state.activation
    for _ in range(node.hops):
        activation = activation.around or activation
    return activation.slots.get(node.slot, UNDEFINED)


def _member(node: nodes.Member, state: State) -> Any:
    return member(evaluate(node.target, state), evaluate(node.key, state))


def _call(node: nodes.Call, state: State) -> Any:
    function = evaluate(node.target, state)
    state.spend()
    arguments = [evaluate(one, state) for one in node.arguments]
    state.line = node.line
    if not isinstance(function, Function):
        what = "is not a function" if truthy(function) else "is undefined or falsy"
        raise InputError(f"«{node.said}» cannot be called, it {what}")
    return function.call(*arguments)


def _filter(node: nodes.Filter, state: State) -> Any:
    found = FILTERS.get(node.name)
    if found is None:
        raise InputError(f"There is no filter «{node.name}»")
    arguments = [evaluate(one, state) for one in node.arguments]
    state.line = node.line
    state.spend(_work(arguments[0]))
    return found(*arguments)


def _work(value: Any) -> int:
    """Steps that a filter takes, so that many filters over long text end in time."""
    return 1 + len(value) // 1000 if isinstance(value, str | list) else 1


def _test(node: nodes.Test, state: State) -> Any:
    found = CHECKS.get(node.name)
    if found is None:
        raise InputError(f"There is no test «{node.name}»")
    return found(*[evaluate(one, state) for one in node.arguments])


def _in(node: nodes.In, state: State) -> bool:
    return contains(evaluate(node.item, state), evaluate(node.holder, state))


def _unary(node: nodes.Unary, state: State) -> Any:
    return UNARY[node.operator](evaluate(node.operand, state))


def _binary(node: nodes.Binary, state: State) -> Any:
    left = evaluate(node.left, state)
    if node.operator == "&&":
        return evaluate(node.right, state) if truthy(left) else left
    if node.operator == "||":
        return left if truthy(left) else evaluate(node.right, state)
    return BINARY[node.operator](left, evaluate(node.right, state))


def _choice(node: nodes.Choice, state: State) -> Any:
    return evaluate(node.then if truthy(evaluate(node.condition, state)) else node.otherwise, state)


def _list(node: nodes.ListOf, state: State) -> list[Any]:
    return [evaluate(item, state) for item in node.items]


def _dict(node: nodes.DictOf, state: State) -> dict[str, Any]:
    return {key: evaluate(value, state) for key, value in node.pairs}


def _keywords(node: nodes.Keywords, state: State) -> dict[str, Any]:
    return {**_dict(node, state), KEYWORDS: True}


def _last(node: nodes.Last, state: State) -> Any:
    return [evaluate(item, state) for item in node.items][-1]


def _macro(node: nodes.Macro, state: State) -> Function:
    return make_macro(node, state, evaluate)


def _capture(node: nodes.Capture, state: State) -> str:
    return state.captured(node.body)


_EVALUATE: dict[type[nodes.Node], Callable[[Any, State], Any]] = {
    nodes.Literal: _literal,
    nodes.Name: _name,
    nodes.Local: _local,
    nodes.Member: _member,
    nodes.Call: _call,
    nodes.Filter: _filter,
    nodes.Test: _test,
    nodes.In: _in,
    nodes.Unary: _unary,
    nodes.Binary: _binary,
    nodes.Choice: _choice,
    nodes.ListOf: _list,
    nodes.DictOf: _dict,
    nodes.Keywords: _keywords,
    nodes.Last: _last,
    nodes.Macro: _macro,
    nodes.Capture: _capture,
}
