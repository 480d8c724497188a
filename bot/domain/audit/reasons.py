"""Reasons: each finding worth a sentence, how grave it is, and the change in the workflow that mends it."""

from collections.abc import Callable, Iterator, Mapping

from bot.domain.audit.columns import NO_SEGMENTS, TOO_FEW
from bot.domain.audit.enough import ASKED, EVIDENCE
from bot.domain.audit.fixes import FIXES
from bot.domain.audit.grading import severity_of
from bot.domain.audit.language import UNKNOWN
from bot.domain.audit.model import Enough, Findings, Reason, Severity, Share, SourceRecord
from bot.domain.audit.words import (
    counted,
    distinct_tickets,
    label,
    language_name,
    listed,
    number,
    percent,
    personal,
)

WORST_COLUMNS = 3
STALE_DAYS = ((Severity.NOTE, 30), (Severity.WARNING, 90), (Severity.SERIOUS, 365))
SENSITIVE = frozenset({"CARD", "IBAN", "SECRET", "SSN"})
BESIDE = frozenset({"created_at", "requester"})


def all_reasons(findings: Findings, enough: Enough, source: SourceRecord) -> tuple[Reason, ...]:
    """Gravest first; equals in the order of the checks."""
    reasons = [
        *_sufficiency(enough),
        *(reason for rule in RULES for reason in rule(findings)),
        *_source(source),
    ]
    order = list(Severity)
    return tuple(sorted(reasons, key=lambda reason: order.index(reason.severity)))


def _reason(code: str, severity: Severity, figure: float | None, sentence: str) -> Reason:
    return Reason(
        code=code,
        severity=severity,
        number=figure,
        sentence=sentence[:1].upper() + sentence[1:],
        fix=FIXES[code],
    )


def _rated(code: str, share: Share, sentence: str, *, fewest: int = 1) -> Iterator[Reason]:
    """A reason as grave as ``LIMITS`` says; none where fewer than ``fewest`` are too few to judge by."""
    severity = severity_of(code, float(share))
    if severity is not None and share.n >= fewest:
        yield _reason(code, severity, share.share, sentence)


def _sufficiency(enough: Enough) -> Iterator[Reason]:
    have = distinct_tickets(enough.distinct)
    if enough.distinct < EVIDENCE:
        be = "is" if enough.distinct == 1 else "are"
        sentence = f"there {be} {have}, and a story cites at least {EVIDENCE}"
        yield _reason("few_distinct", Severity.FAIL, enough.distinct, sentence)
    elif not enough.enough:
        goal = f"for the {number(enough.needed)} asked for"
        if enough.wanted is None:
            goal = f"to find a need behind {percent(ASKED)} of them (about {number(enough.needed)} would do)"
        yield _reason("not_enough", Severity.WARNING, enough.distinct, f"{have} are too few {goal}")


def _rows(findings: Findings) -> Iterator[Reason]:
    empty, unreadable = findings.empties, findings.unreadable
    yield from _rated("empty_rows", empty, f"{counted(empty, 'rows')} hold no words")
    bad = Share.of(findings.bad_rows, findings.rows)
    yield from _rated("bad_rows", bad, f"{counted(bad, 'rows')} could not be used and were kept aside")
    sentence = f"{counted(unreadable, 'tickets')} are binary, encoded or wrongly decoded text"
    yield from _rated("unreadable", unreadable, sentence)


def _duplicates(findings: Findings) -> Iterator[Reason]:
    exact, near = findings.exact_duplicates, findings.near_duplicates
    yield from _rated(
        "exact_duplicates", exact, f"{counted(exact, 'rows')} repeat an earlier one word for word"
    )
    if near:
        least = "at least " if near.capped else ""
        sentence = f"{least}{counted(near.share, 'tickets')} nearly repeat an earlier one"
        yield from _rated("near_duplicates", near.share, sentence, fewest=TOO_FEW)


def _dates(findings: Findings) -> Iterator[Reason]:
    missing = _missing(findings.fill_rates["created_at"])
    told = "cannot be told" if missing.count == missing.n else "can only partly be told"
    yield from _rated(
        "missing_dates", missing, f"{_lacking(missing, 'creation date')}, so trends, gaps and age {told}"
    )
    odd = Share.of(findings.odd_dates, missing.n - missing.count)
    yield from _rated("odd_dates", odd, f"{counted(odd, 'dates')} lie in the future or before 1990")
    days = findings.age_days or 0
    grave = [severity for severity, limit in STALE_DAYS if days > limit]
    if grave:
        yield _reason("stale", grave[-1], days, f"The newest ticket is {number(days)} days old")


def _gaps(findings: Findings) -> Iterator[Reason]:
    if not findings.gaps:
        return
    longest = max(findings.gaps, key=lambda gap: gap.days)
    others = len(findings.gaps) - 1
    more = f" and in {others} other stretch{'es' if others > 1 else ''}" if others else ""
    sentence = (
        f"No ticket came from {longest.start} to {longest.end} ({longest.days} days){more}, "
        "although the log's own rhythm expects some"
    )
    yield _reason("gaps", Severity.WARNING, sum(gap.days for gap in findings.gaps), sentence)


