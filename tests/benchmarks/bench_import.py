"""Rows per second of reading a log, against a bare csv.reader loop over the same rows, and peak memory.

    python -m tests.benchmarks.bench_import [--rows 200000] [--formats csv,jsonl,json,xlsx,intercom-csv]

CPU seconds (time.process_time) of one process; peak memory of a fresh process per format.
"""

import argparse
import csv
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.sax.saxutils import escape

from bot.domain.tickets import RawTicket
from bot.importers import COMMAND_LINE, open_log

HEADER = ("id", "created_at", "customer name", "customer email", "product", "priority", "message")
_TEXT = "my card has not arrived yet and the app shows an error when I try to log in again please help"


def sample_rows(count: int) -> Iterator[tuple[str, ...]]:
    """Seeded short tickets with a date, a name, an address and two segments."""
    words = _TEXT.split()
    rng, start = random.Random(7), datetime(2026, 1, 1, tzinfo=UTC)
    for n in range(count):
        name = f"{rng.choice(('Ana', 'Bob', 'Chloé', 'Dmitri'))} {rng.choice(('Rossi', 'Miller', 'Ng'))}"
        text = " ".join(rng.choices(words, k=rng.randint(6, 16)))
        product, priority = rng.choice(("cards", "loans", "app")), rng.choice(("low", "high"))
        when = (start + timedelta(minutes=n)).isoformat()
        yield str(n), when, name, f"user{n % 5000}@example.com", product, priority, text


def write_csv(path: Path, count: int) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerows(sample_rows(count))


def write_jsonl(path: Path, count: int) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(dict(zip(HEADER, row, strict=True))) + "\n" for row in sample_rows(count))


def write_json(path: Path, count: int) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write('{"tickets": [')
        for n, row in enumerate(sample_rows(count)):
            file.write("," * (n > 0) + json.dumps(dict(zip(HEADER, row, strict=True))))
        file.write("]}")


def write_xlsx(path: Path, count: int) -> None:
    """Inline strings in one sheet: the least a workbook needs, written as it streams."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        book.writestr("[Content_Types].xml", "<Types/>")
        book.writestr(
            "xl/_rels/workbook.xml.rels",
            '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>',
        )
        book.writestr(
            "xl/workbook.xml",
            '<workbook xmlns:r="urn:r"><sheets><sheet name="S" r:id="r1"/></sheets></workbook>',
        )
        with book.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(b"<worksheet><sheetData>")
            for row in (HEADER, *sample_rows(count)):
                cells = "".join(f'<c t="inlineStr"><is><t>{escape(value)}</t></is></c>' for value in row)
                sheet.write(f"<row>{cells}</row>".encode())
            sheet.write(b"</sheetData></worksheet>")


def write_messages(path: Path, count: int) -> None:
    """Two messages to a conversation, the second far behind the first."""
    header = ("message_body", "message_author_type", "message_created_at", "conversation_id")
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        for n, row in enumerate(sample_rows(count)):
            writer.writerow((row[6], "user", row[1], str(n % (count // 2))))


WRITERS: dict[str, tuple[str, Callable[[Path, int], None]]] = {
    "csv": ("csv", write_csv),
    "jsonl": ("jsonl", write_jsonl),
    "json": ("json", write_json),
    "xlsx": ("xlsx", write_xlsx),
    "intercom-csv": ("csv", write_messages),
}


def measure(path: Path) -> None:
    """Print tickets, CPU seconds and peak megabytes, as the child process."""
    before, started = _peak(), time.process_time()
    log = open_log(path, filename=path.name, limits=COMMAND_LINE)
    tickets = sum(isinstance(record, RawTicket) for record in log.records)
    print(json.dumps([log.kind, tickets, time.process_time() - started, before, _peak()]))


def plain_reader(path: Path) -> float:
    """CPU seconds of a csv.reader loop that only counts."""
    started = time.process_time()
    with path.open(newline="", encoding="utf-8") as file:
        for _ in csv.reader(file):
            pass
    return time.process_time() - started


def _peak() -> float:
    """Megabytes; from /proc where there is one, as getrusage also counts the parent before the exec."""
    status = Path("/proc/self/status")
    if status.exists():
        return (
            next(int(x.split()[1]) for x in status.read_text().splitlines() if x.startswith("VmHWM")) / 1024
        )
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--formats", default=",".join(WRITERS))
    parser.add_argument("--child", type=Path)
    options = parser.parse_args()
    if options.child:
        measure(options.child)
        return
    with tempfile.TemporaryDirectory() as folder:
        base_file = Path(folder) / "base.csv"
        write_csv(base_file, options.rows)
        base = plain_reader(base_file)
        print(f"{'csv.reader alone':14} {options.rows:9,} rows {options.rows / base:12,.0f} rows/s")
        for name in options.formats.split(","):
            suffix, write = WRITERS[name]
            path = Path(folder) / f"log.{suffix}"
            write(path, options.rows)
            command = [sys.executable, "-m", "tests.benchmarks.bench_import", "--child", str(path)]
            done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603  ourselves
            kind, tickets, seconds, before, peak = json.loads(done.stdout)
            print(
                f"{kind:14} {tickets:9,} tickets {options.rows / seconds:9,.0f} rows/s "
                f"{seconds / base:6.1f} x csv.reader; peak {peak:.0f} MB ({before:.0f} MB before reading)"
            )


if __name__ == "__main__":
    main()
