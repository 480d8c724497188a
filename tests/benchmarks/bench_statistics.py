"""Whether what is printed holds: `python -m tests.benchmarks.bench_statistics [SECTION …]` (minutes).

Simulates experiments with a known truth and counts how often tests, intervals and verdicts are wrong. Each
line: what, where, the share seen, plus or minus two Monte Carlo errors, what it should be, and how many
simulations it rests on.
"""

import math
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from bot.domain.experiments.calibration import calibrate, correct
from bot.domain.experiments.cells import Cell, CellKey
from bot.domain.experiments.progress import decided
from bot.domain.experiments.result import conclude
from bot.domain.experiments.results import Conclusion, Interval, VerdictKind
from bot.domain.statistics.bootstrap import ratio_of_totals, ratio_of_typical
from bot.domain.statistics.intervals import share_of_units, wilson
from bot.domain.statistics.paired import difference, mid_p_mcnemar, paired_p, paired_t
from bot.domain.statistics.sequential import confidence_sequence, mcnemar_e

SIZES = (10, 20, 40, 100, 200)
MARGIN = 0.05
Floats = NDArray[np.float64]


def line(what: str, where: str, hits: Iterable[bool], meant: str) -> None:
    seen = np.fromiter(hits, dtype=bool)
    share = seen.mean() if len(seen) else math.nan
    error = 2 * math.sqrt(share * (1 - share) / len(seen)) if len(seen) else math.nan
    print(f"  {what:<44} {where:<34} {share:.3f} ± {error:.3f}  {meant:<12} {len(seen):>6,}", flush=True)


def outcomes(
    rng: np.random.Generator, n: int, wins: float, losses: float, times: int
) -> list[tuple[int, int]]:
    """(wins, losses) of ``times`` experiments with n cases."""
    drawn = rng.multinomial(n, [wins, losses, 1 - wins - losses], times)
    return [(int(b), int(c)) for b, c, _ in drawn]


def signs(b: int, c: int, n: int) -> Floats:
    return np.repeat([1.0, -1.0, 0.0], [b, c, n - b - c])


@cache
def interval_of(b: int, c: int, n: int) -> Interval:
    found = difference(signs(b, c, n))
    assert found is not None
    return found.interval


@cache
def sequence_of(b: int, c: int, n: int, alpha: float = 0.05) -> Interval:
    return confidence_sequence(signs(b, c, n), alpha)


def cells_of(scores: Floats, costs: Sequence[float] = ()) -> list[Cell]:
    """Arms x cases (x repeats) of scores as an experiment's cells; arm 0 is the baseline."""
    shaped = scores if scores.ndim == 3 else scores[:, :, None]
    return [
        Cell(
            CellKey(f"a{a}", str(i), k),
            score=float(score),
            passed=bool(score >= 0.5),
            cost=costs[a] * (1 + 0.1 * (i % 5)) if costs else None,
        )
        for a, arm in enumerate(shaped)
        for i, case in enumerate(arm)
        for k, score in enumerate(case)
    ]


@cache
def concluded(b: int, c: int, n: int, *, cheap: bool = False) -> Conclusion:
    """A whole experiment with these wins and losses, as a person would see it."""
    gaps = signs(b, c, n)
    scores = np.stack([gaps < 0, gaps > 0]).astype(float)
    return conclude(cells_of(scores, (1.0, 0.5) if cheap else ()), baseline="a0", margin=MARGIN)


def after_adding(b: int, c: int, n: int) -> VerdictKind:
    """With the wider ranges that hold after cases were added to a result that was seen."""
    gaps = signs(b, c, n)
    scores = np.stack([gaps < 0, gaps > 0]).astype(float)
    found = conclude(cells_of(scores), baseline="a0", margin=MARGIN, stopped_early=True)
    return found.overall.kind


def kind_of(b: int, c: int, n: int, *, cheap: bool = False) -> VerdictKind:
    return concluded(b, c, n, cheap=cheap).overall.kind


def fixed(rng: np.random.Generator) -> None:
    print("Pass or fail, one look at n cases")
    for n in SIZES:
        for wins, losses in ((0.1, 0.1), (0.03, 0.03), (0.2, 0.1), (0.1, 0.0)):
            seen = outcomes(rng, n, wins, losses, 20_000)
            where = f"n={n}, wins {wins:.0%}, losses {losses:.0%}"
            true = wins - losses
            line(
                "interval of the difference holds it", where,
                (interval_of(b, c, n).low <= true <= interval_of(b, c, n).high for b, c in seen), ">= .95",
            )  # fmt: skip
            if true == 0:
                line("mid-p McNemar <= .05", where, (mid_p_mcnemar(b, c) <= 0.05 for b, c in seen), "<= .05")


