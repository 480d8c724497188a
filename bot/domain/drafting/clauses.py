"""Turns one ticket sentence into a clause that reads well after "I want": the drafter's own words.

"Where is my new card?" -> know "where my new card is"; "cancel purchase 123" -> do "cancel my purchase".
A sentence no rule fits gives None: a theme has many tickets, and one clean clause is enough.
"""

import re
from dataclasses import dataclass
from typing import Literal

from bot.domain.drafting.english import article, base, expand, is_participle, past, third
from bot.domain.drafting.grammar import (
    ASK_YOU,
    AUX,
    BE,
    FLAGS,
    GET,
    GET_BARE,
    HAVE,
    HELP,
    HOW,
    LEADS,
    MODAL,
    NOT_THINGS,
    OPENERS,
    PREPOSITIONS,
    PRONOUNS,
    SLOT,
    TAIL,
    TELL_ME,
    WANT,
    WH,
    WHERE,
    YES_NO,
)
from bot.domain.drafting.lexicon import VERBS

Form = Literal["know", "do", "get", "state"]


@dataclass(frozen=True, slots=True)
class Clause:
    """``form`` says what may stand before it: to know (whether ...), to (cancel ...), to get (a ...),
    or nothing: "state" is a finite clause ("my card has not arrived"). ``ask`` is its question word."""

    form: Form
    text: str
    ask: str = ""


def tidy(sentence: str) -> str:
    """The form the rules read: contractions out, greetings and thanks off, ids and dates generalised."""
    text = re.sub(r"\s+", " ", expand(sentence)).strip(" \"'*-.,!?")
    for _ in range(4):
        shorter = LEADS.sub("", text, count=1).strip()
        if shorter == text or not shorter:
            break
        text = shorter
    for pattern, new in SLOT:
        text = pattern.sub(new, text)
    return re.sub(r"\s+", " ", TAIL.sub("", text)).strip(" ,")


def read_clause(sentence: str) -> Clause | None:
    """The clause a sentence asks with, in first person; None where no rule fits."""
    text = tidy(sentence)
    if not text or len(text.split()) > 22:
        return None
    for rule in (_how, _where, _question, _yes_no, _wish, _imperative, _get, _state):
        clause = rule(text)
        if clause:
            return clause
    return None


def _verb_phrase(text: str) -> str | None:
    """A verb phrase starting in its base form, or None: "cancelling order" -> "cancel my order"."""
    text = re.sub(r"^(?:please|kindly|just|go ahead and|be able to|me|go and) ", "", text, flags=FLAGS)
    first, _, rest = text.partition(" ")
    stem = first.lower() if first.lower() in VERBS else None
    if stem is None and first.lower().endswith("ing"):
        stem = base(first)
    if stem is None:
        return None
    rest = re.sub(
        (
            r"^(order|purchase|invoice|bill|account|booking|reservation|password|card|refund"
            r"|address|subscription)\b"
        ),
        r"my \1",
        rest,
    )
    return f"{stem} {rest}".strip()


def _how(text: str) -> Clause | None:
    if todo := re.match(
        r"^what (?:do|should|can|must) I do (?=(?:if|when|about|with|after)\b)(.+)$", text, FLAGS
    ):
        return Clause("know", f"what to do {todo[1]}", "how")
    match = HOW.match(text)
    phrase = _verb_phrase(match["vp"]) if match else None
    return Clause("know", f"how to {phrase}", "how") if phrase and " " in phrase else None


def _where(text: str) -> Clause | None:
    match = WHERE.match(text)
    phrase = _verb_phrase(match["vp"] or match["vp2"]) if match else None
    return Clause("know", f"where to {phrase}", "where") if phrase and " " in phrase else None


