"""Types that promptfoo has and Plumbline does not score, each with what to say of it."""

_MODEL = "asks a model or service that is not connected here"
_TRACE = "reads traces, which are not collected here"

UNSUPPORTED = {
    "agent-rubric": _MODEL,
    "answer-relevance": _MODEL,
    "classifier": _MODEL,
    "context-faithfulness": _MODEL,
    "context-recall": _MODEL,
    "context-relevance": _MODEL,
    "conversation-relevance": _MODEL,
    "factuality": _MODEL,
    "g-eval": _MODEL,
    "guardrails": "reads a provider's guardrails, which are not kept here",
    "llm-rubric": _MODEL,
    "max-score": "compares the outputs of all arms, which is what the verdict does here",
    "meteor": "needs a dictionary of English that is not shipped here",
    "model-graded-closedqa": _MODEL,
    "model-graded-factuality": _MODEL,
    "moderation": _MODEL,
    "pi": _MODEL,
    "ruby": "runs Ruby",
    "search-rubric": _MODEL,
    "select-best": "compares the outputs of all arms, which is what the verdict does here",
    "similar": _MODEL,
    "similar:cosine": _MODEL,
    "similar:dot": _MODEL,
    "similar:euclidean": _MODEL,
    "skill-used": _TRACE,
    "trace-error-spans": _TRACE,
    "trace-span-count": _TRACE,
    "trace-span-duration": _TRACE,
    "webhook": "sends every output to an address of the config",
}

UNSUPPORTED_PREFIXES = {"trajectory:": _TRACE, "promptfoo:": "belongs to red teaming"}


def why_not(type_: str) -> str:
    """Why a type is not scored, as the end of a sentence; "" for a type that nobody knows."""
    for prefix, reason in UNSUPPORTED_PREFIXES.items():
        if type_.startswith(prefix):
            return reason
    return UNSUPPORTED.get(type_, "")
