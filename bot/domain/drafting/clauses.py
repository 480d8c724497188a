"""Turns one ticket sentence into a clause that reads well after "I want": the drafter's own words come from here.

"Where is my new card?" -> know "where my new card is"; "cancel purchase 123" -> do "cancel my purchase".
A sentence no rule fits gives None: a theme has many tickets, and one clean clause is enough.
"""

import re
from dataclasses import dataclass
from typing import Literal

from bot.domain.drafting.english import article, base, expand, is_participle, past, third
from bot.domain.drafting.lexicon import CITIES, COUNTRIES, LANGUAGES, MONTHS, DAYS, VERBS

Form = Literal["know", "do", "get", "state"]


@dataclass(frozen=True, slots=True)
class Clause:
    """``form`` says what may stand before it: to know (whether ...), to (cancel ...), to get (a ...),
    or nothing: "state" is a finite clause ("my card has not arrived"). ``ask`` is its question word."""

    form: Form
    text: str
    ask: str = ""


_FLAGS = re.IGNORECASE
_LEADS = re.compile(
    r"^(?:(?:hi+|hello|hey|hai|dear \w+|good (?:morning|day|evening|afternoon)|greetings)\b[\s,!.]*(?:there\b)?"
    r"|(?:please|kindly|okay|ok|so|well|and|but|also|just|actually|yes|no|sorry|excuse me|thanks|thank you|help|hm+|"
    r"oh|now|urgent|question)\b(?! (?:to|with|me)\b)[\s,!.:-]+"
    r"|(?:can|could|would|will) you (?:please |kindly |possibly )?(?:tell me|let me know|explain(?: to me)?|show me"
    r"|help me (?:to )?(?:understand|know|find out|see|check|figure out)|advise|clarify|check|give me an idea of)\b"
    r"(?: about)?"
    r"|do you (?:happen to )?(?:know|remember)\b|any idea\b|may I know|can I know|can I ask"
    r"|I (?:am |was )?(?:just )?wonder(?:ing)?(?: about)?\b"
    r"|I (?:want|wanted|need|would like|would love|have|am trying|try|got)(?: you)? to (?:know|find out|ask|understand"
    r"|learn|hear|figure out|be told|see)\b(?= (?:how|what|when|where|why|who|which|if|whether))"
    r"|(?:tell me|let me know|explain(?: to me)?|show me|inform me|find out|help me (?:to )?(?:understand|know|find out))"
    r"\b(?= (?:how|what|when|where|why|who|which|if|whether))"
    r"|I (?:do not|am not|cannot|did not) (?:know|sure|understand|remember|recall|see|figure out|get|find out)\b"
    r"(?= (?:how|what|when|where|why|who|which|if|whether))"
    r"|I have a question(?: about)?|my question is)\s*[,:]?\s*",
    _FLAGS,
)
_TAIL = re.compile(
    r"[\s,.!?]*(?:\b(?:please|thanks|thank you|help me|help|asap|if possible|at all|anyway|today|right now|now|for me"
    r"|at the moment|immediately|again)\b)?[\s,.!?]*$",
    _FLAGS,
)
_PLACE = "|".join(sorted(COUNTRIES | CITIES))
_SLOTS = (
    (r"\b(order|purchase|invoice|bill|account|booking|reservation|policy|claim|case|ticket|flight|refund)\s*(?:number|no\.?|id)?"
     r"\s*#?\s*(?:[a-z]{0,3}-?\d[\w-]{2,}|\[[^\]]+\]|\{\{[^}]+\}\}|<[^>]+>)", r"\1"),
    (r"\b(?:in|into|to|from)\s+(?:%s)\b" % "|".join(sorted(LANGUAGES)), "in another language"),
    (r"\b(?:in|to|from|for|of) (?:the )?(?:%s)\b(?: (?:and|or|to) (?:%s)\b)?" % (_PLACE, _PLACE), ""),
    (r"\b(?:for|at|on|by|from|until|before|since|of|in|after)\s+(?:the\s+)?(?:(?:%s)\b[\w ]*|\$?\d[\w.,:]*(?:\s*(?:am|pm|minutes?|hours?"
     r"|days?|weeks?|months?|dollars|euros|pounds|percent|%%|usd|gbp|eur))?)(?=$|[ ,])" % "|".join(sorted(MONTHS | DAYS)), ""),
    (r"\b(transfer|send|move|pay|withdraw)\s+\$?\d[\d,.]*\s*(?:dollars|euros|pounds|usd|gbp|eur|bucks)?", r"\1 money"),
)  # fmt: skip
_SLOT = tuple((re.compile(pattern, _FLAGS), new) for pattern, new in _SLOTS)
_BE = frozenset("is are was were am".split())
_HAVE = frozenset("has have had".split())
_MODAL = frozenset("will would can could should may might must cannot".split())
_AUX = _BE | _HAVE | _MODAL | {"do", "does", "did"}
_PRONOUNS = frozenset("I you we they he she it there this that these those anyone someone people".split())
_OPENERS = frozenset(
    "not still always so too never just already only even pending available wrong different higher lower high low"
    " late blocked incorrect missing stuck safe ready due able down slow expensive good bad free open busy full"
    " required necessary needed possible allowed better closed currently automatically supposed going".split()
)
_WH = re.compile(
    r"^(?P<wh>how (?:long|much|many|often|far|soon|old|high|fast|busy|big|late|early)(?: [a-z-]+){0,2}?"
    r"|(?:what|which)(?: (?!is\b|are\b|was\b|do\b|does\b|did\b|can\b|will\b|if\b|about\b|would\b|should\b|has\b|have\b)"
    r"[a-z-]+){0,3}?|why|when|where|how|who|whose [a-z]+)"
    r" (?P<aux>is|are|was|were|am|do|does|did|has|have|had|will|would|can|could|should|may|might|must|cannot)"
    r" (?P<rest>.+)$",
    _FLAGS,
)
_FILLER_HOW = r"(?:do|can|could|should|would|might|may|must) (?:I|you|we|one|someone) (?:please |go about |be able to |to )?"
_HOW = re.compile(
    rf"^(?:how (?:exactly )?{_FILLER_HOW}|how to |how would one |what (?:do|should|must|can) (?:I|we) (?:need to |have to )?do "
    r"(?:to|in order to) |what (?:is|are) the (?:steps?|process|procedure|best way|way|quickest way)"
    r"(?: I (?:should|must|need to) (?:follow|take))? (?:to|for|of) |"
    r"what (?:do|should) I (?:do )?(?:need )?to )(?P<vp>.+)$",
    _FLAGS,
)
_WHERE = re.compile(rf"^where {_FILLER_HOW}(?P<vp>.+)$|^where to (?P<vp2>.+)$", _FLAGS)
_WANT = re.compile(
    r"^(?:I |we )?(?:(?:really|just|also|still) )?(?:want|wants|need|would like|would love|have|have got|wish|am trying|am looking|am going|"
    r"try|trying|looking|need you|want you|would like you|tried|hope|plan|will need|am ready|would want|will)"
    r"(?: (?:your )?(?:some )?(?:help|assistance|support))? to (?P<vp>.+)$",
    _FLAGS,
)
_HELP = re.compile(
    r"^(?:(?:can|could|would|will) (?:you|I|somebody|someone) (?:please )?(?:get )?)?(?:I (?:want|need|would like|require) )?(?:you to )?"
    r"(?:some |your |a )?(?:help|assist|assistance|support|problems?|issues?|trouble|troubles)(?: me| us)?(?: out)?(?: to| with| in| for)?"
    r" (?P<vp>.+)$",
    _FLAGS,
)
_ASK_YOU = re.compile(
    r"^(?:can|could|would|will) (?:you|we|u) (?:please |kindly |go ahead and |just )?(?P<vp>.+)$", _FLAGS
)
_GET = re.compile(
    r"^(?:I |we )?(?:want|need|would like|require|would love|will take|order)(?: to (?:get|have|order|request))? "
    r"(?P<np>(?:a|an|the|my|some|another|new|more|proof|\d+) .+)$",
    _FLAGS,
)
_GET_BARE = re.compile(
    r"^(?:I |we )?(?:want|need|would like|require) (?P<np>(?!to\b|you\b|u\b)[a-z].+)$", _FLAGS
)
_NOT_THINGS = frozenset(
    "to you it that this them help me us some assistance support be him her i not know".split()
)
_YES_NO = re.compile(
    r"^(?P<aux>is|are|was|were|am|do|does|did|has|have|had|will|would|can|could|should|may|might|must) (?P<rest>.+)$",
    _FLAGS,
)
_PREPOSITIONS = frozenset("on in at with for about from under inside near".split())
_TELL_ME = re.compile(
    r"^(?P<verb>tell|give|show|send|read|get|find|fetch|let) me (?:know )?(?:about )?(?P<np>[a-z].+)$",
    _FLAGS,
)


