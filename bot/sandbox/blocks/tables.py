"""The table and data_table blocks."""

from collections.abc import Iterator

from bot.sandbox.blocks.elements import BUTTON
from bot.sandbox.blocks.rich_text import RICH_TEXT
from bot.sandbox.blocks.schema import (
    JSON,
    Array,
    Boolean,
    Flaw,
    Number,
    Object,
    OneOf,
    OrNull,
    Shape,
    String,
    Word,
)

COLUMNS = 20
LONGEST_TABLES = 10_000  # characters in all cells of a message
RAW = OneOf(
    Object("raw_text", {"text": String(least=1)}),
    Object("raw_number", {"value": Number(), "text": String(least=1)}),
)
CELL = RAW | RICH_TEXT
ACTION = Object("action_cell", {"element": OneOf(BUTTON), "fallback?": RAW})
COLUMN = Object("", {"align?": Word("left", "center", "right"), "is_wrapped?": Boolean()})

TABLE: dict[str, Shape] = {
    "rows": Array(Array(CELL, most=COLUMNS, least=1), most=100, least=1),
    "column_settings?": Array(OrNull(COLUMN), most=COLUMNS),
}
DATA_TABLE: dict[str, Shape] = {
    "caption": String(least=1),
    "rows": Array(Array(CELL | OneOf(ACTION), most=COLUMNS, least=1), most=101, least=2),  # with the header
    "page_size?": Number(1, 100, whole=True),
    "row_header_column_index?": Number(0, COLUMNS - 1, whole=True),
}


def header_is_raw(table: JSON, at: str) -> Iterator[Flaw]:
    for number, cell in enumerate(table["rows"][0]):
        if cell["type"] not in RAW.kinds:
            yield Flaw(f"unsupported type: {cell['type']}", f"{at}/rows/0/{number}/type")


def rows_are_equally_long(table: JSON, at: str) -> Iterator[Flaw]:
    width = len(table["rows"][0])
    for number, row in enumerate(table["rows"]):
        if len(row) != width:
            yield Flaw(f"must have {width} cells like the first row", f"{at}/rows/{number}")
