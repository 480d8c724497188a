"""Signs by which promptfoo calls SQL wrong, whatever its parser says."""

import re

from bot.scorers.kit.js import SPACES

_MYSQL_FAMILY = ("MySQL", "MariaDB")
_BRACKET_NAMES = ("TransactSQL", "Sqlite")
_NAME = "[A-Za-z_][A-Za-z0-9_]*"
_ALL = "(?:all|distinct)"
_ALL_OF_MYSQL = (
    "(?:all|distinct(?:row)?|high_priority|straight_join"
    "|sql_(?:big_result|buffer_result|cache|calc_found_rows|no_cache|small_result))"
)
_SERIES = re.compile(rf"\bgenerate_series[{SPACES}]*\(", re.IGNORECASE | re.ASCII)
_QUOTED = r"{0}(?:\\.|{1}{1}|[^{1}\\])*(?:{1}|\\?\Z)"
_HIDDEN = (
    *(_QUOTED.format(quote, quote) for quote in "'\"`"),
    r"(?P<comment>(?:--|#)[^\r\n]*|/\*.*?(?:\*/|\Z))",
    rf"(?P<dollar>\$(?:{_NAME})?\$).*?(?:(?P=dollar)|\Z)",
)
_BRACKETS = r"\[(?:\]\]|[^\]])*(?:\]|\Z)"


def looks_wrong(sql: str, database: str) -> bool:
    """Nothing at all, a lonely backtick, "select a b from" without a comma, or another dialect's function."""
    told = sql.strip(SPACES)
    if not told or told.count("`") % 2:
        return True
    if database == "MySQL" and _SERIES.search(told):
        return True
    modifiers = _ALL_OF_MYSQL if database in _MYSQL_FAMILY else _ALL
    words = rf"(?:{modifiers}[{SPACES}]+)*(?!{modifiers}\b){_NAME}[{SPACES}]+{_NAME}[{SPACES}]+"
    comma_missing = rf"\bselect[{SPACES}]+{words}from\b"
    return re.search(comma_missing, _shown(told, database), re.IGNORECASE | re.ASCII) is not None


def _shown(sql: str, database: str) -> str:
    """Without quoted text and comments."""
    hidden = (*_HIDDEN, _BRACKETS) if database in _BRACKET_NAMES else _HIDDEN
    return re.sub("|".join(hidden), lambda match: " " if match["comment"] else " ? ", sql, flags=re.DOTALL)
