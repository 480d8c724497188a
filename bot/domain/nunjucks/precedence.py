"""Nunjucks writes operators out as JavaScript without brackets, so JavaScript's precedence decides.

``not a == b`` is ``!a == b``, and ``1 ~ 2 + 3`` is ``1 + "" + 2 + 3``. An expression therefore stays a flat
list of operands and operators until it is complete; a "!" or a sign stands before its operand.
"""

from bot.domain.nunjucks.nodes import Binary, Local, Member, Name, Node, Unary
from bot.errors import InputError, Unsupported

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
            sign = _doubled(sign, operand)
        operand = Unary(sign, operand)
    return operand


def _doubled(sign: str, operand: Node) -> str:
    """A step of a variable; of what is none, JavaScript finds out here or only when it gets there."""
    if isinstance(operand, Local):
        raise Unsupported(f"{sign * 2} before a loop's or macro's variable is not supported in templates.")
    if not isinstance(operand, Name | Member):
        raise InputError(f"The template has {sign * 2} before a value.")
    return "++"


def _reduce(operands: list[Node], operators: list[str], level: int) -> None:
    while operators and _LEVEL[operators[-1]] >= level:
        right = operands.pop()
        operands.append(Binary(operators.pop(), operands.pop(), right))
