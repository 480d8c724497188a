"""is-sql and contains-sql: SQL, whole or in the text's code blocks, that may touch certain tables only."""

import re
from typing import Any, NamedTuple

from bot.domain.scoring import Assertion, Output, Score
from bot.errors import Unsupported
from bot.scorers.kit.js import SPACES, text_of
from bot.scorers.scorer import Scorer, require, yes_or_no
from bot.scorers.tools import Tools

_LINE_END = re.compile(r"\r\n?|\n")
_FENCE = r"[ \t]{0,3}(?P<sign>[`~])(?P=sign){2,}"


class Rules(NamedTuple):
    """What an assertion's value asks for."""

    database: str
    tables: list[str]
    columns: bool


def is_sql(assertion: Assertion, output: Output, _: Tools) -> Score:
    """Statements that the dialect allows, MySQL's by itself; ``{databaseType, allowedTables}``."""
    rules = _rules(assertion.value)
    return yes_or_no(_is_sql(text_of(output.value), rules), assertion, f"be SQL of {rules.database}")


def contains_sql(assertion: Assertion, output: Output, _: Tools) -> Score:
    """Some code block marked as SQL, or unmarked, is SQL; without such blocks the whole text."""
    text = text_of(output.value)
    candidates = [each for each in _blocks(text) or [text] if each.strip(SPACES)]
    rules = _rules(assertion.value) if candidates else Rules("MySQL", [], columns=False)
    met = any(_is_sql(each, rules) for each in candidates)
    return yes_or_no(met, assertion, f"contain SQL of {rules.database}")


def _rules(value: Any) -> Rules:
    require(not value or isinstance(value, dict | list), '"is-sql" needs an object as its value')
    value = value if isinstance(value, dict) else {}
    columns = value.get("allowedColumns") is not None
    return Rules(value.get("databaseType") or "MySQL", value.get("allowedTables") or [], columns)


def _is_sql(text: str, rules: Rules) -> bool:
    from bot.scorers.kit.sql_signs import looks_wrong
    from bot.scorers.kit.sql_text import SqlInvalid, read_sql

    if looks_wrong(text, rules.database):
        return False
    try:
        tables = read_sql(text, rules.database).tables
    except SqlInvalid:
        return False
    if rules.columns:
        raise Unsupported("Allowed columns of SQL are not supported.")
    return not rules.tables or all(_allowed(table, rules.tables) for table in tables)


def _allowed(table: str, patterns: list[str]) -> bool:
    """Whether one pattern fits the whole name, whatever its case."""
    from bot.scorers.kit.patterns import found

    if any("\\" in pattern for pattern in patterns):
        raise Unsupported("Escapes in allowed tables of SQL are not supported.")
    return any(found(f"^{pattern.lower()}$", table.lower()) for pattern in patterns)


def _blocks(text: str) -> list[str]:
    """What stands in closed code fences that are marked as SQL or not at all."""
    blocks: list[str] = []
    body: list[str] | None = None
    fence, wanted = "", False
    for line in _LINE_END.split(text):
        mark = re.match(_FENCE, line)
        rest = line[mark.end() :] if mark else ""
        if body is None:
            if mark:
                fence, body = mark[0].lstrip(" \t"), []
                wanted = rest.strip(SPACES).lower() in ("", "sql")
        elif mark and not rest.strip(" \t") and mark[0].lstrip(" \t").startswith(fence):
            if wanted:
                blocks.append("\n".join(body).strip(SPACES))
            body = None
        else:
            body.append(line)
    return blocks


SCORERS = (Scorer(types=("is-sql",), grade=is_sql), Scorer(types=("contains-sql",), grade=contains_sql))
