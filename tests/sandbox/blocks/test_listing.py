"""The README says what the code holds."""

from pathlib import Path

import bot.sandbox
from bot.sandbox.blocks.listing import listing

README = Path(bot.sandbox.__file__).with_name("README.md")
START, END = "<!-- python -m bot.sandbox.blocks.listing -->\n", "<!-- end -->"


def test_the_readme_has_the_limits_as_they_are() -> None:
    written = README.read_text(encoding="utf-8").split(START)[1].split(END)[0]
    assert written.strip() == listing()


def test_the_listing_has_limits_of_every_kind() -> None:
    lines = listing().splitlines()
    assert "| section |  | text 3000, fields 10 x 2000 |" in lines
    assert "| table | message, home | rows 100 x 20, column_settings 20 |" in lines
    assert "| alert | modal | text 3000 |" in lines
    assert (
        "| data_table | message, home | rows 101 x 20, page_size 1 to 100, row_header_column_index 0 to 19 |"
        in lines
    )
