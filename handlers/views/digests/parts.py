"""What a digest is put together of: blocks, each with its plain twin."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.views.kit import TEXT_CHARACTERS, Block, Markup, Message, clip, fit, joined, markup
from handlers.views.twin import twin

MOST = 15  # blocks of a digest; who wants more asks for it


@dataclass(frozen=True, slots=True)
class Part:
    """A block and the same in words: charts and tables say nothing to who cannot see them."""

    block: Block
    told: Markup


def part(block: Block, told: Markup | None = None) -> Part:
    """``told`` is what the block says, for one that holds no text of its own."""
    return Part(block, twin([block]) if told is None else told)


def put_together(parts: Sequence[Part], tail: Sequence[Block]) -> Message:
    """At most MOST blocks; ``tail`` is never left out, and its buttons say nothing."""
    blocks = fit([each.block for each in parts], _more, tail=tail, most=MOST)
    told = joined([*(each.told for each in parts), twin(tail)], "\n")
    return Message(clip(told, TEXT_CHARACTERS) or "…", blocks)


def _more(n: int) -> Markup:
    return markup("{} more parts; a preview of one feature shows them", n)
