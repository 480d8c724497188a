"""What a product manager reads."""

from datetime import timedelta

from bot.domain.audit import Auditor, SourceRecord, render_audit
from bot.domain.tickets import RowProblem, Ticket
from tests.unit.audit.test_auditor import NOW, audited, good_log


def test_grade_reasons_and_fixes_are_there() -> None:
    report = audited(good_log(100), source=SourceRecord(owner="Ana"))
    page = render_audit(report)
    assert page.startswith(f"# Data audit: grade {report.grade}, ")
    assert report.enough.sentence in page
    for reason in report.reasons:
        assert f"{reason.sentence}: {reason.fix}." in page
    assert "Source: owner Ana." in page


def test_an_empty_log_reads_well() -> None:
    page = render_audit(Auditor(now=NOW).report())
    assert "There are no distinct tickets, and a story cites at least 3" in page
    assert "nothing to judge by" in page
    assert "None" not in page
    assert "nan" not in page


def test_every_measured_thing_is_shown() -> None:
    auditor = Auditor(now=NOW)
    for number, ticket in enumerate(good_log(120)):
        silent = timedelta(days=40) if number > 60 else timedelta(0)
        auditor.add(
            [
                Ticket(
                    ticket.ticket_id,
                    ticket.text + (" plese" if number == 3 else ""),
                    ticket.created_at - silent if ticket.created_at else None,
                    ticket.requester,
                    ticket.fields,
                    {"PHONE": 1} if number < 5 else {},
                )
            ]
        )
    auditor.skip(RowProblem(1, "bad_width", "x"))
    auditor.duplicate(2)
    page = render_audit(auditor.report(kind="zendesk"))
    for part in (
        "123 rows (zendesk): 120 accepted, 1 kept aside, 2 there already",
        "languages: English 100 % (n = 120)",
        "such as plese",
        "phone numbers 5",
        "gaps: 2026-",
        "requesters: 120; the busiest wrote",
        "plan: 2 values",
        "creation date 100 %",
    ):
        assert part in page, part


def test_no_line_holds_what_only_a_programmer_reads() -> None:
    page = render_audit(audited(good_log(60)))
    for token in ("{", "}", "Share(", "created_at", "0.0"):
        assert token not in page
