"""Nunjucks writes operators out as JavaScript without brackets, so JavaScript's precedence decides.

``not a == b`` is ``!a == b``, and ``1 ~ 2 + 3`` is ``1 + "" + 2 + 3``. An expression therefore stays a flat
list of operands and operators until it is complete; a "!" or a sign stands before its operand.
"""

from bot.domain.nunjucks.nodes import Binary, Call, Local, Member, Name, Node, Unary
from bot.errors import InputError

Flat = list[Node | str]

_LEVELS = [
    ("||",),
    ("&&",),
    ("==", "!=", "===", "!=="),
    ("<", "<=", ">", ">="),
    ("+", "-"),
    ("*", "/", "%"),
]
_LEVEL = {operator: level for level, operators in enumerate(_LEVELS) for operator in operators}


def tree(flat: Flat) -> Node:
    """The expression as JavaScript reads it: every binary operator binds to the left."""
    if len(flat) == 1 and isinstance(flat[0], Node):
        return flat[0]
    operands: list[Node] = []
    operators: list[str] = []
    signs: list[str] = []
    for item in flat:
        if isinstance(item, Node):
            operands.append(_signed(signs, item))
            signs = []
        elif len(operands) == len(operators):
            signs.append(item)
        else:
            _reduce(operands, operators, _LEVEL[item])
            operators.append(item)
    _reduce(operands, operators, 0)
    return operands[0]


def _signed(signs: list[str], operand: Node) -> Node:
    for sign, before in zip(reversed(signs), [*reversed(signs[:-1]), ""], strict=False):
        if sign == before != "!":  # JavaScript reads another operator, which needs a variable
            if not isinstance(operand, Name | Local | Member | Call):
                raise InputError(f"The template has {sign * 2} before a value.")
            sign = "++"
        operand = Unary(sign, operand)
    return operand


def _reduce(operands: list[Node], operators: list[str], level: int) -> None:
    while operators and _LEVEL[operators[-1]] >= level:
        right = operands.pop()
        operands.append(Binary(operators.pop(), operands.pop(), right))
