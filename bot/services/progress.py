"""How a service says where it is: stage, done, total (None where nobody knows)."""

from collections.abc import Callable

Progress = Callable[[str, int, int | None], None]


def silent(_stage: str, _done: int, _total: int | None) -> None:
    """For callers that do not watch."""