def _columns(findings: Findings) -> Iterator[Reason]:
    missing = _missing(findings.fill_rates["requester"])
    sentence = f"{_lacking(missing, 'requester')}, so one loud customer cannot be told from many"
    yield from _rated("missing_requesters", missing, sentence)
    dividing = {
        field: _missing(fill)
        for field, fill in findings.fill_rates.items()
        if field not in BESIDE and field not in NO_SEGMENTS
    }
    for field, empty in sorted(dividing.items(), key=lambda item: -float(item[1]))[:WORST_COLUMNS]:
        yield from _rated("missing_field", empty, _lacking(empty, label(field)))
    if not dividing and findings.accepted:
        sentence = "No column divides the tickets, so it cannot be said whose need a need is"
        yield _reason("no_segments", Severity.WARNING, None, sentence)


def _balance(findings: Findings) -> Iterator[Reason]:
    top = findings.concentration.top_requester
    if top:
        yield from _rated("one_requester", top, f"one requester wrote {counted(top, 'tickets')}")
    for segments in findings.segments:
        field, share = label(segments.field), segments.top_share
        sentence = f"{counted(share, 'tickets')} have {segments.top!r} as their {field}"
        yield from _rated("one_segment", share, sentence, fewest=TOO_FEW)
        if segments.thin:
            smallest = listed(f"{value} {count}" for value, count in list(segments.thin.items())[:3])
            some = f"{len(segments.thin)} of {segments.values} values of {field}"
            sentence = (
                f"With fewer than {TOO_FEW} tickets, {some} cannot be judged (the smallest: {smallest})"
            )
            yield _reason("thin_segments", Severity.NOTE, len(segments.thin), sentence)


def _language(findings: Findings) -> Iterator[Reason]:
    told = {code: share.count for code, share in findings.languages.items() if code != UNKNOWN}
    unknown = findings.languages.get(UNKNOWN, Share.of(0, 0))
    sentence = f"{counted(unknown, 'tickets')} are too short or too mixed to tell their language"
    yield from _rated("unknown_language", unknown, sentence, fewest=TOO_FEW)
    if not told:
        return
    main, *rest = told
    sampled = unknown.low is not None or any(share.low is not None for share in findings.languages.values())
    others = Share.of(sum(told[code] for code in rest), sum(told.values()), sampled=sampled)
    names = listed(language_name(code) for code in rest[:3]) + (" and others" if len(rest) > 3 else "")
    sentence = f"{counted(others, 'tickets')} are not in {language_name(main)} but in {names}"
    yield from _rated("mixed_languages", others, sentence, fewest=TOO_FEW)
    if main != "en":
        name = language_name(main)
        sentence = f"Most tickets are in {name}, and misspellings and abuse are only looked for in English"
        yield _reason("not_english", Severity.NOTE, None, sentence)


def _content(findings: Findings) -> Iterator[Reason]:
    typos, abusive, found = findings.typo_rate, findings.abusive, findings.personal_data
    if typos:
        sentence = (
            f"{counted(typos.words, 'words')} are misspelt, in {counted(typos.tickets, 'English tickets')}"
        )
        yield from _rated("typos", typos.words, sentence, fewest=TOO_FEW)
    sentence = f"{counted(abusive, 'tickets')} swear, insult or threaten"
    yield from _rated("abusive", abusive, sentence, fewest=TOO_FEW)
    secret = {kind: count for kind, count in found.items() if kind in SENSITIVE}
    if secret:
        yield _reason("secrets", Severity.WARNING, max(secret.values()), _removed(secret, findings.accepted))
    elif found:
        yield _reason("personal_data", Severity.NOTE, max(found.values()), _removed(found, findings.accepted))


def _source(source: SourceRecord) -> Iterator[Reason]:
    missing = [name for name in ("owner", "licence", "consent") if not getattr(source, name)]
    if missing:
        sentence = f"Nobody has recorded the {listed(missing)} of these data"
        yield _reason("no_source_record", Severity.NOTE, len(missing), sentence)


def _missing(fill: Share) -> Share:
    return Share.of(fill.n - fill.count, fill.n)


def _lacking(missing: Share, thing: str) -> str:
    return (
        f"no ticket has a {thing}"
        if missing.count == missing.n
        else f"{counted(missing, 'tickets')} have no {thing}"
    )


def _removed(kinds: Mapping[str, int], tickets: int) -> str:
    shown = listed(f"{personal(kind)} in {number(count)}" for kind, count in list(kinds.items())[:4])
    return f"Personal data were removed before storing, {shown} of {number(tickets)} tickets"


RULES: tuple[Callable[[Findings], Iterator[Reason]], ...] = (
    _rows,
    _duplicates,
    _dates,
    _gaps,
    _columns,
    _balance,
    _language,
    _content,
)
