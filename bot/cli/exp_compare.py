"""`plumb exp compare`: anybody's scores, compared with an honest verdict."""

import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.errors import InputError

if TYPE_CHECKING:
    from bot.domain.experiments.results import ArmSummary, Comparison, Conclusion
    from bot.services.score_tables import ScoreTable


class CompareFormat(StrEnum):
    """What a comparison is printed as."""

    TABLE = "table"
    JSON = "json"
    MARKDOWN = "markdown"


EXIT_CODES = {"ship": 0, "no difference": 0, "worse": 1, "need more cases": 2}


def compare(
    file: Annotated[
        str, typer.Argument(help="CSV with the columns case, arm, score; - reads standard input.")
    ],
    base: Annotated[
        str, typer.Option(help="The arm to compare with; by default the file's first.", show_default=False)
    ] = "",
    margin: Annotated[
        float, typer.Option(help="Largest difference that does not matter, in the score's units.")
    ] = 0.05,
    alpha: Annotated[float, typer.Option(help="Share of false verdicts allowed; .05 is 95 % sure.")] = 0.05,
    format_: Annotated[
        CompareFormat | None,
        typer.Option(
            "--format", "-f", help="Default: table in a terminal, JSON when piped.", show_default=False
        ),
    ] = None,
) -> None:
    """Compare arms on the same cases: intervals, a paired test, and a verdict in plain words.

    Columns: case, arm, score; optional cluster, cost (dollars), latency_ms, slice_NAME. Several rows of one
    case and arm are repeats and averaged. Exits 0 for ship and no difference, 1 for worse, 2 where more cases
    are needed, 3 for bad input.
    """
    from bot.domain.experiments.result import conclude
    from bot.services.score_tables import read_scores

    _check(margin, alpha)
    table = read_scores(_data(file), name := _name(file))
    baseline = base or table.arms[0]
    if baseline not in table.arms:
        raise InputError(f"{name} has no arm {baseline}.", hint=f"Its arms: {', '.join(table.arms)}.")
    found = conclude(
        table.cells, cases=table.cases, baseline=baseline, margin=margin, alpha=alpha, arms=table.arms
    )
    if not any(comparison.n for comparison in found.comparisons):
        raise InputError(
            f"In {name}, {baseline} shares no scored case with any other arm.",
            hint="The column case must hold the same ids for every arm.",
        )
    notes = _notes(table, found, chosen=bool(base))
    chosen = format_ or (CompareFormat.TABLE if sys.stdout.isatty() else CompareFormat.JSON)
    _PRINTERS[chosen](found, notes)
    raise typer.Exit(EXIT_CODES[found.overall.kind.value])


def _check(margin: float, alpha: float) -> None:
    if not 0 <= margin < float("inf"):
        raise InputError("--margin is a number from 0 on.", hint="0.05 means five points of a pass rate.")
    if not 0 < alpha < 0.5:
        raise InputError("--alpha is between 0 and 0.5.", hint="0.05 gives 95 % intervals.")


def _data(file: str) -> bytes:
    if file == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(file).read_bytes()
    except OSError as error:
        raise InputError(
            f"{file} cannot be read: {error.strerror or 'it is not a file'}.", hint="Check the path."
        ) from None


def _name(file: str) -> str:
    return "standard input" if file == "-" else Path(file).name


def _notes(table: "ScoreTable", found: "Conclusion", *, chosen: bool) -> list[str]:
    first = (
        [] if chosen else [f"compared with {found.baseline}, the first arm of the file (--base changes it)"]
    )
    return [*first, *table.notes, *found.notes]


def facts(found: "Conclusion", notes: Sequence[str]) -> dict[str, Any]:
    """``comparison`` is that of the recommended arm, or of the first candidate where that is the baseline."""
    from bot.reports._facts import arm_facts, comparison_facts, limits, verdict_facts

    return {
        "measure": found.measure,
        "base": found.baseline,
        "margin": found.margin,
        "alpha": found.alpha,
        "arms": [arm_facts(arm) for arm in found.arms],
        "comparison": comparison_facts(_main(found)),
        "comparisons": [comparison_facts(one) for one in found.comparisons],
        "verdict": found.overall.kind.value,
        "recommended": found.overall.candidate,
        "needed_cases": found.overall.needed_cases,
        "sentence": found.overall.sentence,
        "verdicts": [verdict_facts(one) for one in found.verdicts],
        "cheapest_within_margin": found.cheapest_within_margin,
        "slices": [
            {
                "candidate": one.candidate,
                "slice": f"{one.column}={one.value}",
                "n": one.n,
                "judged": one.judged,
                "difference": one.difference,
                "interval": limits(one.interval),
                "p_adjusted": one.p_adjusted,
                "misses": list(one.misses),
            }
            for one in found.slices
        ],
        "disagreements": [{"case": one.case, "scores": dict(one.scores)} for one in found.disagreements],
        "notes": list(notes),
    }


