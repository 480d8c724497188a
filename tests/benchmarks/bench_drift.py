"""How good drift's alarms are: `python -m tests.benchmarks.bench_drift [quiet] [found] [series] [causes]`.

quiet: alarms in 100 weeks of simulated series in which nothing happens, by ratings a week and by how much the
weeks' own rates wobble (standard deviation on the logit scale). found: shares of simulated changes found, by
size. series and causes: the shared development data, by kind and family with their own scorer, and the
seconds of processor time. The simulations are ours and share nothing with those data but what a product's
rates look like.
"""

import csv
import importlib.util
import math
import sys
import time
from collections.abc import Iterable, Sequence
from types import ModuleType

import numpy as np
import pandas as pd

from bot.detectors import DETECTORS
from bot.domain.drift.series import Kind, Mean, Mix, Observation, Series, Share, Total
from bot.embeddings.minilm import MiniLM
from bot.services.drift.cases import explain_cases
from bot.services.drift.replay import replay
from tests.paths import SHARED_DATA

FOLDER = SHARED_DATA / "drift"
SIZES = (10, 25, 60, 150, 500, 2000)
WOBBLES = (0.0, 0.1, 0.2)
RATES = (0.92, 0.8, 0.65, 0.1)
SERIES, WEEKS, WARM, WITHIN = 40, 36, 4, 7


def main(chosen: Sequence[str]) -> None:
    for name, section in SECTIONS.items():
        if name in chosen or not chosen:
            print(f"\n{name}")
            section()


def quiet() -> None:
    """Per kind, a row for each wobble, a column for each size; weeks before the fifth do not count."""
    for kind in (Kind.PROPORTION, Kind.MIX, Kind.NUMERIC):
        print(f"  {kind}: alarms in 100 quiet weeks; n of {', '.join(map(str, SIZES))}")
        for wobble in WOBBLES:
            shares = [quiet_rate(kind, size, wobble) for size in SIZES]
            print(f"    wobble {wobble:.1f}   " + "  ".join(f"{share:5.2f}" for share in shares), flush=True)
    for name, values in (("level", 0.0), ("random walk", 1.0)):
        print(f"  count, {name}: {quiet_totals(walk=values):.2f}")


def quiet_rate(kind: Kind, size: int, wobble: float) -> float:
    rng = np.random.default_rng(size)
    alarms = sum(
        len(judged(kind, [observed(kind, week, rng, size, wobble, RATES[i % 4]) for week in range(WEEKS)]))
        for i in range(SERIES)
    )
    return 100 * alarms / (SERIES * (WEEKS - WARM))


def quiet_totals(walk: float) -> float:
    rng = np.random.default_rng(1)
    alarms = 0
    for _ in range(SERIES):
        noise = rng.standard_normal(104)
        values = 500 + 20 * (np.cumsum(noise) if walk else noise)
        alarms += len(judged(Kind.COUNT, [Total(week, float(value)) for week, value in enumerate(values)]))
    return 100 * alarms / (SERIES * (104 - WARM))


def found() -> None:
    """Share found within seven weeks and mean delay, of steps in week 18."""
    for before, after in ((0.92, 0.84), (0.8, 0.7), (0.65, 0.55), (0.1, 0.16), (0.92, 0.88)):
        line = []
        for size in SIZES:
            rng = np.random.default_rng(size)
            delays = [found_after(rng, size, WOBBLES[i % 3], before, after) for i in range(SERIES)]
            known = [delay for delay in delays if delay is not None]
            line.append(f"{len(known) / SERIES:.2f}/{np.mean(known) if known else math.nan:3.1f}")
        print(f"  {before:.2f} to {after:.2f}   " + "  ".join(line), flush=True)


def found_after(
    rng: np.random.Generator, size: int, wobble: float, before: float, after: float
) -> int | None:
    weeks = [
        observed(Kind.PROPORTION, week, rng, size, wobble, before if week < 18 else after)
        for week in range(25)
    ]
    return next((week - 18 for week in judged(Kind.PROPORTION, weeks) if 18 <= week < 18 + WITHIN), None)


def judged(kind: Kind, weeks: Iterable[Observation]) -> list[int]:
    detector = DETECTORS[kind](Series("s", kind))
    alarms = [alarm for week in weeks if (alarm := detector.see(week)) is not None]
    return [alarm.week for alarm in alarms if alarm.week >= WARM]


def observed(
    kind: Kind, week: int, rng: np.random.Generator, size: int, wobble: float, rate: float
) -> Observation:
    n = max(1, int(size * rng.lognormal(-0.08, 0.4)))
    if kind is Kind.MIX:
        logits = np.log([0.4, 0.25, 0.15, 0.1, 0.06, 0.04]) + wobble * rng.standard_normal(6)
        counts = rng.multinomial(n, np.exp(logits) / np.exp(logits).sum())
        return Mix(week, {str(i): int(count) for i, count in enumerate(counts)})
    if kind is Kind.NUMERIC:
        rows = np.exp(wobble * rng.standard_normal() + rng.standard_normal(n))
        return Mean(week, n, float(rows.mean()), float(rows.std()))
    moved = math.log(rate / (1 - rate)) + wobble * rng.standard_normal()
    return Share(week, n, int(rng.binomial(n, 1 / (1 + math.exp(-moved)))))


def series() -> None:
    started = time.process_time()
    raised = [(found.series, found.alarm.week) for found in replay(FOLDER, MiniLM(threads=1))]
    spent = time.process_time() - started
    scorer().score(str(FOLDER), pd.DataFrame(raised, columns=["series_id", "week"]))
    print(f"  {spent:.0f} s of processor time")


def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("drift_score", FOLDER / "score.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"There is no scorer in {FOLDER}.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def causes() -> None:
    with (FOLDER / "attribution_labels.csv").open(encoding="utf-8") as file:
        labels = {row["case_id"]: (row["cause"], row["dim"], row["value"]) for row in csv.DictReader(file)}
    right = 0
    for case, cause in explain_cases(FOLDER / "attribution_cases.csv"):
        said = (cause.kind.value, cause.dim, cause.value)
        right += said == labels[case]
        if said != labels[case]:
            print(f"  {case}: {labels[case]}, said {said} ({cause.probability:.0%})")
    print(f"  {right} of {len(labels)} fully right")


SECTIONS = {"quiet": quiet, "found": found, "series": series, "causes": causes}

if __name__ == "__main__":
    main(sys.argv[1:])
