"""The story's sentence: title, want, benefit and the decision behind it, from the theme's acts and clause."""

import re
from dataclasses import dataclass

from bot.domain.drafting.acts import Act
from bot.domain.drafting.choice import Spoken
from bot.domain.drafting.english import article, capital, names_cased, they
from bot.domain.drafting.kinds import HOME_KEYS, UNNAMED, Kind
from bot.domain.drafting.reading import Picture
from bot.domain.drafting.roles import Role
from bot.domain.stories import Intent

_TITLE_WORDS = 16


@dataclass(frozen=True, slots=True)
class Sentence:
    title: str
    role: str
    want: str
    benefit: str
    decision: str
    about: str  # after "a ticket that": what such a ticket does, told of a third person


def sentence_of(picture: Picture, spoken: Spoken | None, role: Role) -> Sentence:
    if picture.tongue:
        return _unread_sentence(picture.tongue, picture.kind, role)
    kind, act, noun = picture.kind, picture.act, names_cased(picture.noun)
    return Sentence(
        title=_title(spoken, role, act, noun),
        role=role.one,
        want=_want(spoken, act, noun),
        benefit=_benefit(act, kind),
        decision=_DECISION[act].format(**kind.slots),
        about=_about(spoken, act, noun),
    )


def _unread_sentence(language: str, kind: Kind, role: Role) -> Sentence:
    """Nothing is claimed on what is asked in a language the drafter does not read."""
    return Sentence(
        title=f"{language} tickets: a reader of {language} names the needs before a story is built",
        role=f"{role.one} writing in {language}",
        want=f"to {kind.want}",
        benefit=kind.benefit,
        decision=f"which needs a reader of {language} finds here, and which story each belongs to",
        about=f"is written in {language}",
    )


def intent_of(act: Act) -> Intent:
    if act in {Act.DANGER, Act.DISPUTE, Act.FAILURE, Act.COMPLAINT, Act.WHY}:
        return "problem"
    if act is Act.ACTION:
        return "request"
    return "praise" if act is Act.PRAISE else "question"


def _want(spoken: Spoken | None, act: Act, noun: str) -> str:
    if spoken is None:
        return _plain_want(act, noun)
    text = spoken.clause.text
    if re.match(r"(?:call|remind|wake|text|charge|let|roll|play|repeat|help) (?:me|that|it)\b", text):
        return f"to have the assistant {text}"
    if spoken.clause.form == "know":
        return f"to be told {text}" if act in {Act.STATUS, Act.WHY, Act.DANGER} else f"to know {text}"
    if spoken.clause.form in {"do", "get"}:
        return f"to {text}"
    if act in _REPORTED:
        return f"to get {_REPORTED[act]} when I report that {text}"
    if _explains(text):
        return f"to be told why {text}"
    return f"to be told what happens next when {text}"


_REPORTED = {Act.DISPUTE: "a case number", Act.DANGER: "protection at once", Act.COMPLAINT: "a named person"}


def _explains(text: str) -> bool:
    """A state one can ask the reason of: "my card does not work"."""
    return text.startswith(("my ", "the ", "there is ")) or " not " in text


def _plain_want(act: Act, noun: str) -> str:
    if noun == UNNAMED and act is not Act.PRAISE:
        return "to have my question reach somebody who can answer it"
    plain = {
        Act.STATUS: f"to be told where my {noun} stands",
        Act.WHY: f"to be told the reason behind the {noun}",
        Act.HOW: f"to know which steps settle the {noun}",
        Act.POSSIBLE: f"to know whether {article(noun)} {noun} is allowed",
        Act.PRICE: f"to know what the {noun} costs",
        Act.ACTION: f"to have my request about the {noun} carried out",
        Act.FAILURE: f"to be told why the {noun} fails",
        Act.DISPUTE: f"to have the {noun} corrected",
        Act.DANGER: f"to have the {noun} secured",
        Act.COMPLAINT: f"to have a person answer for the {noun}",
        Act.PRAISE: "to have my thanks reach the people who earned them",
        Act.REPLY: "to go on from the answer I just gave",
    }
    return plain.get(act, f"to know the facts about the {noun}")


