"""CSV and TSV: separators, quotes, ragged rows, and what each column is taken for."""

import csv
import io
import string

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.importers import Limits
from tests.unit.importers.reading import opened, refusal

HEADER = "id,created_at,customer,message"


def test_a_plain_row_becomes_a_ticket() -> None:
    log = opened(f"{HEADER}\n7,2026-01-02T03:04:05Z,Ann Lee,The app is slow\n")
    (ticket,) = log.tickets
    assert (log.kind, ticket.row, ticket.ticket_id, ticket.text) == ("csv", 1, "7", "The app is slow")
    assert ticket.created_at is not None
    assert ticket.created_at.isoformat() == "2026-01-02T03:04:05+00:00"
    assert ticket.requester == "Ann Lee"
    assert ticket.known_values == ("Ann Lee", "Ann", "Lee")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "\x1f"])
def test_separators_are_found_even_where_messages_hold_others(delimiter: str) -> None:
    rows = [["id", "plan", "message"], ["1", "pro", "one, two; three"], ["2", "free", "a|b, c"]]
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    assert opened(out.getvalue()).texts == ["one, two; three", "a|b, c"]


def test_a_sep_line_decides() -> None:
    log = opened("sep=;\nid;message\n1;a,b,c,d\n")
    assert log.texts == ["a,b,c,d"]
    assert log.noted("semicolons")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\r\r\n"])
def test_line_ends_of_every_kind(end: str) -> None:
    assert opened(end.join(["id,message", "1,a", "2,b", ""])).texts == ["a", "b"]


def test_a_line_separator_inside_a_message_stays_in_it() -> None:
    assert opened("id,message\n1,a\u2028b\u0085c\n").texts == ["a\u2028b\u0085c"]


def test_messages_of_several_lines_and_quotes() -> None:
    assert opened('id,message\n1,"a ""b""\nc"\n2,he said "hi" ok\n').texts == ['a "b"\nc', 'he said "hi" ok']


def test_backslash_escapes_are_understood_where_they_are_used() -> None:
    log = opened('id,message,plan\n1,"say \\"hi\\", ok",pro\n2,"x \\"y\\"",free\n')
    assert log.texts == ['say "hi", ok', 'x "y"']


@pytest.mark.parametrize(
    "value", ["NaN", "NULL", "None", "N/A", "null", "0x1F", "1e308", "45000", "=1+1", "\t=1+1"]
)
def test_values_stay_what_they_are(value: str) -> None:
    (ticket,) = opened(f'id,message\n{value},"{value}"\n').tickets
    assert ticket.text == value
    assert ticket.ticket_id == value.strip()


def test_rows_without_text_are_skipped_with_their_number() -> None:
    log = opened(f'{HEADER}\n1,2026-01-01,a,x\n2,2026-01-01,b,\n3,2026-01-01,c,"  "\n4,2026-01-01,d,y\n')
    assert log.texts == ["x", "y"]
    assert [(p.row, p.code, p.kept) for p in log.problems] == [(2, "no_text", False), (3, "no_text", False)]


def test_a_file_of_empty_messages_is_refused_with_the_count() -> None:
    refused = refusal(f"{HEADER}\n1,,a,\n2,,b,\n")
    assert refused.code == "no_rows"
    assert "2 rows" in refused.message


@pytest.mark.parametrize(
    ("content", "code"), [("", "empty_file"), ("\n\n", "no_rows"), (f"{HEADER}\n", "no_rows")]
)
def test_nothing_to_read(content: str, code: str) -> None:
    assert refusal(content).code == code


def test_a_short_row_misses_its_last_fields() -> None:
    log = opened("id,message,plan\n1,hello\n")
    assert log.texts == ["hello"]
    assert log.tickets[0].fields == {}


def test_a_long_row_is_joined_only_where_it_is_plain_how() -> None:
    last = opened("id,plan,message\n1,pro,one, two, three\n2,free,x\n")
    assert last.texts == ["one, two, three", "x"]
    assert [(p.row, p.code, p.kept) for p in last.problems] == [(1, "ragged_row", True)]
    middle = opened("id,message,plan\n1,one, two,pro\n2,x,free\n")
    assert middle.texts == ["x"]
    assert [(p.row, p.code, p.kept) for p in middle.problems] == [(1, "ragged_row", False)]


