"""Texts made to mention, link, style, hide or overflow come out dead in every field of every view."""

import json
import re
from collections import Counter
from collections.abc import Iterator

import pytest

from bot.domain.stories import Story
from tests.paths import SHARED_DATA, needs_shared_data
from tests.unit.views.everything import every_view
from tests.unit.views.stories import story_of
from tests.unit.views.walls import live, markup_signs, refusals

REPEAT = re.compile(r"\{repeat:(.):(\d+)\}")
TRICKS = (
    "<!channel> <!here|here> <@U0123456> <#C0123456|x> <https://evil.example|Sign in>",
    "*bold* _italic_ ~struck~ `code` ```fence <!everyone>``` :tada: :white_check_mark:",
    "&lt;!channel&gt; &amp;lt; & < > &",
    "\u202ehttps://evil.example\u202c a\u200b\u200d\u2060b \ufeff\x00\x1b[31m \U000e0041",
    "> quoted\n>>> more\n1. one\n• two\n\n\n# head",
    "http://x.example HTTPS://X.EXAMPLE www.x.example mailto:a@b.example tel:+1900555 javascript:alert(1)",
    "𝒳" * 3000,
    "<&>" * 1000,
    "\ud800\udfff lone",
    " ",
    "",
)


def corpus() -> Iterator[str]:
    folder = SHARED_DATA / "injection"
    for path in sorted(folder.glob("*.jsonl")) if folder.is_dir() else []:
        for line in path.read_text(encoding="utf-8").splitlines():
            entry = json.loads(line)
            yield REPEAT.sub(lambda found: found.group(1) * int(found.group(2)), entry["text"])


def assert_dead(text: str, story: Story | None = None) -> None:
    for name, shown in every_view(text, story).items():
        assert refusals(shown) == [], name
        assert live(shown) == [], name


@pytest.mark.parametrize("number", range(len(TRICKS)))
def test_tricks_are_dead_everywhere(number: int) -> None:
    assert_dead(TRICKS[number])


@needs_shared_data
def test_the_whole_corpus_is_dead_everywhere() -> None:
    texts = list(corpus())
    assert len(texts) > 250
    for text in texts:
        assert_dead(text, story_of(text, examples=1, criteria=1, edges=1, citations=1, findings=1, slices=1))


STYLES = ("*b*", "_i_", "~s~", "`c`", "```f```", "*_~`x`~_*")


@pytest.mark.parametrize("style", STYLES)
def test_no_view_takes_styling_from_a_text(style: str) -> None:
    """The same signs of markup as with a harmless text of the same length: all of them are ours."""
    harmless, hostile = every_view("x" * len(style)), every_view(style)
    for name, shown in hostile.items():
        assert markup_signs(shown) == markup_signs(harmless[name]), name


def test_the_walls_can_fall() -> None:
    """The checks of these tests see what they are for."""
    from handlers.views.kit import Message

    bad = Message(
        "<!channel> &", ({"type": "section", "text": {"type": "mrkdwn", "text": "<http://x.y|z> \u202e"}},)
    )
    found = Counter(word.split()[0] for word in live(bad))
    assert {"an", "a", "not", "hidden"} <= set(found)