def _main(found: "Conclusion") -> "Comparison":
    named = [one for one in found.comparisons if one.candidate == found.overall.candidate]
    return (named or list(found.comparisons))[0]


def _print_json(found: "Conclusion", notes: Sequence[str]) -> None:
    from bot.cli.output import print_json
    from bot.reports.json import finite

    print_json(finite(facts(found, notes)))


def _print_table(found: "Conclusion", notes: Sequence[str]) -> None:
    from bot.cli.output import console, print_table

    out = console()
    for title, columns, rows in _tables(found):
        print_table(title, columns, rows)
        out.print()
    out.print(f"{found.overall.sentence}.", markup=False)
    for line in _further(found):
        out.print(line, markup=False)
    for note in notes:
        out.print(f"  {note}", markup=False)


def _print_markdown(found: "Conclusion", notes: Sequence[str]) -> None:
    from bot.domain.inert import markdown

    lines = [f"**{markdown(found.overall.sentence)}.**", ""]
    for title, columns, rows in _tables(found):
        lines += [markdown(title), ""]
        lines.append("| " + " | ".join(markdown(column.lstrip("#")) for column in columns) + " |")
        lines.append(
            "| " + " | ".join("--:" if column.startswith("#") else ":--" for column in columns) + " |"
        )
        lines += ["| " + " | ".join(markdown(cell) for cell in row) + " |" for row in rows]
        lines.append("")
    lines += [f"- {markdown(line)}" for line in (*_further(found), *notes)]
    typer.echo("\n".join(lines))


_Table = tuple[str, Sequence[str], list[list[str]]]


def _tables(found: "Conclusion") -> list[_Table]:
    tables: list[_Table] = [
        (
            "Arms",
            ("arm", f"#{found.measure}", "#n", "#p95", "#$/1k", "#errors"),
            [_arm_row(arm) for arm in found.arms],
        ),
        (
            f"Against {found.baseline}",
            ("candidate", "#difference", "#won/lost/tied", "#p", "#cost"),
            [_comparison_row(one) for one in found.comparisons],
        ),
    ]
    judged = [one for one in found.slices if one.judged]
    if judged:
        rows = [_slice_row(found, one) for one in judged]
        tables.append(("Slices", ("slice", "candidate", "#n", "#difference", "#p"), rows))
    return tables


def _arm_row(arm: "ArmSummary") -> list[str]:
    from bot.domain.experiments import telling as say

    return [
        arm.arm,
        say.arm_score(arm),
        f"{arm.n:,}",
        say.duration(arm.p95_ms),
        say.money(arm.cost_per_1000),
        f"{arm.errors:,}",
    ]


def _comparison_row(one: "Comparison") -> list[str]:
    from bot.domain.experiments import telling as say

    return [
        one.candidate,
        say.difference(one),
        f"{one.wins:,}/{one.losses:,}/{one.ties:,}",
        say.comparison_p(one),
        say.ratio(one.cost) or say.NOTHING,
    ]


def _slice_row(found: "Conclusion", one: Any) -> list[str]:
    from bot.domain.experiments import telling as say

    change = say.change(one.difference, found.measure)
    span = say.change_span(one.interval, found.measure)
    return [
        f"{one.column}={one.value}",
        one.candidate,
        f"{one.n:,}",
        f"{change} ({span})",
        say.p_value(one.p_adjusted),
    ]


def _further(found: "Conclusion") -> list[str]:
    lines = []
    if len(found.verdicts) > 1:
        lines += [f"{verdict.candidate}: {verdict.sentence}." for verdict in found.verdicts]
    if found.cheapest_within_margin:
        lines.append(f"Cheapest within margin: {found.cheapest_within_margin}.")
    few = [f"{one.column}={one.value} ({one.n})" for one in found.slices if not one.judged]
    if few:
        lines.append(f"Too few to judge: {', '.join(dict.fromkeys(few))}.")
    if found.disagreements:
        lines.append(f"Read these cases first: {', '.join(one.case for one in found.disagreements)}.")
    return lines


_PRINTERS = {
    CompareFormat.TABLE: _print_table,
    CompareFormat.JSON: _print_json,
    CompareFormat.MARKDOWN: _print_markdown,
}
