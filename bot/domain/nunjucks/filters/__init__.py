"""Nunjucks's filters, and promptfoo's own ``load``."""

from collections.abc import Callable
from typing import Any

from bot.domain.nunjucks.arguments import lenient
from bot.domain.nunjucks.filters import lists, numbers, texts, web

FILTERS: dict[str, Callable[..., Any]] = {
    name: lenient(function)
    for filters in (texts.FILTERS, lists.FILTERS, numbers.FILTERS, web.FILTERS)
    for name, function in filters.items()
}
