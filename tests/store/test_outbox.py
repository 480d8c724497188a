"""Posts are sent exactly once, whatever fails and whenever."""

import asyncio
import itertools
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.posts import Post, PostState
from bot.errors import DeliveryError, DeliveryLimited, DeliveryRejected, DeliveryUnclear
from bot.services import outbox as module
from bot.services.outbox import LEASE, LONGEST_WAIT, TRIES, Outbox
from bot.store import Store, open_store
from tests.store.slack import Death, FakeSlack, Killed, MortalStore, Time

POST = Post(
    key="ev:1:answer",
    channel="C1",
    text="Hello",
    blocks=({"type": "section", "text": {"type": "plain_text", "text": "Hello"}},),
    thread_ts="1.2",
    about="story:ST-14",
)


@pytest.fixture
def slack() -> FakeSlack:
    return FakeSlack()


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def outbox(store: Store, slack: FakeSlack, time: Time) -> Outbox:
    return Outbox(store, time, slack, time.sleep)


async def test_a_post_is_sent_once_and_known_afterwards(outbox: Outbox, slack: FakeSlack) -> None:
    ts = await outbox.publish(POST)
    assert await outbox.publish(POST) == ts
    assert slack.calls == ["post"]
    assert slack.messages == [(POST.key, ts)]
    assert await outbox.find_about("C1", ts) == "story:ST-14"
    assert await outbox.find_about("C2", ts) == await outbox.find_about("C1", "9.9") == ""
    (place,) = await outbox.places("story:ST-14")
    assert (place.post, place.state, place.attempts, place.ts) == (POST, PostState.SENT, 1, ts)
    assert await outbox.places("story:ST-1") == []


async def test_teams_do_not_see_each_others_posts(store: Store, slack: FakeSlack, time: Time) -> None:
    one = Outbox(store, time, slack, time.sleep)
    other = Outbox(store.for_team("team-b"), time, slack, time.sleep)
    ts = await one.publish(POST)
    assert await other.find_about("C1", ts) == ""
    assert await other.publish(POST) != ts


@pytest.mark.parametrize("fault", ["lost", "late"])
async def test_after_a_time_out_the_channel_is_read_back(
    outbox: Outbox, slack: FakeSlack, time: Time, fault: str
) -> None:
    slack.plan(posting=[fault])
    ts = await outbox.publish(POST)
    assert slack.messages == [(POST.key, ts)]
    assert slack.calls == (["post", "find"] if fault == "late" else ["post", "find", "post"])
    assert time.slept == [1.0]


async def test_a_rate_limit_is_waited_for_and_nothing_is_read_back(
    outbox: Outbox, slack: FakeSlack, time: Time
) -> None:
    slack.plan(posting=["limited", "limited"])
    await outbox.publish(POST)
    assert slack.calls == ["post"] * 3
    assert time.slept == [7.0, 7.0]
    assert slack.arrived(POST.key) == 1


async def test_no_wait_is_longer_than_a_minute(store: Store, time: Time) -> None:
    class Patient(FakeSlack):
        async def post(self, post: Post) -> str:
            raise DeliveryLimited("Too often.", retry_after=86_400)

    with pytest.raises(DeliveryLimited):
        await Outbox(store, time, Patient(), time.sleep).publish(POST)
    assert time.slept == [LONGEST_WAIT] * (TRIES - 1)


async def test_a_refusal_is_final_and_repeats_itself(outbox: Outbox, slack: FakeSlack) -> None:
    slack.plan(posting=["rejected"])
    for _ in range(2):
        with pytest.raises(DeliveryRejected) as caught:
            await outbox.publish(POST)
        assert caught.value.reason == "not_in_channel"
    assert slack.calls == ["post"]


async def test_what_cannot_be_read_back_is_never_sent_again(
    outbox: Outbox, slack: FakeSlack, store: Store
) -> None:
    slack.plan(posting=["lost"], reading=["rejected"])
    for _ in range(2):
        with pytest.raises(DeliveryUnclear, match="not known whether"):
            await outbox.publish(POST)
    assert slack.calls == ["post", "find"]
    assert await outbox.places("story:ST-14") == []
    async with store.read() as unit:
        posted = await unit.posts.get(POST.key)
    assert posted is not None
    assert (posted.state, posted.error) == (PostState.FAILED, "unclear")


