"""Asking a judge: a prompt that ships, other people's text in it as data, an answer of a fixed form.

The judge is told of the output and what to judge it by, never which arm, prompt or model it comes from.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, TypeVar

from bot.domain.fence import disarm, new_fence, readable
from bot.domain.scoring import Assertion, Score
from bot.errors import Unsupported
from bot.scorers.scorer import negated
from bot.scorers.tools import Said, Tools

if TYPE_CHECKING:
    from bot.domain.prompts import Prompt
    from bot.scorers.kit.answers import Judgement

Value = str | Sequence[str]
Answer = TypeVar("Answer", bound="Judgement")

EPSILON = 2.0**-52  # what promptfoo forgives a score at its threshold
_REASON = 500  # characters of a judge's reason that are kept
_ITEM = 2_000  # of one entry of a list


async def ask(
    reference: str,
    values: Mapping[str, Value],
    answers: type[Answer],
    tools: Tools,
    *,
    kind: str,
    provider: str = "",
) -> tuple[Answer, float]:
    """The judge's answer to a shipped prompt ("judge_rubric@1"), and its cost in US dollars.

    ``kind`` names the assertion in errors. Raises Unsupported without a judge, ModelError and its kinds.
    """
    if tools.ask is None:
        raise Unsupported(
            f'"{kind}" needs a judge model.', hint="Set PLUMB_MODEL, or give --judge provider:model."
        )
    prompt, fence = shipped(reference), new_fence()
    filled = prompt.render({"fence": fence, **{name: _data(value) for name, value in values.items()}})
    said: Said = await tools.ask(
        filled.system, filled.user, answers, provider,
        prompt=reference, fingerprint=prompt.fingerprint, fence=fence,
    )  # fmt: skip
    return said.answer, said.cost


@cache
def shipped(reference: str) -> "Prompt":
    """A prompt by its reference. Versions are pinned: another version is another scorer."""
    from bot.domain.prompts import parse_prompt, parse_reference

    asked = parse_reference(reference)
    file = resources.files("prompts") / asked.name / f"v{asked.version}.md"
    return parse_prompt(asked, file.read_text(encoding="utf-8"))


def _data(value: Value) -> Value:
    """Text as it can be seen; entries of a list each on one line."""
    return readable(value) if isinstance(value, str) else [disarm(each, _ITEM) for each in value]


def said_by(reference: str, reason: str) -> str:
    """A judge's reason with the prompt it answered. What a judge writes may have come from the output."""
    return f"{disarm(reason, _REASON) or 'No reason given'} [{reference}]"


def judge_of(assertion: Assertion) -> str:
    """Which judge the config names. Raises Unsupported where it brings a prompt of its own."""
    if assertion.rest.get("rubricPrompt"):
        raise Unsupported(
            f'A rubricPrompt for "{assertion.type}" is not supported: judges have prompts here.'
        )
    return assertion.provider


def share(value: float, assertion: Assertion, name: str, cost: float, default: float = 0.5) -> Score:
    """A judged share of 0..1 against the threshold; "not-" turns verdict and score round."""
    threshold = default if assertion.threshold is None else assertion.threshold
    reached = value >= threshold - EPSILON
    reason = f"{name} {value:.2f} is {'at least' if reached else 'less than'} {threshold:g}"
    inverse = negated(assertion)
    return Score(reached is not inverse, 1 - value if inverse else value, reason, judged=cost)


def no_verdict(reason: str, cost: float) -> Score:
    """The judge said nothing that can be counted: a fail, which "not-" does not turn into a pass."""
    return Score(False, 0.0, reason, judged=cost)


def only_affirmed(assertion: Assertion) -> None:
    """promptfoo ignores "not-" on these, which nobody who writes it means."""
    if negated(assertion):
        raise Unsupported(f'"{assertion.type}" is not supported: promptfoo ignores the "not-" of this type.')


def text_or_json(value: Any) -> str:
    """An output as a judge reads it."""
    from bot.scorers.kit.js import text_of

    return text_of(value)
