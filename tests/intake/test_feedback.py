"""POST /v1/feedback and /v1/metrics: counted once, also when they come before what they are of."""

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.domain.features import Watched
from bot.domain.feedback import Tally
from bot.domain.interactions import Outcome
from bot.domain.people import Person
from bot.services.interactions.preparation import is_kept
from tests.conftest import FixedClock
from tests.intake.conftest import ADA, Office
from tests.intake.test_interactions import accepted, failure

NAME = "interaction:reply/a-1"
DOWN = {
    "id": "f-1", "interaction": "a-1", "user": "u-1", "thumb": "down", "at": "2026-11-10T10:00:00Z",
    "reasons": ["wrong_facts"], "comment": "Ask jane.roe@example.com", "correction": "On Tuesday.",
}  # fmt: skip


async def say(office: Office, *said: dict[str, Any]) -> tuple[int, int, int]:
    response = await office.post("/v1/feedback", list(said))
    assert response.status_code == 200, response.text
    told = response.json()
    return told["accepted"], told["new"], told["waiting"]


async def test_a_users_word_is_a_vote_and_counts_once(office: Office) -> None:
    await office.send({"id": "a-1", "output": "On Monday."})
    assert await say(office, DOWN) == (1, 1, 0)
    assert await say(office, {**DOWN, "thumb": "up"}) == (1, 0, 0)
    (vote,) = await office.services.feedback.votes(NAME)
    assert (vote.thumb, vote.reasons, vote.correction) == ("down", ("wrong_facts",), "On Tuesday.")
    assert "jane.roe" not in vote.comment
    assert vote.user == office.services.interactions.stored_user("u-1")
    later = {**DOWN, "id": "f-2", "thumb": "up", "at": "2026-11-10T11:00:00Z"}
    early = {**DOWN, "id": "f-3", "thumb": "up", "at": "2026-11-10T09:00:00Z"}
    assert await say(office, later, early) == (2, 2, 0)
    assert await office.services.feedback.tally(NAME) == Tally(1, 0)
    await say(office, {"id": "f-4", "interaction": "a-1", "user": "u-1", "thumb": "none"})
    assert await office.services.feedback.tally(NAME) == Tally(0, 0)


async def test_a_score_is_a_thumb_and_nobody_is_somebody(office: Office) -> None:
    scores = [{"id": f"f-{score}", "interaction": "a-1", "score": score} for score in (0.0, 0.49, 0.5, 1)]
    assert await say(office, *scores) == (4, 4, 0)
    assert await office.services.feedback.tally(NAME) == Tally(2, 2)


async def test_what_comes_first_waits_for_its_interaction(office: Office) -> None:
    by_trace = {"id": "f-1", "trace": "AB12", "user": "u-1", "thumb": "up"}
    outcome = {"id": "f-2", "interaction": "a-1", "outcome": "edited", "correction": "On Tuesday."}
    assert await say(office, by_trace, outcome) == (2, 2, 2)
    assert await office.services.feedback.tally(NAME) == Tally(0, 0)
    await office.send({"id": "a-1", "output": "On Monday.", "trace": "ab12"})
    assert await office.services.feedback.tally(NAME) == Tally(1, 0)
    found = await office.services.interactions.get("reply", "a-1")
    assert found is not None
    assert (found.outcome, found.final) == (Outcome.EDITED, "On Tuesday.")
    async with office.services.store.read() as unit:
        kept = await unit.outputs.get(NAME)
        assert not await unit.product_feedback.any_waits()
    assert kept is not None
    assert kept.text == "On Monday."


async def test_ids_that_name_somebody_are_kept_as_hashes_and_found_again(office: Office) -> None:
    assert accepted(await office.send({"id": "mail to anna@example.com", "output": "On Monday."})) == (
        1,
        1,
        0,
    )
    said = {"id": "f-1", "interaction": " mail  to anna@example.com", "user": "u-1", "outcome": "accepted"}
    assert await say(office, said) == (1, 1, 0)
    found = await office.services.interactions.get("reply", "mail to anna@example.com")
    assert found is not None
    assert found.outcome is Outcome.ACCEPTED
    assert "anna" not in found.id


