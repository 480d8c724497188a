"""Macros, and the callers that a call block hands to them."""

from collections.abc import Callable
from typing import Any

from bot.domain.nunjucks import nodes
from bot.domain.nunjucks.arguments import arrange
from bot.domain.nunjucks.runtime import Activation, Frame, Function, State
from bot.domain.nunjucks.values import SafeText

Evaluate = Callable[[nodes.Node, State], Any]


def make_macro(macro: nodes.Macro, state: State, evaluate: Evaluate) -> Function:
    """A caller sees the frame that it is called in, and what is bound around the place where it stands."""
    around = state.activation if macro.caller else None

    def call(*given: Any) -> SafeText:
        state.spend()
        before = state.frame, state.activation
        state.frame = Frame(state.frame if macro.caller else None, isolated=macro.caller)
        state.activation = Activation(around)
        _bind(macro, state, evaluate, *arrange(given, macro.arguments, [name for name, _ in macro.defaults]))
        text = state.captured(macro.body)
        state.frame, state.activation = before
        return SafeText(text)

    return Function(call)


def _bind(
    macro: nodes.Macro, state: State, evaluate: Evaluate, arguments: list[Any], keywords: dict[str, Any]
) -> None:
    variables = state.frame.variables
    if "caller" in keywords:
        variables["caller"] = keywords["caller"]
    for name, slot, value in zip(macro.arguments, macro.slots, arguments, strict=True):
        variables[name] = state.activation.slots[slot] = value
    for name, default in macro.defaults:
        variables[name] = keywords[name] if name in keywords else evaluate(default, state)
