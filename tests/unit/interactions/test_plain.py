"""Our own JSON, NDJSON and CSV: what is read as what, and what is put aside with which words."""

import pickle
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.interactions import Interaction, Outcome
from bot.importers.interactions import FORMATS, Problem, Read, read

AT = datetime(2026, 11, 20, 10, 30, tzinfo=UTC)
NOW = datetime(2026, 11, 21, tzinfo=UTC)


def json_of(text: str) -> Read:
    return read(text.encode(), "json", "reply", limit=100)


def one(text: str) -> Interaction:
    found = json_of(text)
    assert not found.problems
    return found.interactions[0]


def problem(text: str) -> Problem:
    found = json_of(text)
    assert not found.interactions
    return found.problems[0]


def test_a_record_by_its_own_names() -> None:
    found = one(
        """{"id": "a1", "at": "2026-11-20T10:30:00Z", "input": "Where is my parcel?", "output": "On its way.",
        "model": "gpt-5", "prompt": "reply@3", "fingerprint": "ab", "latency_ms": 830, "cost": 0.002,
        "input_tokens": 20, "output_tokens": 5, "confidence": 0.9, "outcome": "edited", "final": "It left.",
        "error": "", "session": "s", "user": 7, "segment": {"plan": "pro", "seats": 3, "trial": false},
        "trace": "0AF7651916CD43DD8448EB211C80319C", "span": "b7ad6b7169203331"}"""
    )
    assert found == Interaction(
        "a1", "reply", AT, "Where is my parcel?", "On its way.", "gpt-5", "reply@3", "ab", 830.0, 0.002, 20,
        5, 0.9, Outcome.EDITED, "It left.", "", "s", "7", {"plan": "pro", "seats": "3", "trial": "false"},
        "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331",
    )  # fmt: skip


def test_other_names_mean_the_same() -> None:
    found = one(
        """{"requestId": 12, "created_at": 1763634600000, "question": "Hi", "answer": "Hello",
        "prompt_name": "reply", "prompt_version": 3, "duration_s": 0.83, "user_id": "u", "SessionID": "s",
        "metadata": {"plan": "pro", "deep": {"no": 1}}, "Model Name": "m"}"""
    )
    assert (found.id, found.input, found.output, found.prompt) == ("12", "Hi", "Hello", "reply@3")
    assert (found.latency_ms, found.user, found.session, found.model) == (830.0, "u", "s", "m")
    assert found.at == datetime(2025, 11, 20, 10, 30, tzinfo=UTC)
    assert found.segment == {"plan": "pro"}


def test_a_field_s_own_name_goes_before_others() -> None:
    found = json_of('{"id": 1, "at": 1763634600, "query": "b", "input": "a", "frobs": 1}')
    assert found.interactions[0].input == "a"
    assert set(found.ignored) == {"query", "frobs"}


@pytest.mark.parametrize(
    "at", ["1763634600", "1763634600000", "1763634600000000", '"2025-11-20T11:30:00+01:00"', '"1763634600"']
)
def test_moments(at: str) -> None:
    assert one(f'{{"id": 1, "at": {at}}}').at == datetime(2025, 11, 20, 10, 30, tzinfo=UTC)


def test_messages_are_read_as_text() -> None:
    found = one(
        """{"id": 1, "at": 1763634600, "messages": [{"role": "system", "content": "Be kind."},
        {"role": "user",
         "content": [{"type": "text", "text": "Hi"}, {"type": "image_url", "image_url": {}}]}],
        "output": {"role": "assistant", "content": null,
                   "tool_calls": [{"function": {"name": "look", "arguments": "{\\"id\\": 1}"}}]}}"""
    )
    assert found.input == "Hi\n[image_url]"
    assert found.output == 'look({"id": 1})'


def test_a_talk_says_who_said_what() -> None:
    found = one(
        """{"id": 1, "at": 1763634600, "input": [{"role": "user", "content": "Hi"},
        {"role": "assistant", "content": "Yes?"}, {"role": "user", "content": "Refund."}]}"""
    )
    assert found.input == "user: Hi\n\nassistant: Yes?\n\nuser: Refund."


def test_what_no_database_takes_is_replaced() -> None:
    found = one(r'{"id": 1, "at": 1763634600, "input": "a\u0000b \ud83d c"}')
    assert found.input == "ab \ufffd c"


