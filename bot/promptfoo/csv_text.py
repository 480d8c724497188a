"""CSV as promptfoo's parser reads it: its line ends, its quotes, its refusals."""

import re

from bot.errors import InputError


def read_csv(text: str, where: str, *, bom: bool = True, delimiter: str = ",") -> list[dict[str, str]]:
    """Rows by column name. Quotes are taken strictly first, then as they come. Raises InputError."""
    text = text.removeprefix("\ufeff") if bom else text
    try:
        return _rows(_Reader(text, delimiter, relaxed=False).records(), where)
    except InputError:
        return _rows(_Reader(text, delimiter, relaxed=True).records(where), where)


def _rows(records: list[list[str]], where: str) -> list[dict[str, str]]:
    if not records:
        return []
    header = records[0]
    for number, record in enumerate(records[1:], start=1):
        if len(record) != len(header):
            raise InputError(
                f"{where}: row {number} has {len(record)} cells, but the header has {len(header)}.",
                hint="Give every row as many cells as the header, and leave no empty line.",
            )
    return [dict(zip(header, record, strict=True)) for record in records[1:]]


class _Reader:
    """One pass over a text."""

    def __init__(self, text: str, delimiter: str, *, relaxed: bool) -> None:
        self.text = text
        self.delimiter = delimiter
        self.relaxed = relaxed
        self.line_end = ""
        self.signs = re.compile(rf'["\r\n]|{re.escape(delimiter)}')

    def records(self, where: str = "") -> list[list[str]]:
        found: list[list[str]] = []
        record: list[str] = []
        at = 0
        while at < len(self.text):
            value, at, end = self._field(at, where)
            record.append(value)
            if end != self.delimiter:
                found.append(record)
                record = []
            elif at == len(self.text):
                record.append("")
        if record:
            found.append(record)
        return found

    def _field(self, at: int, where: str) -> tuple[str, int, str]:
        """A cell, where the next begins, and what ended it ("" at the end of the text)."""
        if self.text.startswith('"', at):
            quoted = self._quoted(at, where)
            if quoted is not None:
                return quoted
        return self._plain(at, "", where)

    def _plain(self, at: int, before: str, where: str) -> tuple[str, int, str]:
        start = at
        while sign := self.signs.search(self.text, at):
            at = sign.start()
            end = self._end(at)
            if end:
                return before + self.text[start:at], at + len(end), end
            if self.text[at] == '"' and not self.relaxed and at > start:
                raise InputError(f"{where}: a quote stands within a cell.")
            at += 1
        return before + self.text[start:], len(self.text), ""

    def _quoted(self, at: int, where: str) -> tuple[str, int, str] | None:
        pieces: list[str] = []
        start = at + 1
        while True:
            quote = self.text.find('"', start)
            if quote < 0:
                raise InputError(f"{where}: a quoted cell is never closed.", hint='Close it with a ".')
            pieces.append(self.text[start:quote])
            if self.text.startswith('"', quote + 1):
                pieces.append('"')
                start = quote + 2
                continue
            end = self._end(quote + 1)
            if end or quote + 1 == len(self.text):
                return "".join(pieces), quote + 1 + len(end), end
            if not self.relaxed:
                raise InputError(f"{where}: text follows the closing quote of a cell.")
            return self._plain(quote + 1, '"' + "".join(pieces) + '"', where)

    def _end(self, at: int) -> str:
        """The delimiter or line end at a place, "" if neither. The first line end seen is the only one."""
        if self.text.startswith(self.delimiter, at):
            return self.delimiter
        if not self.line_end:
            self.line_end = next((end for end in ("\r\n", "\n", "\r") if self.text.startswith(end, at)), "")
        return self.line_end if self.line_end and self.text.startswith(self.line_end, at) else ""
