"""The limits as tables in Markdown, read off the shapes; the README holds what this prints."""

from collections.abc import Iterator

from bot.sandbox.blocks import charts, text
from bot.sandbox.blocks.elements import IN_ACTIONS, IN_CONTEXT_ACTIONS, IN_INPUT, IN_SECTION, SURFACES
from bot.sandbox.blocks.layout import IN_HOME, IN_MESSAGE, IN_MODAL
from bot.sandbox.blocks.schema import Array, Number, Object, OneOf, Shape, String
from bot.sandbox.blocks.surfaces import STAGES
from bot.sandbox.blocks.view import FRAME

BLOCKS = IN_MESSAGE | IN_MODAL | IN_HOME
ELEMENTS = IN_SECTION | IN_ACTIONS | IN_INPUT | IN_CONTEXT_ACTIONS
PARTS = {
    "text object": text.text().kinds["mrkdwn"],
    "option": text.OPTION,
    "option of radio buttons, checkboxes": text.CHOICE,
    "option of an overflow": text.ENTRY,
    "option group": text.OPTION_GROUP,
    "confirm": text.CONFIRM,
    "file of an image": text.SLACK_FILE,
    "line, bar, area chart": charts.CHART.kinds["line"],
    "series": charts.SERIES_OF_DATA,
    "point": charts.POINT,
    "pie chart": charts.CHART.kinds["pie"],
    "segment": charts.SEGMENT,
}
"""What stands inside blocks and elements."""


def listing() -> str:
    """Blocks with their surfaces, elements with theirs, the parts of both, and views."""
    blocks = {kind: (_where_block(kind), _limits(shape)) for kind, shape in BLOCKS.kinds.items()}
    elements = {kind: (_where_element(kind), _limits(shape)) for kind, shape in ELEMENTS.kinds.items()}
    parts = {name: ("", _limits(shape)) for name, shape in PARTS.items()}
    views = {f"{kind} view": ("", _limits(shape)) for kind, shape in FRAME.kinds.items()}
    tables = (("block", blocks), ("element", elements), ("part", parts | views))
    return "\n\n".join("\n".join(_table(name, rows)) for name, rows in tables)


def _table(name: str, rows: dict[str, tuple[str, str]]) -> Iterator[str]:
    yield f"| {name} | only in | limits |"
    yield "|---|---|---|"
    yield from (
        f"| {kind} | {where} | {limits} |" for kind, (where, limits) in rows.items() if where or limits
    )


def _where_block(kind: str) -> str:
    return _named(tuple(surface for surface, stage in STAGES.items() if kind in stage.blocks.kinds))


def _where_element(kind: str) -> str:
    return _named(tuple(SURFACES.get(kind, STAGES)))


def _named(surfaces: tuple[str, ...]) -> str:
    return "" if len(surfaces) == len(STAGES) else ", ".join(surfaces)


def _limits(shape: Object) -> str:
    found = (_limit(name.removesuffix("?"), field) for name, field in shape.fields.items())
    return ", ".join(limit for limit in found if limit)


def _limit(name: str, shape: Shape) -> str:
    """Such as ``text 3000``, ``fields 10 x 2000``, ``page_size 1 to 100``; empty where there is none."""
    match shape:
        case String(most=int(most)) if name not in ("block_id", "action_id"):
            return f"{name} {most}"
        case OneOf(kinds={"plain_text": Object(fields={"text": String() as words})}):
            return _limit(name, words)
        case Array(most=int(most), item=item):
            inner = _limit("", item).strip()
            return f"{name} {most} x {inner}" if inner else f"{name} {most}"
        case Number(least=least, most=most) if most is not None:
            return f"{name} {least} to {most}"
        case Object(kind="") if name and shape not in PARTS.values():
            return ", ".join(f"{name}.{limit}" for limit in _limits(shape).split(", ") if limit)
    return ""


if __name__ == "__main__":
    print(listing())