def tidy(sentence: str) -> str:
    """Lower-noise form for the rules: contractions out, greetings and thanks off, ids and dates generalised."""
    text = re.sub(r"\s+", " ", expand(sentence)).strip(" \"'*-.,!?")
    for _ in range(4):
        shorter = _LEADS.sub("", text, count=1).strip()
        if shorter == text or not shorter:
            break
        text = shorter
    for pattern, new in _SLOT:
        text = pattern.sub(new, text)
    return re.sub(r"\s+", " ", _TAIL.sub("", text)).strip(" ,")


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
    text = re.sub(r"^(?:please|kindly|just|go ahead and|be able to|me|go and) ", "", text, flags=_FLAGS)
    first, _, rest = text.partition(" ")
    stem = first.lower() if first.lower() in VERBS else None
    if stem is None and first.lower().endswith("ing"):
        stem = base(first)
    if stem is None:
        return None
    rest = re.sub(
        r"^(order|purchase|invoice|bill|account|booking|reservation|password|card|refund|address|subscription)\b",
        r"my \1",
        rest,
    )
    return f"{stem} {rest}".strip()


def _how(text: str) -> Clause | None:
    if todo := re.match(
        r"^what (?:do|should|can|must) I do (?=(?:if|when|about|with|after)\b)(.+)$", text, _FLAGS
    ):
        return Clause("know", f"what to do {todo[1]}", "how")
    match = _HOW.match(text)
    phrase = _verb_phrase(match["vp"]) if match else None
    return Clause("know", f"how to {phrase}", "how") if phrase and " " in phrase else None


