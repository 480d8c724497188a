"""For a pull request: the verdict first, then arms and comparisons, then where the arms disagree."""

import html
import re
from collections.abc import Iterator, Sequence

from bot.domain.experiments import telling as say
from bot.domain.experiments.cells import Case, Cell
from bot.domain.experiments.report import ExperimentReport
from bot.domain.fence import visible
from bot.domain.inert import INVISIBLE, markdown, plain

LONGEST = 65_000  # characters; GitHub refuses a comment of 65,536
_OUTPUT = 1_500
_DISAGREEMENTS = 5
_MARKS = {True: "✅ passed", False: "❌ failed", None: "not judged"}
_REFERENCE = re.compile(r"@(?=\w)|#(?=\d)|\bGH-(?=\d)", re.IGNORECASE)


def render(report: ExperimentReport) -> str:
    """Markdown in GitHub's dialect, short enough for a comment. Nothing foreign in it is obeyed."""
    head = "\n\n".join(_head(report))
    details = [*_disagreements(report), *_unsupported(report)]
    while details and len(head) + sum(len(one) + 2 for one in details) > LONGEST:
        details.pop()
    return "\n\n".join([head[:LONGEST], *details]) + "\n"


def _head(report: ExperimentReport) -> Iterator[str]:
    found = report.conclusion
    yield f"**{say.headline(report)}.** {markdown(say.sentence(report))}"
    if found.arms:
        yield _arms(report)
    if found.comparisons:
        yield _comparisons(report)
    if cheapest := say.cheapest(report):
        yield f"Cheapest within margin: {markdown(cheapest)}"
    yield "  \n".join(markdown(remark) for remark in (_what(report), *say.remarks(report)))


def _what(report: ExperimentReport) -> str:
    plan = report.plan
    cases = report.cases or f"{len(plan.cases)} cases"
    repeats = f", {plan.repeats} repeats" if plan.repeats > 1 else ""
    return f"{report.name} · {cases}{repeats} · {say.spend(report)} · {report.at:%d %b %Y %H:%M %Z}".strip()


def _arms(report: ExperimentReport) -> str:
    arms = report.conclusion.arms
    rows = [
        (
            markdown(arm.arm),
            say.arm_score(arm),
            str(arm.n),
            say.duration(arm.p95_ms),
            _dollars(say.money(arm.cost_per_1000)),
            str(arm.errors),
        )
        for arm in arms
    ]
    return _table(("arm", f"{arms[0].measure} (95 %)", "n", "p95", "per 1,000 calls", "errors"), rows)


def _comparisons(report: ExperimentReport) -> str:
    rows = [
        (
            markdown(one.candidate),
            say.difference(one),
            f"{one.wins} / {one.losses} / {one.ties}",
            say.comparison_p(one),
            say.ratio(one.cost) or say.NOTHING,
        )
        for one in report.conclusion.comparisons
    ]
    baseline = markdown(report.conclusion.comparisons[0].baseline)
    return _table((f"against {baseline}", "difference", "won / lost / tied", "p", "cost"), rows)


def _disagreements(report: ExperimentReport) -> Iterator[str]:
    cases = {case.id: case for case in report.plan.cases}
    for one in report.conclusion.disagreements[:_DISAGREEMENTS]:
        cells = [cell for cell in report.cells if cell.key.case == one.case and cell.key.repeat == 0]
        body = "\n\n".join(_cell(cell) for cell in cells)
        yield _details(f"Case {one.case}: {_gist(cases.get(one.case))}", body)


def _cell(cell: Cell) -> str:
    mark = "⚠️ failed call" if cell.error else _MARKS[cell.passed]
    reason = f": {markdown(cell.reason)[:500]}" if cell.reason and not cell.passed else ""
    return f"**{markdown(cell.key.arm)}** {mark}{reason}\n\n{_fenced(cell.error or cell.output)}"


def _gist(case: Case | None) -> str:
    """What the case is about, on one line: its description, or its first variable."""
    text = (case.description or next((str(value) for value in case.vars.values()), "")) if case else ""
    line = visible(text)
    return line if len(line) <= 120 else line[:119].rstrip() + "…"


def _unsupported(report: ExperimentReport) -> Iterator[str]:
    items = [f"- {markdown(one)}" for one in report.plan.unsupported]
    if items:
        yield _details(f"Not supported in this config ({len(items)})", "\n".join(items))


def _details(summary: str, body: str) -> str:
    return f"<details><summary>{_html(summary)}</summary>\n\n{body}\n\n</details>"


def _html(text: str) -> str:
    """For a line of HTML: Markdown's marks mean nothing there, but GitHub still finds mentions."""
    return _REFERENCE.sub(r"\g<0>&#8203;", html.escape(plain(text)))


def _fenced(text: str) -> str:
    """A code block that the text cannot end."""
    shown = INVISIBLE.sub("", text.replace("\r\n", "\n"))
    if len(shown) > _OUTPUT:
        shown = f"{shown[:_OUTPUT]}\n… ({len(shown) - _OUTPUT:,} more characters)"
    longest = max((len(run) for run in re.findall(r"`+", shown)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{shown}\n{fence}"


def _dollars(text: str) -> str:
    return text.replace("$", "\\$")  # two of them in a line would be mathematics on GitHub


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, [":--", *["--:"] * (len(head) - 1)], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
