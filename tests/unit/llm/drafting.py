"""A theme of a parcel service, and a model that answers as told; shared by the tests of drafting."""

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from bot.domain.prompts import Prompt
from bot.domain.redaction import redact_structured
from bot.domain.stories import StoryBody
from bot.domain.themes import Member, Theme, ThemeEvidence, Trend
from bot.domain.tickets import Ticket
from bot.llm import GuardedModel, Guards, MemoryBudget, Retry
from bot.llm.scripted import ScriptedProvider, Step
from bot.services.prompts import load_prompt
from tests.unit.prompts.bodies import counted, offline_body

TEXTS = (
    "Where is my parcel? Tracking has said the same for six days",
    "The courier left it with a neighbour I don't know",
    "It says delivered but nothing was at the door",
    "Can I have it sent to my office instead? I'm never home before 7",
    "My parcel is stuck at customs, what do I have to pay",
    "Tracking page shows a street that is not mine",
)
ODD = "I sent two parcels under one number and only one came"


async def no_sleep(_seconds: float) -> None:
    return None


def evidence_of(texts: Sequence[str] = (*TEXTS, ODD)) -> ThemeEvidence:
    """Tickets Z-100, Z-101 ... in order of centrality, as redacted when stored."""
    tickets = [
        Ticket(f"Z-{100 + i}", redact_structured(text), requester=f"p{i}") for i, text in enumerate(texts)
    ]
    members = tuple(Member(t.ticket_id, 0.9 - i / 100, 0.2) for i, t in enumerate(tickets))
    phrases = ("tracking page", "my parcel")
    theme = Theme("T4", "parcel, tracking", phrases, tickets[0].text, "Z-100", members, len(tickets), Trend())
    return ThemeEvidence(theme, tickets, neighbours=(), weeks=9)


def offline_of(evidence: ThemeEvidence) -> StoryBody:
    tickets = evidence.tickets
    fact = counted("3 of 7 tickets name a place that is not theirs", ["Z-101", "Z-102", "Z-105"])
    quotes = [(ticket.ticket_id, ticket.text[:700]) for ticket in tickets[:3]]
    edges = [(last.ticket_id, last.text[:700]) for last in tickets[3:][-1:]]
    return offline_body([fact], quotes, edges)


def shown_tickets(user: str) -> dict[str, str]:
    """Tickets as a model reads them from the prompt."""
    data = user.split("data begin ===")[1].split("data end ===")[0].split("Tickets:\n")[1]
    return {m[1]: m[2] for m in re.finditer(r"^(t\d+)(?: \(unusual\))?: (.*)$", data, re.MULTILINE)}


def good_words(user: str) -> dict[str, Any]:
    """A sound answer about the parcels, with the ids that this prompt gives them."""
    ids = {text: key for key, text in shown_tickets(user).items()}
    found = [next((key for text, key in ids.items() if text[:30] == want[:30]), "t1") for want in TEXTS]
    where, neighbour, delivered, _, customs, _ = found
    odd = next((key for text, key in ids.items() if text == ODD), "t1")
    return {
        "title": "Tell people where their parcel is",
        "role": "person waiting for a parcel",
        "want": "to be told where my parcel is and on which day it comes",
        "benefit": "I can decide whether to wait or to have it searched for",
        "intent": "problem",
        "decision": "whether the person waits or a search is opened",
        "before": "people write in, and an agent reads the courier's scans",
        "after": "the assistant reads the last scan when asked; an agent sees only parcels without a scan",
        "examples": [
            {
                "ticket_id": where,
                "input": TEXTS[0],
                "expected": "States place and time of the last scan; opens a search after five days.",
            },
            {
                "ticket_id": neighbour,
                "input": TEXTS[1],
                "expected": "Names house number and time from the record; without a record it hands over.",
            },
            {
                "ticket_id": delivered,
                "input": TEXTS[2],
                "expected": "Gives the spot and the photo's time, asks who else lives there, opens a case.",
            },
        ],
        "cannot_do": {
            "ticket_id": customs,
            "input": TEXTS[4],
            "condition": "the duty has not been set by customs",
            "expected": "Says that the amount is not known, names no sum, and passes the number on.",
        },
        "fallback": "hand over with the parcel's number and the last scan",
        "criteria": [
            criterion("it states place and time of the last scan", 96, ids=[where]),
            criterion("it compares the street with the label", 90, fact="f1", given="a wrong place"),
            criterion("it names no sum and hands over", 100, never=True, given="a parcel at customs"),
        ],
        "test": {
            "task": "say from the scans where a parcel is",
            "input": "one redacted ticket and the parcel's scans",
            "output": "two sentences with place and time",
            "evaluation": "compare place and time with the scans by program",
        },
        "edge_cases": [{"ticket_id": odd, "quote": ODD, "note": "two parcels under one number"}],
        "latency": "near-real-time (under 2 s)",
        "latency_reason": "the person waits at the door",
        "track": 3,
        "track_reason": "place and time come from the scans, words from a template",
    }  # fmt: skip


def criterion(
    then: str,
    threshold: float,
    *,
    never: bool = False,
    fact: str = "",
    given: str = "a ticket about a parcel on its way",
    ids: Sequence[str] = (),
) -> dict[str, Any]:
    return {
        "given": given, "when": "the assistant answers", "then": then, "comparison": "at least",
        "threshold": threshold, "unit": "% of labelled tickets", "must_not_fail": never,
        "reason": "a wrong place costs a walk", "fact": fact, "ticket_ids": [*ids],
    }  # fmt: skip


class PricedScript(ScriptedProvider):
    """Costs what a small model of OpenAI's costs."""

    vendor = "openai"

    def __init__(self, steps: Iterable[Step]) -> None:
        super().__init__(steps, "gpt-4o-mini")


def model_of(steps: Iterable[Step], cap: float = 1.0) -> tuple[GuardedModel, PricedScript, MemoryBudget]:
    script, budget = PricedScript(steps), MemoryBudget(cap)
    guards = Guards(redact_structured, redact_structured, budget=budget, retry=Retry(sleep=no_sleep))
    return GuardedModel(script, guards), script, budget


def prompt() -> Prompt:
    return load_prompt("draft_story@1")


def leaves(value: Any) -> list[str]:
    """Every string within a JSON value, keys too."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for item in value.items() for part in item for text in leaves(part)]
    if isinstance(value, list | tuple):
        return [text for item in value for text in leaves(item)]
    return []


def as_json(body: StoryBody) -> Any:
    return json.loads(body.model_dump_json())