def _where(text: str) -> Clause | None:
    match = _WHERE.match(text)
    phrase = _verb_phrase(match["vp"] or match["vp2"]) if match else None
    return Clause("know", f"where to {phrase}", "where") if phrase and " " in phrase else None


def _question(text: str) -> Clause | None:
    """ "why was my card declined" -> "why my card was declined"."""
    match = _WH.match(text)
    if not match:
        subject_question = re.match(r"^(who|what|which)( [a-z]+)? ([a-z]+) (.+)$", text, _FLAGS)
        if subject_question and base(subject_question[3]) and subject_question[3].lower() not in _AUX:
            return Clause("know", text, subject_question[1].lower())
        embedded = re.match(
            r"^(how|what|when|where|why|who|whether|if) (I|my|you|your|the|a|it) .+", text, _FLAGS
        )
        if not embedded:
            return None
        word = embedded[1].lower()
        return Clause(
            "know", re.sub(r"^if\b", "whether", text, flags=_FLAGS), "whether" if word == "if" else word
        )
    wh, aux, rest = match["wh"].lower(), match["aux"].lower(), match["rest"]
    ask = " ".join(wh.split()[:2]) if wh.startswith("how") else wh.split()[0]
    first = rest.split()[0].lower()
    if aux in _MODAL and first in VERBS | {"be", "not"}:
        return Clause("know", text[0].lower() + text[1:], ask)
    if first in _PREPOSITIONS or (len(wh.split()) > 1 and aux in _BE and is_participle(first)):
        return Clause("know", text[0].lower() + text[1:], ask)
    if like := re.match(r"^(.+?) (?:look(?:ing)? )?like$", rest, _FLAGS):
        return Clause("know", f"{wh} {like[1]} {aux} like", ask) if aux in _BE else None
    told = _uninvert(aux, rest)
    if told and wh == "what" and aux in {"is", "are"} and told.endswith(f" {aux}") and len(rest.split()) > 4:
        told, wh = rest, ""
    return Clause("know", f"{wh} {told}".strip(), ask) if told else None


