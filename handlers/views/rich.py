"""Rich text: foreign words beside our own with nothing to escape, as none of it is read as markup."""

from typing import Any

from handlers.views.text import clip, dead

Leaf = dict[str, Any]
Element = dict[str, Any]

LEAF_CHARACTERS = 3000


def words(
    text: str, *, bold: bool = False, italic: bool = False, code: bool = False, most: int = LEAF_CHARACTERS
) -> Leaf:
    """Any text, ours or not, shown as it is and in one style."""
    style = {name: True for name, on in (("bold", bold), ("italic", italic), ("code", code)) if on}
    leaf: Leaf = {"type": "text", "text": clip(_kept_ends(text), most)}
    return {**leaf, "style": style} if style else leaf


def bold(text: str) -> Leaf:
    return words(text, bold=True)


def faint(text: str, *, most: int = LEAF_CHARACTERS) -> Leaf:
    """What stands beside the words it belongs to: ids, numbers, where something is from."""
    return words(text, italic=True, most=most)


def line(*parts: str | Leaf) -> Element:
    """A paragraph; lines are broken by "\\n" within its parts."""
    return {"type": "rich_text_section", "elements": _leaves(parts)}


def bullets(*lines: Element, ordered: bool = False, indent: int = 0, offset: int = 0) -> Element:
    """A list of ``line``s; ``offset`` is the number before the first."""
    element: Element = {
        "type": "rich_text_list",
        "style": "ordered" if ordered else "bullet",
        "elements": list(lines),
    }
    element |= {"indent": indent} if indent else {}
    return element | ({"offset": offset} if offset else {})


def quote(*parts: str | Leaf) -> Element:
    """What somebody wrote, behind a bar."""
    return {"type": "rich_text_quote", "elements": _leaves(parts)}


def rich_text(*elements: Element) -> dict[str, Any]:
    return {"type": "rich_text", "elements": list(elements)}


def _leaves(parts: tuple[str | Leaf, ...]) -> list[Leaf]:
    leaves = [words(part) if isinstance(part, str) else part for part in parts]
    return [leaf for leaf in leaves if leaf.get("text", "…")] or [{"type": "text", "text": " "}]


def _kept_ends(text: str) -> str:
    """Dead text with the spaces and line breaks around it, which part it from its neighbours."""
    core = text.strip()
    if not core:
        return _blank(text)
    start, end = text[: text.index(core[0])], text[text.rindex(core[-1]) + 1 :]
    return f"{_blank(start)}{dead(core)}{_blank(end)}"


def _blank(ends: str) -> str:
    return "\n" * ends.count("\n") or (" " if ends else "")
