"""An invented set of cases and its candidates, to show every view with."""

from datetime import UTC, datetime

from bot.domain.datasets import Candidate, Dataset, DatasetLine, Version, answered
from bot.domain.datasets.lint import Flaw
from bot.domain.datasets.slices import SliceCount
from bot.domain.experiments.cells import Case
from handlers.views.sets.importing import Seen
from handlers.views.sets.lists import Look

AT = datetime(2026, 11, 12, 9, 30, tzinfo=UTC)
CASES = (
    Case("c1", {"input": "Where is my refund & <why> so late?"}, expected="refund", slices={"plan": "pro"}),
    Case("c2", {"input": "Can I skip next week? Ask <@U1>."}, expected="skip", slices={"plan": "free"}),
    Case("c3", {"input": "My refund has not come.", "name": "[PERSON_1]"}, expected="refund"),
    Case("c4", {"input": "How do I change my address?"}, slices={"plan": "pro"}),
)
SET = Dataset("refunds", 2, CASES, scoring=answered(CASES)[1])
LINE = DatasetLine("refunds", "", 2, 4, 3, AT)
PRIVATE = DatasetLine("leads", "C0LEADS", 0, 0, 1, AT)
VERSION = Version(2, "U0ADA", "from questions.csv", AT, 4, added=1)
LOOK = Look(
    slices=(SliceCount("plan", "pro", 38, 31), SliceCount("plan", "free", 8, 8)),
    size=("46 cases show a difference of about 19 points or more, 4 times in 5.",
          "To show 10 points: 157 cases, 111 more than now."),
    flaws=(Flaw("needs_answer", "1 cases need an answer (c4)."),),
)  # fmt: skip
SEEN = Seen(
    "refunds@3", 46,
    ("refunds@3 would have 50 cases: 46 added, 0 changed, 0 removed.",
     "46 cases: right only if the output equals the expected label",
     "personal data redacted: EMAIL 4, PERSON 2", "1 row is no case and left out"),
    CASES[:3], ("Row 7: it has 4 cells, the header 3",),
)  # fmt: skip
NOTHING = Seen("refunds@3", 0, ("Nothing new: refunds@2 stays.",))
OPEN = Candidate(4, CASES[3], "a message in Slack", "U0BEN", AT)
ANSWERED = Candidate(5, CASES[0], "correction of story:ST-1: wrong tone", "U0BEN", AT)
READY = Candidate(6, CASES[1], "first 20 of tickets", "U0ADA", AT)
EMPTY = Dataset("leads", 0, (), "C0LEADS")
