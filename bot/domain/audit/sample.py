"""A fair, repeatable sample of a log's texts."""

import heapq
from zlib import crc32

from bot.domain.audit.prints import TicketPrint
from bot.domain.tickets import Ticket

CHARACTERS = 1_000
_MASK = (1 << 64) - 1


class Sample:
    """The ``size`` tickets of smallest hash: the same ones in whatever order and batches they come
    (bottom-k sampling, Cohen and Kaplan 2007). Texts are cut to ``CHARACTERS``."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._heap: list[tuple[int, str]] = []
        self.seen = 0

    def add(self, ticket: Ticket, print_: TicketPrint) -> None:
        self.seen += 1
        # the id is mixed in so that copies of one text do not enter or stay out together
        order = (
            print_.exact ^ crc32(ticket.ticket_id.encode("utf-8", "surrogatepass"))
        ) * 0x9E3779B97F4A7C15 & _MASK
        if len(self._heap) < self._size:
            heapq.heappush(self._heap, (-order, ticket.text[:CHARACTERS]))
        elif -order > self._heap[0][0]:
            heapq.heapreplace(self._heap, (-order, ticket.text[:CHARACTERS]))

    @property
    def partial(self) -> bool:
        """Whether tickets were left out."""
        return self.seen > self._size

    def texts(self) -> list[str]:
        """In the order of their hashes."""
        return [text for _, text in sorted(self._heap, reverse=True)]
