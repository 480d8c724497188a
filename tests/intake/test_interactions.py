"""POST /v1/interactions: what is kept, what is refused and with which words."""

import asyncio
import gzip
import json
import random
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from httpx2 import HTTPError, Response

from bot.domain.interactions import Outcome, Row
from bot.intake.limits import Backlog
from bot.services.interactions.keys import KeyCache, KeyService
from bot.store.interactions import Interactions
from tests.conftest import FixedClock
from tests.intake.conftest import ADA, Office

NDJSON = {"Content-Type": "application/x-ndjson"}
GZIP = {"Content-Encoding": "gzip"}


def failure(response: Response, status: int) -> dict[str, Any]:
    assert response.status_code == status, response.text
    assert response.headers["cache-control"] == "no-store"
    error: dict[str, Any] = response.json()["error"]
    assert set(error) <= {"code", "message", "hint", "problems", "left_out"}
    assert error["message"].endswith(".")
    return error


def accepted(response: Response) -> tuple[int, int, int]:
    assert response.status_code == 200, response.text
    told = response.json()
    return told["accepted"], told["new"], told["known"]


async def test_what_is_sent_is_kept_without_people(office: Office) -> None:
    record = {
        "id": "a-1",
        "at": "2026-11-09T10:00:00+02:00",
        "input": "I am Anna Schmidt, my card is 4111 1111 1111 1111",
        "output": "We wrote to anna@example.com",
        "error": "no mailbox anna@example.com",
        "user": "anna@example.com",
        "session": "s-1",
        "segment": {"plan": "pro", "contact": "anna@example.com"},
        "model": "gpt-4o-mini",
        "input_tokens": 1000,
        "output_tokens": 100,
        "colour": "red",
    }
    response = await office.post("/v1/interactions", record)
    assert accepted(response) == (1, 1, 0)
    assert response.json()["ignored"] == {"colour": 1}
    found = await office.services.interactions.get("reply", "a-1")
    assert found is not None
    assert found.at == datetime(2026, 11, 9, 8, tzinfo=UTC)
    assert found.cost == pytest.approx(1000 * 0.15e-6 + 100 * 0.6e-6)
    assert found.user.startswith("product:")
    assert found.segment["plan"] == "pro"
    raw = (office.settings.data_dir / "plumbline.db-wal").read_bytes()
    for canary in (b"Anna", b"Schmidt", b"4111", b"anna@", b"s-1"):
        assert canary not in raw


async def test_sending_again_doubles_nothing_and_fills_what_was_empty(office: Office) -> None:
    assert accepted(await office.send({"id": "a-1", "input": "Hello"}, {"id": "a-2"})) == (2, 2, 0)
    assert accepted(await office.send({"id": "a-1", "input": "Hello"}, {"id": "a-2"})) == (2, 0, 2)
    late = {"id": "a-1", "input": "Other", "outcome": "accepted"}
    assert accepted(await office.send(late, {"id": "a-3"})) == (2, 1, 1)
    found = await office.services.interactions.get("reply", "a-1")
    assert found is not None
    assert (found.input, found.outcome) == ("Hello", Outcome.ACCEPTED)
    assert await office.count() == 3


async def test_many_at_once_share_transactions_and_each_is_told_its_own(office: Office) -> None:
    answers = await asyncio.gather(
        *(office.send({"id": f"a-{number // 2}"}, {"id": f"b-{number}"}) for number in range(40))
    )
    assert await office.count() == 60
    counts = [accepted(answer) for answer in answers]
    assert sum(new for _, new, _ in counts) == 60
    assert {all_ for all_, _, _ in counts} == {2}


