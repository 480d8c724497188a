"""answer-relevance: would somebody who asked this get this answer?

A judge guesses questions from the answer alone, and embeddings say how near those are to what was asked
(RAGAS, arXiv:2309.15217). promptfoo asks three times for one question, we once for three.
"""

from bot.domain.scoring import Assertion, Output, Score
from bot.scorers.kit.judging import ask, judge_of, no_verdict, share
from bot.scorers.kit.vectors import cosine, embedded
from bot.scorers.scorer import Scorer, base_type, require
from bot.scorers.tools import Tools

PROMPT = "judge_questions@1"


async def answer_relevance(assertion: Assertion, output: Output, tools: Tools) -> Score:
    """The mean cosine of the guessed questions to the variable "query", or else to the prompt."""
    from bot.scorers.kit.answers import QuestionsAnswer

    kind = base_type(assertion)
    require(isinstance(output.value, str), f'"{kind}" needs an output that is text')
    require(output.prompt, f'"{kind}" needs a prompt')
    said, cost = await ask(
        PROMPT, {"output": output.value}, QuestionsAnswer, tools,
        kind=assertion.type, provider=judge_of(assertion),
    )  # fmt: skip
    questions = [each for each in said.questions if each.strip()]
    if not questions:
        return no_verdict("The judge found no question that the output answers", cost)
    query = output.vars.get("query")
    asked, *guessed = await embedded(
        [query if isinstance(query, str) else output.prompt, *questions], tools, kind
    )
    return share(sum(cosine(asked, each) for each in guessed) / len(guessed), assertion, "Relevance", cost)


SCORERS = (Scorer(types=("answer-relevance",), awaited=answer_relevance),)
