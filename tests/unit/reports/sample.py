"""Reports to look at and to test with: a believable experiment, and the ways in which one can be odd."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.domain.experiments.cells import Arm, Case, Cell, CellKey
from bot.domain.experiments.plan import ModelSpec, Plan, PlannedArm, Template
from bot.domain.experiments.report import ExperimentReport
from bot.domain.experiments.result import conclude
from bot.domain.scoring import Assertion

BASE = """Answer the customer's question politely.

Customer: {{question}}"""
GPT, SMALL = (
    ModelSpec("openai:gpt-b"),
    ModelSpec("openai:small-b", config={"temperature": 0.2, "apiKey": "sk-hush"}),
)
BETTER = """Answer the customer's question in at most four sentences.
Name the rule that applies, then the one next step.
Never promise what you cannot see in the order.

Customer: {{question}}"""

ARMS = (
    PlannedArm(Arm("reply@3 · gpt-b", "reply@3", "gpt-b", "c0ffee"), Template(BASE), GPT),
    PlannedArm(Arm("reply@4 · gpt-b", "reply@4", "gpt-b", "decade"), Template(BETTER), GPT),
    PlannedArm(Arm("reply@4 · small-b", "reply@4", "small-b", "decade"), Template(BETTER), SMALL),
)
QUALITY = (0.7, 0.88, 0.74)  # how often each arm answers well
COST = (0.0021, 0.0024, 0.00061)  # US dollars a call
LATENCY = (2100.0, 1750.0, 640.0)  # milliseconds, the median


@cache
def topics() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("support.yaml").read_text("utf-8"))
    return found


def cases() -> tuple[Case, ...]:
    made: list[Case] = []
    for group in topics():
        for question in group["questions"]:
            number = len(made)
            made.append(
                Case(
                    f"T-{901 + number}",
                    {"question": question},
                    (
                        Assertion("icontains-all", group["must"], metric="facts"),
                        Assertion("word-count", {"max": 60}),
                    ),
                    slices={"topic": group["topic"], "channel": ("mail", "chat", "chat")[number % 3]},
                    origin=f"ticket T-{901 + number}",
                )
            )
    return tuple(made)


@cache
def support(repeats: int = 1, seed: int = 7) -> ExperimentReport:
    """Three arms on sixty questions."""
    plan = Plan(ARMS, cases(), repeats)
    dice = random.Random(seed)
    cells = [_answer(key, plan, dice) for key in plan.cells()]
    return report(
        plan,
        cells,
        title="Shorter replies that name the next step",
        spent=sum(cell.cost or 0 for cell in cells),
        judge="No judge: every check is deterministic.",
    )


def _answer(key: CellKey, plan: Plan, dice: random.Random) -> Cell:
    arm = [planned.arm.id for planned in ARMS].index(key.arm)
    number = [case.id for case in plan.cases].index(key.case)
    group = topics()[number // 4]
    if dice.random() < 0.012:
        return Cell(
            key, error="429 Too Many Requests after 4 tries: the provider's limit for this minute is used up"
        )
    hard = {"plants": 0.16, "billing": 0.06}.get(group["topic"], -0.05)
    good = dice.random() < QUALITY[arm] - hard
    ways = (("good", "plain") if arm else ("good",)) if good else ("vague", "wrong", "short", "short")
    way = dice.choice(ways)
    output = _without(group["must"][0], group["good"]) if way == "short" else group[way]
    if arm and good and dice.random() < 0.3:
        output = f"{output} Is there anything else I can help with?"
    parts = (_facts(group["must"], output), _length(output))
    failed = [part["reason"] for part in parts if not part["passed"]]
    return Cell(
        key,
        output,
        passed=not failed,
        score=float(not failed),
        named_scores={"facts": parts[0]["score"]},
        reason=failed[0] if failed else "All assertions passed",
        latency_ms=round(LATENCY[arm] * dice.lognormvariate(0, 0.35), 1),
        cost=round(COST[arm] * dice.uniform(0.8, 1.25), 7),
        input_tokens=180,
        output_tokens=len(output) // 4,
        parts=parts,
    )


def _without(word: str, text: str) -> str:
    """The text without the sentences that name ``word``: nearly right, which is the hardest to see."""
    kept = [part for part in text.split(". ") if word.lower() not in part.lower()]
    return ". ".join(kept) or "Please write to us again."


def _facts(must: Sequence[str], output: str) -> dict[str, Any]:
    missing = [word for word in must if word.lower() not in output.lower()]
    reason = f"Expected output to contain all of [{', '.join(must)}]. Missing: [{', '.join(missing)}]"
    return _part("icontains-all", reason if missing else "", "facts")


def _length(output: str) -> dict[str, Any]:
    count = len(output.split())
    return _part("word-count", f"Word count {count} is greater than maximum 60" if count > 60 else "", "")


def _part(kind: str, trouble: str, metric: str) -> dict[str, Any]:
    reason = trouble or "Assertion passed"
    return {
        "type": kind,
        "passed": not trouble,
        "score": float(not trouble),
        "reason": reason,
        "metric": metric,
    }


@cache
def one_arm() -> ExperimentReport:
    full = support()
    plan = replace(full.plan, arms=full.plan.arms[:1])
    return report(plan, [cell for cell in full.cells if cell.key.arm == plan.arms[0].arm.id])


@cache
def all_errors() -> ExperimentReport:
    full = support()
    error = "401 Unauthorized: the key of openai was refused"
    return report(full.plan, [Cell(cell.key, error=error) for cell in full.cells], stopped="every call fails")


@cache
def no_cases() -> ExperimentReport:
    plan = Plan(ARMS, (), unsupported=("tests[0].assert[1]: type webhook is not supported",))
    return report(plan, [])


@cache
def many(cases_each: int = 1667) -> ExperimentReport:
    """Three arms on 1,667 cases: 5,001 cells."""
    full = support()
    by_key = {cell.key: cell for cell in full.cells}
    long: list[Case] = []
    cells: list[Cell] = []
    for number in range(cases_each):
        case = full.plan.cases[number % 60]
        long.append(replace(case, id=f"T-{number + 1:04}"))
        for planned in ARMS:
            cell = by_key[CellKey(planned.arm.id, case.id)]
            cells.append(replace(cell, key=CellKey(planned.arm.id, long[-1].id)))
    return report(Plan(ARMS, tuple(long)), cells, title="Five thousand cells")


@cache
def many_arms() -> ExperimentReport:
    """Nine arms with long names, graded, three repeats."""
    names = [
        f"support-reply-with-citations@{n} · provider-{n}:a-model-with-a-rather-long-name-2026-11"
        for n in range(9)
    ]
    arms = tuple(replace(ARMS[0], arm=Arm(name, name.split(" ")[0], name)) for name in names)
    plan = Plan(arms, cases()[:40], repeats=3)
    dice = random.Random(3)
    cells = [
        Cell(key, f"Answer {dice.randrange(9)}", dice.random() < 0.6, round(dice.betavariate(3, 1.4), 3),
             latency_ms=dice.uniform(200, 5000), cost=0.0001 * 2 ** names.index(key.arm))
        for key in plan.cells()
    ]  # fmt: skip
    return report(
        plan, cells, title="Nine arms with names that are longer than anybody would like them to be"
    )


def with_texts(texts: Sequence[str]) -> ExperimentReport:
    """Every foreign text of a report at once: names, questions, outputs, reasons, errors."""
    arms = tuple(
        replace(planned, arm=replace(planned.arm, id=f"{planned.arm.id} {text}"))
        for planned, text in zip(ARMS, (texts[0], texts[-1], texts[len(texts) // 2]), strict=True)
    )
    made = tuple(_case_of(number, text) for number, text in enumerate(texts))
    plan = Plan(arms, made, unsupported=tuple(texts[:3]), description=texts[0])
    cells = [_cell_of(number, key) for number, key in enumerate(plan.cells())]
    return report(plan, cells, title=texts[0], judge=texts[0], notes=tuple(texts[:2]), cases=texts[0])


def _case_of(number: int, text: str) -> Case:
    asked = (Assertion("equals", text),)
    slices = {"topic": text}
    return Case(f"{number} {text}", {"question": text, text: text}, asked, None, text, slices, origin=text)


def _cell_of(number: int, key: CellKey) -> Cell:
    text, passed = key.case, bool(number % 2)
    if number % 5 == 0:
        return Cell(key, error=text)
    part = {"type": text, "passed": passed, "score": 1.0, "reason": text, "metric": text}
    return Cell(key, text, passed, float(passed), {text: 1.0}, text, parts=(part,))


@cache
def odd() -> ExperimentReport:
    """Right to left, emoji, what cannot be seen, and much too long."""
    return with_texts(
        (
            "مرحبا، أين طلبي رقم 44817؟ شكرا",
            "שלום, לא קיבלתי את ההחזר",
            "👩‍👩‍👧‍👦 🏳️‍🌈 thanks!! 🙏🏽",
            "zero\u200bwidth \u202egnp.exe\u202c and \x1b[31mred",
            "Z̷͎͝a̶l̴g̵o̴ ẗ̸́e̶x̷t̷",
            "x" * 5000,
            "word " * 30_000,
            "日本語のとても長い文章です。" * 40,
            "line one\r\nline two\n\n\n\tindented",
        )
    )


def report(plan: Plan, cells: Sequence[Cell], *, title: str = "Sample", **rest: Any) -> ExperimentReport:
    """The cells concluded, at a fixed moment."""
    names = [planned.arm.id for planned in plan.arms]
    conclusion = conclude(cells, cases=plan.cases, baseline=names[0], arms=names)
    facts = {"name": "EX-31", "cases": "support@2", "seed": 7, "cap": 2.0, "seconds": 34.0, **rest}
    at = datetime(2026, 11, 21, 10, 12, tzinfo=UTC)
    return ExperimentReport(title=title, at=at, plan=plan, cells=tuple(cells), conclusion=conclusion, **facts)
