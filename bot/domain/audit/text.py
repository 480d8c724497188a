"""An audit as text that a product manager reads: plain in a terminal, Markdown elsewhere."""

from collections.abc import Iterator

from bot.domain.audit.enough import margin
from bot.domain.audit.model import AuditReport, Reason, Severity, Share
from bot.domain.audit.words import counted, label, language_name, listed, number, percent, personal

MEANING = {
    "A": "good to draft from",
    "B": "good to draft from, with the reservations below",
    "C": "usable with care: read the reasons before trusting an order of priorities",
    "D": "poor: draft only what you will check by hand",
    "F": "failed: stories drafted from these data would mislead",
}
_MARK = {
    Severity.FAIL: "stops drafting",
    Severity.SERIOUS: "serious",
    Severity.WARNING: "warning",
    Severity.NOTE: "note",
}


def render_audit(report: AuditReport) -> str:
    """The whole audit: grade, reasons with their fixes, whether there is enough, and what was measured."""
    blocks = [
        f"# Data audit: grade {report.grade}, {MEANING[report.grade]}",
        _intake(report),
        report.enough.sentence,
        "\n".join(_reasons(report)),
        "\n".join(["## What was measured", *_measured(report)]),
        _source(report),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _intake(report: AuditReport) -> str:
    kind = f" ({report.kind})" if report.kind else ""
    parts = [f"{number(report.rows)} rows{kind}: {number(report.accepted)} accepted"]
    if report.skipped:
        parts.append(f"{number(report.skipped)} kept aside")
    if report.rows > report.accepted + report.skipped:
        parts.append(f"{number(report.rows - report.accepted - report.skipped)} there already")
    return ", ".join(parts) + f"; {number(report.distinct)} distinct."


def _reasons(report: AuditReport) -> Iterator[str]:
    if not report.reasons:
        return
    yield "## Reasons, and what to change"
    yield from (_reason(reason) for reason in report.reasons)


def _reason(reason: Reason) -> str:
    return f"- {_MARK[reason.severity]}: {reason.sentence.rstrip('.')}: {reason.fix}."


def _measured(report: AuditReport) -> Iterator[str]:
    yield f"- no words: {_share(report.empties, 'rows')}"
    yield f"- unreadable: {_share(report.unreadable, 'tickets')}"
    yield f"- exact duplicates: {_share(report.exact_duplicates, 'rows')}"
    yield from _near(report)
    yield from _language(report)
    yield f"- abusive: {_share(report.abusive, 'tickets')}"
    if report.personal_data:
        kinds = (f"{personal(kind)} {number(count)}" for kind, count in report.personal_data.items())
        yield f"- tickets with personal data, removed: {listed(kinds)}"
    yield from _time(report)
    yield from _people(report)
    fills = [f"{label(field)} {percent(float(fill))}" for field, fill in report.fill_rates.items()]
    yield f"- filled in (n = {number(report.accepted)}): {', '.join(fills)}"


def _near(report: AuditReport) -> Iterator[str]:
    if report.near_duplicates is None:
        yield "- near duplicates: not looked for"
        return
    near = report.near_duplicates
    pairs = "; ".join(f"{pair.later} repeats {pair.earlier}" for pair in near.examples[:3])
    least = "at least " if near.capped else ""
    yield f"- near duplicates: {least}{_share(near.share, 'tickets')}" + (
        f", such as {pairs}" if pairs else ""
    )


def _language(report: AuditReport) -> Iterator[str]:
    shares = list(report.languages.items())
    if shares:
        mix = ", ".join(f"{language_name(code)} {percent(float(share))}" for code, share in shares[:6])
        first = shares[0][1]
        within = f" sampled, so within {margin(first.n) * 100:.1f} points" if first.low is not None else ""
        yield f"- languages: {mix} (n = {number(first.n)}{within})"
    if report.typo_rate is None:
        yield "- misspelt words: no English tickets to judge by"
        return
    typos = report.typo_rate
    such = f", such as {', '.join(typos.examples)}" if typos.examples else ""
    yield f"- misspelt words: {counted(typos.words, 'words')}{such}"


def _time(report: AuditReport) -> Iterator[str]:
    if report.first_date is None:
        yield "- dates: none"
        return
    gaps = listed(f"{gap.start} to {gap.end}" for gap in report.gaps[:5]) or "none found"
    age = number(report.age_days or 0)
    yield f"- dates: {report.first_date} to {report.last_date}, the newest {age} days old; gaps: {gaps}"


def _people(report: AuditReport) -> Iterator[str]:
    top = report.concentration.top_requester
    if top is not None:
        requesters = number(report.concentration.requesters)
        yield f"- requesters: {requesters}; the busiest wrote {counted(top, 'tickets')}"
    elif report.concentration.requesters:
        yield f"- requesters: {number(report.concentration.requesters)}; too few tickets with one to judge"
    for segments in report.segments:
        yield (
            f"- {label(segments.field)}: {segments.values} values; most often {segments.top}, "
            f"{counted(segments.top_share, 'tickets')}; evenness {segments.evenness:.2f} of 1"
        )


def _share(share: Share, things: str) -> str:
    return counted(share, things) if share.n else "nothing to judge by"


def _source(report: AuditReport) -> str:
    known = [f"{name} {text}" for name, text in report.source if text]
    return f"Source: {'; '.join(known)}." if known else ""