async def test_it_gives_up_after_a_while_and_goes_on_when_asked_again(
    outbox: Outbox, slack: FakeSlack, time: Time
) -> None:
    slack.plan(posting=["late"], reading=["lost"] * (TRIES - 1))
    with pytest.raises(DeliveryUnclear):
        await outbox.publish(POST)
    assert time.slept == sorted(time.slept)
    assert slack.calls == ["post"] + ["find"] * (TRIES - 1)
    await outbox.publish(POST)
    assert slack.arrived(POST.key) == 1


async def test_callers_at_the_same_time_post_once(store: Store, time: Time) -> None:
    seen = asyncio.Event()

    class Slow(FakeSlack):
        async def post(self, post: Post) -> str:
            await seen.wait()
            return await super().post(post)

    async def wait(_seconds: float) -> None:
        seen.set()  # another caller found the message held
        await asyncio.sleep(0.001)

    slow = Slow()
    senders = [Outbox(store, time, slow, wait) for _ in range(5)]
    async with asyncio.timeout(20):
        found = await asyncio.gather(*(sender.publish(POST) for sender in senders))
    assert len(set(found)) == 1
    assert slow.calls == ["post"]


async def test_a_sender_that_was_held_up_looks_again_before_it_sends(store: Store, time: Time) -> None:
    """A paused process must not send on the strength of a lease that has run out."""

    class Stalling(FakeSlack):
        async def find(self, post: Post, since: object) -> str | None:
            self.calls.append("find")
            if self.calls.count("find") == 1:
                time.time += LEASE
                self.messages.append((post.key, "5.5"))  # somebody else sent it meanwhile
                return None
            return "5.5"

    slack = Stalling()
    slack.plan(posting=["lost"])
    assert await Outbox(store, time, slack, time.sleep).publish(POST) == "5.5"
    assert slack.arrived(POST.key) == 1


async def test_a_dead_senders_message_is_taken_over(
    store: Store, slack: FakeSlack, time: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    outbox = Outbox(store, time, slack, time.sleep)
    slack.plan(posting=["killed"])
    with pytest.raises(Killed):
        await outbox.publish(POST)
    monkeypatch.setattr(module, "PROCESS", "restarted")
    await outbox.publish(POST)
    assert slack.arrived(POST.key) == 1
    served = "postgresql" in str(store._engine.url)
    assert (sum(time.slept) >= LEASE.total_seconds()) is served  # one process has an SQLite file to itself


async def test_killed_between_any_two_lines_once_or_twice(store: Store, time: Time) -> None:
    death = Death()
    slack = FakeSlack(death)
    outbox = Outbox(MortalStore.over(store, death), time, slack, time.sleep)
    lived = 0
    for first, second in itertools.product(range(9), [None, *range(11)]):
        post = Post(key=f"kill:{first}:{second}", channel="C1", text="Hello")
        for at in (first, second):
            death.plan(at)
            with suppress(Killed):
                await outbox.publish(post)
                lived += 1
            time.time += LEASE
        death.plan(None)
        ts = await outbox.publish(post)
        assert slack.arrived(post.key) == 1, post.key
        assert (post.key, ts) in slack.messages
    assert lived < 9 * 12 * 2  # somebody was killed


POSTING = st.lists(st.sampled_from(["ok", "lost", "late", "limited", "killed"]), max_size=12)
READING = st.lists(st.sampled_from(["ok", "lost", "limited", "killed"]), max_size=12)


def test_any_sequence_of_faults_leaves_one_message(tmp_path: Path) -> None:
    time, slack, numbers = Time(), FakeSlack(), itertools.count()
    with asyncio.Runner() as runner:
        store = open_store(f"sqlite+aiosqlite:///{tmp_path / 'test.db'}", "team-a")
        outbox = Outbox(store, time, slack, time.sleep)

        async def persist(post: Post) -> str:
            for _ in range(40):
                try:
                    return await outbox.publish(post)
                except (Killed, DeliveryError):
                    time.time += timedelta(minutes=2)
            raise AssertionError("never sent")

        @settings(max_examples=100, deadline=None)
        @given(POSTING, READING)
        @example(["killed", "late"], ["killed", "lost", "limited"])
        @example(["limited", "killed"], [])
        @example(["lost"] * 12, [])
        def check(posting: list[str], reading: list[str]) -> None:
            post = Post(key=f"k{next(numbers)}", channel="C1", text="Hello")
            slack.plan(posting, reading)
            ts = runner.run(persist(post))
            assert [found for found in slack.messages if found[0] == post.key] == [(post.key, ts)]

        try:
            check()
        finally:
            runner.run(store.close())
