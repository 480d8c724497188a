"""Which names are bound where, as far as the template's text tells."""

from collections.abc import Iterator
from itertools import count

from bot.domain.nunjucks.nodes import Local


class Scope:
    """A loop, a macro or the whole template. ``around`` is seen from inside it."""

    def __init__(self, around: "Scope | None" = None, *, function: bool = True) -> None:
        self.around = around
        self._names: dict[str, int] = {}
        self._depth: int = around._depth + function if around else 0
        self._slots: Iterator[int] = count() if around is None or function else around._slots

    def bind(self, name: str) -> int:
        """A new place for the name, of which there is one per run of the function."""
        slot = self.slot()
        self._names[name] = slot
        return slot

    def slot(self) -> int:
        return next(self._slots)

    def find(self, name: str) -> Local | None:
        scope: Scope | None = self
        while scope is not None:
            if name in scope._names:
                return Local(scope._names[name], self._depth - scope._depth, name)
            scope = scope.around
        return None
