"""Whether there are enough tickets for what is asked of them."""

from bot.domain.audit.model import Enough, wilson
from bot.domain.audit.words import number, percent

EVIDENCE = 3
"""Distinct tickets a story needs before it can become ready."""
SURE = 0.95
ASKED = 0.02
"""The need to be found where nothing else is asked: one behind 2 % of the tickets."""


def judge(n: int, distinct: int, wanted: int | None = None) -> Enough:
    """``wanted``: how many stories are asked for. Their needs are of uneven size, so the smallest is taken to
    be behind half an even share of the tickets: 2.5 % where 20 are wanted."""
    asked = 1 / (2 * wanted) if wanted else ASKED
    needed = tickets_needed(asked)
    enough = distinct >= needed
    smallest = smallest_need(distinct) if distinct >= EVIDENCE else None
    margin = _margin(distinct) if distinct else None
    return Enough(
        n=n,
        distinct=distinct,
        wanted=wanted,
        needed=needed,
        enough=enough,
        smallest_need=smallest,
        margin=margin,
        sentence=_sentence(distinct, wanted, asked, needed, smallest, margin),
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


def _margin(n: int) -> float:
    low, high = wilson(n / 2, n)
    return (high - low) / 2


def _sentence(
    distinct: int, wanted: int | None, asked: float, needed: int, smallest: float | None, margin: float | None
) -> str:
    have = f"{number(distinct)} distinct ticket{'' if distinct == 1 else 's'}"
    if smallest is None or margin is None:
        return f"{have}: too few for any story, which needs {EVIDENCE} distinct ones to cite."
    goal = f"for {wanted} stories" if wanted else f"to find a need behind {percent(asked)} of tickets"
    verdict = f"enough {goal}" if distinct >= needed else f"too few {goal} ({number(needed)} are needed)"
    return (
        f"{have}: {verdict}. Needs behind {percent(smallest)} or more of them are met at least {EVIDENCE} times "
        f"(95 % sure), and a share of them is known to within {margin * 100:.1f} points."
    )