def _question(text: str) -> Clause | None:
    """ "why was my card declined" -> "why my card was declined"."""
    match = WH.match(text)
    if not match:
        subject_question = re.match(r"^(who|what|which)( [a-z]+)? ([a-z]+) (.+)$", text, FLAGS)
        if subject_question and base(subject_question[3]) and subject_question[3].lower() not in AUX:
            return Clause("know", text, subject_question[1].lower())
        embedded = re.match(
            r"^(how|what|when|where|why|who|whether|if) (I|my|you|your|the|a|it) .+", text, FLAGS
        )
        if not embedded:
            return None
        word = embedded[1].lower()
        return Clause(
            "know", re.sub(r"^if\b", "whether", text, flags=FLAGS), "whether" if word == "if" else word
        )
    wh, aux, rest = match["wh"].lower(), match["aux"].lower(), match["rest"]
    ask = " ".join(wh.split()[:2]) if wh.startswith("how") else wh.split()[0]
    first = rest.split()[0].lower()
    if aux in MODAL and first in VERBS | {"be", "not"}:
        return Clause("know", text[0].lower() + text[1:], ask)
    if first in PREPOSITIONS or (len(wh.split()) > 1 and aux in BE and is_participle(first)):
        return Clause("know", text[0].lower() + text[1:], ask)
    if like := re.match(r"^((?:my|the|this|your) .+?) (?:look(?:ing)? )?like\b", rest, FLAGS):
        return Clause("know", f"{wh} {like[1]} {aux} like", ask) if aux in BE else None
    told = _uninvert(aux, rest)
    if told and wh == "what" and aux in {"is", "are"} and told.endswith(f" {aux}") and len(rest.split()) > 4:
        told, wh = rest, ""
    return Clause("know", f"{wh} {told}".strip(), ask) if told else None


def _yes_no(text: str) -> Clause | None:
    match = YES_NO.match(text)
    if not match:
        return None
    aux, rest = match["aux"].lower(), match["rest"]
    if rest.lower().startswith("you ") and aux in {"can", "could", "will", "would"}:
        return None
    existential = re.match(r"^(?:there|it) (?:not )?(.+)$", rest, FLAGS)
    if existential and aux in BE:
        return Clause("know", f"whether {rest.split()[0].lower()} {aux} {existential[1]}", "whether")
    told = _uninvert(aux, rest)
    return Clause("know", f"whether {told}", "whether") if told else None


def _uninvert(aux: str, rest: str) -> str | None:
    """Subject and auxiliary back in statement order; do-support folded into the verb."""
    tokens = rest.split()
    cut = _subject_end(tokens, aux)
    if cut is None:
        return None
    subject, predicate = " ".join(tokens[:cut]), tokens[cut:]
    if aux in {"do", "does", "did"}:
        return _with_do(aux, subject, predicate)
    return " ".join([subject, aux, *predicate])


def _with_do(aux: str, subject: str, predicate: list[str]) -> str | None:
    if not predicate:
        return None
    if predicate[0].lower() == "not":
        return " ".join([subject, aux, *predicate])
    verb = predicate[0].lower()
    if verb not in VERBS:
        return None
    form = {"do": verb, "does": third(verb), "did": past(verb)}[aux]
    return " ".join([subject, form, *predicate[1:]])


def _subject_end(tokens: list[str], aux: str) -> int | None:
    """Index where the predicate begins. A bare "be" question may have none: "where is my card"."""
    if tokens[0] in PRONOUNS or tokens[0].lower() in PRONOUNS:
        following = tokens[1].lower() if len(tokens) > 1 else ""
        demonstrative = tokens[0].lower() in {"this", "that", "these", "those"}
        if not demonstrative or not following or following in OPENERS or is_participle(following):
            return 1
        if aux not in BE and following in VERBS:
            return 1
    for index in range(1, len(tokens)):
        word = tokens[index].lower()
        if word in OPENERS or (index > 1 and _opens(word, aux, tokens[index - 1].lower())):
            return index
    return len(tokens) if aux in BE and len(tokens) <= 9 else None