def test_thousands_split_by_their_comma_are_put_together() -> None:
    (ticket,) = opened('id,amount,message,plan\n1,2,345,"hello, you",pro\n').tickets
    assert ticket.text == "hello, you"


def test_empty_surplus_fields_are_dropped() -> None:
    log = opened("id,message,,\n1,hello,,,,\n")
    assert log.texts == ["hello"]
    assert not log.problems


def test_duplicate_headers_are_refused_by_name() -> None:
    refused = refusal("id,message,message\n1,a,b\n")
    assert refused.code == "duplicate_headers"
    assert "'message'" in refused.message


def test_columns_without_a_name_may_repeat() -> None:
    assert opened("id,,,message\n1,,,x\n").texts == ["x"]


def test_too_many_columns() -> None:
    names = ",".join(f"c{i}" for i in range(600))
    assert refusal(f"message,{names}\nx\n").code == "too_many_columns"


def test_too_many_rows_only_when_reached() -> None:
    assert refusal("message\n" + "x\n" * 11, limits=Limits(rows=10)).code == "too_many_rows"
    assert len(opened("message\n" + "x\n" * 10, limits=Limits(rows=10)).tickets) == 10


def test_one_oversized_field_is_put_aside_and_the_next_row_is_read() -> None:
    log = opened("id,message\n1," + "x" * 2000 + "\n2,fine\n", limits=Limits(field_bytes=1000))
    assert log.texts == ["fine"]
    assert [(p.row, p.code) for p in log.problems] == [(1, "field_too_long")]


def test_a_quote_that_never_closes_is_refused_with_its_line() -> None:
    refused = refusal('id,message\n1,ok\n2,"open' + "\nand on" * 400, limits=Limits(field_bytes=1000))
    assert refused.code == "field_too_long"
    assert "line 3" in refused.message


def test_a_file_without_header_says_so() -> None:
    refused = refusal('1,2026-01-01T10:00:00Z,ann,"The export fails"\n2,2026-01-02T10:00:00Z,bob,"Another"\n')
    assert refused.code == "no_text_column"
    assert "first row" in refused.message


@pytest.mark.parametrize(
    "name",
    ["message", "Message", " body ", "Description", "ticket_description", "customerMessage", "text",
     "Nachricht",
     "mensaje", "descrição", "сообщение", "本文", "Ticket: Description", "message text"],
)  # fmt: skip
def test_message_columns_are_known_by_name(name: str) -> None:
    assert opened(f"id,label,{name}\n1,card_arrival,hello\n2,card_arrival,you\n").texts == ["hello", "you"]


def test_an_id_or_a_type_of_a_message_is_not_the_message() -> None:
    rows = "".join(f"m{i},text,2026-01-01,the page stays white after login {i}\n" for i in range(5))
    assert opened(f"message_id,message_type,message_date,payload\n{rows}").texts[0].startswith("the page")


def test_a_filled_message_column_beats_an_empty_one() -> None:
    assert opened("message,body\n,the real text here\n,another one\n").texts == [
        "the real text here",
        "another one",
    ]


def test_an_unnamed_free_text_column_is_found_by_content_and_said() -> None:
    rows = "".join(f"{i},card_arrival,why has my card number {i} not come yet\n" for i in range(9))
    log = opened(f"n,intent,said\n{rows}")
    assert log.texts[0] == "why has my card number 0 not come yet"
    assert log.noted("chosen by its content: said")


def test_labels_alone_are_no_messages() -> None:
    refused = refusal("GenreId,Name\n1,Rock\n2,Jazz\n3,Metal\n")
    assert refused.code == "no_text_column"
    assert "GenreId" in refused.message
    assert "--map message=" in refused.hint


def test_mapping_overrides_and_names_segments() -> None:
    log = opened(
        "a,b,c,d\n1,hello,2026-03-04,gold\n",
        mapping={"message": "b", "id": "A", "created_at": "c", "tier": "d"},
    )
    (ticket,) = log.tickets
    assert (ticket.ticket_id, ticket.text, dict(ticket.fields)) == ("1", "hello", {"tier": "gold"})
    assert ticket.created_at is not None


def test_a_mapping_to_a_column_that_is_not_there() -> None:
    refused = refusal("a,b\n1,2\n", mapping={"message": "zzz"})
    assert refused.code == "no_text_column"
    assert "'zzz'" in refused.message
    assert "a, b" in refused.message


