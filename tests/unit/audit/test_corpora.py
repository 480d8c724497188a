"""Real corpora, which lack dates, requesters and segments, cost a grade and never fail."""

import csv
from datetime import UTC, datetime

import pytest

from bot.domain.audit import Auditor, Severity
from bot.domain.tickets import Ticket
from tests.paths import SHARED_DATA, needs_shared_data

NOW = datetime(2026, 11, 21, tzinfo=UTC)


@needs_shared_data
@pytest.mark.parametrize("corpus", ["banking77", "clinc150", "bitext27", "multidogo_conv", "cfpb_narr"])
def test_corpus_does_not_fail(corpus: str) -> None:
    csv.field_size_limit(1 << 24)
    with (SHARED_DATA / "tickets" / f"{corpus}.csv").open(newline="", encoding="utf-8") as file:
        tickets = [Ticket(row["id"], row["text"]) for row in csv.DictReader(file)]
    auditor = Auditor(now=NOW)
    auditor.add(tickets)
    report = auditor.report()
    assert not report.failed
    assert report.accepted == len(tickets)
    assert report.languages["en"].share is not None
    assert report.languages["en"].share > 0.9
    assert (
        max((share.count for code, share in report.languages.items() if code not in {"en", "und"}), default=0)
        < 5
    )
    assert not any(reason.severity is Severity.SERIOUS for reason in report.reasons)
