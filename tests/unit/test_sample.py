"""The sample log is what its sources build, holds what its README promises, and names nobody real."""

import csv
import re
import subprocess
import sys
from collections import Counter
from datetime import date, datetime, timedelta

import pytest

from bot.domain.audit.language import language_of
from bot.sample.build import LOG, gold
from bot.sample.catalogue import load_needs, load_people, read_message
from bot.sample.days import FIRST_DAY, WEEKS
from bot.sample.dice import Dice

Row = dict[str, str]

RESERVED_HOST = re.compile(r"(?:^|\.)(?:example\.(?:com|org|net)|test)$")
FICTION = (
    r"07700 ?900\d{3}",  # Ofcom's numbers for drama
    r"020 7946 0\d{3}",
    r"0113 496 0\d{3}",
    r"01632 960\d{3}",
    r"\+44 7700 900\d{3}",
    r"020 91\d \d{4}",  # ComReg
    r"\(?\d{3}\)?[ -]555-01\d\d",  # NANP
    r"\+1 \d{3} 555 01\d\d",
    r"030 23125 \d{3}",  # Bundesnetzagentur
    r"089 99998 \d{3}",
)
TEST_CARD = "4111 1111 1111 1111"
EXAMPLE_IBAN = "DE89 3704 0044 0532 0130 00"


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    with LOG.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def day_of(row: Row) -> date:
    return datetime.fromisoformat(row["created_at"]).date()


def texts(rows: list[Row]) -> str:
    return "\n".join(f"{row['subject']}\n{row['message']}\n{row['requester_email']}" for row in rows)


@pytest.mark.parametrize("hash_seed", ["0", "4711"])
def test_log_is_byte_for_byte_what_a_fresh_process_builds(hash_seed: str) -> None:
    code = "import sys; from bot.sample.build import render; sys.stdout.buffer.write(render().encode())"
    built = subprocess.run(  # noqa: S603  our own interpreter on our own line of code
        [sys.executable, "-c", code], capture_output=True, check=True, env={"PYTHONHASHSEED": hash_seed}
    )
    assert built.stdout == LOG.read_bytes(), "run: python -m bot.sample.build"


