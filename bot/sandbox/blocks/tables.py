"""The table and data_table blocks."""

from collections.abc import Iterator

from bot.sandbox.blocks.rich_text import RICH_TEXT
from bot.sandbox.blocks.schema import JSON, Array, Boolean, Flaw, Number, Object, OneOf, Shape, String, Word

COLUMNS = 20
RAW = OneOf(
    Object("raw_text", {"text": String(least=1)}),
    Object("raw_number", {"value": Number(), "text": String(least=1)}),
)
ROW = Array(RAW | RICH_TEXT, most=COLUMNS, least=1)
COLUMN = Object("", {"align?": Word("left", "center", "right"), "is_wrapped?": Boolean()})

TABLE: dict[str, Shape] = {
    "rows": Array(ROW, most=100, least=1),
    "column_settings?": Array(COLUMN, most=COLUMNS),
}
DATA_TABLE: dict[str, Shape] = {
    "caption": String(least=1),
    "rows": Array(ROW, most=101, least=2),  # the header is one of them
    "page_size?": Number(1, 100, whole=True),
    "row_header_column_index?": Number(0, COLUMNS - 1, whole=True),
}


def header_is_raw(table: JSON, at: str) -> Iterator[Flaw]:
    for number, cell in enumerate(table["rows"][0]):
        if cell["type"] == "rich_text":
            yield Flaw("rich_text is not allowed in the header row", f"{at}/rows/0/{number}")


def rows_are_equally_long(table: JSON, at: str) -> Iterator[Flaw]:
    width = len(table["rows"][0])
    for number, row in enumerate(table["rows"]):
        if len(row) != width:
            yield Flaw(f"must have {width} cells like the first row", f"{at}/rows/{number}")