async def test_what_cannot_be_used_is_named(office: Office) -> None:
    bad = [
        {"id": "f-1", "thumb": "up"},
        {"id": "f-2", "interaction": "a", "reasons": ["boring"]},
        {"id": "f-3", "interaction": "a", "at": "2031-01-01T00:00:00Z"},
        {"id": "f-4", "interaction": "a", "stars": 5},
    ]
    error = failure(await office.post("/v1/feedback", bad), 422)
    assert [(each["row"], each["field"]) for each in error["problems"]] == [
        (1, ""), (2, "reasons.0"), (3, "at"), (4, "stars"),
    ]  # fmt: skip
    assert "boring" not in error["message"]
    assert await say(office) == (0, 0, 0)


async def test_business_numbers_are_replaced(office: Office) -> None:
    number = {"metric": "refund_rate", "at": "2026-11-09T00:00:00Z", "value": 0.2, "n": 40}
    for value in (0.2, 0.25):
        response = await office.post("/v1/metrics", [{**number, "value": value}, {**number, "metric": "nps"}])
        assert response.json() == {"accepted": 2}
    at = datetime(2026, 11, 9, tzinfo=UTC)
    found = await office.services.interactions.numbers("reply", "refund_rate", at, at + timedelta(days=1))
    assert [(each.value, each.n) for each in found] == [(0.25, 40)]
    error = failure(await office.post("/v1/metrics", {**number, "metric": "Refund rate"}), 422)
    assert error["problems"][0]["field"] == "metric"


async def test_sampling_keeps_sessions_whole(office: Office) -> None:
    await office.services.features.add(Watched("triage", sampling=0.3), ADA)
    _, secret = await office.services.keys.create("triage", "", ADA)
    records = [{"id": f"a-{number}", "session": f"s-{number // 5}"} for number in range(500)]
    for fresh in (True, False):  # what was left out is left out again
        told = (await office.post("/v1/interactions", records, secret=secret)).json()
        assert told["new"] == (told["accepted"] - told["sampled_out"] if fresh else 0)
    async with office.services.store.read() as unit:
        kept = await unit.interactions.between(
            "triage", datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
        )
    assert 90 <= len(kept) <= 210
    sizes = [sum(each.session == session for each in kept) for session in {each.session for each in kept}]
    assert set(sizes) == {5}
    assert all(is_kept(each, 1.0) and not is_kept(each, 0.0) for each in kept)


async def test_old_interactions_and_one_user_are_forgotten(office: Office, clock: FixedClock) -> None:
    await office.services.features.add(Watched("triage", retention_days=30), ADA)
    _, secret = await office.services.keys.create("triage", "", ADA)
    old, young = ((clock.now() - timedelta(days=days)).isoformat() for days in (31, 29))
    for key in (office.secret, secret):
        records = [{"id": "old", "at": old, "user": "u-1"}, {"id": "young", "at": young, "user": "u-2"}]
        assert accepted(await office.post("/v1/interactions", records, secret=key)) == (2, 2, 0)
    retention = office.services.retention
    assert await retention.forget_everywhere(clock.now()) == 1
    assert (await office.count("triage"), await office.count("reply")) == (1, 2)
    await say(office, {**DOWN, "interaction": "young"})
    assert await retention.erase_user("u-1") == 1
    assert await office.count("reply") == 1
    assert await office.services.feedback.votes("interaction:reply/young") == []


async def test_a_key_reads_the_live_prompts(office: Office) -> None:
    await office.services.prompts.save("reply", "Say {{ x }}", ADA)
    await office.services.prompts.promote("reply@1", Person("U2"), override="the first")
    bearer = {"Authorization": f"Bearer {office.secret}"}
    found = await office.client.get("/v1/prompts/reply", headers=bearer)
    assert (found.status_code, found.json()["version"]) == (200, 1)
    assert (await office.client.head("/v1/prompts/reply", headers=bearer)).status_code == 200
    wrong = {"Authorization": f"Bearer {office.secret[:-1]}"}
    assert (await office.client.get("/v1/prompts/reply", headers=wrong)).status_code == 401