def test_about_1200_tickets_over_twelve_whole_weeks(rows: list[Row]) -> None:
    assert 1150 <= len(rows) <= 1250
    assert FIRST_DAY.weekday() == 0
    weeks = Counter((day_of(row) - FIRST_DAY).days // 7 for row in rows)
    assert sorted(weeks) == list(range(WEEKS))
    assert min(weeks, key=lambda week: weeks[week]) == 5, "the sixth week is the quiet one"
    assert weeks[5] < 0.5 * sorted(weeks.values())[WEEKS // 2]


def test_four_days_are_silent(rows: list[Row]) -> None:
    days = {day_of(row) for row in rows}
    silent = [day for n in range(84) if (day := FIRST_DAY + timedelta(days=n)) not in days]
    assert {date(2026, 10, n) for n in (1, 2, 3, 4)} <= set(silent)


def test_ids_are_unique_and_rise_with_time(rows: list[Row]) -> None:
    ids = [int(row["ticket_id"]) for row in rows]
    assert ids == sorted(set(ids))
    times = [datetime.fromisoformat(row["created_at"]) for row in rows]
    assert times == sorted(times)
    assert all(time.utcoffset() is not None for time in times)


def test_an_unquoted_colon_is_named() -> None:
    with pytest.raises(ValueError, match=r"Spinach.*quote a line that holds a colon"):
        read_message({"Spinach": "no show."})


def test_wordings_are_many_and_distinct() -> None:
    wordings = [message.text for need in load_needs() for message in need.messages]
    assert len(wordings) == len(set(wordings)) >= 550
    assert len({re.sub(r"[^\w]+", " ", text).casefold() for text in wordings}) >= 550


def test_every_wording_is_used_and_none_is_overused(rows: list[Row]) -> None:
    assert len({row["message"] for row in rows}) >= 1000
    same = Counter(row["message"].casefold() for row in rows if row["message"])
    assert max(same.values()) <= 5
    for message in (message for need in load_needs() for message in need.messages):
        assert 1 <= message.repeats <= 5


def test_needs_are_uneven_and_the_label_stays_out(rows: list[Row]) -> None:
    labels = gold()
    assert list(labels) == [row["ticket_id"] for row in rows]
    counts = Counter(need for need in labels.values() if need)
    assert 14 <= len(counts) <= 18
    assert 0.15 <= max(counts.values()) / len(rows) <= 0.2
    assert min(counts.values()) / len(rows) <= 0.015
    assert "need" not in rows[0]
    assert not {value for row in rows for value in row.values()} & set(counts)


def test_one_need_rises_in_the_last_three_weeks_and_no_other(rows: list[Row]) -> None:
    labels, recent = gold(), FIRST_DAY + timedelta(weeks=WEEKS - 3)
    late = Counter(labels[row["ticket_id"]] for row in rows if day_of(row) >= recent)
    all_ = Counter(labels.values())
    rising = {need for need in all_ if need and late[need] / all_[need] > 0.45}  # a flat one: about 0.27
    assert rising == {"wrong-cutoff-from-moss"}
    assert late["wrong-cutoff-from-moss"] >= 70


def test_requesters_return_and_one_is_heavy(rows: list[Row]) -> None:
    people = Counter(row["requester_email"] for row in rows)
    assert 700 <= len(people) <= 900
    (heavy, most), (_, second) = people.most_common(2)
    assert heavy == "office@kestrel-lane.example.org"
    assert most >= 20
    assert second <= 10


def test_some_press_send_again_and_some_send_nothing(rows: list[Row]) -> None:
    assert 5 <= sum(not row["message"] for row in rows) <= 15
    seen: dict[tuple[str, str], datetime] = {}
    resent = 0
    for row in rows:
        key, time = (row["requester_email"], row["message"]), datetime.fromisoformat(row["created_at"])
        resent += bool(row["message"]) and key in seen and time - seen[key] <= timedelta(hours=4)
        seen[key] = time
    assert 10 <= resent <= 20


def test_fields_are_missing_as_in_life(rows: list[Row]) -> None:
    missing = {name: sum(not row[name] for row in rows) / len(rows) for name in rows[0]}
    assert 0.3 <= missing["product_area"] <= 0.42
    assert 0.25 <= missing["app_version"] <= 0.42
    assert 0.6 <= missing["subject"] <= 0.85
    assert (
        missing["ticket_id"] == missing["created_at"] == missing["channel"] == missing["requester_email"] == 0
    )


def test_a_second_and_a_third_language(rows: list[Row]) -> None:
    long = [row["message"] for row in rows if len(row["message"]) > 40]
    shares = Counter(language_of(text) for text in long)
    assert 0.03 <= shares["de"] / len(long) <= 0.07
    assert 0.03 <= shares["es"] / len(long) <= 0.07


def test_no_slot_is_left_open(rows: list[Row]) -> None:
    assert not re.search(r"[{}|]", texts(rows))


def test_hosts_are_reserved(rows: list[Row]) -> None:
    found = re.findall(r"(?:@|https?://)([\w.-]+\w)", texts(rows))
    assert len(found) > len(rows)
    assert [host for host in found if not RESERVED_HOST.search(host)] == []


def test_domains_and_phones_of_the_crowd_are_reserved() -> None:
    people, dice = load_people(), Dice("test")
    assert all(RESERVED_HOST.search(domain) for domain in people["domains"])
    numbers = [number for place in people["countries"].values() for number in place["phones"]]
    numbers += [fixed["phone"] for fixed in people["heavy"].values()]
    for pattern in numbers:
        number = re.sub(
            r"\{(\d)\}", lambda m: "".join(str(dice.below(10)) for _ in range(int(m[1]))), pattern
        )
        assert any(re.fullmatch(fiction, number) for fiction in FICTION), pattern


def test_every_long_number_in_a_text_belongs_to_nobody(rows: list[Row]) -> None:
    """Take away what is reserved: no run of seven digits or more, however spaced, is left over."""
    left = texts(rows).replace(TEST_CARD, " ").replace(EXAMPLE_IBAN, " ")
    assert left != texts(rows)
    for fiction in (*FICTION, r"192\.0\.2\.\d{1,3}"):
        left = re.sub(rf"(?<!\d){fiction}(?!\d)", " ", left)
    assert re.findall(r"\d(?:[ ().-]?\d){6,}", left) == []


def test_addresses_of_the_network_are_documentation_ones(rows: list[Row]) -> None:
    found = re.findall(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])", texts(rows))
    assert found
    assert all(address.startswith("192.0.2.") for address in found)


def test_postcodes_come_from_areas_nobody_lives_in() -> None:
    places = load_people()["countries"]
    areas = {
        code: {re.split(r"(?<=[A-Z])(?=\d)|(?<=^\d\d)(?=\d)", each)[0] for each in place["postcodes"]}
        for code, place in places.items()
    }
    assert areas["GB"] <= {"VX", "QJ", "XV"}
    assert areas["IE"] <= {"J", "B"}
    assert areas["US"] | areas["DE"] | areas["AT"] == {"00"}
    assert areas["ES"] == {"99"}
