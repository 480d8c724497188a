"""The charts of a digest as a picture: of any words, the same for the same digest, and in words too."""

from dataclasses import replace

from bot.reports.digest import described, picture
from handlers.views.digests.specimens import DIGEST, FELL, NONE

PNG = b"\x89PNG\r\n\x1a\n"


def test_a_picture_is_drawn_of_anything() -> None:
    odd = replace(FELL, feature=replace(FELL.feature, name="$x_1$ 🚀\u202e", title="漢字 $\\frac$" * 30))
    several = replace(DIGEST, features=(FELL, odd, *DIGEST.features[1:]))
    for digest in (DIGEST, NONE, several):
        assert picture(digest).startswith(PNG)
    assert picture(DIGEST) == picture(DIGEST)


def test_the_picture_is_told_in_words() -> None:
    told = described(DIGEST).splitlines()
    assert told[0].startswith("Replies in the app: thumbs up fell from 84 % to 61 %")
    assert told[1].endswith("2 Nov 84 %, 9 Nov 61 %")
    assert len(told) == 3
