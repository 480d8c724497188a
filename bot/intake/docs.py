"""The page at /docs: the OpenAPI document for people, as plain HTML that needs no network and no script."""

import json
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Any

STYLE = """
:root{color-scheme:light dark;--line:#8884;--mark:#2a6f4e}
body{font:16px/1.5 system-ui,sans-serif;max-width:54rem;margin:2rem auto;padding:0 1rem}
h2{margin-top:3rem;border-top:1px solid var(--line);padding-top:1.5rem}
h2 code{font-size:1rem}h3{font-size:1rem;margin-bottom:.3rem}
code,pre{font-family:ui-monospace,monospace;font-size:.875rem}
pre{background:#8881;padding:.75rem 1rem;white-space:pre-wrap;overflow-wrap:anywhere;border-radius:.4rem}
table{border-collapse:collapse;width:100%}th{font-weight:600}
td,th{text-align:left;vertical-align:top;padding:.3rem .8rem .3rem 0;border-bottom:1px solid var(--line)}
.verb{color:var(--mark);font-weight:700}
"""
FRAME = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title><style>{style}</style></head><body><main>{body}</main></body></html>
"""
KEYS = """<p>Keys: <code>plumb key create FEATURE</code>. The same for machines:
<a href="openapi.json">openapi.json</a>.</p>"""
Json = Mapping[str, Any]


def page(document: Json) -> str:
    """The whole page."""
    info = document["info"]
    parts = [f"<h1>{escape(info['title'])} API</h1><p>{_text(info['description'])}</p>", KEYS]
    for path, verbs in document["paths"].items():
        for verb, told in verbs.items():
            parts += _operation(path, verb, told, document["components"]["schemas"])
    return FRAME.format(title=f"{escape(info['title'])} API", style=STYLE, body="\n".join(parts))


def _operation(path: str, verb: str, told: Json, models: Json) -> Iterator[str]:
    name = f'<span class="verb">{verb.upper()}</span> {escape(path)}'
    yield f"<h2>{escape(told['summary'])} <code>{name}</code></h2><p>{_text(told['description'])}</p>"
    if "parameters" in told:
        rows = [(each["name"], each["in"], each.get("description", "")) for each in told["parameters"]]
        yield _table(("Parameter", "Where", ""), rows)
    if "requestBody" in told:
        yield from _body(path, told["requestBody"]["content"], models)
    answers = [(code, each["description"]) for code, each in sorted(told["responses"].items())]
    answers[0] = (answers[0][0], _answered(told["responses"][answers[0][0]], models) or answers[0][1])
    yield "<h3>Answers</h3>" + _table(("Status", ""), answers)


def _body(path: str, content: Json, models: Json) -> Iterator[str]:
    kinds = ", ".join(f"<code>{escape(kind)}</code>" for kind in content)
    yield f"<h3>Body</h3><p>{kinds}</p>"
    sent = content["application/json"]
    model = models.get(_named(sent["schema"]))
    if model is not None:
        yield f"<p>{_text(model.get('description', ''))}</p>"
        yield _table(("Field", "", ""), _fields(model))
    body = json.dumps(sent["example"], ensure_ascii=False)
    command = (
        f"curl -H 'Authorization: Bearer plk_…' -H 'Content-Type: application/json' \\\n"
        f"  -d '{body}' http://127.0.0.1:8080{path}"
    )
    yield f"<pre>{escape(command)}</pre>"


def _fields(model: Json) -> Iterator[tuple[str, str, str]]:
    required = model.get("required", ())
    for name, field in model["properties"].items():
        needed = "Needed. " if name in required else ""
        yield name, _type(field), needed + field.get("description", "")


def _type(field: Json) -> str:
    """In a word or two."""
    if "enum" in field:
        return " | ".join(map(str, field["enum"]))
    if "anyOf" in field:
        return " or ".join(
            dict.fromkeys(_type(each) for each in field["anyOf"] if each.get("type") != "null")
        )
    if field.get("type") == "array":
        return f"list of {_type(field.get('items', {})) or 'anything'}"
    return str(field.get("format") or field.get("type", ""))


def _answered(answer: Json, models: Json) -> str:
    content = answer.get("content", {}).get("application/json", {}).get("schema", {})
    model = models.get(_named(content))
    if model is None:
        return ""
    return f"{', '.join(model['properties'])}. {model.get('description', '')}"


def _named(schema: Json) -> str:
    """The model that a schema is, or is one of."""
    first = next(iter(schema.get("oneOf", ())), schema)
    return str(first.get("$ref", "")).rpartition("/")[2]


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    top = "".join(f"<th>{escape(cell)}</th>" for cell in head)
    lines = (
        "<tr>"
        + "".join(
            f"<td>{_text(cell) if i else f'<code>{escape(cell)}</code>'}</td>" for i, cell in enumerate(row)
        )
        + "</tr>"
        for row in rows
    )
    return f"<table><tr>{top}</tr>{''.join(lines)}</table>"


def _text(text: str) -> str:
    """Our own docstrings: what stands between backquotes is code."""
    pieces = escape(text, quote=False).replace("``", "`").split("`")
    return "".join(f"<code>{piece}</code>" if i % 2 else piece for i, piece in enumerate(pieces))