_BENEFIT: dict[Act, str] = {
    Act.STATUS: "I can decide whether to wait, knowing {timely}",
    Act.WHY: "I can tell {cause} from {last_cause} before I try again",
    Act.HOW: "I can finish it myself once I have {check} at hand",
    Act.POSSIBLE: "I know {rule} before I commit myself",
    Act.PRICE: "I can weigh {rule} before I pay",
    Act.ACTION: "it is done the first time, with {check} confirmed",
    Act.FAILURE: "I can rule out {cause} before I try again",
    Act.DISPUTE: "{record} is put right",
    Act.DANGER: "no further harm is done before a person has looked at it",
    Act.COMPLAINT: "somebody answers for it with a name and a date",
    Act.PRAISE: "the people who earned it hear of it",
    Act.REPLY: "the talk goes on without my saying it twice",
    Act.INFORMATION: "I know {fact} without asking an agent",
}
_DECISION: dict[Act, str] = {
    Act.STATUS: "whether the person waits or an agent steps in to {remedy}",
    Act.WHY: "which cause applies ({causes}) and who can mend it",
    Act.HOW: "which steps to send, and whom to hand over to when {missing}",
    Act.POSSIBLE: "whether the answer is yes, no or only under conditions, given {rule}",
    Act.PRICE: "which amount to quote from {record}",
    Act.ACTION: "whether to carry it out now or to ask for {check} first",
    Act.FAILURE: "which cause to test first: {causes}",
    Act.DISPUTE: "whether to open a case, given {fact}",
    Act.DANGER: "whether to {remedy} before anything else",
    Act.COMPLAINT: "who takes the complaint up, and whether something is owed",
    Act.PRAISE: "which team hears of it, and whether a request hides in the thanks",
    Act.REPLY: "whether the words answer the last question or open a new one",
    Act.INFORMATION: "whether {record} answers it or an agent must",
}


def _benefit(act: Act, kind: Kind) -> str:
    if kind.benefit:
        return kind.benefit
    if act is Act.ACTION and kind.key in HOME_KEYS:
        return f"{kind.record} need not be opened by hand"
    if act is Act.WHY and len(kind.causes) == 1:
        return f"I know whether {kind.causes[0]} is behind it"
    if act is Act.DISPUTE and kind.stakes in {"money", "safety"}:
        return f"I do not carry the loss while {kind.record} is checked"
    return _BENEFIT[act].format(**kind.slots)


def _title(spoken: Spoken | None, role: Role, act: Act, noun: str) -> str:
    """The want told of its writers; the plain one where the clause makes it longer than sixteen words."""
    told = _told_title(spoken, role.many, act) if spoken else ""
    if spoken and len(told.split()) > _TITLE_WORDS:
        told = _told_title(spoken, "people", act)
    if not told and noun == UNNAMED:
        return "Mixed questions: route each to somebody who can answer it"
    if not told or len(told.split()) > _TITLE_WORDS:
        return capital(f"{noun}: {_PLAIN_TITLES.get(act, 'give the facts asked for')}")
    return told


def _told_title(spoken: Spoken, who: str, act: Act) -> str:
    told = they(spoken.clause.text)
    if spoken.clause.form == "know":
        return f"Tell {who} {told}"
    if spoken.clause.form in {"do", "get"}:
        return f"Let {who} {told}"
    if act not in _REPORTED and _explains(spoken.clause.text):
        return f"Tell {who} why {told}"
    verb = {Act.DANGER: "act first when", Act.DISPUTE: "open a case when"}.get(act, "say what happens when")
    return capital(f"{verb} {who} report that {told}")


_PLAIN_TITLES = {
    Act.STATUS: "say where it stands",
    Act.WHY: "say why",
    Act.HOW: "give the steps",
    Act.POSSIBLE: "say whether it is allowed",
    Act.PRICE: "say what it costs",
    Act.ACTION: "do what is asked",
    Act.FAILURE: "find the cause",
    Act.DISPUTE: "open a case",
    Act.DANGER: "act first",
    Act.COMPLAINT: "have a person answer",
    Act.PRAISE: "pass the thanks on",
    Act.REPLY: "take the answer and go on",
}


def _about(spoken: Spoken | None, act: Act, noun: str) -> str:
    if spoken is None:
        return f"{act.value}, about the {noun}"
    told = they(spoken.clause.text)
    if spoken.clause.form == "know":
        return f"asks {told}"
    return f"asks to {told}" if spoken.clause.form in {"do", "get"} else f"reports that {told}"
