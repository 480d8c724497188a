"""Runs statements."""

from collections.abc import Callable, Iterator
from typing import Any

from bot.domain.jsvalues import UNDEFINED, same, truthy
from bot.domain.nunjucks import nodes
from bot.domain.nunjucks.evaluate import evaluate
from bot.domain.nunjucks.macros import make_macro
from bot.domain.nunjucks.members import need
from bot.domain.nunjucks.runtime import Activation, Frame, Function, State
from bot.domain.nunjucks.values import SafeText, paired, units
from bot.errors import Unsupported


def execute(node: nodes.Node, state: State) -> None:
    """Writes what the statement gives to the state's output."""
    _EXECUTE[type(node)](node, state)


def _body(node: nodes.Body, state: State) -> None:
    for part in node.parts:
        _EXECUTE[type(part)](part, state)


def _text(node: nodes.Text, state: State) -> None:
    state.write(node.text)


def _output(node: nodes.Output, state: State) -> None:
    state.line = node.line
    state.write(evaluate(node.value, state))


def _if(node: nodes.If, state: State) -> None:
    if truthy(evaluate(node.condition, state)):
        execute(node.then, state)
    elif node.otherwise is not None:
        execute(node.otherwise, state)


def _for(node: nodes.For, state: State) -> None:
    around, slots = state.frame, state.activation.slots
    state.frame = Frame(around)
    state.line = node.line
    items = evaluate(node.items, state)
    if truthy(items):
        items = [units(char) for char in paired(items.content)] if isinstance(items, SafeText) else items
        loop: dict[str, Any] = {}
        for index, bound in enumerate(_bound(node, items, slots)):
            state.spend()
            slots.update(zip(node.slots, bound, strict=False))
            state.frame.variables.update(zip(node.names, bound, strict=False))
            state.frame.variables["loop"] = loop
            _describe(loop, index, slots[node.length])
            _body(node.body, state)
    if node.otherwise is not None and not truthy(slots.get(node.length)):
        execute(node.otherwise, state)
    state.frame = around


def _bound(node: nodes.For, items: Any, slots: dict[int, Any]) -> Iterator[list[Any]]:
    """What each round binds to the loop's names; keeps the length where Nunjucks keeps it."""
    if isinstance(items, Function):
        raise Unsupported("A loop over a function is not supported.")
    if isinstance(items, dict) or (len(node.names) > 1 and isinstance(items, str)):
        yield from _entries(node, items, slots)
        return
    slots[node.length] = len(items) if isinstance(items, list | str) else 0 if node.names[1:] else UNDEFINED
    index = 0
    while isinstance(items, list | str) and index < len(items):
        item = items[index]
        yield [need(item, at) for at in range(len(node.names))] if node.names[1:] else [item]
        index += 1


def _entries(node: nodes.For, items: dict[str, Any] | str, slots: dict[int, Any]) -> Iterator[list[Any]]:
    if not node.names[1:]:
        if "length" in items:
            raise Unsupported("A loop over an object that has a «length» is not supported.")
        slots[node.length] = UNDEFINED
        return
    entries = items.items() if isinstance(items, dict) else ((str(at), char) for at, char in enumerate(items))
    slots[node.length] = len(items)
    for entry in list(entries):
        yield list(entry)


def _describe(loop: dict[str, Any], index: int, length: int) -> None:
    loop.update(
        index=index + 1,
        index0=index,
        revindex=length - index,
        revindex0=length - index - 1,
        first=index == 0,
        last=index == length - 1,
        length=length,
    )


def _set(node: nodes.Set, state: State) -> None:
    value = evaluate(node.value, state)
    for target in node.targets:
        if target.local is not None:
            _assign(target.local, value, state)
        state.frame.assign(target.name, value)
        if state.frame.top:
            state.set_value(target.name, value)


def _assign(local: nodes.Local, value: Any, state: State) -> None:
    activation = state.activation
    for _ in range(local.hops):
        activation = activation.around or activation
    activation.slots[local.slot] = value


def _define(node: nodes.Define, state: State) -> None:
    macro = make_macro(node.macro, state, evaluate)
    state.activation.slots[node.slot] = macro
    if node.nested:
        state.frame.variables[node.macro.name] = macro
    else:
        state.set_value(node.macro.name, macro)


def _switch(node: nodes.Switch, state: State) -> None:
    value = evaluate(node.value, state)
    matched = False
    for case in node.cases:
        matched = matched or same(value, evaluate(case.value, state))
        if matched and case.body.parts:  # an empty case falls through
            _body(case.body, state)
            return
    if node.default is not None:
        _body(node.default, state)


def _block(node: nodes.Block, state: State) -> None:
    frame, activation = state.frame, state.activation
    state.frame, state.activation = Frame(frame, isolated=True), Activation()
    _body(node.body, state)
    state.frame, state.activation = frame, activation


_EXECUTE: dict[type[nodes.Node], Callable[[Any, State], None]] = {
    nodes.Body: _body,
    nodes.Text: _text,
    nodes.Output: _output,
    nodes.If: _if,
    nodes.For: _for,
    nodes.Set: _set,
    nodes.Define: _define,
    nodes.Switch: _switch,
    nodes.Block: _block,
}
