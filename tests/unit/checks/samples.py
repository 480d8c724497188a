"""A story worth having, with its tickets: cards that have not arrived. Our own words."""

from typing import Any

from bot.domain.stories import (
    BeforeAfter,
    CannotDo,
    Citation,
    Confidence,
    Criterion,
    EdgeCase,
    Example,
    FairnessSlice,
    NonGoal,
    Story,
    StoryBody,
    TestableForm,
)

TICKETS = {
    "b77-12": "Can you track my card for me?",
    "b77-14": "It's been a week since I ordered my card and it's not here. Please help?",
    "b77-19": "I thought you issued me a card and I still didn't get it. Should I keep waiting?",
    "b77-21": "What is the status of my card's delivery?",
    "b77-25": "My card should have come nine days ago, where is it?",
    "b77-27": "The card that replaces my expired one is not here yet.",
    "b77-312": "I ordered two cards and only one of them came.",
    "b77-40": "How long does a card take to get to Spain?",
}

CRITERIA = (
    Criterion(
        key="A",
        given="a ticket asking where a card is and a dispatch record",
        when="the assistant answers",
        then="it states dispatch date and expected range correctly in at least 95 % of 200 labelled tickets",
        comparison="at least",
        threshold=95,
        unit="% of labelled tickets",
        n=200,
        confidence="95 % interval above 91 %",
        provenance="proposed",
    ),
    Criterion(
        key="B",
        given="no dispatch record",
        when="asked",
        then="it hands over and invents no date in 100 % of 60 tickets",
        comparison="exactly",
        threshold=100,
        unit="% of tickets",
        n=60,
        confidence="no failure among 60",
        provenance="proposed",
        must_not_fail=True,
    ),
    Criterion(
        key="C",
        given="the promised range has passed",
        when="asked",
        then="it offers a replacement in the first answer in at least 90 % of 80 tickets",
        comparison="at least",
        threshold=90,
        unit="% of tickets",
        n=80,
        confidence="95 % interval above 81 %",
        provenance="from evidence",
        evidence="14 of 58 tickets say a week or more has gone by; the threshold is proposed",
        ticket_ids=("b77-14", "b77-19", "b77-25"),
    ),
)

BODY = StoryBody(
    title="Cards that have not arrived: customers cannot see where theirs is",
    role="customer who ordered a card",
    want="to be told where it is and when it will come",
    benefit="I know whether to wait, or to ask for another",
    intent="problem",
    decision="whether to wait or to ask for another card",
    before_after=BeforeAfter(
        before="people write in and wait for an agent to look up the dispatch",
        after="the assistant answers from the dispatch record at once; an agent sees only the rest",
        baseline="58 tickets in 12 weeks",
    ),
    examples=(
        Example(
            ticket_id="b77-21",
            input="What is the status of my card's delivery?",
            expected="names the dispatch date, the carrier if tracked, and the expected arrival as a date"
            " range; one sentence on what to do if it passes",
        ),
        Example(
            ticket_id="b77-14",
            input="It's been a week since I ordered my card and it's not here. Please help?",
            expected="compares the days elapsed with the promised range; past it: says so, offers a"
            " replacement, does not ask the customer to wait again",
        ),
        Example(
            ticket_id="b77-12",
            input="Can you track my card for me?",
            expected="gives the tracking link, or says plainly that this card was sent without tracking",
        ),
    ),
    cannot_do=CannotDo(
        ticket_id="b77-19",
        input="you issued me a card and I still didn't get it. Should I keep waiting?",
        condition="no order on file",
        expected="“I can't find a card order on this account. I'm passing this to a colleague”"
        " and hands over with the thread",
    ),
    fallback="hand over, with what was understood",
    criteria=CRITERIA,
    testable=TestableForm(
        task="answer where a card is",
        input="one ticket and the dispatch record of its account",
        output="dispatch date, expected range, next step",
        threshold="at least 95 % of labelled tickets right",
        evaluation="dates compared with the record; two people label the rest",
        sample_size=200,
        sample_size_hint="200 tickets answer C with ±4 points; there are 58, so about 140 more are needed",
    ),
    latency="near-real-time (under 2 s)",
    latency_reason="the customer waits in the chat",
    edge_cases=(
        EdgeCase(
            ticket_id="b77-27", quote="The card that replaces my expired one", note="replacement after expiry"
        ),
        EdgeCase(ticket_id="b77-312", quote="only one of them came", note="two cards ordered"),
    ),
    non_goals=(
        NonGoal(theme_id="12", text="lost or stolen cards"),
        NonGoal(theme_id="7", text="activation"),
    ),
    track=3,
    track_advice="limited generation: dates come from the record, words from a template the agent can edit",
    fairness=(FairnessSlice(field="country", counts={"UK": 40, "Spain": 18}, max_gap_points=5),),
    confidence=Confidence(
        level="medium",
        reason="58 tickets from 51 people, one source, English only; three may belong to card activation",
    ),
    citations=(
        Citation(ticket_id="b77-14", quote="It's been a week since I ordered my card"),
        Citation(ticket_id="b77-19", quote="I still didn't get it"),
        Citation(ticket_id="b77-21", quote="status of my card's delivery"),
        Citation(ticket_id="b77-25", quote="My card should have come nine days ago, where is it?"),
    ),
)

STORY = Story(
    **dict(BODY),
    id="ST-14",
    theme_id="3",
    theme_name="card not here",
    tickets=58,
    requesters=51,
    drafted_by="offline",
)


def body(**changes: Any) -> StoryBody:
    """The good story with some fields changed."""
    return BODY.model_copy(update=changes)


def criterion(base: int = 0, **changes: Any) -> Criterion:
    """One of its criteria with some fields changed."""
    return CRITERIA[base].model_copy(update=changes)


def story(**changes: Any) -> Story:
    """The good story with its standing, some fields changed."""
    return STORY.model_copy(update=changes)