def _yes_no(text: str) -> Clause | None:
    match = _YES_NO.match(text)
    if not match:
        return None
    aux, rest = match["aux"].lower(), match["rest"]
    if rest.lower().startswith("you ") and aux in {"can", "could", "will", "would"}:
        return None
    existential = re.match(r"^(?:there|it) (?:not )?(.+)$", rest, _FLAGS)
    if existential and aux in _BE:
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
    if tokens[0] in _PRONOUNS or tokens[0].lower() in _PRONOUNS:
        following = tokens[1].lower() if len(tokens) > 1 else ""
        demonstrative = tokens[0].lower() in {"this", "that", "these", "those"}
        if not demonstrative or not following or following in _OPENERS or is_participle(following):
            return 1
        if aux not in _BE and following in VERBS:
            return 1
    for index in range(1, len(tokens)):
        word = tokens[index].lower()
        if word in _OPENERS or (index > 1 and _opens(word, aux, tokens[index - 1].lower())):
            return index
    return len(tokens) if aux in _BE and len(tokens) <= 9 else None


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
    if aux in _BE or aux in _HAVE:
        return (
            is_participle(word)
            and not word.endswith("ing")
            or word in {"being", "going", "showing", "taking", "working"}
        )
    return word in VERBS or word in {"be", "not"}


def _wish(text: str) -> Clause | None:
    for pattern in (_WANT, _HELP, _ASK_YOU):
        match = pattern.match(text)
        if not match:
            continue
        if told := _TELL_ME.match(match["vp"]):
            return _imperative(told.group(0))
        if embedded := re.match(
            r"^(?:know|find out|ask|see|understand|learn|check)(?: in| under| at| on| for| from)? ((?:how|what|when|where|why|who|if|whether)\b.+)",
            match["vp"],
            _FLAGS,
        ):
            return read_clause(embedded[1])
        phrase = _verb_phrase(match["vp"])
        if phrase and " " in phrase:
            return Clause("do", phrase)
    return None


def _imperative(text: str) -> Clause | None:
    if told := _TELL_ME.match(text):
        return _told(told["verb"].lower(), told["np"])
    first = text.split()[0].lower()
    phrase = _verb_phrase(text)
    if (
        not phrase
        or " " not in phrase
        or first in {"do", "have", "can", "will", "need", "want", "mean", "be"}
    ):
        return None
    if len(text.split()) > 1 and text.split()[1].lower() in _AUX | {"did", "not"}:
        return None
    return Clause("do", phrase)


def _told(verb: str, thing: str) -> Clause | None:
    """ "tell me a joke" -> hear a joke; "show me my bill" -> see my bill; "tell me how ..." -> know how ..."""
    if re.match(r"(?:how|what|when|where|why|who|which|if|whether)\b", thing, _FLAGS):
        return read_clause(thing)
    if thing.split()[0].lower() in _NOT_THINGS:
        return None
    if verb in {"tell", "let"} and re.match(r"(?:the|my|your) ", thing, _FLAGS):
        return Clause("know", thing, "what")
    heard = {"tell": "hear", "let": "have", "show": "see", "find": "find"}
    return Clause("do" if verb in heard else "get", f"{heard.get(verb, 'get')} {thing}")


def _get(text: str) -> Clause | None:
    match = _GET.match(text) or _GET_BARE.match(text)
    if not match or len(match["np"].split()) > 8:
        return None
    thing = match["np"]
    bare = thing.split()[0].lower()
    if match.re is _GET_BARE:
        if bare in _NOT_THINGS or bare in _PREPOSITIONS:
            return None
        head = re.split(r" (?:for|to|of|in|on|with|from|at|as|because)\b", thing)[0]
        thing = thing if head.endswith("s") else f"{article(thing)} {thing}"
    return Clause("get", f"get {thing}")


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
    finite = any(token.lower() in _AUX or past_form(token) for token in tokens[1:6])
    if not opens or not finite or re.search(r"[,.?!;]", text) or not 3 <= len(tokens) <= 16:
        return None
    return Clause("state", text[0].lower() + text[1:] if tokens[0] != "I" else text)


def past_form(word: str) -> bool:
    """A verb in its past or third-person form."""
    lower = word.lower()
    return lower not in VERBS and base(lower) is not None and not lower.endswith("ing")