@pytest.mark.parametrize(
    ("sent", "field", "says"),
    [
        ('"at": 1763634600', "id", "has no id"),
        ('"id": 1', "at", "does not say when"),
        ('"id": 1, "at": "soon"', "at", "no date"),
        ('"id": 1, "at": 12', "at", "no moment"),
        ('"id": 1, "at": true', "at", "no moment"),
        ('"id": {}, "at": 1763634600', "id", "no text"),
        ('"id": 1, "at": 1763634600, "latency": "830"', "latency", "no number"),
        ('"id": 1, "at": 1763634600, "latency_ms": -1', "latency_ms", "not between"),
        ('"id": 1, "at": 1763634600, "cost": true', "cost", "no number"),
        ('"id": 1, "at": 1763634600, "input_tokens": 1.5', "input_tokens", "no whole number"),
        ('"id": 1, "at": 1763634600, "confidence": 87', "confidence", "not between 0 and 1"),
        ('"id": 1, "at": 1763634600, "outcome": "fine"', "outcome", "no outcome"),
        ('"id": 1, "at": 1763634600, "input": 5', "input", "no text"),
        ('"id": 1, "at": 1763634600, "prompt": "You are a kind helper."', "prompt", "no reference"),
        ('"id": 1, "at": 1763634600, "segment": "pro"', "segment", "no object"),
        ('"id": 1, "at": 1763634600, "trace": "xyz"', "trace", "hexadecimal"),
        ('"id": 1, "at": 1763634600, "feature": "search"', "feature", "another feature"),
        (f'"id": 1, "at": 1763634600, "output": "{"x" * 100_001}"', "output", "longer than 100,000"),
    ],
)
def test_a_wrong_value_is_named(sent: str, field: str, says: str) -> None:
    found = problem(f"{{{sent}}}")
    assert (found.row, found.field) == (1, field)
    assert says in found.message
    assert found.hint.endswith((".", "}"))


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"", "not valid"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"id": 1, "cost": NaN}', "not valid"),
        (b"\xff\xfe", "not UTF-8"),
        (b'"text"', "neither an object nor a list"),
        (b"[" + b",".join([b"{}"] * 101) + b"]", "more than 100 records"),
    ],
)
def test_a_body_that_is_none_is_refused_as_a_whole(body: bytes, says: str) -> None:
    found = read(body, "json", "reply", limit=100)
    assert found.refused is not None
    assert says in found.refused.message
    assert not found.interactions


def test_an_unknown_format_is_said() -> None:
    found = read(b"{}", "yaml", "reply", limit=1)
    assert found.refused is not None
    assert "ndjson" in found.refused.hint


def test_a_broken_line_leaves_its_neighbours() -> None:
    body = b'{"id": 1, "at": 1763634600}\n\n{"id": 2\r\n[1]\n{"id": 4, "at": 1763634600}\n'
    found = read(body, "ndjson", "reply", limit=100)
    assert [x.id for x in found.interactions] == ["1", "4"]
    assert [x.row for x in found.problems] == [2, 3]


def test_now_is_for_records_without_a_moment_and_against_the_future() -> None:
    found = read(b'[{"id": 1}, {"id": 2, "at": "2026-11-23T00:00:01Z"}]', "json", "reply", limit=9, now=NOW)
    assert [x.at for x in found.interactions] == [NOW]
    assert "future" in found.problems[0].message
    late = read(
        f'{{"id": 3, "at": "{NOW - timedelta(days=700)}"}}'.encode(), "json", "reply", limit=9, now=NOW
    )
    assert late.interactions[0].at == NOW - timedelta(days=700)


def test_csv_by_its_header() -> None:
    body = (
        'ID;Timestamp;Question;Answer;Latency (ms);segment.plan;metadata;tokens_in\n'
        '1;2026-11-20 10:30;"Hi; there";NULL;830,5;pro;"{""tier"": 2}";7\n'
        "2;2026-11-20 10:30;b;c;830.5;;;\n3;2026-11-20 10:30;b;c;;;;1;extra\n"
    )  # fmt: skip
    found = read(body.encode("cp1252"), "csv", "reply", limit=9)
    assert [(x.row, x.field) for x in found.problems] == [(1, "Latency (ms)"), (3, "")]
    kept = found.interactions[0]
    assert (kept.id, kept.at, kept.latency_ms, kept.input_tokens, kept.segment) == ("2", AT, 830.5, None, {})


def test_csv_keeps_words_that_look_like_nothing() -> None:
    found = read(b"id,at,input,output,cost\n1,2026-11-20,NaN,NULL,nan\n", "csv", "reply", limit=9)
    assert [(x.input, x.output, x.cost) for x in found.interactions] == [("NaN", "NULL", None)]


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"id,id,at\n1,2,3\n", "more than one column"),
        (b"", "no rows"),
        (b'id,at\n1,"open\n' + b"x,y\n" * 400_000, "never closed"),
        (b"%PDF-1.7", "not a text file"),
    ],
)
def test_a_table_that_is_none_is_refused_as_a_whole(body: bytes, says: str) -> None:
    found = read(body, "csv", "reply", limit=1_000_000)
    assert found.refused is not None
    assert says in found.refused.message


def test_what_is_read_travels_between_processes() -> None:
    found = json_of('[{"id": 1, "at": 1763634600}, {}]')
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301  our own bytes, written right here


def test_every_format_goes_by_its_name() -> None:
    assert all(name == format_.name for name, format_ in FORMATS.items())
