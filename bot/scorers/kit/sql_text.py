"""Whether a text is SQL to node-sql-parser, for plain statements and prose, where that is beyond doubt.

Everything between them is refused (Unsupported): dialects differ there, and so do parsers.
"""

import re
from dataclasses import dataclass, field

from bot.errors import Unsupported
from bot.scorers.kit.js import SPACES
from bot.scorers.kit.sql_words import COMMANDS, RESERVED

DATABASES = ("MySQL", "PostgreSQL", "Sqlite")

_TOKEN = re.compile(
    r"\s*(?:(?P<word>[A-Za-z_][A-Za-z0-9_]*)|(?P<number>[0-9]+(?:\.[0-9]+)?)(?![A-Za-z0-9_.])"
    r"|(?P<text>'[^'\\]*'(?!'))|(?P<sign><=|>=|<>|!=|[=<>(),.;*]))"
)
_COMPARISONS = ("=", "<", ">", "<=", ">=", "<>", "!=")
_FUNCTIONS = ("COUNT", "SUM", "AVG", "MIN", "MAX")
_CONSTANTS = ("NULL", "TRUE", "FALSE")
_PROSE = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)(?:\s*\Z|[!?,;']|\s+(?![=:.#(\[\"`/-])(?P<next>\w+|\*))")
_NO_START = "{[<>!?*|~^&%)}]"
_DANGLING = re.compile(r"\b(?:FROM|WHERE|AND|OR|BY|SET|INTO|JOIN|ON)\s*\Z", re.IGNORECASE)


class SqlInvalid(ValueError):
    """Surely no SQL."""


class _Doubt(Exception):
    """Beyond the plain statements."""


@dataclass(slots=True)
class Statement:
    """``tables`` as node-sql-parser names them: "select::null::users"."""

    tables: list[str] = field(default_factory=list)


def read_sql(text: str, database: str) -> Statement:
    """Raises SqlInvalid for what surely is no SQL, Unsupported where only node-sql-parser can say."""
    told = text.strip(SPACES)
    if _is_prose(told):
        raise SqlInvalid("it begins with no command of SQL")
    if database not in DATABASES:
        raise Unsupported(f"SQL of {database} is not supported.")
    if told.upper().startswith("SELECT") and _DANGLING.search(told):
        raise SqlInvalid("it ends in the middle")
    try:
        return _Reader(told).statement()
    except _Doubt:
        raise Unsupported("SQL beyond plain statements is not supported: its dialects differ.") from None


def _is_prose(text: str) -> bool:
    if not text or text[0] in _NO_START or text.startswith("```") or text.isdecimal():
        return bool(text)
    match = _PROSE.match(text)
    if not match or match[1].upper() in COMMANDS:
        return False
    return (match["next"] or "").upper() not in ("FOR", "TO")


class _Reader:
    def __init__(self, text: str) -> None:
        self.tokens: list[tuple[str, str]] = []
        at = 0
        while at < len(text):
            match = _TOKEN.match(text, at)
            if not match or not match.lastgroup:
                raise _Doubt
            self.tokens.append((match.lastgroup, match[match.lastgroup]))
            at = match.end()
        self.at = 0
        self.found = Statement()

    def statement(self) -> Statement:
        command = self._word()
        readers = {
            "SELECT": self._select,
            "INSERT": self._insert,
            "UPDATE": self._update,
            "DELETE": self._delete,
            "DROP": self._drop,
        }
        if command not in readers:
            raise _Doubt
        readers[command]()
        self._take(";")
        if self.at < len(self.tokens):
            raise _Doubt
        return self.found

    def _peek(self) -> str:
        """The next word in capitals, or sign; "" for others and at the end."""
        if self.at >= len(self.tokens):
            return ""
        kind, value = self.tokens[self.at]
        return value.upper() if kind == "word" else value if kind == "sign" else ""

    def _take(self, *wanted: str) -> bool:
        if self._peek() not in wanted:
            return False
        self.at += 1
        return True

    def _need(self, *wanted: str) -> None:
        for each in wanted:
            if not self._take(each):
                raise _Doubt

    def _word(self) -> str:
        word = self._peek()
        self._next("word")
        return word

    def _next(self, *kinds: str) -> str:
        if self.at >= len(self.tokens) or self.tokens[self.at][0] not in kinds:
            raise _Doubt
        self.at += 1
        return self.tokens[self.at - 1][1]

    def _name(self) -> str:
        if self._peek() in RESERVED:
            raise _Doubt
        return self._next("word")

    def _column(self) -> None:
        self._name()
        if self._take("."):
            self._name()

    def _table(self, command: str) -> None:
        name, space = self._name(), "null"
        if self._take("."):
            name, space = self._name(), name
        entry = f"{command}::{space}::{name}"
        if entry not in self.found.tables:
            self.found.tables.append(entry)

    def _value(self) -> None:
        if not self._take(*_CONSTANTS):
            self._next("number", "text")

    def _operand(self) -> None:
        if self._peek() and self._peek() not in _CONSTANTS:
            self._column()
        else:
            self._value()

    def _condition(self) -> None:
        while True:
            self._operand()
            if self._take("IS"):
                self._take("NOT")
                self._need("NULL")
            elif self._take("IN"):
                self._values()
            elif self._take("LIKE"):
                self._next("text")
            elif self._take(*_COMPARISONS):
                self._operand()
            else:
                raise _Doubt
            if not self._take("AND", "OR"):
                return

    def _values(self) -> int:
        """How many there are."""
        self._need("(")
        self._value()
        count = 1
        while self._take(","):
            self._value()
            count += 1
        self._need(")")
        return count

    def _select(self) -> None:
        self._take("DISTINCT")
        self._item()
        while self._take(","):
            self._item()
        if not self._take("FROM"):
            return
        self._source()
        while self._take(","):
            self._source()
        self._joins()
        self._where()
        self._order()

    def _item(self) -> None:
        if self._take("*"):
            return
        if self._take(*_FUNCTIONS):
            self._need("(")
            if not self._take("*"):
                self._column()
            self._need(")")
        elif self._peek():
            self._column()
        else:
            self._value()
        if self._take("AS"):
            self._name()

    def _source(self) -> None:
        self._table("select")
        if self._take("AS") or (self._peek().isidentifier() and self._peek() not in RESERVED):
            self._name()

    def _joins(self) -> None:
        while True:
            if self._take("LEFT", "RIGHT"):
                self._take("OUTER")
            else:
                self._take("INNER")
            if not self._take("JOIN"):
                return
            self._source()
            self._need("ON")
            self._condition()

    def _where(self) -> None:
        if self._take("WHERE"):
            self._condition()

    def _order(self) -> None:
        if self._take("GROUP"):
            self._need("BY")
            self._columns()
        if self._take("ORDER"):
            self._need("BY")
            self._column()
            self._take("ASC", "DESC")
            while self._take(","):
                self._column()
                self._take("ASC", "DESC")
        if self._take("LIMIT"):
            self._next("number")

    def _columns(self) -> None:
        self._column()
        while self._take(","):
            self._column()

    def _insert(self) -> None:
        self._need("INTO")
        self._table("insert")
        names = 0
        if self._take("("):
            self._name()
            names = 1
            while self._take(","):
                self._name()
                names += 1
            self._need(")")
        self._need("VALUES")
        counts = {self._values()}
        while self._take(","):
            counts.add(self._values())
        if names and counts != {names}:
            raise SqlInvalid("it has more or fewer values than columns")

    def _update(self) -> None:
        self._table("update")
        self._need("SET")
        while True:
            self._name()
            self._need("=")
            self._operand()
            if not self._take(","):
                break
        self._where()

    def _delete(self) -> None:
        self._need("FROM")
        self._table("delete")
        self._where()

    def _drop(self) -> None:
        self._need("TABLE")
        if self._take("IF"):
            self._need("EXISTS")
        self._table("DROP")
