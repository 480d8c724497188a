"""What a right answer holds, ticket by ticket: by act, question word, subject and circumstances."""

from bot.domain.drafting.acts import Act
from bot.domain.drafting.english import capital, gives, listed, shows
from bot.domain.drafting.kinds import HOME_KEYS, Kind, timely_first
from bot.domain.drafting.reading import Reading


def expected_for(reading: Reading, act: Act, kind: Kind, used: set[str]) -> str:
    """One to three sentences a person can check. ``used`` holds the leads already taken in this story."""
    leads = list(kind.leads) or _LEADS[act](kind, reading.clause.ask if reading.clause else "")
    lead = next((text for text in leads if text not in used), leads[-1])
    used.add(lead)
    duty = next((c.expected for c in reading.conditions if c.expected not in used), "")
    if duty:
        used.add(duty)
        return f"{capital(lead)}. {capital(duty)}."
    return f"{capital(lead)}."


def _status(kind: Kind, ask: str) -> list[str]:
    timely = timely_first(kind.facts)
    leads = [
        f"states {listed(kind.facts)}, as {shows(kind.record)} them",
        f"{gives(timely[0])} first, then offers to {kind.remedy} if it has passed",
        f"{gives(kind.facts[-1])} and names one next step: to {kind.remedy}",
        f"says which of these holds it up: {listed(kind.causes, 'or')}",
        f"opens with yes or no, then {gives(kind.facts[0])}; where {kind.missing}, says so",
    ]
    first = {"when": 1, "how long": 1, "why": 3, "whether": 4}.get(ask, 0)
    return [leads[first], *leads[:first], *leads[first + 1 :]]


def _why(kind: Kind, ask: str) -> list[str]:
    return [
        f"names the one cause {shows(kind.record)} ({listed(kind.causes, 'or')}), then what clears it",
        f"{gives(kind.facts[0])} as recorded and explains it in one sentence; offers to {kind.remedy}",
        f"where {shows(kind.record)} no cause, says so in the first sentence and hands over without guessing",
        f"rules out {kind.causes[0]} first, then {gives(kind.facts[-1])}",
        f"says whether it can happen again, and the one thing that prevents it: {kind.rules[0]}",
    ]


def _how(kind: Kind, ask: str) -> list[str]:
    leads = [
        (
            f"lists the steps in order, each with the place where it is done; says ahead of step "
            f"one that it takes {kind.check}"
        ),
        (
            f"names the place to start in the first sentence, then the steps; ends with the sign "
            f"that it worked: {kind.facts[0]}"
        ),
        f"gives at most five numbered steps and states {kind.rules[0]} ahead of them",
        f"says first whether it can be done at all, given {kind.rules[-1]}; then the steps",
        f"names who can do it for the person where {kind.missing}",
    ]
    return [leads[1], leads[0], *leads[2:]] if ask == "where" else leads


def _possible(kind: Kind, ask: str) -> list[str]:
    return [
        f"opens with yes, no or only if; then states {listed(kind.rules)}",
        f"answers from {kind.rules[0]} and names the one exception that applies",
        f"where the answer is no, says no in the first word and offers to {kind.remedy}",
        f"asks for {kind.check}, since the answer turns on it, then says yes or no",
        f"says yes or no with {kind.rules[-1]} as the reason, and the page it stands on",
    ]


def _price(kind: Kind, ask: str) -> list[str]:
    return [
        f"gives the amount with its currency, then {kind.rules[-1]}",
        f"quotes the line of {kind.record} that applies, and says when nothing is charged",
        f"works the sum through for the case named: {kind.rules[0]}, then the total",
        (
            f"says yes or no to a charge in the first sentence, then names "
            f"{kind.rules[min(1, len(kind.rules) - 1)]}"
        ),
        f"offers to {kind.remedy}, with the saving as a number",
    ]


