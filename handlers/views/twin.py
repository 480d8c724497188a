"""The plain twin of blocks: the same words for notifications, screen readers and where blocks are refused."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from handlers.views.text import Markup, escape

Json = Mapping[str, Any]


def twin(blocks: Sequence[Json]) -> Markup:
    """Everything that the blocks say, one line or paragraph for each; buttons say nothing."""
    paragraphs = (told for block in blocks if (told := "\n".join(filter(None, _told(block)))))
    return Markup("\n".join(paragraphs))


def characters(value: Any) -> int:
    """How many characters of text blocks show: every string that is called ``text``, in UTF-16 units."""
    if isinstance(value, Mapping):
        own = value.get("text")
        count = len(own) + sum(char > "\uffff" for char in own) if isinstance(own, str) else 0
        return count + sum(characters(part) for part in value.values() if not isinstance(part, str))
    if isinstance(value, list | tuple):
        return sum(characters(part) for part in value)
    return 0


def _told(block: Json) -> Iterator[str]:
    match block["type"]:
        case "header" | "section":
            yield _text(block["text"]) if "text" in block else ""
            yield from (_text(field) for field in block.get("fields", ()))
        case "context":
            yield " · ".join(_text(element) for element in block["elements"])
        case "rich_text":
            yield from (line for element in block["elements"] for line in _rich(element))
        case "plan":
            yield escape(block["title"])
            yield from (line for task in block["tasks"] for line in _told(task))
        case "task_card":
            yield f"{SIGNS[block['status']]} {escape(block['title'])}"
            yield from (f"    {line}" for part in ("details", "output") for line in _inside(block, part))


SIGNS = {"pending": "○", "in_progress": "⏳", "complete": "✅", "error": "⚠️"}


def _inside(block: Json, part: str) -> Iterator[str]:
    if part in block:
        yield from _told(block[part])


def _text(shown: Json) -> str:
    """Markup as it is; plain text is escaped, because the twin is read as markup."""
    return str(shown["text"]) if shown["type"] == "mrkdwn" else escape(shown["text"])


def _rich(element: Json) -> Iterator[str]:
    if element["type"] == "rich_text_list":
        start = element.get("offset", 0) + 1
        for number, item in enumerate(element["elements"], start):
            mark = f"{number}." if element["style"] == "ordered" else "•"
            yield f"{'    ' * element.get('indent', 0)}{mark} {_leaves(item)}"
    else:
        yield _leaves(element)


def _leaves(element: Json) -> str:
    return "".join(_spaced(leaf["text"]) for leaf in element["elements"])


def _spaced(text: str) -> str:
    """Escaped, with the blanks around it kept."""
    core = text.strip()
    if not core:
        return text
    start = text.index(core[0])
    return f"{text[:start]}{escape(core)}{text[start + len(core) :]}"
