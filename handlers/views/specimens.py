"""A story and a theme of an invented company, to show every view with."""

from bot.domain.stories import (
    BeforeAfter,
    CannotDo,
    Citation,
    Confidence,
    Criterion,
    EdgeCase,
    Example,
    FairnessSlice,
    Finding,
    NonGoal,
    Story,
    StoryState,
    TestableForm,
)
from bot.domain.themes import Member, Theme, Trend

STORY = Story(
    id="ST-1",
    theme_id="3",
    theme_name="box not here",
    tickets=58,
    requesters=51,
    drafted_by="offline",
    findings=(
        Finding(
            code="few_cases", field="testable", severity="warning", message="Label about 140 more cases."
        ),
    ),
    merge_with=("ST-2",),
    title="Boxes that have not arrived: customers cannot see where theirs is",
    role="customer who waits for a box",
    want="to be told where it is and when it will come",
    benefit="I know whether to wait, or to ask for another",
    intent="problem",
    decision="whether to wait or to ask for another box",
    before_after=BeforeAfter(
        before="people write in and wait for an agent to look it up",
        after="the assistant answers from the dispatch record at once",
        baseline="58 tickets in 12 weeks",
    ),
    examples=(
        Example(
            ticket_id="t-21",
            input="What is the status of my box?",
            expected="names the dispatch date and the expected arrival as a range of dates",
        ),
        Example(
            ticket_id="t-14",
            input="It's been a week and it's not here & <nobody> answers",
            expected="compares the days that went by with the range; past it, offers a replacement",
        ),
        Example(
            ticket_id="t-12",
            input="Can you track it for me?",
            expected="gives the tracking link, or says that it was sent without tracking",
        ),
    ),
    cannot_do=CannotDo(
        ticket_id="t-19",
        input="you sent me a box and I still didn't get it",
        condition="no order on file",
        expected="says so, and hands over with the thread",
    ),
    fallback="hand over, with what was understood",
    criteria=(
        Criterion(
            key="A",
            given="a ticket asking where a box is, and a dispatch record",
            when="the assistant answers",
            then="it states date and range correctly in at least 95 % of 200 labelled tickets",
            comparison="at least",
            threshold=95,
            unit="% of labelled tickets",
            n=200,
            confidence="95 % interval above 91 %",
            provenance="proposed",
        ),
        Criterion(
            key="B",
            given="the promised range has passed",
            when="asked",
            then="it offers a replacement at once in at least 90 % of 80 tickets",
            comparison="at least",
            threshold=90,
            unit="% of tickets",
            n=80,
            confidence="95 % interval above 81 %",
            provenance="from evidence",
            evidence="14 of 58 tickets say that a week or more has gone by",
            ticket_ids=("t-14", "t-19"),
            must_not_fail=True,
        ),
    ),
    testable=TestableForm(
        task="answer where a box is",
        input="one ticket and its dispatch record",
        output="dispatch date, expected range, next step",
        threshold="at least 95 % of labelled tickets right",
        evaluation="dates are compared with the record; two people label the rest",
        sample_size=200,
        sample_size_hint="there are 58, so about 140 more are needed",
    ),
    latency="near-real-time (under 2 s)",
    latency_reason="the customer waits in the chat",
    edge_cases=(EdgeCase(ticket_id="t-27", quote="only one of them came", note="two boxes ordered"),),
    non_goals=(NonGoal(theme_id="7", text="changing the address"),),
    track=3,
    track_advice="limited generation: dates come from the record, words from a template",
    fairness=(FairnessSlice(field="country", counts={"UK": 40, "Spain": 18}, max_gap_points=5),),
    confidence=Confidence(level="medium", reason="58 tickets from 51 people, one source"),
    citations=(
        Citation(ticket_id="t-14", quote="It's been a week and it's not here"),
        Citation(ticket_id="t-21", quote="the status of my box"),
    ),
)

APPROVED = STORY.model_copy(update={"state": StoryState.APPROVED, "approved_by": "U0ADA", "id": "ST-2"})

THEME = Theme(
    id="3",
    name="box not here",
    phrases=("box", "not here", "tracking"),
    quote="It's been a week and it's not here",
    quote_id="t-14",
    members=tuple(Member(f"t-{number}", 0.8, 0.2) for number in range(58)),
    requesters=51,
    trend=Trend(weekly=(3, 4, 6, 9), change=8, low=2, high=14, rising=True),
    neighbours=("7",),
)

EMERGING = Theme(
    id="9",
    name="lamp hours",
    phrases=("lamp",),
    quote="The lamp stays on all night",
    quote_id="t-90",
    members=(Member("t-90", 0.9, 0.1),),
    requesters=1,
    trend=Trend(),
    emerging=True,
)
