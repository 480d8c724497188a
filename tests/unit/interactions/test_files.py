"""Files of interactions: found by content, read in chunks, refused as a whole where they are none."""

import gzip
import io
import json
import pickle
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.errors import ImportRefused, InputError
from bot.importers.interactions.contract import Read
from bot.importers.interactions.files import CHUNK_ROWS, InteractionFile, open_interactions
from tests.unit.interactions.test_exports import CHAT, MESSAGE, OBSERVATION

HEADER = "id,at,input,output,latency_ms"


def opened(body: bytes | str, filename: str = "calls.csv", **asked: Any) -> InteractionFile:
    data = io.BytesIO(body.encode() if isinstance(body, str) else body)
    return open_interactions(data, filename=filename, feature="reply", **asked)


def whole(file: InteractionFile) -> Read:
    """All chunks, each sent to a process and back."""
    done = Read()
    for chunk in file.chunks:
        found = pickle.loads(pickle.dumps(chunk)).read()  # noqa: S301  our own bytes
        done.interactions += found.interactions
        done.problems += found.problems
        done.apart += found.apart
    return done


def test_rows_are_counted_over_all_chunks() -> None:
    rows = [f"r{n},2026-11-20,a,b,{'x' if n % 1_000 == 7 else n}" for n in range(2 * CHUNK_ROWS + 10)]
    file = opened("\n".join([HEADER, *rows]))
    chunks = list(file.chunks)
    assert [len(chunk.records) for chunk in chunks] == [CHUNK_ROWS, CHUNK_ROWS, 10]
    found = whole(InteractionFile(file.format, iter(chunks), []))
    assert [problem.row for problem in found.problems] == [8, 1_008, 2_008]
    assert len(found.interactions) == 2 * CHUNK_ROWS + 7
    assert found.interactions[-1].id == f"r{2 * CHUNK_ROWS + 9}"


def test_long_texts_make_smaller_chunks() -> None:
    rows = [f"r{n},2026-11-20,{'a' * 90_000},b,1" for n in range(100)]
    assert max(len(chunk.records) for chunk in opened("\n".join([HEADER, *rows])).chunks) < 50


def test_packed_and_in_another_encoding() -> None:
    body = gzip.compress("id;at;input\n1;20.11.2026 10:30;Größe\n".encode("cp1252"))
    file = opened(body, "calls.csv.gz")
    (found,) = whole(file).interactions
    assert (found.at, found.input) == (datetime(2026, 11, 20, 10, 30, tzinfo=UTC), "Größe")
    assert any("Western European" in note for note in file.notes)


def test_the_order_of_day_and_month_is_told_by_the_column() -> None:
    file = opened("id,at,input\n1,03/04/2026,a\n2,25/04/2026,b\n")
    assert [found.at.month for found in whole(file).interactions] == [4, 4]
    assert any("day first" in note for note in file.notes)


@pytest.mark.parametrize(
    ("record", "format_"),
    [
        ({"id": 1, "at": "2026-11-20", "input": "a"}, "ndjson"),
        ({"response": CHAT}, "openai"),
        ({"timestamp": "2026-11-20", "response": MESSAGE}, "anthropic"),
        (OBSERVATION, "langfuse"),
    ],
)
def test_makes_are_found_by_content(record: dict[str, Any], format_: str) -> None:
    for filename, body in (
        ("x.jsonl", "\n".join([json.dumps(record)] * 2)),
        ("x.json", json.dumps([record])),
        ("export", json.dumps({"data": [record]})),
    ):
        file = opened(body, filename)
        assert file.format == format_
        assert len(whole(file).interactions) == (2 if filename == "x.jsonl" else 1)


def test_a_table_that_langfuse_exports() -> None:
    values = [value if isinstance(value, str) else json.dumps(value) for value in OBSERVATION.values()]
    cells = ['"' + value.replace('"', '""') + '"' for value in values]
    file = opened("\n".join([",".join(OBSERVATION), ",".join(cells)]))
    assert file.format == "langfuse"
    (found,) = whole(file).interactions
    assert (found.input, found.latency_ms, found.segment["plan"]) == ("Where is my parcel?", 830, "pro")


def test_a_collector_s_file_of_traces() -> None:
    span = {
        "traceId": "0af7651916cd43dd8448eb211c80319c", "spanId": "b7ad6b7169203331",
        "startTimeUnixNano": "1763634600000000000", "endTimeUnixNano": "1763634600830000000",
        "attributes": [{"key": "gen_ai.operation.name", "value": {"stringValue": "chat"}}],
    }  # fmt: skip
    line = json.dumps({"resourceSpans": [{"scopeSpans": [{"spans": [span, {"name": "GET /"}]}]}]})
    file = opened(f"{line}\n{line}\n", "traces.jsonl")
    assert file.format == "otlp-json"
    found = whole(file)
    assert [x.latency_ms for x in found.interactions] == [830, 830]
    assert found.apart == 2


def test_columns_are_named_by_a_mapping() -> None:
    body = 'Nr,Wann,Frage,Tarif\n1,2026-11-20,"a",pro\n'
    mapping = {"id": "Nr", "at": "Wann", "input": "Frage", "segment.plan": "Tarif"}
    (found,) = whole(opened(body, mapping=mapping)).interactions
    assert (found.id, found.input, found.segment) == ("1", "a", {"plan": "pro"})
    line = json.dumps({"id": 1, "at": "2026-11-20", "body": {"text": "a"}})
    (found,) = whole(opened(line, "x.jsonl", mapping={"input": "body.text"})).interactions
    assert found.input == "a"


@pytest.mark.parametrize(
    ("body", "asked", "says"),
    [
        (f"{HEADER}\n", {}, "no column|no rows"),
        ("at,input\n2026-11-20,a\n", {}, "no column to read as id"),
        ("id,input\n1,a\n", {}, "no column to read as at"),
        ("id,id,at\n1,2,3\n", {}, "more than one column"),
        ("id,at\n1,2026-11-20\n", {"mapping": {"input": "Frage"}}, "no column 'Frage'"),
        ("<html><body>Sign in</body></html>", {}, "web page"),
        ("%PDF-1.7", {}, "not a text file"),
        ("", {}, "empty"),
        ("Dear team,\nhello there.\n", {"filename": "mail.txt"}, "neither a table nor JSON"),
    ],
)
def test_a_file_that_is_none_is_refused(body: str, asked: dict[str, Any], says: str) -> None:
    if body == f"{HEADER}\n":
        assert not whole(opened(body)).interactions
        return
    with pytest.raises(ImportRefused, match=says):
        opened(body, **asked)


def test_what_is_asked_for_must_be_there() -> None:
    with pytest.raises(InputError, match="no file format 'yaml'"):
        opened("id,at\n1,2\n", format_="yaml")
    with pytest.raises(InputError, match="no field 'question'"):
        opened("id,at\n1,2\n", mapping={"question": "id"})


def test_records_without_a_moment_take_the_one_that_is_given() -> None:
    at, now = datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 11, 20, tzinfo=UTC)
    found = whole(opened("id,at,input\n1,,a\n2,2026-11-19,b\n3,2027-01-01,c\n", at=at, now=now))
    assert [each.at for each in found.interactions] == [at, datetime(2026, 11, 19, tzinfo=UTC)]
    assert ["future" in problem.message for problem in found.problems] == [True]
    assert [each.at for each in whole(opened("id,input\n1,a\n", at=at)).interactions] == [at]
