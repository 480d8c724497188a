"""For people: one static page that holds everything, asks the network for nothing and obeys no output."""

import base64
import hashlib
from collections.abc import Iterable
from typing import Any

from bot import __version__
from bot.domain.experiments import telling as say
from bot.domain.experiments.plan import ModelSpec
from bot.domain.experiments.report import ExperimentReport
from bot.domain.experiments.results import GuardrailCheck, VerdictKind
from bot.reports import _figures as figures
from bot.reports import _page
from bot.reports._payload import letter, payload, template_text

_SHOWN = (
    "temperature",
    "top_p",
    "max_tokens",
    "max_completion_tokens",
    "seed",
    "reasoning_effort",
    "verbosity",
)
_MOODS = {
    VerdictKind.SHIP: "ship",
    VerdictKind.NO_DIFFERENCE: "same",
    VerdictKind.WORSE: "worse",
    VerdictKind.NEED_MORE: "open",
    VerdictKind.NOTHING_TO_COMPARE: "none",
}
_STATES = {True: "held", False: "broken", None: "unknown"}


def render(report: ExperimentReport) -> str:
    """A whole HTML document. Its content policy names the one style and the one program by their hashes."""
    style, script = _page.style(), _page.script()
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    inner = {"policy": policy, "style": style, "script": script, "payload": payload(report)}
    return _page.template().render(**_context(report), **inner)


def _context(report: ExperimentReport) -> dict[str, Any]:
    found = report.conclusion
    order = [planned.arm.id for planned in report.plan.arms]
    order += [arm.arm for arm in found.arms if arm.arm not in order]
    candidates = [one.candidate for one in found.comparisons]
    first = sorted(candidates, key=lambda name: name != found.overall.candidate)
    slices = [(name, figures.slices(found, name)) for name in first]
    shown = {
        "differences": figures.differences(found),
        "levels": figures.levels(found),
        "scatters": figures.scatters(found),
        "slices": [(name, groups) for name, groups in slices if groups and say.answered(report)],
    }
    return {
        **shown,
        "report": report,
        "found": found,
        "say": say,
        "letters": {name: letter(at) for at, name in enumerate(order)},
        "places": {name: at for at, name in enumerate(order)},
        "version": __version__,
        "cheapest": say.cheapest(report),
        "heading": say.heading(report),
        "kicker": report.name if report.name != report.title else "Experiment",
        "mood": _MOODS[found.overall.kind] if say.answered(report) else "none",
        "headline": say.headline(report),
        "sentence": say.sentence(report),
        "margin": say.change(found.margin, found.measure).lstrip("+"),
        "evalue": _evalue,
        "evidence": f"{len(candidates) / found.alpha:.0f}",
        "guardrails": [_guard(one.candidate, check) for one in found.comparisons for check in one.guardrails],
        "remarks": say.remarks(report),
        "tags": {arm.arm: _tags(report, arm.arm) for arm in found.arms},
        "metrics": sorted({name for arm in found.arms for name in arm.named}),
        "repeats": report.plan.repeats,
        "facts": _facts(report),
        "plan": _plan(report),
        "prompts": _prompts(report),
        "sections": _sections(shown, report),
    }


def _facts(report: ExperimentReport) -> list[str]:
    plan = report.plan
    found = [
        report.cases,
        _count(len(plan.cases), "case"),
        _count(len(plan.arms), "arm") + (f", {plan.repeats} repeats" if plan.repeats > 1 else ""),
        say.spend(report),
        f"{report.at:%d %b %Y, %H:%M %Z}".strip(),
    ]
    return [fact for fact in found if fact]


def _plan(report: ExperimentReport) -> list[tuple[str, str]]:
    plan = report.plan
    models = dict.fromkeys(_model(planned.model) for planned in plan.arms)
    rows = [
        ("Cases", f"{len(plan.cases):,} {f'from {report.cases}' if report.cases else ''}".strip()),
        ("Repeats", str(plan.repeats)),
        ("Calls", f"{len(report.cells):,}"),
        ("Models", "; ".join(models)),
        ("Judge", plan.judge),
        ("Order of cases", f"random, seed {report.seed}" if report.seed is not None else ""),
        ("Took", say.duration(report.seconds * 1000) if report.seconds is not None else ""),
        ("Spent", say.spend(report).removeprefix("Spent ")),
        ("Margin", say.change(report.conclusion.margin, report.conclusion.measure).lstrip("+")),
    ]
    return [(name, value) for name, value in rows if value]


def _model(model: ModelSpec) -> str:
    """Its name and the settings that shape an answer; the rest of a config may hold keys."""
    settings = ", ".join(f"{name} {model.config[name]}" for name in _SHOWN if name in model.config)
    name = model.id if model.name == model.id else f"{model.name} ({model.id})"
    return f"{name}, {settings}" if settings else name


def _prompts(report: ExperimentReport) -> list[dict[str, Any]]:
    """Each prompt once, the baseline's first, with the arms that use it."""
    base = report.conclusion.baseline
    found: dict[tuple[str, str], list[str]] = {}
    for planned in sorted(report.plan.arms, key=lambda one: one.arm.id != base):
        found.setdefault((planned.arm.prompt, template_text(planned.template)), []).append(planned.arm.id)
    return [{"name": name, "text": text, "arms": arms} for (name, text), arms in found.items()]


def _tags(report: ExperimentReport, arm: str) -> list[str]:
    found = report.conclusion
    kinds = {one.candidate: one.kind for one in found.verdicts}
    may_ship = [name for name, kind in kinds.items() if kind is VerdictKind.SHIP]
    return [
        tag
        for tag, holds in (
            ("Baseline", arm == found.baseline and bool(found.comparisons)),
            ("Recommended", bool(found.comparisons) and arm == found.overall.candidate and arm in may_ship),
            ("Cheapest within margin", arm == say.cheapest(report)),
        )
        if holds
    ]


def _guard(candidate: str, check: GuardrailCheck) -> dict[str, str]:
    state = _STATES[check.held]
    told = {"held": "held", "broken": "got worse", "unknown": "not known yet"}[state]
    seen = "" if check.value is None else f" ({'×' if check.ratio else ''} {check.value:.2f})"
    return {"state": state, "text": f"{candidate}: {check.name} {told}{seen}"}


def _sections(shown: dict[str, Any], report: ExperimentReport) -> list[tuple[str, str]]:
    there: Iterable[tuple[str, str, Any]] = (
        ("verdict", "Verdict", True),
        ("arms", "Arms", report.conclusion.arms),
        ("trade", "Cost", shown["scatters"]),
        ("slices", "Slices", shown["slices"]),
        ("disagreements", "Disagreements", report.conclusion.disagreements),
        ("cases", "Cases", True),
        ("setup", "Setup", True),
    )
    return [(place, name) for place, name, shows in there if shows]


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _evalue(value: float | None) -> str:
    if value is None:
        return say.NOTHING
    return f"{value:.3g}" if value < 1000 else "> 1,000"


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
