"""Speech acts: the leading one, on sentences written by hand."""

import pytest

from bot.domain.drafting.acts import Act, acts_of


@pytest.mark.parametrize(
    ("sentence", "leading"),
    [
        ("Where is the parcel I ordered two weeks ago?", Act.STATUS),
        ("My refund still hasn't shown up", Act.STATUS),
        ("How do I unlink a device?", Act.HOW),
        ("Why was my payment declined?", Act.WHY),
        ("The app crashes when I log in", Act.FAILURE),
        ("Please close my account", Act.ACTION),
        ("Can I use the card abroad?", Act.POSSIBLE),
        ("I was charged twice for the same coffee", Act.DISPUTE),
        ("I never made this payment", Act.DISPUTE),
        ("Somebody stole my phone", Act.DANGER),
        ("How much does express shipping cost?", Act.PRICE),
        ("Your agent was rude and useless", Act.COMPLAINT),
        ("thank you, great service", Act.PRAISE),
        ("yes that is correct", Act.REPLY),
        ("What is the capital of France?", Act.INFORMATION),
        ("blue, size 42", Act.PLAIN),
    ],
)
def test_the_leading_act(sentence: str, leading: Act) -> None:
    assert acts_of(sentence)[0] is leading


def test_danger_leads_whatever_else_is_asked() -> None:
    acts = acts_of("My card was stolen, how do I get a new one?")
    assert acts[0] is Act.DANGER
    assert Act.HOW in acts


def test_a_question_about_a_failure_carries_both() -> None:
    assert set(acts_of("Why does my card not work?")) >= {Act.WHY, Act.FAILURE}
