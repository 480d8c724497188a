"""Plain words: what may be said, and what could come alive."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.plain import live_parts, plain_words

PLAIN = [
    "States the date, the carrier and what to do next; offers a replacement after 7 days.",
    "Says “I can't find it” and hands over (with the thread).",
    "at most 2 sentences, e.g. yes or no",
    "R&D & support: 50 % of £3.50 / month, order #1234, 10:30:45, v1.2",
    "asks for [EMAIL_1] or [ORDER_ID_12] again",
    "opens report.pdf, data.csv or Node.js",
    "Größe prüfen — où est ma carte ? 日本語 🙂",
]
LIVE_TEXTS = [
    "<!channel>", "<@U0123456789>", "<https://evil.example|bank>", "https://evil.example", "see www.x.y",
    "@here", "＠channel", "＜!here＞", "#general", "ask U0123456789", "[a](b)", "`rm`", "mailto:x", "tel:+1",
    "javascript:x", "go to evil.com", "EVIL.COM/pay", "evil.qq/pay", "{{ x }}", "{% x %}", "&lt;!here&gt;",
    "&#64;here",
    "pass\u200bword", "\u202eabc", "a\U000e0041b",
]  # fmt: skip
STYLED = [
    "*bold*",
    "~no~",
    "_emphasis_",
    ":tada:",
    "a | b",
    "[note]",
    "# Title",
    "- item",
    "see evil.qq now",
    "{x}",
]


@pytest.mark.parametrize("text", PLAIN)
def test_sentences_pass_unchanged(text: str) -> None:
    assert plain_words(text) == text
    assert live_parts(text) == []


@pytest.mark.parametrize("text", LIVE_TEXTS)
def test_what_could_come_alive_is_found(text: str) -> None:
    assert live_parts(f"please {text} now")


@pytest.mark.parametrize("text", [text for text in LIVE_TEXTS if text.isprintable()] + STYLED)
def test_it_is_no_plain_word_either(text: str) -> None:
    with pytest.raises(ValueError, match="write plain words") as failure:
        plain_words(text)
    assert text not in str(failure.value)


@pytest.mark.parametrize("text", STYLED)
def test_styled_tickets_may_be_quoted(text: str) -> None:
    assert live_parts(text) == []


@pytest.mark.parametrize(
    "text",
    ["I paid {$1300.00}", "help me.please reply", "it was 5 @ 3 pounds", "order #1234", "the CIRCUMSTANCES"],
)
def test_what_people_write_without_meaning_it_may_be_quoted(text: str) -> None:
    assert live_parts(text) == []


@given(st.text(max_size=200))
def test_plain_words_stay_plain(text: str) -> None:
    try:
        line = plain_words(text)
    except ValueError:
        return
    assert plain_words(line) == line
    assert live_parts(line) == []
    assert not set(line) & set("<>`*~|[]{}\\") - set("[]")
