"""The patterns by which a ticket's sentence is taken apart; written for text that ``tidy`` has expanded."""

import re

from bot.domain.drafting.lexicon import CITIES, COUNTRIES, DAYS, LANGUAGES, MONTHS, word_set

FLAGS = re.IGNORECASE
LEADS = re.compile(
    r"^(?:(?:hi+|hello|hey|hai|dear \w+|good (?:morning|day|evening|afternoon)"
    r"|greetings)\b[\s,!.]*(?:there\b)?"
    r"|(?:please|kindly|okay|ok|so|well|and|but|also|just|actually|yes|no|sorry|excuse me"
    r"|thanks|thank you|help|hm+|"
    r"oh|now|urgent|question)\b(?! (?:to|with|me)\b)[\s,!.:-]+"
    r"|(?:can|could|would|will) you (?:please |kindly |possibly )?(?:tell me|let me know"
    r"|explain(?: to me)?|show me"
    r"|help me (?:to )?(?:understand|know|find out|see|check|figure out)|advise|clarify"
    r"|check|give me an idea of)\b"
    r"(?: about)?"
    r"|do you (?:happen to )?(?:know|remember)\b|any idea\b|may I know|can I know|can I ask"
    r"|I (?:am |was )?(?:just )?wonder(?:ing)?(?: about)?\b"
    r"|I (?:want|wanted|need|would like|would love|have|am trying|try"
    r"|got)(?: you)? to (?:know|find out|ask|understand"
    r"|learn|hear|figure out|be told|see)\b(?= (?:how|what|when|where|why|who|which|if|whether))"
    r"|(?:tell me|let me know|explain(?: to me)?|show me|inform me|find out"
    r"|help me (?:to )?(?:understand|know|find out))"
    r"\b(?= (?:how|what|when|where|why|who|which|if|whether))"
    r"|I (?:do not|am not|cannot|did not) (?:know|sure|understand|remember|recall|see"
    r"|figure out|get|find out)\b"
    r"(?= (?:how|what|when|where|why|who|which|if|whether))"
    r"|I have a question(?: about)?|my question is)\s*[,:]?\s*",
    FLAGS,
)
TAIL = re.compile(
    r"[\s,.!?]*(?:\b(?:please|thanks|thank you|help me|help|asap|if possible|at all"
    r"|anyway|today|right now|now|for me"
    r"|at the moment|immediately|again)\b)?[\s,.!?]*$",
    FLAGS,
)
PLACE = "|".join(sorted(COUNTRIES | CITIES))
_TONGUE = "|".join(sorted(LANGUAGES))
_DAY = "|".join(sorted(MONTHS | DAYS))
_NAMED = "order|purchase|invoice|bill|account|booking|reservation|policy|claim|case|ticket|flight|refund"
_ID = r"(?:[a-z]{0,3}-?\d[\w-]{2,}|\[[^\]]+\]|\{\{[^}]+\}\}|<[^>]+>)"
_UNIT = "am|pm|minutes?|hours?|days?|weeks?|months?|dollars|euros|pounds|percent|%|usd|gbp|eur"
_AT = "for|at|on|by|from|until|before|since|of|in|after"
_NUMBER = rf"\$?\d[\w.,:]*(?:\s*(?:{_UNIT}))?"
# What one ticket names and the next does not: ids, languages, places, dates, sums.
_SLOTS = (
    (rf"\b(is|has|did|will) ({_NAMED})\s*(?:number|no\.?|id)?\s*#?\s*{_ID}", r"\1 my \2"),
    (rf"\b({_NAMED})\s*(?:number|no\.?|id)?\s*#?\s*{_ID}", r"\1"),
    (rf"\b(?:in|into|to|from)\s+(?:{_TONGUE})\b", "in another language"),
    (rf"\b(?:in|to|from|for|of) (?:the )?(?:{PLACE})\b(?: (?:and|or|to) (?:{PLACE})\b)?", ""),
    (
        rf"\b(?:{_AT})\s+(?:the\s+)?(?:(?:{_DAY})\b[\w ]*|{_NUMBER})(?=$|[ ,])",
        "",
    ),
    (
        r"\b(transfer|send|move|pay|withdraw)\s+\$?\d[\d,.]*\s*(?:dollars|euros|pounds|usd|gbp|eur|bucks)?",
        r"\1 money",
    ),
)
SLOT = tuple((re.compile(pattern, FLAGS), new) for pattern, new in _SLOTS)
BE = word_set("is are was were am")
HAVE = word_set("has have had")
MODAL = word_set("will would can could should may might must cannot")
AUX = BE | HAVE | MODAL | {"do", "does", "did"}
PRONOUNS = word_set("I you we they he she it there this that these those anyone someone people")
OPENERS = word_set(
    "not still always so too never just already only even pending available wrong "
    "different higher lower high low"
    " late blocked incorrect missing stuck safe ready due able down slow expensive good "
    "bad free open busy full"
    " required necessary needed possible allowed better closed currently automatically supposed going"
)
WH = re.compile(
    r"^(?P<wh>how (?:long|much|many|often|far|soon|old|high|fast|busy|big|late|early)(?: [a-z-]+){0,2}?"
    r"|(?:what|which)(?: (?!is\b|are\b|was\b|do\b|does\b|did\b|can\b|will\b|if\b|about\b"
    r"|would\b|should\b|has\b|have\b)"
    r"[a-z-]+){0,3}?|why|when|where|how|who|whose [a-z]+)"
    r" (?P<aux>is|are|was|were|am|do|does|did|has|have|had|will|would|can|could|should|may|might|must|cannot)"
    r" (?P<rest>.+)$",
    FLAGS,
)
FILLER_HOW = (
    r"(?:do|can|could|should|would|might|may|must) (?:I|you|we|one|someone) (?:please "
    r"|go about |be able to |to )?"
)
HOW = re.compile(
    rf"^(?:how (?:exactly )?{FILLER_HOW}|how to |how would one |what (?:do|should|must"
    rf"|can) (?:I|we) (?:need to |have to )?do "
    r"(?:to|in order to) |what (?:is|are) the (?:steps?|process|procedure|best way|way|quickest way)"
    r"(?: I (?:should|must|need to) (?:follow|take))? (?:to|for|of) |"
    r"what (?:do|should) I (?:do )?(?:need )?to )(?P<vp>.+)$",
    FLAGS,
)
WHERE = re.compile(rf"^where {FILLER_HOW}(?P<vp>.+)$|^where to (?P<vp2>.+)$", FLAGS)
WANT = re.compile(
    r"^(?:I |we )?(?:(?:really|just|also|still) )?(?:want|wants|need|would like"
    r"|would love|have|have got|wish|am trying|am looking|am going|"
    r"try|trying|looking|need you|want you|would like you|tried|hope|plan|will need|am ready|would want|will)"
    r"(?: (?:your )?(?:some )?(?:help|assistance|support))? to (?P<vp>.+)$",
    FLAGS,
)
HELP = re.compile(
    r"^(?:(?:can|could|would|will) (?:you|I|somebody"
    r"|someone) (?:please )?(?:get )?)?(?:I (?:want|need|would like"
    r"|require) )?(?:you to )?"
    r"(?:some |your |a )?(?:help|assist|assistance|support|problems?|issues?|trouble"
    r"|troubles)(?: me| us)?(?: out)?(?: to| with| in| for)?"
    r" (?P<vp>.+)$",
    FLAGS,
)
ASK_YOU = re.compile(
    r"^(?:can|could|would|will) (?:you|we|u) (?:please |kindly |go ahead and |just )?(?P<vp>.+)$", FLAGS
)
GET = re.compile(
    r"^(?:I |we )?(?:want|need|would like|require|would love|will take"
    r"|order)(?: to (?:get|have|order|request))? "
    r"(?P<np>(?:a|an|the|my|some|another|new|more|proof|\d+) .+)$",
    FLAGS,
)
GET_BARE = re.compile(
    r"^(?:I |we )?(?:want|need|would like|require) (?P<np>(?!to\b|you\b|u\b)[a-z].+)$", FLAGS
)
NOT_THINGS = word_set("to you it that this them help me us some assistance support be him her i not know")
YES_NO = re.compile(
    (
        r"^(?P<aux>is|are|was|were|am|do|does|did|has|have|had|will|would|can|could|should"
        r"|may|might|must) (?P<rest>.+)$"
    ),
    FLAGS,
)
PREPOSITIONS = word_set("on in at with for about from under inside near")
TELL_ME = re.compile(
    r"^(?P<verb>tell|give|show|send|read|get|find|fetch|let) me (?:know )?(?:about )?(?P<np>[a-z].+)$",
    FLAGS,
)
