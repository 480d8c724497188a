"""Circumstances tickets name (a week gone by, abroad, tried before) and what an answer then has to do."""

import re
from dataclasses import dataclass

from bot.domain.drafting.acts import Act
from bot.domain.drafting.lexicon import CITIES, COUNTRIES, LANGUAGES


@dataclass(frozen=True, slots=True)
class Condition:
    """``says`` follows "N of M tickets"; ``given`` follows "Given a ticket that"; ``then`` is the duty of the
    answer, with slots for the subject's own fact, rule, check, record, remedy and cause; ``expected`` is the
    same duty for one example; ``suits`` are the acts it means something under (None: all)."""

    key: str
    pattern: re.Pattern[str]
    says: str
    given: str
    then: str
    expected: str
    target: float
    suits: frozenset[Act] | None = None

    def fits(self, act: Act) -> bool:
        return self.suits is None or act in self.suits


def _condition(
    key: str, pattern: str, says: str, given: str, then: str, expected: str, target: float
) -> Condition:
    return Condition(
        key, re.compile(pattern, re.IGNORECASE), says, given, then, expected, target, _SUITS.get(key)
    )


_CASES = frozenset({Act.STATUS, Act.WHY, Act.FAILURE, Act.DISPUTE, Act.COMPLAINT, Act.DANGER})
_QUERIES = frozenset({Act.INFORMATION, Act.POSSIBLE, Act.PRICE, Act.HOW, Act.ACTION})
# Under some acts a circumstance says nothing: "10 minutes" in a timer command is no time gone by.
_SUITS = {
    "elapsed": _CASES | {Act.ACTION, Act.POSSIBLE},
    "clock": _QUERIES,
    "language": _QUERIES,
    "named place": _QUERIES,
    "repeated": _CASES | {Act.HOW},
    "sudden": _CASES | {Act.HOW, Act.PRICE},
    "checked details": _CASES,
    "in a shop": _CASES | {Act.POSSIBLE},
    "upset": _CASES | {Act.ACTION},
    "no fault": _CASES | {Act.ACTION, Act.HOW, Act.POSSIBLE},
}

_NUMBER = r"(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|several|few|couple(?: of)?|many)"
_WHERE = "|".join(sorted((COUNTRIES | CITIES) - {"jordan", "mali", "chad"}))

