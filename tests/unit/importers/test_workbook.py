"""Excel workbooks: written by openpyxl, and by people who mean harm."""

import io
import zipfile
from datetime import UTC, date, datetime
from typing import Any

import openpyxl  # type: ignore[import-untyped]  # ships no types
import pytest

from bot.importers import Limits
from tests.unit.importers.reading import opened, refusal


def workbook(*rows: list[Any], sheets: int = 1, **options: Any) -> bytes:
    book = openpyxl.Workbook()
    if options.get("epoch_1904"):
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    for sheet in [book.active, *(book.create_sheet() for _ in range(sheets - 1))][-1:]:
        assert sheet is not None
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def changed(data: bytes, part: str, old: str, new: str) -> bytes:
    """A workbook with one part edited by hand."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            content = source.read(name).decode()
            if name == part:
                assert old in content
                content = content.replace(old, new)
            target.writestr(name, content)
    return out.getvalue()


ROWS: tuple[list[Any], ...] = (
    ["id", "created_at", "plan", "message"],
    [1, datetime(2026, 3, 5, 12), "pro", "Größe <b> & 😀"],  # noqa: DTZ001  cells have no zone
    [2, date(2026, 3, 6), None, 45000],
    [3, "2026-03-07", True, "+1 from me"],
)


@pytest.mark.parametrize("epoch_1904", [False, True])
def test_cells_of_every_kind(epoch_1904: bool) -> None:
    log = opened(workbook(*ROWS, epoch_1904=epoch_1904), "log.xlsx")
    assert (log.kind, log.texts[:2]) == ("xlsx", ["Größe <b> & 😀", "45000"])
    assert [t.ticket_id for t in log.tickets][:2] == ["1", "2"]
    assert [t.created_at for t in log.tickets][:2] == [
        datetime(2026, 3, 5, 12, tzinfo=UTC),
        datetime(2026, 3, 6, tzinfo=UTC),
    ]


def test_a_number_that_is_no_date_cell_stays_a_number() -> None:
    (ticket,) = opened(workbook(["created_at", "message"], [45000, "x"]), "log.xlsx").tickets
    assert ticket.created_at is None


def test_the_first_sheet_that_holds_something_is_read() -> None:
    log = opened(workbook(*ROWS, sheets=3), "log.xlsx")
    assert len(log.tickets) == 3
    assert log.noted("one of 3")


def test_the_name_does_not_matter() -> None:
    assert opened(workbook(*ROWS), "standard input").kind == "xlsx"
    assert opened(b"id,message\n1,x\n", "log.xlsx").texts == ["x"]


def test_one_value_in_the_last_cell() -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["id", "message"])
    book.active.append([1, "x"])
    book.active["XFD1048576"] = "boo"
    out = io.BytesIO()
    book.save(out)
    assert refusal(out.getvalue(), "log.xlsx").code == "too_many_columns"


def test_a_value_in_the_last_row_costs_nothing() -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["id", "message"])
    book.active["A1048576"] = 7
    book.active["B1048576"] = "far down"
    out = io.BytesIO()
    book.save(out)
    assert opened(out.getvalue(), "log.xlsx").texts == ["far down"]


def test_a_sheets_word_on_its_size_is_not_believed() -> None:
    data = changed(workbook(*ROWS), "xl/worksheets/sheet1.xml", 'ref="A1:D4"', 'ref="A1:XFD1048576"')
    assert len(opened(data, "log.xlsx").tickets) == 3


def test_entities_are_not_expanded() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><worksheet'
    data = changed(workbook(*ROWS), "xl/worksheets/sheet1.xml", "<worksheet", bomb)
    assert refusal(data, "log.xlsx").code == "bad_xlsx"


def test_macros_are_refused() -> None:
    out = io.BytesIO(workbook(*ROWS))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    assert refusal(out.getvalue(), "log.xlsm").code == "macros"


def test_a_formula_shows_its_stored_result_only() -> None:
    data = changed(
        workbook(["id", "message", "Result"], [1, "x"]),
        "xl/worksheets/sheet1.xml",
        '<c r="A2"',
        '<c r="C2" t="str"><f>WEBSERVICE("http://x.invalid")</f><v>kept</v></c><c r="A2"',
    )
    log = opened(data, "log.xlsx", mapping={"result": "Result"})
    assert (log.texts, dict(log.tickets[0].fields)) == (["x"], {"result": "kept"})


def test_bombs() -> None:
    rows: list[list[Any]] = [["id", "message"], *([i, "x" * 900] for i in range(3000))]
    data = changed(
        workbook(*rows), "xl/worksheets/sheet1.xml", "</sheetData>", f"</sheetData>{' ' * 9_000_000}"
    )
    assert refusal(data, "log.xlsx").code == "archive_ratio"


def test_broken_workbooks() -> None:
    whole = workbook(*ROWS)
    assert refusal(whole[: len(whole) // 2], "log.xlsx").code == "bad_archive"
    cut = changed(whole, "xl/worksheets/sheet1.xml", "</worksheet>", "")
    assert refusal(cut, "log.xlsx").code == "bad_archive"


def test_other_office_files() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<x/>")
    assert refusal(out.getvalue(), "log.docx").code == "unsupported_format"


def test_an_oversized_cell_is_put_aside() -> None:
    data = workbook(["id", "message"], [1, "x" * 2000], [2, "fine"])
    log = opened(data, "log.xlsx", limits=Limits(field_bytes=1000))
    assert log.texts[-1] == "fine"
    assert [(p.row, p.code) for p in log.problems] == [(1, "field_too_long")]


def test_an_empty_workbook() -> None:
    assert refusal(workbook(), "log.xlsx").code == "no_rows"
    assert refusal(workbook(["id", "message"]), "log.xlsx").code == "no_rows"
