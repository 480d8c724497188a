"""How JavaScript and Nunjucks hand arguments over."""

from collections.abc import Callable, Iterable
from typing import Any

from bot.domain.jsvalues import UNDEFINED

KEYWORDS = "__keywords"  # marks the object that holds the arguments by name, as Nunjucks marks it
_TAKES_ANY = 0x04  # inspect.CO_VARARGS


def lenient(function: Callable[..., Any]) -> Callable[..., Any]:
    """As in JavaScript, arguments beyond those that the function knows are dropped."""
    code = function.__code__
    if code.co_flags & _TAKES_ANY:
        return function
    count = code.co_argcount
    return lambda *given: function(*given[:count])


def arrange(
    given: Iterable[Any], names: list[str], keyword_names: list[str]
) -> tuple[list[Any], dict[str, Any]]:
    """Nunjucks's makeMacro: arguments by place may be given by name, and the other way round."""
    arguments = list(given)
    keywords: dict[str, Any] = {}
    if arguments and isinstance(arguments[-1], dict) and KEYWORDS in arguments[-1]:
        keywords = arguments.pop()
    for name, value in zip(keyword_names, arguments[len(names) :], strict=False):
        keywords[name] = value
    missing = [keywords.pop(name, UNDEFINED) for name in names[len(arguments) :]]
    return [*arguments[: len(names)], *missing], keywords