def _opens(word: str, aux: str, before: str) -> bool:
    if before in {
        "my",
        "the",
        "a",
        "an",
        "your",
        "of",
        "for",
        "to",
        "in",
        "on",
        "at",
        "by",
        "with",
        "and",
        "i",
        "you",
    }:
        return False
    if aux in BE or aux in HAVE:
        return (is_participle(word) and not word.endswith("ing")) or word in {
            "being",
            "going",
            "showing",
            "taking",
            "working",
        }
    return word in VERBS or word in {"be", "not"}


def _wish(text: str) -> Clause | None:
    for pattern in (WANT, HELP, ASK_YOU):
        match = pattern.match(text)
        if not match:
            continue
        if told := TELL_ME.match(match["vp"]):
            return _imperative(told.group(0))
        if embedded := re.match(
            (
                r"^(?:know|find out|ask|see|understand|learn|check)(?: in| under| at| on| for"
                r"| from)? ((?:how|what|when|where|why|who|if|whether)\b.+)"
            ),
            match["vp"],
            FLAGS,
        ):
            return read_clause(embedded[1])
        phrase = _verb_phrase(match["vp"])
        if phrase and phrase.startswith("know ") and not phrase.startswith("know about"):
            return Clause("know", phrase.removeprefix("know "), "what")
        if phrase and " " in phrase:
            return Clause("do", phrase)
    return None


def _imperative(text: str) -> Clause | None:
    if told := TELL_ME.match(text):
        return _told(told["verb"].lower(), told["np"])
    first = text.split()[0].lower()
    phrase = _verb_phrase(text)
    if (
        not phrase
        or " " not in phrase
        or first in {"do", "have", "can", "will", "need", "want", "mean", "be"}
    ):
        return None
    if len(text.split()) > 1 and text.split()[1].lower() in AUX | {"did", "not"}:
        return None
    return Clause("do", phrase)


def _told(verb: str, thing: str) -> Clause | None:
    """ "tell me a joke" -> hear a joke; "show me my bill" -> see my bill."""
    if re.match(r"(?:how|what|when|where|why|who|which|if|whether)\b", thing, FLAGS):
        return read_clause(thing)
    if thing.split()[0].lower() in NOT_THINGS:
        return None
    if verb in {"tell", "let"} and re.match(r"(?:the|my|your) ", thing, FLAGS):
        return Clause("know", thing, "what")
    heard = {"tell": "hear", "let": "have", "show": "see", "find": "find"}
    return Clause("do" if verb in heard else "get", f"{heard.get(verb, 'get')} {thing}")


def _get(text: str) -> Clause | None:
    match = GET.match(text) or GET_BARE.match(text)
    if not match or len(match["np"].split()) > 8:
        return None
    thing = match["np"]
    bare = thing.split()[0].lower()
    if match.re is GET_BARE:
        if bare in NOT_THINGS or bare in PREPOSITIONS:
            return None
        if re.search(r"\b(?:up|down|on|off|set|be|done|changed)$", thing):
            return None
        head = re.split(r" (?:for|to|of|in|on|with|from|at|as|because)\b", thing)[0]
        thing = thing if _is_plural(head) else f"{article(thing)} {thing}"
    return Clause("get", f"get {thing}")


def _is_plural(noun: str) -> bool:
    return noun.endswith("s") and not noun.endswith(("ss", "us", "is"))


def _state(text: str) -> Clause | None:
    tokens = text.split()
    opens = tokens[0].lower() in {
        "my",
        "the",
        "i",
        "there",
        "it",
        "someone",
        "a",
        "an",
        "your",
        "you",
        "we",
        "this",
    }
    finite = any(token.lower() in AUX or past_form(token) for token in tokens[1:6])
    if not opens or not finite or re.search(r"[,.?!;]", text) or not 3 <= len(tokens) <= 16:
        return None
    return Clause("state", text[0].lower() + text[1:] if tokens[0] != "I" else text)


def past_form(word: str) -> bool:
    """A verb in its past or third-person form."""
    lower = word.lower()
    return lower not in VERBS and base(lower) is not None and not lower.endswith("ing")