async def test_one_body_that_the_database_does_not_take_keeps_no_other_out(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    load = Interactions.load

    async def fussy(self: Interactions, rows: Sequence[Row], now: datetime) -> set[tuple[str, str]]:
        if any(row[0] == "poison" for row in rows):
            raise ValueError("no")
        return await load(self, rows, now)

    monkeypatch.setattr(Interactions, "load", fussy)
    ids = ["a-1", "poison", "a-2", "a-3"]
    answers = await asyncio.gather(*(office.send({"id": id_}) for id_ in ids))
    assert [answer.status_code for answer in answers] == [200, 500, 200, 200]
    assert await office.count() == 3


async def test_lines_and_gzip_are_read(office: Office) -> None:
    lines = b"\n".join(json.dumps({"id": f"a-{number}", "input": "Zürich"}).encode() for number in range(50))
    assert accepted(await office.post("/v1/interactions", lines, headers=NDJSON)) == (50, 50, 0)
    packed = gzip.compress(lines.replace(b"a-", b"b-"))
    assert accepted(await office.post("/v1/interactions", packed, headers={**NDJSON, **GZIP})) == (50, 50, 0)
    found = await office.services.interactions.get("reply", "b-49")
    assert found is not None
    assert found.input == "Zürich"


async def test_late_data_land_where_they_happened(office: Office, clock: FixedClock) -> None:
    week = clock.now() - timedelta(days=14)
    await office.send({"id": "now"}, {"id": "late", "at": week.isoformat()})
    async with office.services.store.read() as unit:
        found = await unit.interactions.between("reply", week, week + timedelta(days=7))
    assert [each.id for each in found] == ["late"]


async def test_one_bad_record_keeps_all_others_out(office: Office) -> None:
    response = await office.send(
        {"id": "a-1"}, {"id": "a-2", "latency_ms": -1, "cost": "free"}, {"input": "x"}
    )
    error = failure(response, 422)
    assert error["message"].startswith(
        "2 records cannot be used, so nothing was kept. The first is record 2:"
    )
    assert [(each["row"], each["field"]) for each in error["problems"]] == [
        (2, "latency_ms"), (2, "cost"), (3, "id"),
    ]  # fmt: skip
    assert await office.count() == 0


async def test_of_very_many_problems_the_first_are_told(office: Office) -> None:
    error = failure(await office.send(*({"input": "x"} for _ in range(200))), 422)
    assert (len(error["problems"]), error["left_out"]) == (50, 150)


NOISE = random.Random(1).randbytes(1_000_000)
HOSTILE: dict[str, tuple[bytes, dict[str, str], int, str]] = {
    "no JSON": (b'{"id": ', {}, 400, "bad_body"),
    "nothing": (b"", {}, 400, "bad_body"),
    "a number": (b"17", {}, 400, "bad_body"),
    "not UTF-8": (b'{"id": "\xff\xfe"}', {}, 400, "bad_body"),
    "NaN": (b'{"id": "a", "cost": NaN}', {}, 400, "bad_body"),
    "too deep": (b'{"id": "a", "input": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", {}, 400, "bad_body"),
    "no gzip": (b'{"id": "a"}', GZIP, 400, "bad_gzip"),
    "half a gzip": (gzip.compress(b'{"id": "a"}' * 100)[:-12], GZIP, 400, "bad_gzip"),
    "many gzips": (gzip.compress(b" ") * 1_000, GZIP, 400, "bad_gzip"),
    "a bomb": (gzip.compress(b" " * 50_000_000), GZIP, 413, "archive_ratio"),
    "a large bomb": (
        gzip.compress(random.Random(1).randbytes(1_000_000) + bytes(4_500_000), 1),
        GZIP,
        413,
        "too_large",
    ),
    "brotli": (b"x", {"Content-Encoding": "br"}, 415, "bad_encoding"),
    "a form": (b"id=a", {"Content-Type": "application/x-www-form-urlencoded"}, 415, "bad_type"),
    "too large": (b" " * 5_000_001, {}, 413, "too_large"),
    "no object": (b"[1]", {}, 422, "bad_rows"),
    "a broken line": (b'{"id": "a"}\n{"id"\n', NDJSON, 422, "bad_rows"),
    "an odd number": (b'{"id": "a", "input_tokens": 1e400}', {}, 422, "bad_rows"),
    "of another feature": (b'{"id": "a", "feature": "triage"}', {}, 422, "bad_rows"),
}


@pytest.mark.parametrize("name", HOSTILE)
async def test_hostile_bodies_get_one_sentence(office: Office, name: str) -> None:
    body, headers, status, code = HOSTILE[name]
    response = await office.post("/v1/interactions", body, headers=headers)
    assert failure(response, status)["code"] == code
    assert await office.count() == 0
    assert accepted(await office.send({"id": "after"})) == (1, 1, 0)


async def test_a_body_without_a_length_is_stopped_while_it_comes(office: Office) -> None:
    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield b" " * 100_000

    headers = {"Authorization": f"Bearer {office.secret}", "Content-Type": "application/json"}
    async with asyncio.timeout(20):
        try:
            response = await office.client.post("/v1/interactions", content=endless(), headers=headers)
        except HTTPError:
            pass  # the connection was closed under it
        else:
            failure(response, 413)
    assert accepted(await office.send({"id": "after"})) == (1, 1, 0)


async def test_whoever_sends_everything_first_hears_why_it_is_refused(office: Office) -> None:
    for secret, size, status in (("plk_no", 4_000_000, 401), (office.secret, 12_000_000, 413)):
        async with asyncio.timeout(20):
            response = await office.post("/v1/interactions", b" " * size, secret=secret)
        failure(response, status)


async def test_wrong_and_revoked_keys_open_nothing(office: Office) -> None:
    for secret in ("plk_", "plk_" + "A" * 43, office.secret[:-1], office.secret + "A", "plk_ä"):
        sent = {"Authorization": f"Bearer {secret}".encode()}
        response = await office.client.post("/v1/interactions", json={"id": "a"}, headers=sent)  # type: ignore[arg-type]  # bytes go out as they are
        assert failure(response, 401)["code"] == "wrong_key"
        assert response.headers["www-authenticate"].startswith("Bearer")
    key, second = await office.services.keys.create("reply", "", "ops")
    assert (await office.post("/v1/interactions", {"id": "a"}, secret=second)).status_code == 200
    await office.services.keys.revoke(key.id, "ops")
    assert failure(await office.post("/v1/interactions", {"id": "b"}, secret=second), 401)
    assert accepted(await office.send({"id": "b"})) == (1, 1, 0)
    raw = (office.settings.data_dir / "plumbline.db-wal").read_bytes()
    assert second.encode() not in raw


async def test_what_is_revoked_elsewhere_is_refused_when_its_time_is_over(office: Office) -> None:
    services = office.services
    elsewhere = KeyService(services.store, services.clock, services.people, KeyCache(fresh=0.0))
    assert await elsewhere.holder(office.secret) is not None
    (key,) = await services.keys.all()
    await services.keys.revoke(key.id, ADA)
    assert await elsewhere.holder(office.secret) is None


async def test_a_key_is_for_its_own_team_and_feature(office: Office) -> None:
    other = office.services.for_team("team-b")
    async with other.store.write() as unit:
        record = await unit.features.record("reply")
        assert record is None
    assert (await office.send({"id": "a"})).status_code == 200
    async with other.store.read() as unit:
        assert await unit.interactions.count("reply") == 0


@pytest.mark.parametrize("options", [{"intake_rate": 10.0}])
async def test_a_key_that_sends_too_much_waits(office: Office) -> None:
    assert accepted(await office.send(*({"id": f"a-{number}"} for number in range(150)))) == (150, 150, 0)
    response = await office.send({"id": "b"})
    error = failure(response, 429)
    assert error["code"] == "too_many"
    assert 4 <= int(response.headers["retry-after"]) <= 5, "50 over at 10 a second"
    _, second = await office.services.keys.create("reply", "", ADA)
    assert (await office.post("/v1/interactions", {"id": "b"}, secret=second)).status_code == 200


@pytest.mark.parametrize("options", [{"intake_bytes_rate": 1_000.0}])
async def test_bytes_count_as_they_are_unpacked(office: Office) -> None:
    packed = gzip.compress(b'{"id": "a"}' + b" " * 20_000)
    assert (await office.post("/v1/interactions", packed, headers=GZIP)).status_code == 200
    assert "bytes a second" in failure(await office.send({"id": "b"}), 429)["message"]


async def test_a_full_process_says_when_to_come_back(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        Backlog, "bodies", property(lambda self: 512, lambda self, value: None), raising=False
    )
    response = await office.send({"id": "a"})
    assert failure(response, 429)["code"] == "full"
    assert int(response.headers["retry-after"]) >= 1


async def test_figures_are_shown(office: Office) -> None:
    await office.send({"id": "a"}, {"id": "b"})
    await office.send({"id": "a"})
    await office.post("/v1/interactions", b"x")
    text = (await office.client.get("/metrics")).text
    assert 'plumbline_intake_records_total{kind="new"} 2' in text
    assert 'plumbline_intake_records_total{kind="known"} 1' in text
    assert 'plumbline_intake_refused_total{code="bad_body"} 1' in text
    assert "plumbline_intake_queue 0" in text


async def test_nothing_of_a_body_is_logged(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_: object, **__: object) -> None:
        raise ValueError("inside")

    monkeypatch.setattr(type(office.services.interactions), "record", broken)
    error = failure(await office.send({"id": "canary-1", "input": "canary-2"}), 500)
    assert "reference" in error["hint"]
    log = (office.settings.data_dir / "plumbline.log").read_text()
    assert "inside" in log
    assert "canary" not in log
    assert office.secret not in log