def levels(rng: np.random.Generator) -> None:
    print("One arm by itself")
    for n in SIZES:
        for rate in (0.9, 0.6):
            passes = rng.binomial(n, rate, 20_000)
            found = {int(x): wilson(int(x), n) for x in set(passes)}
            line(
                "Wilson holds the pass rate", f"n={n}, rate {rate}",
                (found[int(x)].low <= rate <= found[int(x)].high for x in passes), ">= .95",
            )  # fmt: skip
        shares = rng.binomial(3, rng.beta(2, 1, (4_000, n))) / 3
        line(
            "the same with 3 repeats a case", f"n={n}, cases differ",
            (i.low <= 2 / 3 <= i.high for i in map(share_of_units, shares)), ">= .95",
        )  # fmt: skip


def graded(rng: np.random.Generator) -> None:
    print("Graded scores and repeats, one look")
    for n in SIZES:
        for name, draw, true in GRADED:
            gaps = draw(rng, 1_000, n)
            found = [difference(row) for row in gaps]
            line(
                f"interval, {name}", f"n={n}",
                (d.interval.low <= true <= d.interval.high for d in found if d), ">= .95",
            )  # fmt: skip
            if true == 0:
                p = (paired_p(row, seed=i) for i, row in enumerate(gaps))
                line(
                    f"sign flips p <= .05, {name}",
                    f"n={n}",
                    (x is not None and x <= 0.05 for x in p),
                    "<= .05",
                )


def _repeats(rng: np.random.Generator, times: int, n: int) -> Floats:
    rate = np.where(rng.random((times, n)) < 0.7, 0.98, rng.random((times, n)))
    return np.asarray((rng.binomial(3, rate) - rng.binomial(3, rate)) / 3)


def _skewed(rng: np.random.Generator, times: int, n: int) -> Floats:
    return rng.beta(8, 1, (times, n)) - rng.beta(4, 1, (times, n))


def _null(rng: np.random.Generator, times: int, n: int) -> Floats:
    return rng.beta(4, 1, (times, n)) - rng.beta(4, 1, (times, n))


def _rare(rng: np.random.Generator, times: int, n: int) -> Floats:
    return np.where(rng.random((times, n)) < 0.8, 0.0, rng.uniform(-0.2, 0.6, (times, n)))


GRADED: tuple[tuple[str, Callable[[np.random.Generator, int, int], Floats], float], ...] = (
    ("3 repeats", _repeats, 0.0),
    ("skewed, no difference", _null, 0.0),
    ("skewed, +.089", _skewed, 8 / 9 - 4 / 5),
    ("80 % ties, +.04", _rare, 0.04),
)


def clusters(rng: np.random.Generator) -> None:
    print("Cases in clusters of 5, no difference")
    for groups in (10, 20, 40):
        shared = rng.normal(0, 0.3, (4_000, groups, 1))
        gaps = np.clip(shared + rng.normal(0, 0.3, (4_000, groups, 5)), -1, 1)
        where = f"{groups} clusters"
        line("Student's t as if cases stood alone <= .05", where,
             (paired_t(row.ravel()) <= 0.05 for row in gaps), "(naive)")  # fmt: skip
        means = gaps.mean(axis=2)
        some = means[:1_000]
        line("sign flips of cluster means <= .05", where,
             ((paired_p(row) or 0) <= 0.05 for row in some), "<= .05")  # fmt: skip
        found = [difference(row) for row in means]
        line("interval over cluster means", where,
             (d.interval.low <= 0 <= d.interval.high for d in found if d), ">= .95")  # fmt: skip