CONDITIONS: tuple[Condition, ...] = (
    _condition(
        "elapsed",
        (
            rf"\b(?:(?:for|after|since|been|over|more than|past|last|already|took|within"
            rf"|ago)\b.{{0,15}}\b)?{_NUMBER} (?:more )?(?:business |working |full )?(?:hours?"
            rf"|days?|weeks?|months?|years?)\b(?! (?:old|of age))(?:.{{0,12}}\b(?:ago|now|passed"
            rf"|since|later|already))?|\b(?:last|past) (?:week|month|few)|\byesterday\b"
            rf"|\bfor (?:ages|weeks|days|months|hours)\b"
        ),
        "name how much time has gone by",
        "names how much time has gone by",
        ("compares that time with {timely} and, past it, offers to {remedy}"),
        (
            "compares the time named with the promised range; if it has passed, says so and does "
            "not ask for more patience"
        ),
        90,
    ),
    _condition(
        "abroad",
        (
            r"\b(?:abroad|overseas|foreign|international\w*|outside (?:the|of)|another country"
            r"|other countries|travell?ing|on holiday|vacation)\b"
        ),
        "speak of another country",
        "speaks of another country",
        ("states how {rule} changes outside the home country, or that it does not know"),
        "states what differs outside the home country",
        90,
    ),
    _condition(
        "named place",
        rf"\b(?:{_WHERE})\b",
        "name a country or city",
        "names a country or city",
        "answers for the very place named, with {rule} for it",
        "answers for the place named, and for no other",
        94,
    ),
    _condition(
        "repeated",
        (
            r"\b(?:again|keeps?|several times|multiple times|many times|\d+ times|(?:two|three"
            r"|four|five) times|over and over|every time|tried everything|already tried)\b"
        ),
        "say that it happened before or that they already tried",
        "says that it was tried before",
        ("leaves out every step the ticket says was tried and goes on to {remedy}"),
        "leaves out the steps already tried and gives the next one",
        88,
    ),
    _condition(
        "sudden",
        (
            r"\b(?:suddenly|used to|never (?:had|been|happened)|always (?:worked|been)"
            r"|worked (?:fine|before|yesterday)|until (?:now|today)|first time|new customer"
            r"|before now|have never)\b"
        ),
        "say that this is new to them",
        "says that it is new",
        ("names what changed in {record} and since which day, or that nothing did"),
        "names what changed and since when",
        86,
    ),
    _condition(
        "urgent",
        (
            r"\b(?:urgent\w*|asap|immediately|right away|emergency|hurry|as soon as|right now"
            r"|need (?:it|this) (?:today|now|fast|quickly)|by tomorrow|quickly|please help"
            r"|stranded)\b"
        ),
        "say that it cannot wait",
        "says that it cannot wait",
        "puts the step that takes effect today first: to {remedy}",
        "puts the step that takes effect today first",
        92,
    ),
    _condition(
        "amount",
        (
            r"[$£€]\s?\d|\b\d[\d,.]*\s?(?:dollars|pounds|euros?|usd|gbp|eur|bucks|£|€)|\bhundred"
            r"|\bthousand"
        ),
        "name a sum of money",
        "names a sum of money",
        ("repeats the sum digit by digit with its currency, beside {fact}"),
        "uses the sum named, digit by digit",
        98,
    ),
    _condition(
        "clock",
        (
            r"\b\d{1,2}(?::\d\d)? ?(?:am|pm|o'clock)\b|\b(?:noon|midnight|tonight|tomorrow|monday"
            r"|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|april|june|july"
            r"|august|september|october|november|december)\b"
        ),
        "name a day or a time",
        "names a day or a time",
        ("keeps the day and time as said and reads them back with {check}"),
        "keeps the day or time as said",
        97,
    ),
    _condition(
        "language",
        rf"\b(?:{'|'.join(sorted(LANGUAGES - {'polish'}))})\b",
        "name a language or kitchen",
        "names a language or kitchen",
        "stays with the one named and states {fact} for it",
        "stays with the language or kitchen named",
        96,
    ),
    _condition(
        "number given",
        (
            r"#\s?\w*\d|\b(?=[a-z0-9-]*\d[a-z0-9-]*\d)[a-z]{0,4}[\d-]{4,}[a-z0-9]*\b|\[(?:ORDER"
            r"|ACCOUNT|CARD|ID|REF)\w*\]"
        ),
        "give a number to look up",
        "gives a number to look up",
        ("looks up exactly that number in {record} and asks for no second one"),
        "looks up the number given and does not ask for it again",
        97,
    ),
    _condition(
        "no fault",
        (
            r"\b(?:mistake|accidental\w*|by accident|by error|wrong (?:account|person|number|button)|oops"
            r"|typed|entered)\b"
        ),
        "say that they made a slip",
        "says that the person made a slip",
        "states until when the slip can be undone, and by whom",
        "says until when the slip can be undone",
        90,
    ),
    _condition(
        "for another",
        (
            r"\bfor (?:my|a|the|our) (?:\w+ )?(?:wife|husband|partner|son|daughter|kids?|child\w*"
            r"|mother|father|mom|dad|friend|family|bride|fiancee?|parents?|team|company)\b"
            r"|\bmy (?:wife|husband|son|daughter|kids?|child\w*|mom|friend|fiance)\b"
        ),
        "ask on behalf of somebody else",
        "asks on behalf of somebody else",
        ("says what the other person has to do in their own name, starting with {check}"),
        "says what the other person must do themselves",
        93,
    ),
    _condition(
        "told otherwise",
        (
            r"\b(?:told|said|promised|website says|advertis\w+|supposed to|according to|thought"
            r"|was led to)\b"
        ),
        "hold the company to something it said",
        "holds the company to something it said",
        ("quotes the rule in force on {rule} and says where it stands"),
        "quotes the rule in force and says where it stands",
        90,
    ),
    _condition(
        "upset",
        (
            r"\b(?:ridiculous|unacceptable|angry|upset|frustrat\w+|annoy\w+|terrible|disgust\w+"
            r"|fed up|sick of|embarrass\w+|damn|fucking|bloody|hate|worst|worried|concern\w*"
            r"|scared|panic\w*)\b"
        ),
        "show anger or worry",
        "shows anger or worry",
        ("acknowledges it in one sentence, then states {fact}, and offers a person"),
        "acknowledges it in one sentence before the facts",
        85,
    ),
    _condition(
        "in the app",
        (
            r"\b(?:in|on|through|via|using|from) (?:the |my |your )?(?:app|website|site|online"
            r"|phone|mobile|computer|web)\b|\bonline\b|\bthe app\b"
        ),
        "happen in the app or on the site",
        "says that it is about the app or the site",
        "names the screen, by its label, on which one sees {fact}",
        "names the place in the app or on the site by its label",
        88,
    ),
    _condition(
        "at a machine",
        r"\b(?:atm|cash ?point|machine|terminal|(?:the|a) till|checkout)\b",
        "happen at a machine or a till",
        "names a machine or a till",
        (
            "separates what the machine recorded from what the person reports, and says whether "
            "{cause} fits both"
        ),
        ("separates the machine's record from what the person reports"),
        92,
    ),
    _condition(
        "in a shop",
        (r"\b(?:shop|store|merchant|seller|restaurant|supermarket|groceries|vendor|retailer)\b"),
        "name a shop or a seller",
        "names a shop or a seller",
        ("says what the seller can settle and what only the company can, such as to {remedy}"),
        "says what the seller has to settle",
        88,
    ),
    _condition(
        "checked details",
        (
            r"\b(?:double[- ]?check\w*|checked|verified|correct (?:details|pin|number)|right pin"
            r"|made sure|sure (?:that )?(?:i|the)|entered the (?:right|correct))\b"
        ),
        "say that the details were checked",
        "says that the details were checked",
        "accepts the details as checked and moves on to {cause}",
        "takes the details as checked and moves to the next cause",
        87,
    ),
    _condition(
        "law cited",
        (
            r"\b(?:law|legal\w*|u\.?s\.? code|reporting act|section|fcra|fdcpa|court|attorney|lawyer|sue"
            r"|cfpb|bbb|violat\w+|rights)\b"
        ),
        "cite a law or threaten one",
        "cites a law",
        ("passes the thread to the compliance desk with {fact} attached and argues no law"),
        "passes it to the compliance desk and argues no law",
        99,
    ),
    _condition(
        "papers",
        (
            r"\b(?:documents?|paperwork|proof|receipts?|copies|copy of|attached|enclosed"
            r"|evidence)\b"
        ),
        "speak of papers or proof",
        "speaks of papers or proof",
        ("lists each paper by name as received or missing, then states {fact}"),
        "lists which papers are in and which are missing",
        93,
    ),
)


def holding(text: str, act: Act) -> tuple[Condition, ...]:
    """The conditions a ticket names that mean something under its leading act, in declared order."""
    return tuple(c for c in CONDITIONS if c.fits(act) and c.pattern.search(text))
