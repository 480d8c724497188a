"""What people think of outputs as rows for evals and fine-tuning; plain values, one JSON object each."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from bot.domain.feedback.outputs import TrackedOutput
from bot.domain.feedback.votes import Vote
from bot.domain.interactions import Interaction

Row = dict[str, Any]


class ExportKind(StrEnum):
    FEEDBACK = "feedback"  # votes with what their outputs were made of
    CASES = "cases"  # inputs with the answers that people said are right
    PAIRS = "pairs"  # of one input the answer that people chose, and the one they did not


def feedback_row(vote: Vote, output: TrackedOutput | None, user: str) -> Row:
    """One vote that stands; ``user`` is hashed. What is not known of the output is ""."""
    known = output or TrackedOutput(vote.output)
    return {
        "output": vote.output,
        "kind": known.kind,
        "feature": known.feature,
        "prompt": known.prompt,
        "fingerprint": known.fingerprint,
        "model": known.model,
        "trace": dict(known.trace),
        "thumb": vote.thumb,
        "reasons": list(vote.reasons),
        "comment": vote.comment,
        "correction": vote.correction,
        "user": user,
        "at": vote.given_at.isoformat(),
    }


def correction_pair(vote: Vote, output: TrackedOutput) -> Iterator[Row]:
    """What somebody said it should have been is chosen, what it said is rejected; nothing where they are the
    same, or where one of them or the input is not known."""
    if output.input and output.text and vote.correction not in ("", output.text):
        yield {**_origin(output), "chosen": vote.correction, "rejected": output.text, "by": "correction"}


def edited_pair(interaction: Interaction, output: TrackedOutput) -> Iterator[Row]:
    """The same of what a person made of an output in the product."""
    if output.input and output.text and interaction.final not in ("", output.text):
        yield {**_origin(output), "chosen": interaction.final, "rejected": output.text, "by": "edit"}


def _origin(output: TrackedOutput) -> Row:
    return {
        "input": dict(output.input),
        "prompt": output.prompt,
        "fingerprint": output.fingerprint,
        "model": output.model,
        "feature": output.feature,
        "output": output.name,
    }
