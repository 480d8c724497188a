"""Pieces that more than one view of feedback shows."""

from collections.abc import Iterator

from bot.domain.feedback import TrackedOutput
from bot.domain.feedback.outputs import kind_of
from handlers.views.kit import Element, bold, faint, line, quote, words

ASKED, SAID = 600, 1_400  # characters shown of an input and of an output
KIND_NAMES = {
    "story": "stories",
    "themes": "theme lists",
    "experiment": "experiment results",
    "message": "tracked messages",
    "interaction": "the product's outputs",
    "summary": "feedback summaries",
    "reasons": "reasons",
    "trace": "traces",
}


def called(output: str) -> str:
    """What people call an output: "ST-14", "reply/a1b2", "that message"."""
    kind, _, rest = output.partition(":")
    if kind in {"message", "summary", "reasons", "trace"}:
        return {"message": "that message", "reasons": "these reasons"}.get(kind, f"this {kind}")
    return (rest or kind).partition("@")[0]


def kind_name(kind: str) -> str:
    """The kind of many outputs in words."""
    return KIND_NAMES.get(kind, kind or "other")


def one_of(output: TrackedOutput) -> str:
    """What this one is, with whose: "an output of reply", "story ST-14"."""
    kind = kind_of(output.name)
    if output.feature:
        return f"an output of {output.feature}"
    return "a tracked message" if kind == "message" else f"{kind} {called(output.name)}"


def told(output: TrackedOutput, *, asked: int = ASKED, said: int = SAID) -> Iterator[Element]:
    """What was asked and what was answered, each behind a bar."""
    question = "\n".join(str(value) for value in output.input.values() if value)
    if question:
        yield line(bold("Asked"))
        yield quote(words(question, most=asked))
    yield line(bold("Answered"))
    yield quote(words(output.text or output.title or "Its text is not kept.", most=said))
    made = [part for part in (output.prompt, output.model) if part]
    if made:
        yield line(faint(f"Made by {' on '.join(made)}", most=200))
