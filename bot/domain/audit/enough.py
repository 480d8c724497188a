"""Whether there are enough tickets for what is asked of them."""

from bot.domain.audit.model import Enough, wilson
from bot.domain.audit.words import distinct_tickets, number, percent

EVIDENCE = 3
"""Distinct tickets a story needs before it can become ready."""
SURE = 0.95
ASKED = 0.02
"""The need to be found where nothing else is asked: one behind 2 % of the tickets."""


def judge(n: int, distinct: int, wanted: int | None = None) -> Enough:
    """``wanted``: how many distinct tickets were asked for; without it, as many as show a need behind
    ``ASKED`` of the tickets."""
    needed = wanted or tickets_needed(ASKED)
    return Enough(
        n=n,
        distinct=distinct,
        wanted=wanted,
        needed=needed,
        enough=distinct >= max(needed, EVIDENCE),
        smallest_need=smallest_need(distinct) if distinct >= EVIDENCE else None,
        margin=margin(distinct) if distinct else None,
        sentence=_sentence(distinct, needed, wanted),
    )


def chance_of_evidence(n: int, share: float) -> float:
    """Probability that a need behind ``share`` of all tickets is in ``n`` of them at least three times."""
    rest = 1 - share
    fewer = rest**n + n * share * rest ** max(n - 1, 0) + n * (n - 1) / 2 * share**2 * rest ** max(n - 2, 0)
    return 1 - fewer if n >= EVIDENCE else 0.0


def tickets_needed(share: float) -> int:
    """Fewest tickets in which a need of that share is met three times, 95 times in 100."""
    low, high = EVIDENCE, EVIDENCE
    while chance_of_evidence(high, share) < SURE:
        low, high = high, high * 2
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if chance_of_evidence(middle, share) >= SURE else (middle + 1, high)
    return low


def smallest_need(n: int) -> float:
    """Smallest share that is met three times in ``n`` (3 or more) tickets, 95 times in 100; to 1e-9."""
    low, high = 0.0, 1.0
    while high - low > 1e-9:
        middle = (low + high) / 2
        low, high = (low, middle) if chance_of_evidence(n, middle) >= SURE else (middle, high)
    return high


def margin(n: int) -> float:
    """Half-width of the 95 % interval of a share seen in half of ``n`` tickets: the widest there is."""
    low, high = wilson(n / 2, n)
    return (high - low) / 2


def _sentence(distinct: int, needed: int, wanted: int | None) -> str:
    have = distinct_tickets(distinct)
    if distinct < EVIDENCE:
        return f"{have.capitalize()}: too few for any story, which cites at least {EVIDENCE} distinct ones."
    goal = (
        f"for the {number(needed)} asked for"
        if wanted
        else f"to find a need behind {percent(ASKED)} of tickets"
    )
    missing = "" if wanted else f" (about {number(needed)} would do)"
    verdict = f"enough {goal}" if distinct >= needed else f"too few {goal}{missing}"
    return (
        f"{have}: {verdict}. A need behind {percent(smallest_need(distinct))} of tickets shows up {EVIDENCE} "
        f"times or more (95 % sure), and a share is known to within {margin(distinct) * 100:.1f} points."
    )
