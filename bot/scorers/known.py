"""Types of assertions that need something that Plumbline does not have."""

_MODEL = "asks a model or service that is not connected here"
_TRACE = "reads traces, which are not collected here"

UNSUPPORTED = {
    "agent-rubric": _MODEL,
    "classifier": _MODEL,
    "conversation-relevance": _MODEL,
    "guardrails": "reads a provider's guardrails, which are not kept here",
    "max-score": "compares the outputs of all arms, which is what the verdict does here",
    "meteor": "needs a dictionary of English that is not shipped here",
    "moderation": _MODEL,
    "pi": _MODEL,
    "ruby": "runs Ruby",
    "search-rubric": _MODEL,
    "select-best": "compares the outputs of all arms, which is what the verdict does here",
    "skill-used": _TRACE,
    "trace-error-spans": _TRACE,
    "trace-span-count": _TRACE,
    "trace-span-duration": _TRACE,
    "webhook": "sends every output to an address of the config",
}

"""What promptfoo has and Plumbline does not score, each with what to say of it."""

UNSUPPORTED_PREFIXES = {"trajectory:": _TRACE, "promptfoo:": "belongs to red teaming"}


def why_not(type_: str) -> str:
    """Why a type is not scored, as the end of a sentence; "" for a type that nobody knows."""
    for prefix, reason in UNSUPPORTED_PREFIXES.items():
        if type_.startswith(prefix):
            return reason
    return UNSUPPORTED.get(type_, "")
