"""Reports to look at and to test with: a believable experiment, and the ways in which one can be odd."""

import random
from collections.abc import Sequence
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
QUALITY = (0.66, 0.86, 0.8)  # how often each arm answers well
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


def support(repeats: int = 1, seed: int = 7) -> ExperimentReport:
    """Three arms on sixty questions."""
    plan = Plan(ARMS, cases(), repeats, description="Shorter replies that name the next step")
    dice = random.Random(seed)
    cells = [_answer(key, plan, dice) for key in plan.cells()]
    return report(
        plan,
        cells,
        title="Replies that name the next step",
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
    output = group[
        dice.choice(("good", "plain") if arm else ("good",)) if good else dice.choice(("vague", "wrong"))
    ]
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


def report(plan: Plan, cells: Sequence[Cell], *, title: str = "Sample", **rest: Any) -> ExperimentReport:
    """The cells concluded, at a fixed moment."""
    names = [planned.arm.id for planned in plan.arms]
    conclusion = conclude(cells, cases=plan.cases, baseline=names[0], arms=names)
    facts = {"name": "EX-31", "cases": "support@2", "seed": 7, "cap": 2.0, "seconds": 34.0, **rest}
    at = datetime(2026, 11, 21, 10, 12, tzinfo=UTC)
    return ExperimentReport(title=title, at=at, plan=plan, cells=tuple(cells), conclusion=conclusion, **facts)
