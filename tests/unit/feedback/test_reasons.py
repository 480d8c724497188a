"""Reasons are ranked with what chance would do; what people wrote is grouped in their own words."""

from datetime import UTC, datetime

import numpy as np
import pytest
from scipy import stats

from bot.domain.feedback import Vote
from bot.domain.feedback.reasons import ranked, shift
from bot.domain.feedback.remarks import grouped
from bot.domain.feedback.summary import Judgement

NOW = datetime(2026, 11, 16, tzinfo=UTC)


def down(n: int, *reasons: str, comment: str = "", correction: str = "") -> Judgement:
    return Judgement(Vote(f"o{n}", f"U{n}", "down", NOW, reasons, comment, correction))


@pytest.mark.parametrize(
    ("now", "before", "clear"), [(12, 0, True), (6, 5, False), (1, 9, True), (1, 0, False)]
)
def test_a_count_moves_when_chance_does_not_explain_it(now: int, before: int, clear: bool) -> None:
    found = shift(now, before)
    assert (found.change, found.clear, found.new) == (now - before, clear, before == 0)
    both = now + before
    for share, end in ((0.025, found.low), (0.975, found.high)):
        if now and before:  # the ends are opened where one count is zero
            exact = both * (2 * stats.beta(now + 0.5, before + 0.5).ppf(share) - 1)
            assert abs(end - exact) <= 1
    assert found.low <= found.change <= found.high


def test_reasons_are_ranked_with_shares_of_what_was_explained() -> None:
    now = [down(n, "wrong_facts") for n in range(9)] + [down(n, "too_long", "other") for n in range(9, 12)]
    found = ranked([*now, down(12)], [down(1, "unsafe"), down(2, "too_long")])
    assert [(each.key, each.n, each.people) for each in found] == [
        ("wrong_facts", 9, 9), ("too_long", 3, 3), ("other", 3, 3), ("unsafe", 0, 0),
    ]  # fmt: skip
    assert found[0].share == pytest.approx(9 / 12)
    assert found[0].interval.low < 0.75 < found[0].interval.high
    assert (found[0].shift.new, found[1].shift.before) == (True, 1)


def test_what_people_wrote_is_grouped_quoted_and_compared() -> None:
    now = [
        down(0, comment="The refund amount is wrong"),
        down(1, comment="It states a wrong refund amount, I paid more"),
        down(2, comment="wrong refund amount again"),
        down(3, comment="Far too long for a chat"),
        down(4, correction="Too long, one line would do"),
    ]
    before = [down(5, comment="much too long for a chat reply")]
    near = np.array([[1, 0], [1, 0.1], [1, -0.1], [0, 1], [0.1, 1], [0, 1]], np.float32)
    vectors = near / np.linalg.norm(near, axis=1, keepdims=True)
    amount, length = grouped(now, before, vectors)
    assert (amount.n, amount.people, amount.shift.new) == (3, 3, True)
    assert set(amount.outputs) == {"o0", "o1", "o2"}
    assert "refund amount" in amount.label.lower()
    texts = [each.vote.comment or each.vote.correction for each in now]
    for quote in (*amount.quotes, *length.quotes):
        assert any(quote.text in text for text in texts)  # verbatim, and of this span
    assert len(amount.quotes) == len(length.quotes) == 2
    assert (length.n, length.shift.before, length.shift.clear) == (2, 1, False)


def test_what_was_only_said_before_is_no_group_of_now() -> None:
    vectors = np.array([[1, 0, 0], [0, 1, 0]], np.float32)
    found = grouped([down(0, comment="The tone is rude")], [down(1, comment="Prices are missing")], vectors)
    assert [(each.n, each.quotes[0].text) for each in found] == [(1, "The tone is rude")]
