"""Text from tickets and models made inert, one function a format; it is data wherever it is shown.

None of them lets a mention, link, image, tag, heading, table, code block or formula through. Links are
defanged in sight (``hxxps://``), so that the reader sees what was sent and nothing can be clicked.
"""

import re

FORMULA_STARTS = "=+-@|%"

INVISIBLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"  # controls, terminal escapes
    r"\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"  # without width, direction
    r"\ud800-\udfff\ufff9-\ufffb\U000e0000-\U000e0fff]"  # lone surrogates, annotations, tags
)
_SCHEME = re.compile(r"\b(ht)tp(s?)(?=:/)|\b(f)tp(s?)(?=:/)", re.IGNORECASE)
_WWW = re.compile(r"\bwww\.", re.IGNORECASE)
_OTHER_SCHEME = re.compile(
    r"\b(mailto|tel|xmpp|file|javascript|data|vbscript|skype|slack):(?=\S)", re.IGNORECASE
)
_PLACEHOLDER = r"\[[A-Z]+(?:_[A-Z]+)*_\d+\](?![(\[:])"
_MARKS = re.compile(rf"({_PLACEHOLDER})|([\\`*\[\]|~])|((?<![^\W_])_|_(?![^\W_]))")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_LEADING = re.compile(r"^(?:[#+=:>-]|\d+(?=[.)]))")
_REFERENCE = re.compile(r"(@(?=\w)|#(?=\d)|\bGH-(?=\d))", re.IGNORECASE)
_WIKI = re.compile(r"[{}\[\]|*^~!]|(?<![^\W_])[_+?-](?=\S)|(?<=\S)[_+-](?![^\W_])")
_WIKI_CHARS = str.maketrans({"<": "‹", ">": "›", "\\": "&#92;"})


def clean(text: str) -> str:
    """One line without invisible or control characters. Joiners within emoji and words stay."""
    return " ".join(INVISIBLE.sub("", text).split())


def plain(text: str) -> str:
    """For a terminal or a plain-text field: one line, links defanged."""
    return _defang(clean(text))


def markdown(text: str) -> str:
    """For CommonMark and GitHub's dialect, anywhere in a line; also inert where Slack reads the source.

    Plain prose and the placeholders of redaction stay as they are, for reading the source.
    """
    safe = _ENTITY.sub("&amp;", plain(text)).replace("<", "&lt;").replace(">", "&gt;")
    safe = _MARKS.sub(lambda m: m.group(1) or "\\" + m.group(), safe)
    if safe.count("$") > 1:  # a pair would be mathematics on GitHub
        safe = safe.replace("$", "\\$")
    safe = _REFERENCE.sub(r"\1&#8203;", safe)  # Slack, GitHub and GitLab see no mention and no issue number
    return _LEADING.sub(_escape_start, safe)


def wiki(text: str) -> str:
    """For Jira's wiki markup, where two backslashes would be a line break."""
    safe = plain(text).translate(_WIKI_CHARS)
    safe = _WIKI.sub(r"\\\g<0>", safe)
    return re.sub(r"^(?=#)|(?<=^h[1-6])(?=\.)|(?<=^bq)(?=\.)", r"\\", safe)


def cell(text: str) -> str:
    """For a spreadsheet: never read as a formula (OWASP, "CSV Injection"). Line breaks stay.

    An apostrophe goes before what would start one, also behind white space or in full-width form, and before
    apostrophes that would then be ambiguous; ``uncell`` takes it off again.
    """
    kept = INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "'" + kept if _starts_formula(kept.lstrip("'")) else kept


def uncell(text: str) -> str:
    """The text that ``cell`` was given."""
    return text[1:] if text[:1] == "'" and _starts_formula(text.lstrip("'")) else text


def _starts_formula(text: str) -> bool:
    first = text.lstrip().translate(_NARROW)[:1]
    return (bool(first) and first in FORMULA_STARTS) or text[:1] in {"\t", "\n"}


_NARROW = {ord(char) + 0xFEE0: char for char in FORMULA_STARTS}  # full-width forms


def _defang(text: str) -> str:
    safe = _SCHEME.sub(lambda m: f"hxxp{m.group(2)}" if m.group(1) else f"fxp{m.group(4)}", text)
    return _OTHER_SCHEME.sub(r"\1[:]", _WWW.sub("www[.]", safe))


def _escape_start(match: re.Match[str]) -> str:
    found = match.group()
    return found + "\\" if found[0].isdigit() else "\\" + found
