"""What changed between two versions, word by word, and who moved which label when."""

from collections.abc import Iterator, Sequence

from bot.domain.prompts import LabelMove, PromptDiff
from handlers.views.kit import (
    Block,
    Leaf,
    Message,
    context,
    fit,
    header,
    joined,
    line,
    markup,
    mention,
    message,
    section,
    words,
)  # fmt: skip
from handlers.views.kit import rich_text as rich

AROUND = 120  # characters of unchanged text that stay beside a change
MOST = 2_600


def difference(diff: PromptDiff) -> Message:
    """Taken out is struck through, put in is bold; long stretches that stayed are folded."""
    before, after = diff.before.reference, diff.after.reference
    facts = []
    if diff.new_inputs:
        facts.append(f"asks for {', '.join(diff.new_inputs)} as well")
    if diff.lost_inputs:
        facts.append(f"no longer asks for {', '.join(diff.lost_inputs)}")
    if diff.before.model != diff.after.model:
        facts.append(f"model {diff.before.model or 'any'} → {diff.after.model or 'any'}")
    changed = any(segment.kind != "same" for segment in diff.segments)
    body = [rich(line(*_marked(diff)))] if changed else [context("The text is the same.")]
    return message(
        header(f"{before} → {after}"),
        *body,
        *(context(fact) for fact in facts),
        *([context(markup("~struck through~ was taken out, *bold* was put in"))] if changed else []),
    )


def _marked(diff: PromptDiff) -> Iterator[Leaf]:
    """Leaves of one section, within what Slack takes of one."""
    left, segments = MOST, diff.segments
    for at, segment in enumerate(segments):
        text = segment.text
        if segment.kind == "same":
            text = _folded(text, first=at == 0, last=at == len(segments) - 1)
        if left <= 0:
            yield words(" … (more in the text itself)", italic=True)
            return
        leaf = words(text, bold=segment.kind == "added", most=left)
        if segment.kind == "removed":
            leaf = {**leaf, "style": {"strike": True}}
        left -= len(text)
        yield leaf


def _folded(text: str, *, first: bool, last: bool) -> str:
    if len(text) <= 2 * AROUND:
        return text
    start = "" if first else text[:AROUND]
    end = "" if last else text[-AROUND:]
    return f"{start} … {end}"


def change_log(name: str, moves: Sequence[LabelMove]) -> Message:
    """Newest first: every promotion and rollback with its grounds."""
    if not moves:
        return message(header(f"{name}: log"), context("No label of it was ever moved."))
    lines = [_move(move) for move in reversed(moves)]
    return message(*fit(lines, lambda n: markup("{} earlier ones", n), head=[header(f"{name}: log")]))


def _move(move: LabelMove) -> Block:
    way = f"{move.from_version or '–'} → {move.to_version}"
    what = "rolled back" if move.kind == "rollback" else "promoted"
    facts = [markup("{}", f"{move.at:%d %b %Y %H:%M}"), mention(move.by)]
    said = markup("*{}* {} {}\n{}", move.label, what, way, joined(facts))
    return section(markup("{}\n{}", said, move.grounds) if move.grounds else said)
