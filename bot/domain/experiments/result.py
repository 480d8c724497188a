"""All that an experiment's cells show, in one call: used by the command line, Slack and reports."""

from collections.abc import Sequence

from bot.domain.experiments.cells import Case, Cell
from bot.domain.experiments.comparison import compare
from bot.domain.experiments.disagreements import disagreements
from bot.domain.experiments.frontier import cheapest_within_margin, frontier
from bot.domain.experiments.matrix import Matrix, build
from bot.domain.experiments.results import ArmSummary, Comparison, Conclusion, Guardrail
from bot.domain.experiments.slices import slice_results
from bot.domain.experiments.summary import summaries
from bot.domain.experiments.verdict import judge, overall
from bot.domain.experiments.wording import cases as number_of_cases
from bot.errors import InputError

MARGIN = 0.05


def conclude(
    cells: Sequence[Cell],
    *,
    cases: Sequence[Case] = (),
    baseline: str,
    margin: float = MARGIN,
    alpha: float = 0.05,
    arms: Sequence[str] = (),
    measure: str | None = None,
    guardrails: Sequence[Guardrail] = (),
    stopped_early: bool = False,
    seed: int = 0,
) -> Conclusion:
    """Summaries, comparisons with ``baseline``, verdicts, slices and the cases to read.

    ``margin`` is the largest difference that does not matter, in the score's units (.05: five points of a
    pass rate). ``arms`` gives their order; ``measure`` as in ``matrix.build``. ``stopped_early``: the run was
    ended because it looked decided, so only what stays valid then is used. Same input, same result.

    Raises:
        InputError: no cell is of ``baseline``.
    """
    matrix = build(cells, cases, arms, measure=measure)
    if baseline not in matrix.arms:
        raise InputError(
            f"There is no arm {baseline} to compare with.", hint=f"Arms: {', '.join(matrix.arms) or 'none'}."
        )
    compared = compare(
        matrix,
        cells,
        baseline,
        margin=margin,
        alpha=alpha,
        guardrails=guardrails,
        stopped_early=stopped_early,
        seed=seed,
    )
    verdicts = tuple(judge(each, margin=margin, alpha=alpha) for each in compared)
    summarised = summaries(matrix, cells, level=1 - alpha)
    return Conclusion(
        measure=matrix.measure,
        baseline=baseline,
        arms=summarised,
        comparisons=compared,
        verdicts=verdicts,
        overall=overall(verdicts, compared, baseline),
        cheapest_within_margin=cheapest_within_margin(summarised, compared, baseline, margin),
        slices=slice_results(matrix, cases, baseline, alpha=alpha, seed=seed),
        disagreements=disagreements(matrix, cases),
        frontier=frontier(summarised),
        margin=margin,
        alpha=alpha,
        notes=tuple(_notes(matrix, summarised, compared)),
    )


def _notes(matrix: Matrix, arms: Sequence[ArmSummary], compared: Sequence[Comparison]) -> list[str]:
    notes = [
        f"{arm.arm}: {arm.errors:,} call{'' if arm.errors == 1 else 's'} failed and count"
        f"{'s' if arm.errors == 1 else ''} for nothing"
        for arm in arms
        if arm.errors
    ]
    for each in compared:
        if each.excluded:
            left_out = f"{number_of_cases(each.excluded)} left out for want of an answer of both"
            counted = (
                "" if each.if_errors_fail is None else f"; counted as failed: {each.if_errors_fail:+.3g}"
            )
            notes.append(f"{each.candidate} and {each.baseline}: {left_out}{counted}")
    most = int(matrix.score.count.max(initial=0))
    if most > 1:
        notes.append(f"up to {most} answers a case are averaged; a case counts once")
    if any(each.clusters < each.n for each in compared):
        notes.append("cases of one group are averaged; a group counts once")
    if len(compared) > 1:
        notes.append(f"intervals and verdicts allow for {len(compared)} candidates (Holm)")
    return notes
