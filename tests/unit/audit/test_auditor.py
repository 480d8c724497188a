"""Whole audits of small logs whose figures are counted by hand."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.audit import Auditor, AuditReport, Severity, SourceRecord, fingerprint, render_audit
from bot.domain.audit.auditor import EMPTY_CODES, SAMPLED
from bot.domain.tickets import RowProblem, Ticket

NOW = datetime(2026, 11, 21, tzinfo=UTC)
THINGS = (
    "card parcel invoice login password refund account statement address phone app update order delivery "
    "shop plan team export report screen button error payment bank transfer limit fee contract trial seat "
    "photo camera printer size colour office market garden window bicycle concert museum kitchen ladder"
)


def good_log(count: int = 60) -> list[Ticket]:
    """Dated, from many people, in two segments, with hardly a repeat."""
    rng = random.Random(2)
    return [
        Ticket(
            ticket_id=f"t{number}",
            text=f"What is wrong with my {' '.join(rng.sample(THINGS.split(), 10))}?",
            created_at=NOW - timedelta(days=number // 3),
            requester=f"r{number}",
            fields={"plan": "pro" if number % 2 else "free"},
        )
        for number in range(count)
    ]


def audited(tickets: list[Ticket], **report: object) -> AuditReport:
    auditor = Auditor(now=NOW)
    auditor.add(tickets)
    return auditor.report(**report)  # type: ignore[arg-type]  # keywords are passed through


def texts(*lines: str) -> list[Ticket]:
    return [Ticket(f"t{number}", line) for number, line in enumerate(lines)]


def codes(report: AuditReport, severity: Severity | None = None) -> set[str]:
    return {reason.code for reason in report.reasons if severity in (None, reason.severity)}


def test_counts_by_hand() -> None:
    auditor = Auditor(now=NOW)
    auditor.add(
        texts(
            "My card is lost",
            "my CARD is  lost",
            "where is my parcel",
            "???",
            "\x00\x01\x02 ab",
            "you idiots",
        )
    )
    auditor.skip(RowProblem(7, min(EMPTY_CODES), "no text"))
    auditor.skip(RowProblem(8, "bad_width", "too many columns"))
    auditor.skip(RowProblem(9, "bad_date", "kept without its date", kept=True))
    auditor.duplicate(3)
    report = auditor.report(kind="csv")
    assert (report.rows, report.accepted, report.skipped, report.bad_rows) == (11, 6, 2, 1)
    assert (report.empties.count, report.empties.n) == (2, 11)
    assert (report.exact_duplicates.count, report.exact_duplicates.n) == (4, 11)
    assert (report.unreadable.count, report.abusive.count, report.distinct) == (1, 1, 3)
    assert report.problems["bad_width"] == 1
    assert report.kind == "csv"


def test_a_good_log_gets_an_a() -> None:
    report = audited(good_log(400), source=SourceRecord(owner="Ana", licence="own", consent="terms"))
    assert report.grade == "A"
    assert codes(report) <= {"near_duplicates"}
    assert report.enough.enough
    assert report.age_days == 0


def test_missing_columns_cost_a_grade_and_never_fail() -> None:
    bare = [Ticket(ticket.ticket_id, ticket.text) for ticket in good_log(400)]
    report = audited(bare)
    assert codes(report, Severity.WARNING) >= {"missing_dates", "missing_requesters", "no_segments"}
    assert report.grade in "BC"


def test_a_column_with_holes_names_the_fix() -> None:
    tickets = [
        Ticket(t.ticket_id, t.text, t.created_at, t.requester, {"product_area": "" if n < 41 else "cards"})
        for n, t in enumerate(good_log(100))
    ]
    (reason,) = [reason for reason in audited(tickets).reasons if reason.code == "missing_field"]
    assert reason.sentence == "41 % of tickets (41 of 100) have no product area"
    assert reason.fix.startswith("make the field required")
    assert reason.number == pytest.approx(0.41)


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([], "few_distinct"),
        (["one thing", "another thing"], "few_distinct"),
        (["same text"] * 12 + ["second", "third", "fourth"], "exact_duplicates"),
        (["..."] * 9 + ["second", "third", "fourth"], "empty_rows"),
        (["\x00\x01\x02\x03 zip"] * 6 + ["second", "third", "fourth"], "unreadable"),
    ],
)
def test_what_fails(lines: list[str], code: str) -> None:
    report = audited(texts(*lines))
    assert report.failed
    assert report.grade == "F"
    assert code in codes(report, Severity.FAIL)


def test_near_duplicates_never_fail() -> None:
    report = audited(
        texts(*(f"I cannot log in to my account since day {number}" for number in range(100, 200)))
    )
    assert report.near_duplicates is not None
    assert report.near_duplicates.share.count >= 95
    assert "near_duplicates" in codes(report, Severity.SERIOUS)
    assert not report.failed
    pair = report.near_duplicates.examples[0]
    assert int(pair.earlier[1:]) < int(pair.later[1:])


def test_near_duplicates_can_be_left_out() -> None:
    auditor = Auditor(now=NOW, near_duplicates=False)
    auditor.add(good_log())
    report = auditor.report()
    assert report.near_duplicates is None
    assert "not looked for" in render_audit(report)


def test_prints_from_workers_and_any_batching_give_the_same_report() -> None:
    tickets = good_log(200)
    batched = Auditor(now=NOW)
    for begin in range(0, 200, 33):
        batch = tickets[begin : begin + 33]
        batched.add_prints(batch, fingerprint([ticket.text for ticket in batch]))
    assert batched.report() == audited(tickets)


def test_reporting_twice_and_going_on() -> None:
    auditor = Auditor(now=NOW)
    auditor.add(good_log(30))
    first = auditor.report()
    assert auditor.report() == first
    auditor.add(good_log(60)[30:])
    assert auditor.report() == audited(good_log(60))


def test_stale_and_odd_dates() -> None:
    old = [
        Ticket(
            t.ticket_id,
            t.text,
            datetime(2024, 1, 1 + n % 28, tzinfo=UTC) if n else datetime(2031, 1, 1, tzinfo=UTC),
        )
        for n, t in enumerate(good_log(60))
    ]
    report = audited(old)
    assert report.age_days == (NOW - datetime(2024, 1, 28, tzinfo=UTC)).days
    assert "stale" in codes(report, Severity.SERIOUS)
    assert report.odd_dates == 1
    assert "odd_dates" in codes(report, Severity.WARNING)


def test_one_loud_requester_is_named_as_such() -> None:
    tickets = [
        Ticket(t.ticket_id, t.text, t.created_at, "loud" if n % 5 else f"r{n}", t.fields)
        for n, t in enumerate(good_log(100))
    ]
    (reason,) = [reason for reason in audited(tickets).reasons if reason.code == "one_requester"]
    assert reason.severity is Severity.SERIOUS
    assert "80 % of tickets (80 of 100)" in reason.sentence


def test_rates_of_small_logs_are_not_judged() -> None:
    report = audited(
        texts("you idiots lost it", "wher is my acount", "je ne peux pas me connecter à mon compte")
    )
    assert not codes(report) & {"abusive", "typos", "mixed_languages", "near_duplicates"}
    assert report.abusive.count == 1


def test_languages_and_personal_data() -> None:
    spanish = [f"no puedo entrar en mi cuenta desde el día {n}, ¿qué hago con el pedido?" for n in range(20)]
    tickets = good_log(60) + [
        Ticket(f"es{n}", text, pii={"EMAIL": 1, "CARD": n % 2}) for n, text in enumerate(spanish)
    ]
    report = audited(tickets)
    assert {code: share.count for code, share in report.languages.items()} == {"en": 60, "es": 20}
    assert report.personal_data == {"EMAIL": 20, "CARD": 10}
    (secrets,) = [reason for reason in report.reasons if reason.code == "secrets"]
    assert "card numbers in 10 of 80 tickets" in secrets.sentence
    assert "mixed_languages" in codes(report, Severity.WARNING)


def test_a_large_log_is_sampled_and_says_so() -> None:
    auditor = Auditor(now=NOW, near_duplicates=False)
    auditor.add([Ticket(f"t{n}", f"where is my order number {n}") for n in range(SAMPLED + 500)])
    english = auditor.report().languages["en"]
    assert english.n == SAMPLED
    assert english.low is not None


def test_the_sample_does_not_depend_on_order() -> None:
    tickets = [
        Ticket(f"t{n}", "where is my order" if n % 3 else "wo ist denn meine Bestellung geblieben")
        for n in range(SAMPLED + 1_000)
    ]
    forward, backward = (Auditor(now=NOW, near_duplicates=False) for _ in range(2))
    forward.add(tickets)
    backward.add(tickets[::-1])
    mix = forward.report().languages
    assert mix == backward.report().languages
    # the sample's own interval should hold the truth
    assert mix["de"].low is not None
    assert mix["de"].high is not None
    assert mix["de"].low < 1 / 3 < mix["de"].high


def test_source_record_and_wanted_come_back() -> None:
    source = SourceRecord(owner="Ana", licence="own data", consent="terms 4.2", note="EU only")
    report = audited(good_log(), source=source, wanted=1_000)
    assert report.source == source
    assert report.enough.wanted == 1_000
    assert "not_enough" in codes(report, Severity.WARNING)
    assert "no_source_record" not in codes(report)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=50), max_size=12), st.booleans())
@example(["\ud800", "\x00", "", "😀", "ﷺ" * 40], True)
@example(["same"] * 12, False)
def test_any_log_has_a_report_that_goes_to_json_and_back(lines: list[str], near: bool) -> None:
    auditor = Auditor(now=NOW, near_duplicates=near)
    auditor.add(texts(*lines))
    report = auditor.report()
    assert AuditReport.model_validate_json(report.model_dump_json()) == report
    assert report.accepted == len(lines)
    assert report.failed == (report.grade == "F")
    assert report.distinct <= len(set(lines))
    assert (
        report.distinct + report.exact_duplicates.count + report.empties.count + report.unreadable.count
        == len(lines)
    )
    assert f"grade {report.grade}" in render_audit(report)
