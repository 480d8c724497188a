"""The sample product's eight weeks: the same every time, made of the sample's own words, and worth a look."""

import time
from collections import Counter
from datetime import UTC, datetime, timedelta

from bot.domain.feedback import Mark
from bot.sample.interactions import HANDED_ON, Calls, calls, load_questions

UNTIL = datetime(2026, 11, 21, 15, 30, tzinfo=UTC)


def made(until: datetime = UNTIL) -> Calls:
    return calls("reply", until, prompt="reply@1", fingerprint="f", labeller="U0CHLOE")


def test_the_same_day_gives_the_same_calls_in_no_time() -> None:
    started = time.process_time()
    found = made()
    assert time.process_time() - started < 0.5
    assert found == made(UNTIL + timedelta(hours=8))
    assert len({each.id for each in found.interactions}) == 600
    times = [each.at for each in found.interactions]
    assert times == sorted(times)
    assert UNTIL - timedelta(days=58) < times[0] < times[-1] < UNTIL


def test_its_words_are_the_samples() -> None:
    known = {each.text: each for each in load_questions()}
    assert len(known) == 68
    for call in made().interactions:
        question = known[call.input]
        assert call.output == ("" if call.error else question.answer)
        assert bool(call.final) == (call.outcome == "edited")
    qualities = Counter(each.quality for each in known.values())
    assert qualities == {"right": 37, "passed on": 19, "wrong": 12}
    assert all("Thursday" in each.answer for each in known.values() if each.quality == "wrong")
    assert all(each.answer == HANDED_ON for each in known.values() if each.quality == "passed on")


def test_what_is_wrong_is_disliked_more_often() -> None:
    found = made()
    known = {call.name: call.input for call in found.interactions}
    quality = {each.text: each.quality for each in load_questions()}
    thumbs = Counter(
        (quality[known[each.output]], each.what.thumb) for each in found.given if isinstance(each.what, Mark)
    )
    assert thumbs["right", "up"] > 9 * thumbs["right", "down"]
    assert thumbs["wrong", "down"] > 3 * thumbs["wrong", "up"]
    assert sum(thumbs.values()) > 150
    assert {label.label for label in found.labels} == {"agree", "disagree", "unsure"}
