"""The grade of a log: how grave each finding is, and what they add up to.

| grade | when |
|---|---|
| F | any failure: stories drafted from these data would mislead |
| D | two or more serious kinds of trouble |
| C | one serious kind, or more than three kinds of warning |
| B | two or three kinds of warning |
| A | at most one |

Kinds are counted by code: three columns with holes are one kind. Notes never cost a grade.
"""

from collections.abc import Iterable
from typing import NamedTuple

from bot.domain.audit.model import Grade, Reason, Severity

NEVER = 2.0


class Limits(NamedTuple):
    """Smallest share at which a finding is mentioned, warned of, serious, or a failure."""

    note: float
    warning: float = NEVER
    serious: float = NEVER
    fail: float = NEVER


LIMITS = {
    "empty_rows": Limits(0.01, 0.05, 0.30, 0.70),
    "bad_rows": Limits(0.005, 0.05, 0.30),
    "unreadable": Limits(0.001, 0.02, 0.20, 0.50),
    "exact_duplicates": Limits(0.02, 0.10, 0.40, 0.70),
    "near_duplicates": Limits(0.05, 0.15, 0.60),
    "missing_dates": Limits(0.02, 0.20),
    "missing_requesters": Limits(0.05, 0.20),
    "missing_field": Limits(0.05, 0.20),
    "odd_dates": Limits(0.0001, 0.01, 0.20),
    "one_requester": Limits(0.05, 0.10, 0.50),
    "one_segment": Limits(0.80, 0.95),
    "mixed_languages": Limits(0.05, 0.20),
    "unknown_language": Limits(0.20, 0.50),
    "typos": Limits(0.02, 0.05),
    "abusive": Limits(0.005, 0.05),
}
"""Shares of rows, tickets or words. A failure leaves too little to go by: of a log that is seven tenths empty
or copies, themes show the export's faults. Warnings start where themes would come out in another order."""


def severity_of(code: str, share: float) -> Severity | None:
    """How grave a share is by ``LIMITS``; None where it need not be mentioned."""
    found = None
    for severity, limit in zip(reversed(Severity), LIMITS[code], strict=True):
        if share >= limit:
            found = severity
    return found


def letter(reasons: Iterable[Reason]) -> Grade:
    """The grade that reasons add up to."""
    kinds = {(reason.code, reason.severity) for reason in reasons}
    serious = sum(severity is Severity.SERIOUS for _, severity in kinds)
    warnings = sum(severity is Severity.WARNING for _, severity in kinds)
    if any(severity is Severity.FAIL for _, severity in kinds):
        return "F"
    if serious >= 2:
        return "D"
    if serious or warnings > 3:
        return "C"
    return "B" if warnings > 1 else "A"
