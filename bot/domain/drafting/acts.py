"""What a ticket does: its speech acts, read from patterns over one sentence and its punctuation."""

import re
from enum import StrEnum

from bot.domain.drafting.clauses import read_clause
from bot.domain.drafting.english import expand
from bot.domain.drafting.lexicon import word_set


class Act(StrEnum):
    """In the order that decides a ticket's leading act when several hold."""

    DANGER = "reports danger"
    DISPUTE = "disputes"
    STATUS = "asks for status"
    WHY = "asks why"
    HOW = "asks how"
    POSSIBLE = "asks whether it is possible"
    PRICE = "asks for a price"
    ACTION = "asks for an action"
    FAILURE = "reports a failure"
    COMPLAINT = "complains"
    INFORMATION = "asks for information"
    PRAISE = "praises"
    REPLY = "answers the assistant"
    PLAIN = "states it without asking"


def _compiled(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


_I = r"\b(?:I|we)\b"
PATTERNS: dict[Act, re.Pattern[str]] = {
    Act.DANGER: _compiled(
        (
            r"\b(?:stolen|stole|steal(?:ing)?|thief|theft|robbed|mugged|hacked|hackers?|phish\w*"
            r"|scam\w*|fraud\w*|imperson\w*)\b"
        ),
        r"\bcompromis\w+",
        (
            r"\b(?:lost|los[et]|missing|misplaced|left|forgot) (?:my|the|a|his|her"
            r"|our) (?:\w+ ){0,3}(?:card|phone|wallet|purse|laptop)\b"
        ),
        r"\b(?:card|phone|wallet|purse) (?:is|was|has been|got|went|may be|might be) (?:lost|missing|gone)\b",
        (
            r"\bsome(?:one|body)(?: else)? (?:is |has |was |may |might |must |could )*(?:be "
            r"|have )?(?:been )?(?:us(?:ed|ing)|access\w*|got|gotten|t(?:ook|aken)|withdr[ae]w\w*"
            r"|open\w*|charg\w*|spen\w*|mak\w*|made)"
        ),
        r"\bunauthori[sz]ed (?:access|use|person)",
        r"\b(?:emergency|unsafe|dangerous)\b",
    ),
    Act.DISPUTE: _compiled(
        (
            rf"{_I}(?: \w+){{0,2}} (?:not|never|nor)(?: \w+)? (?:ma[dk]e|authori[sz]ed?"
            rf"|recogni[sz]e[d]?|order(?:ed)?|bought|buy|purchas(?:e|ed|ing)|approved?|agreed?"
            rf"|remember|do|did|initiated?|open(?:ed)?|appl(?:y|ied)|set up|spen[dt])\b"
        ),
        (
            r"\b(?:charged|billed|debited|deducted|paid|taken|transaction|payment|went through"
            r"|showing|shows up)(?: \w+){0,4} (?:twice|double|two times|multiple times"
            r"|more than once|again)\b"
        ),
        (
            r"\b(?:double|duplicat\w+|extra|second|unknown|strange|weird|random|unexpected"
            r"|unfamiliar|mystery|bogus|erroneous)[ -](?:charg\w+|payments?|transactions?|fees?"
            r"|debits?|withdrawals?|accounts?|purchases?)\b"
        ),
        (
            r"\bwrong (?:amount|rate|exchange rate|price|fee|item|order|person|account|charge)\b"
            r"|\b(?:rate|amount|exchange rate|fee|charge|balance|it)(?: \w+){0,3} (?:is|was|were"
            r"|are|seems?|looks?) (?:\w+ )?(?:wrong|incorrect|off|inaccurate|not right"
            r"|not correct)\b"
        ),
        (
            r"\b(?:overcharged|disput\w+|inaccurate|not mine|is not mine|was not me|were not me"
            r"|not owed|do not owe|incorrect(?:ly)?|mistakenly|in error|chargeback"
            r"|not my (?:charge|purchase|account|transaction|debt))\b"
        ),
        (
            r"\b(?:should not|should never) (?:be|have)\b|\bless (?:cash|money)? ?than\b"
            r"|\bonly (?:got|received|gave)\b"
        ),
    ),
    Act.STATUS: _compiled(
        (
            r"\bwhere(?:'s| is| are| has| did)\b(?! (?:the )?(?:nearest|closest|best))(?=.* (?:my"
            r"|the \w+|it)\b)"
        ),
        (r"\bwhen (?:will|can I expect|should|is|are|does|do)\b(?=.* (?:my|I|the|it|they)\b)"),
        r"\b(?:status|track(?:ing)?|eta|whereabouts|progress)\b",
        (
            r"\bstill (?:not|pending|waiting|have not|has not|had not|did not|do not|is not"
            r"|processing|no)\b|\bstill (?:\w+ ){0,3}(?:pending|not)\b"
        ),
        (
            r"\b(?:has|have|had)(?: \w+){0,4} not(?: \w+){0,2} (?:arriv\w+|come|been|show\w+"
            r"|received?|reached|gotten|got|gone|appear\w*|credited|updated|posted|seen)\b"
        ),
        (
            r"\bnot (?:yet )?(?:arrived?|received?|show(?:n|ed|ing)?(?: up)?|appear\w*|reached"
            r"|here|updated|credited|posted)\b"
        ),
        r"\b(?:waiting|await\w*) (?:for|on)\b|\bpending\b",
        (
            r"\b(?:has|have) (?:my|the)(?: \w+){1,4} (?:been|arrived|gone|come|shipped|cleared"
            r"|posted)\b|\bhow (?:long|much longer)(?: \w+){0,2} until\b"
        ),
    ),
    Act.WHY: _compiled(
        r"\bwhy\b",
        r"\bhow come\b",
        r"\breasons?\b",
        (
            r"\bwhat (?:caused|happened|went wrong|is going on|is wrong|is the (?:problem|deal"
            r"|issue))\b"
        ),
        r"\bexplain\b",
        r"\bwhat (?:is|are) (?:this|these)\b",
    ),
    Act.HOW: _compiled(
        (
            r"\bhow (?:exactly )?(?:do|can|could|should|would|might|must|to"
            r"|does one)\b(?! (?:long|much|many|it|they|the))"
        ),
        (r"\b(?:steps?|process|procedure|instructions?|walk me through|guide me|way to)\b"),
        (
            r"\bwhat (?:do|should|must|can) (?:I|we)(?: need to| have to)? do\b|\bwhere (?:do|can"
            r"|could|should) (?:I|we)\b|\bwhat (?:are|is) (?:my|the) next steps?\b"
        ),
        r"\b(?:do not|not sure|unsure|no idea) (?:know )?(?:how|what I (?:need|have) to do|where)\b",
    ),
    Act.POSSIBLE: _compiled(
        (r"^(?:\W*(?:hi|hello|hey|please|so|and)\W+)*(?:can|could|may|am|would) I\b"),
        (r"\b(?:is|would|was) it (?:be )?(?:possible|ok|okay|allowed|safe|fine|acceptable)\b"),
        r"\bam I (?:able|allowed|eligible)\b",
        (
            r"\bdo (?:you|they|I|we) (?:\w+ )?(?:support|accept|offer|have|allow|need|take|ship"
            r"|deliver|qualify|provide|sell)\b"
        ),
        (
            r"\b(?:does|will|do|can|would|are|is) (?:my|the|this|it|your|a|an|they|all|other"
            r"|any)\b[^?.]*\b(?:work|accept\w*|allow\w*|support\w*|be used|eligible|available"
            r"|valid)\b"
        ),
        r"\b(?:are|is) there (?:a|an|any|some)\b|\ballowed to\b|\bable to\b.*\?",
        r"\bif I (?:can|could|may|am able|am allowed)\b|\bwhether\b",
        (
            r"\bin (?:which|what) (?:countries|currencies|cases)\b|\bwhat (?:countries|currencies"
            r"|cards)\b|\bwhich (?:countries|currencies|cards)\b|\b(?:restrictions?|limits?"
            r"|limitations?|requirements?|minimum age|how old)\b"
        ),
    ),
    Act.PRICE: _compiled(
        (r"\b(?:price|pricing|cost|costs|fees?|penalt(?:y|ies)|surcharges?)\b"),
        r"\bcharged? (?:me |for |a |to |when |if )",
        (r"\b(?:how much)(?: \w+){0,3} (?:cost|charge|fee|pay|price|is it|does it)\b"),
        r"\bwhat (?:will|does|would) (?:it|that|this) cost\b",
    ),
    Act.FAILURE: _compiled(
        (
            r"\b(?:does|do|did|will|would|is|are|was|were|has|have) not(?: \w+){0,2} (?:work\w*"
            r"|go(?:ing|ne)?(?: through)?|let\w*|allow\w*|load\w*|open\w*|respon\w*|accept\w*"
            r"|function\w*|connect\w*|sync\w*|turn\w*|start\w*|process\w*)\b"
        ),
        (
            r"\b(?:declined?|reject(?:ed|s)?|fail(?:ed|s|ing|ure)?|errors?|stuck|broken?|crash\w*"
            r"|block(?:ed|s)?|den(?:ied|ying|y)|freez(?:es|ing)|frozen|locked|swallowed|reverted"
            r"|bugs?|outage|damaged|slow internet|disabled)\b"
        ),
        (
            r"\b(?:cannot|can not|unable to|could not|not able to|no longer (?:able|work\w*)"
            r"|was not able)\b"
        ),
        (
            r"\b(?:problems?|issues?|trouble|difficult\w*) (?:with|in|while|when|making|getting"
            r"|on|of|verifying|updating|\w+ing)\b"
        ),
        (
            r"\b(?:not work(?:ing)?|not going through|not accepted|went wrong|ate my|kept my"
            r"|disappeared|vanished|got cancelled|was cancelled|forgot(?:ten)?|bad service)\b"
        ),
    ),
    Act.COMPLAINT: _compiled(
        r"\b(?:rude|terrible|horrible|awful|ridiculous|unacceptable|disappoint\w+|worst"
        r"|poor (?:service|experience)|unprofessional|disgust\w+|frustrat\w+|angry|upset"
        r"|rip-?off|predatory|liars?|lied|useless|hours on (?:the )?(?:phone|hold)|no help"
        r"|ignored|no one (?:ever )?(?:got back|answers|responds)|waste of|pathetic"
        r"|harass\w*)\b"
    ),
    Act.PRAISE: _compiled(
        (
            r"\b(?:great|awesome|excellent|amazing|wonderful|fantastic|good) (?:job|work|service"
            r"|answer|experience)\b"
        ),
        (
            r"\blove (?:it|this|your|the)\b|\bwell done\b|\bappreciate\b|^\W*(?:ok(?:ay)? "
            r"|no )?(?:thanks?|thank)\b|\bhave an? (?:nice|great|good) (?:day|one)\b"
            r"|\bnothing else\b"
        ),
    ),
    Act.REPLY: _compiled(
        (
            r"^\W*(?:yes|yeah|yep|yup|no|nope|nah|maybe|perhaps|possibly|hello|hi|hey|bye|goodbye"
            r"|farewell|ok|okay|sure|true|false|correct|right|wrong|absolutely|definitely|never"
            r"|negative|affirmative|not sure|unsure|see you|good (?:morning|night|evening))\b"
        ),
        (
            r"\b(?:that is|that's|it is|it's) (?:not )?(?:true|false|right|correct|wrong|a (?:yes"
            r"|no)|affirmative|possible)\b|\bI (?:really )?(?:do not|am not|cannot) (?:know|sure"
            r"|certain|decide|tell|say)\b|\b(?:talk|speak|see you) (?:soon|later|again)\b"
            r"|\brepeat\b|\bsay (?:that|it) again\b|\bthe answer is\b"
        ),
    ),
}

_LOOKING = word_set("check see view look know find learn show hear read understand tell list track")
_QUESTION = re.compile(r"\?|^\W*(?:what|who|which|whose|how|when|where|is|are|does|do|did)\b", re.IGNORECASE)


def acts_of(sentence: str) -> tuple[Act, ...]:
    """The acts a sentence performs, leading one first; never empty."""
    text = expand(sentence)
    found = [act for act, pattern in PATTERNS.items() if pattern.search(text)]
    clause = read_clause(sentence)
    if clause and clause.form in {"do", "get"}:
        looks = clause.text.split()[0] in _LOOKING
        found.append(Act.INFORMATION if looks else Act.ACTION)
    if (clause and clause.form == "know" and not found) or (not found and _QUESTION.search(text)):
        found.append(Act.INFORMATION)
    if Act.REPLY in found and len(text.split()) > 9:
        found.remove(Act.REPLY)
    if not found:
        found.append(
            Act.FAILURE if clause and clause.form == "state" and " not " in clause.text else Act.PLAIN
        )
    return tuple(
        sorted(
            set(found),
            key=lambda act: _rank(act, clause.form if clause else "", clause.ask if clause else ""),
        )
    )


_ASK_LEADS = {"why": Act.WHY, "how": Act.HOW, "where to": Act.HOW, "how much": Act.PRICE}


def _rank(act: Act, form: str, ask: str) -> tuple[int, int]:
    """Danger and disputes lead; then what the question word says; then the declared order."""
    order = list(Act).index(act)
    if act is Act.DANGER:
        return (0, order)
    if _ASK_LEADS.get(ask) is act:
        return (1, order)
    if act is Act.ACTION and form in {"do", "get"}:
        return (2, order)
    if act is Act.DISPUTE:
        return (1 if form != "do" else 3, order)
    return (4, order)