def test_missing_ids_are_row_numbers() -> None:
    assert [t.ticket_id for t in opened("message\na\nb\n").tickets] == ["row-1", "row-2"]
    assert [t.ticket_id for t in opened("id,message\n,a\n9,b\n").tickets] == ["row-1", "9"]


def test_the_same_id_twice_is_the_callers_to_judge() -> None:
    assert opened("id,message\n1,a\n1,a\n1,b\n").texts == ["a", "a", "b"]


def test_segments_are_kept_and_people_are_not() -> None:
    rows = "".join(
        f"{i},Ann Lee,ann{i}@x.org,+49 30 1234567,{('pro', 'free')[i % 2]},"
        f"{('a', 'b', 'c')[i % 3]},text number {i}\n"
        for i in range(30)
    )
    log = opened(f"id,name,email,phone,plan,cohort,message\n{rows}")
    assert dict(log.tickets[0].fields) == {"plan": "pro", "cohort": "a"}
    assert set(log.tickets[0].known_values) == {"Ann Lee", "Ann", "Lee", "ann0@x.org", "+49 30 1234567"}
    assert log.tickets[0].requester == "ann0@x.org"


def test_free_text_and_measures_are_no_segments() -> None:
    rows = "".join(f"{i},a long remark no {i} that nobody groups by,{i * 7},text {i}\n" for i in range(30))
    assert all(not t.fields for t in opened(f"id,remark2,seconds,message\n{rows}").tickets)


@pytest.mark.parametrize("name", ["cust0", "NULL", "45000", "Support", "a", "N/A"])
def test_what_is_no_name_is_no_known_value(name: str) -> None:
    assert opened(f"customer,message\n{name},hello\n").tickets[0].known_values == ()


@pytest.mark.parametrize(
    "name", ["a" + "..a" * 25 + "1", "a@" * 60, "a.a@" * 40, "- " * 39 + "1", "x" * 5000]
)
def test_no_name_takes_long(name: str) -> None:
    assert opened(f"customer,message\n{name},hello\n").texts == ["hello"]


@pytest.mark.parametrize(
    "header", ["Product name", "Brand name", "Plan name", "Company name", "ticket_type", "Via"]
)
def test_names_of_things_are_segments(header: str) -> None:
    rows = "".join(f"{('red', 'blue')[i % 2]},text {i}\n" for i in range(20))
    (first, *_) = opened(f"{header},message\n{rows}").tickets
    assert (dict(first.fields), first.known_values) == ({header: "red"}, ())


@pytest.mark.parametrize(
    "name", ["Created (UTC)", "ticket_created_at", "Date received", "createdAt", "Fecha", "日付"]
)
def test_date_columns_are_known_by_name(name: str) -> None:
    assert opened(f"{name},updated_at,message\n2026-01-02,2026-02-03,x\n").tickets[0].created_at is not None


def test_an_address_in_a_name_column() -> None:
    (ticket,) = opened('from,message\n"Ann Lee <ann@x.org>",hello\n').tickets
    assert set(ticket.known_values) == {"ann@x.org", "Ann Lee", "Ann", "Lee"}


def test_a_subject_joins_its_message_unless_said_already() -> None:
    log = opened("subject,message\nCard lost,Please help\nHello,hello there\n(no subject),x\n")
    assert log.texts == ["Card lost\nPlease help", "hello there", "x"]


def test_html_messages_become_text_and_it_is_said() -> None:
    log = opened('id,body\n1,"<p>Hi &amp; bye</p><p>two</p>"\n2,<div>x</div>\n')
    assert log.texts == ["Hi & bye\n\ntwo", "x"]
    assert log.noted("HTML")


def test_a_csv_that_is_a_web_page() -> None:
    assert refusal("<!DOCTYPE html><html><body>Sign in</body></html>").code == "html_file"


names = st.text(string.ascii_letters, min_size=1, max_size=8)
cells = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t"), max_size=40)


@given(st.lists(st.tuples(cells, cells), min_size=2, max_size=12))
@example([("a", 'x"y,\n;z'), ("b", "\t")])
def test_what_csv_writes_is_read_back(rows: list[tuple[str, str]]) -> None:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["id", "plan", "message"])
    writer.writerows([i, "pro", text] for i, text in rows)
    wanted = [text for _, text in rows if text.strip()]
    if wanted:
        assert opened(out.getvalue()).texts == wanted
    else:
        assert refusal(out.getvalue()).code == "no_rows"
