"""How feedback looks on the command line: tables in plain words, and their JSON."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.text import Text

from bot.cli.fb_keys import HINT
from bot.cli.output import console, print_table

if TYPE_CHECKING:
    from bot.domain.feedback.agreement import Agreement
    from bot.domain.feedback.labelling import Queued
    from bot.domain.feedback.rates import Rate
    from bot.domain.feedback.reasons import Reason, Reasons, Remarks, Shift
    from bot.domain.feedback.summary import Slice, Summary

UNKNOWN = "not known"
SHOWN = 1_200  # characters of an output or of its input


def rate_json(rate: "Rate") -> dict[str, Any]:
    return {
        "up": rate.up,
        "n": rate.n,
        "people": rate.people,
        "share": rate.share,
        "low": rate.interval.low,
        "high": rate.interval.high,
        "enough": rate.enough,
    }


def summary_json(found: "Summary") -> dict[str, Any]:
    change, response = found.change, found.response
    return {
        "feature": found.feature,
        "since": found.since.isoformat(),
        "until": found.until.isoformat(),
        "outputs": found.outputs,
        "rate": rate_json(found.rate),
        "change": change
        and {
            "difference": change.difference,
            "low": change.interval.low,
            "high": change.interval.high,
            "clear": change.clear,
            "enough": change.enough,
            "before": rate_json(change.before),
        },
        "response": response
        and {
            "judged": response.judged,
            "shown": response.shown,
            "share": response.share,
            "low": response.interval.low,
            "high": response.interval.high,
        },
        "by_kind": [_slice_json(part) for part in found.by_kind],
        "by_prompt": [_slice_json(part) for part in found.by_prompt],
        "by_model": [_slice_json(part) for part in found.by_model],
        "by_week": [
            {"week": week.monday.isoformat(), "whole": week.whole, **rate_json(week.rate)}
            for week in found.by_week
        ],
        "sentences": list(found.sentences),
    }


def _slice_json(part: "Slice") -> dict[str, Any]:
    return {"name": part.name, **rate_json(part.rate)}


def print_summary(found: "Summary") -> None:
    for sentence in found.sentences:
        console().print(Text(sentence))
    for what, parts in (("kind", found.by_kind), ("prompt", found.by_prompt), ("model", found.by_model)):
        if len(parts) > 1 or (parts and parts[0].name and what != "kind"):
            rows = [_rate_row(part.name or UNKNOWN, part.rate) for part in parts]
            print_table(f"By {what}", (what, "👍", "#n", "#people", "95 %"), rows)
    weeks = [
        _rate_row(f"{week.monday}{'' if week.whole else ' (part)'}", week.rate) for week in found.by_week
    ]
    if weeks:
        print_table("By week", ("week of", "👍", "#n", "#people", "95 %"), weeks)


def _rate_row(name: str, rate: "Rate") -> tuple[object, ...]:
    from bot.domain.experiments.telling import SHARE, level, span

    if not rate.enough:
        return name, "too few to judge" if rate.n else "–", rate.n, rate.people, ""
    return name, level(rate.share, SHARE), rate.n, rate.people, span(rate.interval, SHARE)


def reasons_json(found: "Reasons") -> dict[str, Any]:
    return {
        "feature": found.feature,
        "since": found.since.isoformat(),
        "until": found.until.isoformat(),
        "downs": found.downs,
        "people": found.people,
        "explained": found.explained,
        "written": found.written,
        "reasons": [_reason_json(reason) for reason in found.reasons],
        "remarks": [_remarks_json(each) for each in found.remarks],
    }


def _reason_json(reason: "Reason") -> dict[str, Any]:
    return {
        "reason": reason.key,
        "label": reason.label,
        "n": reason.n,
        "people": reason.people,
        "share": reason.share,
        "low": reason.interval.low,
        "high": reason.interval.high,
        **_shift_json(reason.shift),
    }


def _remarks_json(each: "Remarks") -> dict[str, Any]:
    return {
        "label": each.label,
        "n": each.n,
        "people": each.people,
        "quotes": [{"text": quote.text, "output": quote.output} for quote in each.quotes],
        "outputs": list(each.outputs),
        **_shift_json(each.shift),
    }


def _shift_json(shift: "Shift") -> dict[str, Any]:
    change = {"change": shift.change, "low": shift.low, "high": shift.high, "clear": shift.clear}
    return {"before": shift.before, "new": shift.new, "against_before": change}


def print_reasons(found: "Reasons") -> None:
    from bot.domain.experiments.telling import SHARE, level, span

    said = f"{found.downs:,} 👎 by {found.people:,} people, {found.explained:,} with a reason"
    console().print(Text(f"{said}, {found.written:,} with words"))
    if found.reasons:
        rows = [
            (
                r.label,
                r.n,
                level(r.share, SHARE) if found.enough else "too few",
                span(r.interval, SHARE) if found.enough else "",
                r.people,
                r.shift.short,
            )
            for r in found.reasons
        ]
        print_table("Reasons", ("reason", "#n", "#of explained", "95 %", "#people", "against before"), rows)
    if found.remarks:
        rows_ = [
            (e.label, e.n, e.people, e.shift.short, "\n".join(f"“{q.text}”" for q in e.quotes))
            for e in found.remarks
        ]
        print_table("In their words", ("about", "#n", "#people", "against before", "quotes"), rows_)
    if found.downs:
        console().print(Text("A change whose interval holds 0 is no more than chance would do.", style="dim"))


def queue_json(items: Sequence["Queued"], given: Mapping[str, tuple[str, str]]) -> list[dict[str, Any]]:
    found = []
    for item in items:
        label, note = given.get(item.output.name, (None, ""))
        found.append(
            {
                "output": item.output.name,
                "why": item.why.value,
                "title": item.output.title,
                "input": dict(item.output.input),
                "text": item.output.text,
                "prompt": item.output.prompt,
                "model": item.output.model,
                "confidence": item.output.confidence,
                "up": item.up,
                "down": item.down,
                "label": label,
                "note": note,
            }
        )
    return found


def print_item(item: "Queued", place: int, of: int) -> None:
    """One output of the queue, and what one may press."""
    output, out = item.output, console()
    facts = [f"{item.why}", f"{item.up} 👍 {item.down} 👎" if item.up or item.down else ""]
    out.print(Text(f"\n{place} of {of} · {output.name}", style="bold"))
    out.print(Text(" · ".join(filter(None, (*facts, output.prompt, output.model))), style="dim"))
    for name, value in output.input.items():
        out.print(Text(f"{name}: ", style="bold") + Text(_short(str(value))))
    out.print(Text(_short(output.text)))
    out.print(Text(HINT, style="dim"))


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]} … ({len(text):,} characters)"


def agreement_json(found: "Agreement") -> dict[str, Any]:
    interval = found.interval
    return {
        "items": found.items,
        "labels": found.labels,
        "people": found.people,
        "alpha": found.alpha,
        "low": interval and interval.low,
        "high": interval and interval.high,
        "enough": found.enough,
        "pairs": [
            {"people": [p.first, p.second], "n": p.n, "agreed": p.agreed, "kappa": p.kappa}
            for p in found.pairs
        ],
        "sentence": found.sentence,
    }


def print_agreement(found: "Agreement") -> None:
    console().print(Text(found.sentence))
    rows = [
        (f"{p.first} and {p.second}", p.n, p.agreed, "–" if p.kappa is None else f"{p.kappa:.2f}")
        for p in found.pairs
    ]
    if rows:
        print_table("By pairs", ("people", "#both labelled", "#agreed", "#Cohen's kappa"), rows)
