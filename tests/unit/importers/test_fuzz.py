"""Whatever the bytes are, only a refusal in words gets out, and what is read can be stored."""

import io
import json
import random
import zipfile
from datetime import UTC

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.tickets import RawTicket
from bot.errors import ImportRefused
from tests.unit.importers.reading import attempt
from tests.unit.importers.test_mail_and_text import LETTER
from tests.unit.importers.test_vendors import FRESHDESK, HELPSCOUT, INTERCOM, VIEWS, ZENDESK
from tests.unit.importers.test_workbook import ROWS, workbook

NAMES = ["x.csv", "x.tsv", "x.json", "x.jsonl", "x.xlsx", "x.eml", "x.mbox", "x.txt", "x.zip", "x.gz", "-"]
SEEDS = {
    "csv": b'id,created_at,customer,message\n1,2026-01-01,Ann Lee,"a ""b""\nc"\n2,03/04/2026,b,x\n',
    "json": json.dumps({"tickets": [ZENDESK, ZENDESK]}).encode(),
    "jsonl": "\n".join(json.dumps(x) for x in (INTERCOM, FRESHDESK, HELPSCOUT)).encode(),
    "mbox": f"From x Mon Mar  2 10:00:00 2026\n{LETTER}\n".encode(),
    "views": VIEWS.encode(),
    "xlsx": workbook(*ROWS),
    "utf-16": "id,message\n1,Größe\n2,x\n".encode("utf-16"),
    "latin": "id;message\n1;Größe fällt aus\n2;x\n".encode("cp1252"),
}
GRAFTS = [
    b'"', b"\n", b"\r", b",", b"{", b"}", b"[", b"]", b"\0", b"\xff\xfe", b"From ", b"\xef\xbb\xbf", b"&#0;",
    b"<!DOCTYPE x>", b"\\u0000", b"\\ud800", b"null", b"{}", b"[]", b"1e999", b";", b"9" * 5000,
]  # fmt: skip


def check(data: bytes, name: str) -> None:
    outcome = attempt(data, name)
    if isinstance(outcome, ImportRefused):
        assert outcome.message.endswith(".")
        assert outcome.code.replace("_", "").isalpha()
        return
    for ticket in outcome.tickets:
        check_storable(ticket)


def check_storable(ticket: RawTicket) -> None:
    everything = (
        ticket.text,
        ticket.ticket_id,
        ticket.requester or "",
        *ticket.fields.values(),
        *ticket.known_values,
    )
    "\n".join(everything).encode("utf-8")
    assert ticket.text.strip()
    assert "\0" not in ticket.text
    assert ticket.created_at is None or ticket.created_at.tzinfo is UTC


@given(st.binary(max_size=400), st.sampled_from(NAMES))
@settings(max_examples=200)
def test_any_bytes(data: bytes, name: str) -> None:
    check(data, name)


@given(
    st.text(max_size=300), st.sampled_from(NAMES), st.sampled_from(["utf-8", "utf-16", "cp1252", "utf-8-sig"])
)
@settings(max_examples=200)
def test_any_text(text: str, name: str, codec: str) -> None:
    check(text.encode(codec, "replace"), name)


@pytest.mark.parametrize("seed", SEEDS)
def test_logs_with_random_damage(seed: str) -> None:
    rng = random.Random(seed)
    for _ in range(250):
        data = bytearray(SEEDS[seed])
        for _ in range(rng.randint(1, 10)):
            at = rng.randrange(len(data) + 1)
            match rng.randrange(4):
                case 0:
                    data[at : at + 1] = bytes([rng.randrange(256)])
                case 1:
                    data[at:at] = rng.choice(GRAFTS)
                case 2:
                    del data[at : at + rng.randint(1, 20)]
                case _:
                    data[at:at] = data[at // 2 : at // 2 + rng.randint(1, 99)]
        check(bytes(data), rng.choice([*NAMES, f"x.{seed}", f"x.{seed}"]))


def test_sheets_with_random_damage_inside_the_zip() -> None:
    """Damage of the zip itself rarely reaches the XML; this one always does."""
    rng = random.Random(3)
    with zipfile.ZipFile(io.BytesIO(SEEDS["xlsx"])) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    for _ in range(150):
        hit = rng.choice([name for name in parts if name.startswith("xl/")])
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as book:
            for name, content in parts.items():
                part = bytearray(content)
                if name == hit:
                    at = rng.randrange(len(part))
                    part[at : at + rng.randint(0, 9)] = rng.choice(GRAFTS)
                book.writestr(name, bytes(part))
        check(out.getvalue(), "x.xlsx")