def _action(kind: Kind, ask: str) -> list[str]:
    if kind.key in HOME_KEYS and kind.stakes in {"low", "normal"}:
        return [
            f"does it in the same turn and {gives(kind.facts[-1])} in at most ten words",
            f"asks one question, for {kind.check}, and only where the ticket leaves it out",
            f"takes it as the same request in other words and {gives(kind.facts[0])}",
            f"where it meets {kind.causes[0]}, says so before anything is changed",
            f"takes it back on one word, and {gives(kind.facts[0])} again",
        ]
    return [
        f"reads back {kind.check}, acts after a yes, then {gives(kind.facts[0])}",
        (
            f"asks one question, for {kind.check}, where the ticket leaves it out; nothing is "
            f"done before the reply"
        ),
        f"confirms in one line what was done and {gives(kind.facts[-1])}; changes nothing else",
        f"says whether it can still be done, given {kind.rules[0]}; if not, offers to {kind.remedy}",
        f"names what stands in the way, such as {kind.causes[0]}, before promising anything",
    ]


def _failure(kind: Kind, ask: str) -> list[str]:
    return [
        (
            f"checks {kind.record} first and names what it finds ({listed(kind.causes, 'or')}), "
            f"then the one fix to try"
        ),
        f"states {kind.facts[0]} as of now; offers to {kind.remedy}",
        (
            f"tests for {kind.causes[0]} with one question and stops after two tries, handing "
            f"over with what was tried"
        ),
        f"says whether other people have it too, and what works meanwhile: {kind.rules[-1]}",
        f"asks for {kind.check} only; then says which cause is ruled out",
    ]


def _dispute(kind: Kind, ask: str) -> list[str]:
    return [
        (
            f"acknowledges it in one sentence, opens a case, gives its number and asks for "
            f"{kind.check}; promises no outcome"
        ),
        f"sets {listed(kind.facts)} beside what the person reports and marks where they differ",
        "gives the day by which the case is answered, and what happens to the amount until then",
        f"asks whether one of these explains it ({listed(kind.causes, 'or')}) before opening the case",
        f"says how to stop the next one: to {kind.remedy}",
    ]


def _danger(kind: Kind, ask: str) -> list[str]:
    return [
        f"acts before it explains: offers to {kind.remedy}, in the first sentence",
        f"asks one question only, for {kind.check}; asks for no PIN, password or full number",
        ("confirms that the first step took effect, with its time, then hands over to the person on duty"),
        f"states {kind.facts[-1]} once the first step is done",
        "gives the emergency number that works at this hour, ahead of any question",
    ]


def _information(kind: Kind, ask: str) -> list[str]:
    timely = timely_first(kind.facts)
    leads = [
        f"{gives(kind.facts[0])} in the first sentence, read from {kind.record}",
        f"{gives(timely[0])} first, with what it depends on: {kind.causes[0]}",
        f"states {listed(kind.facts)}, and how old the entry is",
        f"asks for {kind.check} where the ticket leaves it open, then answers in one line",
        f"where {kind.missing}, says so and does not estimate",
    ]
    first = {"when": 1, "how long": 1, "how much": 2, "how many": 2}.get(ask, 0)
    return [leads[first], *leads[:first], *leads[first + 1 :]]


def _complaint(kind: Kind, ask: str) -> list[str]:
    return [
        "apologises once, names the person who takes it up and the day of the answer",
        f"repeats the facts as told in two sentences, checked against {kind.record}; gives no excuse",
        f"asks what would put it right, and says which part of it can be done: to {kind.remedy}",
        "offers a call at a stated time",
    ]


def _praise(kind: Kind, ask: str) -> list[str]:
    return [
        "thanks in one line and passes the words on to the team they are meant for",
        "answers in kind in at most ten words and asks nothing",
        "thanks, and answers the request hidden in the same message",
        "closes the thread and leaves a way back",
    ]


def _reply(kind: Kind, ask: str) -> list[str]:
    return [
        "takes it as the answer to the question asked last and goes on with that task",
        "where no question is open, asks in one sentence what it refers to",
        "says the last sentence again, word for word, when asked to",
        "names both readings where the words can mean yes or no",
        "returns the greeting in one line and waits",
    ]


_LEADS = {
    Act.STATUS: _status,
    Act.WHY: _why,
    Act.HOW: _how,
    Act.POSSIBLE: _possible,
    Act.PRICE: _price,
    Act.ACTION: _action,
    Act.FAILURE: _failure,
    Act.DISPUTE: _dispute,
    Act.DANGER: _danger,
    Act.INFORMATION: _information,
    Act.COMPLAINT: _complaint,
    Act.PRAISE: _praise,
    Act.REPLY: _reply,
}
