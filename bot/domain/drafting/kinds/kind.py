"""What a support subject is like: the record behind an answer, its facts, what must not be invented."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, cast

from bot.domain.drafting.acts import Act
from bot.domain.drafting.english import listed
from bot.domain.stories import Intent

Stakes = Literal["low", "normal", "money", "safety"]

_TIMELY = re.compile(r"\b(?:dates?|days?|time|minutes|hours|until|years?|weeks|month|when|deadline|range)\b")
_AHEAD = re.compile(r"\b(?:expected|due|range|until|by which|delivery day|still needs|becomes|will|starts)\b")
UNNAMED = "request"  # the noun of a theme whose tickets share none
_LINES = ("record", "remedy", "check", "missing", "invent")


@dataclass(frozen=True, slots=True)
class Kind:
    """One subject of support tickets. Phrases fit fixed frames in lower case:

    ``record`` "the dispatch record"; ``facts`` what a status answer states; ``causes`` what a why-answer
    chooses from; ``remedy`` a verb phrase in base form; ``rules`` what a "can I" or price answer states;
    ``check`` what is confirmed before acting; ``missing`` a clause, when nothing can be answered;
    ``invent`` what must never be made up ("that ..." a claim, "or ..." an act).

    Where the tickets' own clauses say too little, ``want`` (after "to") and ``act`` speak for them; ``firm``
    subjects always speak so. ``benefit``, ``leads`` (expected outputs) and ``duty`` (criterion A) replace
    the act's own sentences where the subject needs others; ``intent`` and ``never`` (what it never does)
    likewise. ``case`` finds tickets that add something; "Given a ticket that ``given``, then it ``then``".
    """

    key: str
    pattern: re.Pattern[str]
    noun: str
    record: str
    facts: tuple[str, ...]
    causes: tuple[str, ...]
    remedy: str
    rules: tuple[str, ...]
    check: str
    missing: str
    invent: str
    stakes: Stakes = "normal"
    want: str = ""
    act: Act | None = None
    firm: bool = False
    benefit: str = ""
    leads: tuple[str, ...] = ()
    duty: str = ""
    never: str = ""
    case: re.Pattern[str] | None = None
    given: str = ""
    then: str = ""
    intent: Intent | None = None

    @property
    def slots(self) -> dict[str, str]:
        """Its phrases by the names that sentences of the drafter leave open."""
        return {
            "record": self.record,
            "fact": self.facts[0],
            "last_fact": self.facts[-1],
            "timely": timely_first(self.facts)[0],
            "cause": self.causes[0],
            "last_cause": self.causes[-1],
            "causes": listed(self.causes, "or"),
            "rule": self.rules[0],
            "check": self.check,
            "remedy": self.remedy,
            "missing": self.missing,
        }


def timely_first(facts: Sequence[str]) -> list[str]:
    """The facts that answer "when" ahead of the others, what is still to come ahead of what was."""
    return sorted(facts, key=lambda fact: (not _AHEAD.search(fact), not _TIMELY.search(fact)))


def kinds(text: str) -> tuple[Kind, ...]:
    """Kinds from paragraphs: the key, then indented ``field value`` lines; a deeper line goes on.

    ``words`` lines are alternatives of one regular expression; lists are split at semicolons.
    """
    return tuple(_kind(paragraph) for paragraph in re.split(r"\n\s*\n", text.strip("\n")))


def _kind(paragraph: str) -> Kind:
    key, *lines = paragraph.splitlines()
    values: dict[str, list[str]] = defaultdict(list)
    field = ""
    for line in lines:
        name, value = line[2:11].strip(), line[11:]
        if field == "words" and not name:  # goes on inside one alternative
            values[field][-1] += value
            continue
        field = name or field
        values[field].append(value)
    joined = {name: " ".join(parts) for name, parts in values.items()}
    return Kind(
        key=key,
        pattern=re.compile("|".join(values["words"]), re.IGNORECASE),
        noun=joined.get("noun", key),
        stakes=cast("Stakes", joined.get("stakes", "normal")),
        facts=_items(joined["facts"]),
        causes=_items(joined["causes"]),
        rules=_items(joined["rules"]),
        want=joined.get("want", ""),
        act=Act[joined["act"]] if "act" in joined else None,
        firm="firm" in joined,
        benefit=joined.get("benefit", ""),
        leads=_items(joined["leads"]) if "leads" in joined else (),
        duty=joined.get("duty", ""),
        never=joined.get("never", ""),
        case=re.compile(joined["case"], re.IGNORECASE) if "case" in joined else None,
        given=joined.get("given", ""),
        then=joined.get("then", ""),
        intent=cast("Intent | None", joined.get("intent")),
        **{name: joined[name] for name in _LINES},
    )


def _items(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";"))


def plain(noun: str) -> Kind:
    """What can be said of any subject by its name: an account is on record, and there are help pages."""
    if noun == UNNAMED:
        return _MIXED
    return Kind(
        key=noun,
        pattern=re.compile(r"(?!)"),
        noun=noun,
        record=f"the customer's record on the {noun}",
        facts=(f"what the record shows on the {noun}", "the day of its last change", "the next step"),
        causes=(
            "a setting on the customer's side",
            "a slip on the company's side",
            "a rule the help pages explain",
        ),
        remedy="name the team that settles it and by which day",
        rules=(f"what the help pages say on the {noun}", "the cases they leave out"),
        check=f"the {noun} meant",
        missing=f"neither the record nor the help pages cover the {noun}",
        invent="a rule or a date that neither of them shows",
    )


_MIXED = kinds(
    r"""
request
  words    (?!)
  record   the team directory
  facts    the team the matter belongs to; the day that team answers
  causes   two matters in one message; a matter that no team owns
  remedy   pass it to that team with the thread
  rules    which team takes what; the days each may take
  check    the matter in one line
  missing  no team owns the matter
  invent   a team or a day of answer
  benefit  nobody has to find the right team alone
  leads    says in one line what was understood and which team takes it; asks one question where the message
           can mean two things, and quotes the words it is unsure of; passes it on with the thread and says by
           which day somebody answers; answers only the part that a help page covers, names that page and
           passes on the rest; says that it has not understood, and offers a person
  duty     the team it names is the one a reviewer would pick, and it says by which day that team answers
"""
)[0]  # tickets that share no subject: all that can be asked of an answer is the right team
