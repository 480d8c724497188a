"""context-faithfulness, context-relevance, context-recall: an answer, and what was retrieved for it.

After RAGAS (Es et al. 2023, arXiv:2309.15217), as promptfoo counts.
"""

import re

from bot.domain.scoring import Assertion, Output, Score
from bot.scorers.kit.contexts import context_of, in_units, joined, lines, question_of, sentences, units
from bot.scorers.kit.judging import ask, judge_of, no_verdict, share
from bot.scorers.scorer import Scorer, base_type, require
from bot.scorers.tools import Tools

STATEMENTS, SUPPORT = "judge_statements@1", "judge_support@1"
RECALL, RELEVANCE = "judge_recall@1", "judge_relevance@1"
_LIST_MARK = re.compile(r"^\s*(?:[0-9]+[.)]|[-*])\s*")


async def faithfulness(assertion: Assertion, output: Output, tools: Tools) -> Score:
    """The share of the output's statements that the context supports."""
    from bot.scorers.kit.answers import StatementsAnswer, SupportAnswer

    question, context = question_of(assertion, output), context_of(assertion, output, tools)
    require(isinstance(output.value, str), f'"{base_type(assertion)}" needs an output that is text')
    kind, judge = assertion.type, judge_of(assertion)
    taken, cost = await ask(
        STATEMENTS, {"question": question, "output": output.value}, StatementsAnswer, tools,
        kind=kind, provider=judge,
    )  # fmt: skip
    statements = [each for each in taken.statements if each.strip()]
    if not statements:
        return no_verdict("The judge found no statements in the output", cost)
    said, more = await ask(
        SUPPORT, {"context": joined(context), "statements": statements}, SupportAnswer, tools,
        kind=kind, provider=judge,
    )  # fmt: skip
    # A statement without a verdict counts as not supported.
    supported = sum(each.supported for each in said.verdicts[: len(statements)])
    return share(supported / len(statements), assertion, "Faithfulness", cost + more)


async def recall(assertion: Assertion, output: Output, tools: Tools) -> Score:
    """The share of the right answer's sentences that the context says."""
    from bot.scorers.kit.answers import RecallAnswer

    require(isinstance(assertion.value, str), f'"{base_type(assertion)}" needs a text as its value')
    require(output.prompt, f'"{base_type(assertion)}" needs a prompt')
    context = context_of(assertion, output, tools, fallback=output.prompt)
    said, cost = await ask(
        RECALL, {"context": joined(context), "ground_truth": assertion.value}, RecallAnswer, tools,
        kind=assertion.type, provider=judge_of(assertion),
    )  # fmt: skip
    if not said.sentences:
        return no_verdict("The judge went through no sentence of the right answer", cost)
    attributed = sum(each.attributed for each in said.sentences)
    return share(attributed / len(said.sentences), assertion, "Recall", cost)


async def relevance(assertion: Assertion, output: Output, tools: Tools) -> Score:
    """The share of the context that is needed to answer the question."""
    from bot.scorers.kit.answers import RelevanceAnswer

    question, context = question_of(assertion, output), context_of(assertion, output, tools)
    said, cost = await ask(
        RELEVANCE, {"question": question, "context": joined(context)}, RelevanceAnswer, tools,
        kind=assertion.type, provider=judge_of(assertion),
    )  # fmt: skip
    copied = "\n".join(said.sentences)
    taken = set(lines(copied) if in_units(context) else sentences(copied))
    if taken and not any(_quotes(each, joined(context)) for each in taken):
        return no_verdict("The judge quotes nothing of the context", cost)
    total = len(units(context))
    return share(min(len(taken), total) / total if total else 0.0, assertion, "Context relevance", cost)


def _quotes(sentence: str, context: str) -> bool:
    return _plain(_LIST_MARK.sub("", sentence)) in _plain(context)


def _plain(text: str) -> str:
    return " ".join(text.lower().split())


SCORERS = (
    Scorer(types=("context-faithfulness",), awaited=faithfulness),
    Scorer(types=("context-recall",), awaited=recall),
    Scorer(types=("context-relevance",), awaited=relevance),
)
