"""The page's own parts: its template, its style, and its modules joined into one program."""

import re
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

PAGE = Path(__file__).parent / "page"
STYLES = ("theme", "frame", "verdict", "charts", "arms", "cases", "narrow", "print")
SCRIPTS = ("dom", "text", "words", "data", "outcome", "row", "list", "filters", "keys", "main")
_IMPORT = re.compile(r'^import (\{[^}]*\}) from "\./(\w+)\.js";$', re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:function|class|const) (\w+))", re.MULTILINE)


@cache
def template() -> Template:
    """Escapes whatever is put into it: names, outputs and reasons are other people's text."""
    loader = FileSystemLoader(PAGE)
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, auto_reload=False)
    return environment.get_template("report.html")


@cache
def style() -> str:
    return "\n".join((PAGE / "css" / f"{name}.css").read_text(encoding="utf-8") for name in STYLES)


@cache
def script() -> str:
    """Each module a function that hands back its exports; what it imports stands before it."""
    return "\n".join(_module(name) for name in SCRIPTS)


def _module(name: str) -> str:
    text = (PAGE / "js" / f"{name}.js").read_text(encoding="utf-8")
    offers = ", ".join(match[1] for match in _EXPORT.findall(text))
    body = _EXPORT.sub(r"\1", _IMPORT.sub(r"const \1 = $\2;", text))
    return f"const ${name} = (() => {{\n{body}return {{ {offers} }};\n}})();"