def peeking(rng: np.random.Generator) -> None:
    print("Looking every 10 cases, stopping when it looks decided")
    for most in (200, 1_000):
        looks = range(10, most + 1, 10)
        naive, betting, covered, futile = [], [], [], []
        for _ in range(1_000):
            steps = rng.choice([1, -1, 0], size=most, p=[0.15, 0.15, 0.7])
            b, c = np.cumsum(steps == 1), np.cumsum(steps == -1)
            at = [(int(b[n - 1]), int(c[n - 1]), n) for n in looks]
            naive.append(any(b + c and _t(b, c, n) for b, c, n in at))
            betting.append(any(mcnemar_e(b, c) >= 20 for b, c, _ in at))
            sparse = at[:: max(1, most // 200)]
            covered.append(all(sequence_of(*x).low <= 0 <= sequence_of(*x).high for x in sparse))
            moved = rng.choice([1, -1, 0], size=most, p=[0.175, 0.125, 0.7])
            b, c = np.cumsum(moved == 1), np.cumsum(moved == -1)
            at = [(int(b[n - 1]), int(c[n - 1]), n) for n in looks][:: max(1, most // 200)]
            futile.append(any(decided(sequence_of(*x), 0.05) is VerdictKind.NO_DIFFERENCE for x in at))
        where = f"up to n={most}, no difference"
        line("paired t <= .05 at any look", where, naive, "(naive)")
        line("e-value >= 20 at any look", where, betting, "<= .05")
        line("confidence sequence holds 0 at every look", where, covered, ">= .95")
        line("stopped as futile in truth at the margin", f"up to n={most}, +5 points", futile, "<= .05")


@cache
def _t(b: int, c: int, n: int) -> bool:
    return paired_t(signs(b, c, n)) <= 0.05


def candidates(rng: np.random.Generator) -> None:
    print("Ten candidates, none better (100 cases, pass rate .8, cases differ)")
    any_ship, any_p, simultaneous = [], [], []
    for _ in range(400):
        rate = rng.beta(4, 1, 100)
        found = conclude(cells_of((rng.random((11, 100)) < rate).astype(float)), baseline="a0", margin=MARGIN)
        any_ship.append(any(v.kind is VerdictKind.SHIP for v in found.verdicts))
        any_p.append(any((c.p or 0) <= 0.05 and (c.difference or 0) > 0 for c in found.comparisons))
        limits = [c.interval for c in found.comparisons if c.interval]
        simultaneous.append(all(i.low <= 0 <= i.high for i in limits))
    line("some candidate's own p <= .05, and ahead", "10 candidates", any_p, "(naive)")
    line("some candidate is told to ship", "10 candidates", any_ship, "<= .025")
    line("all intervals hold 0", "10 candidates", simultaneous, ">= .95")


def verdicts(rng: np.random.Generator) -> None:
    print(f"Verdicts, margin {MARGIN:.0%}")
    ship, worse, same = VerdictKind.SHIP, VerdictKind.WORSE, VerdictKind.NO_DIFFERENCE
    for n in (20, 40, 100, 200, 400, 1_000):
        none = outcomes(rng, n, 0.1, 0.1, 5_000)
        line("SHIP, in truth no difference", f"n={n}", (kind_of(b, c, n) is ship for b, c in none),
             "<= .025")  # fmt: skip
        line("WORSE, in truth no difference", f"n={n}", (kind_of(b, c, n) is worse for b, c in none),
             "<= .025")  # fmt: skip
        edge = outcomes(rng, n, 0.125, 0.075, 5_000)
        line("NO DIFFERENCE, in truth at the margin", f"n={n}",
             (kind_of(b, c, n) is same for b, c in edge), "<= .025")  # fmt: skip
        below = outcomes(rng, n, 0.075, 0.125, 2_000)
        line("SHIP as cheaper, in truth worse by the margin", f"n={n}",
             (kind_of(b, c, n, cheap=True) is ship for b, c in below), "<= .025")  # fmt: skip
        ten = outcomes(rng, n, 0.18, 0.08, 2_000)
        line("SHIP, in truth 10 points better", f"n={n}", (kind_of(b, c, n) is ship for b, c in ten),
             "(power)")  # fmt: skip


def needed(rng: np.random.Generator) -> None:
    print("Running the cases that were said to be needed (first look at n=40)")
    n = 40
    for wins, losses in ((0.10, 0.10), (0.125, 0.075), (0.15, 0.05), (0.20, 0.05)):
        settled, as_seen, told, capped = [], [], [], []
        at_every_look: list[bool] = []
        wrong = []
        for b, c in outcomes(rng, n, wins, losses, 600):
            verdict = concluded(b, c, n).overall
            if verdict.kind is not VerdictKind.NEED_MORE:
                wrong.append(wins == losses and verdict.kind in (VerdictKind.SHIP, VerdictKind.WORSE))
                continue
            capped.append(verdict.needed_cases is None)
            if verdict.needed_cases is None:
                wrong.append(False)
                continue
            more = verdict.needed_cases
            told.append(more)
            ((x, y),) = outcomes(rng, more, wins, losses, 1)
            final = kind_of(b + x, c + y, n + more)
            settled.append(final is not VerdictKind.NEED_MORE)
            wrong.append(wins == losses and final in (VerdictKind.SHIP, VerdictKind.WORSE))
            if len(at_every_look) < 100:
                at_every_look.append(after_adding(b + x, c + y, n + more) is not VerdictKind.NEED_MORE)
            p, q = b / n, c / n
            ((x, y),) = outcomes(rng, n + more, p, q, 1)
            as_seen.append(kind_of(x, y, n + more) is not VerdictKind.NEED_MORE)
        where = f"wins {wins:.1%}, losses {losses:.1%}"
        print(f"  {where}: median told {np.median(told):.0f} more, "
              f"{np.quantile(told, 0.1):.0f} to {np.quantile(told, 0.9):.0f}")  # fmt: skip
        line("settled after the cases told", where, settled, "about .8")
        line("settled, were the truth just what was seen", where, as_seen, "about .8")
        line("the same with the ranges after Add N cases", where, at_every_look, "")
        line("told that no number would do", where, capped, "")
        if wins == losses:
            line("a false SHIP or WORSE, both looks together", where, wrong, "<= .05")


def money(rng: np.random.Generator) -> None:
    print("Cost and latency")
    for n in (10, 20, 40, 100, 200):
        sizes = rng.lognormal(0, 0.6, (1_000, n))
        base = sizes * rng.lognormal(0, 0.2, (1_000, n))
        new = 0.7 * sizes * rng.lognormal(0, 0.2, (1_000, n))
        costs = [ratio_of_totals(x, y) for x, y in zip(new, base, strict=True)]
        line("interval of the cost ratio", f"n={n}, in truth 0.7",
             (r.interval.low <= 0.7 <= r.interval.high for r in costs if r), ">= .95")  # fmt: skip
        slow, fast = rng.lognormal(6, 0.5, (1_000, n)), rng.lognormal(6, 0.5, (1_000, n))
        times = [ratio_of_typical(x, y) for x, y in zip(slow, fast, strict=True)]
        line("interval of the latency ratio", f"n={n}, in truth 1",
             (r.interval.low <= 1 <= r.interval.high for r in times if r), ">= .95")  # fmt: skip


def judges(rng: np.random.Generator) -> None:
    print("A judge held against people (people pass 70 %)")
    for n in (30, 50, 100, 300):
        for right in (0.95, 0.85):
            table = np.array([0.7 * right, 0.7 * (1 - right), 0.3 * (1 - right), 0.3 * right])
            passes = table[0] + table[2]
            chance = passes * 0.7 + (1 - passes) * 0.3
            true = (right - chance) / (1 - chance)
            held, rates, gates = [], [], []
            for seed, counts in enumerate(rng.multinomial(n, table, 1_000)):
                labels = np.repeat([0, 1, 2, 3], counts)
                found = calibrate([(x in (0, 2), x in (0, 1)) for x in labels], seed=seed)
                gates.append(found.may_gate)
                if found.kappa_interval:
                    held.append(found.kappa_interval.low <= true <= found.kappa_interval.high)
                true_rate = 0.8
                judged = true_rate * right + (1 - true_rate) * (1 - right)
                fixed_rate = correct(int(rng.binomial(500, judged)), 500, found)
                if fixed_rate:
                    rates.append(fixed_rate.interval.low <= true_rate <= fixed_rate.interval.high)
            where = f"{n} labels, right {right:.0%}, kappa {true:.2f}"
            line("bootstrap interval of kappa", where, held, ">= .95")
            line("interval of the corrected rate", where, rates, ">= .95")
            line("may gate", where, gates, "")


SECTIONS = {
    each.__name__: each
    for each in (fixed, levels, graded, clusters, peeking, candidates, verdicts, needed, money, judges)
}

if __name__ == "__main__":
    for wanted in sys.argv[1:] or SECTIONS:
        SECTIONS[wanted](np.random.default_rng(20261121))
