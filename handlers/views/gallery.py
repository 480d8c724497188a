"""One of every kind of message and window, made from one worked story: to look at, and for Slack to judge."""

from collections.abc import Callable, Mapping

from bot.domain.feedback import Tally
from bot.domain.people import Role
from bot.domain.stories import Story
from bot.domain.themes import Member, Theme, Trend
from handlers.views import failures, feedback, home, modals, progress, stories, themes, welcome
from handlers.views import help as help_
from handlers.views.kit import Message, View

Make = Callable[[], Message | View]

STORY = Story.model_validate(
    {
        "id": "ST-14",
        "title": "Tell customers where their card is",
        "role": "customer who ordered a card",
        "want": "to be told where it is and when it will come",
        "benefit": "I know whether to wait, or to ask for another",
        "intent": "question",
        "decision": "whether to wait for the card or to send another",
        "before_after": {
            "before": "people write in and wait for an agent to look it up (58 tickets in 12 weeks)",
            "after": "the assistant answers from the dispatch record at once",
            "baseline": "58 tickets from 51 people; minutes per ticket are not measured",
        },
        "examples": [
            {
                "ticket_id": "b77-21",
                "input": "What is the status of my card's delivery?",
                "expected": "Names the dispatch date and the expected arrival as a range of dates.",
            },
            {
                "ticket_id": "b77-14",
                "input": "It's been a week since I ordered my card and it's not here. Please help?",
                "expected": "Compares the days gone by with the promise; past it, offers a replacement.",
            },
            {
                "ticket_id": "b77-12",
                "input": "Can you track my card for me?",
                "expected": "Gives the tracking number, or says that this card was sent without one.",
            },
        ],
        "cannot_do": {
            "ticket_id": "b77-19",
            "input": "you issued me a card and I still didn't get it. Should I keep waiting?",
            "condition": "no order is on file",
            "expected": "Says that no card order is on this account and hands over with the thread.",
        },
        "fallback": "hand over to a person, with what was understood",
        "criteria": [
            {
                "key": "A",
                "given": "a ticket asking where a card is, and a dispatch record",
                "when": "the assistant answers",
                "then": "it states dispatch date and expected range rightly in at least 95 % of 200 tickets",
                "comparison": "at least",
                "threshold": 95,
                "unit": "% of labelled tickets",
                "n": 200,
                "confidence": "95 % interval above 91 %",
                "provenance": "proposed",
            },
            {
                "key": "B",
                "given": "no dispatch record",
                "when": "asked",
                "then": "it hands over and invents no date in 100 % of 60 tickets",
                "comparison": "exactly",
                "threshold": 100,
                "unit": "% of labelled tickets",
                "n": 60,
                "confidence": "no failure in 60 leaves at most 4.9 % at 95 %",
                "provenance": "from evidence",
                "evidence": "14 of 58 tickets say that a week or more has gone by",
                "ticket_ids": ["b77-14", "b77-19", "b77-25"],
                "must_not_fail": True,
            },
        ],
        "testable": {
            "task": "answer tickets that ask where a card is",
            "input": "one redacted ticket with the dispatch record of that day",
            "output": "dispatch date, expected range, next step",
            "threshold": "at least 95 % right",
            "evaluation": "compare the dates with the record; two people read every miss",
            "sample_size": 200,
            "sample_size_hint": "there are 58, so about 140 more are needed",
        },
        "latency": "near-real-time (under 2 s)",
        "latency_reason": "the person waits in the chat",
        "edge_cases": [
            {
                "ticket_id": "b77-312",
                "quote": "I ordered two cards, only one came",
                "note": "two cards ordered",
            }
        ],
        "non_goals": [{"theme_id": "TH-12", "text": "cards that were lost or stolen"}],
        "track": 3,
        "track_advice": "dates come from the record, words from a template the agent can edit",
        "fairness": [{"field": "language", "counts": {"en": 50, "de": 8}, "max_gap_points": 5}],
        "confidence": {"level": "medium", "reason": "58 tickets from 51 people, one source, English only"},
        "citations": [
            {"ticket_id": "b77-14", "quote": "It's been a week since I ordered my card and it's not here."},
            {"ticket_id": "b77-21", "quote": "What is the status of my card's delivery?"},
        ],
        "theme_id": "TH-3",
        "theme_name": "Card has not arrived",
        "tickets": 58,
        "requesters": 51,
        "drafted_by": "offline",
        "findings": [
            {
                "code": "examples.same_input",
                "field": "examples[1].input",
                "severity": "warning",
                "message": "Nearly the input of another example. Choose a ticket that asks in another way.",
            }
        ],
        "merge_with": ["ST-9"],
    }
)
OTHER = STORY.model_copy(update={"id": "ST-9", "title": "Say when a card will come", "merge_with": ()})
THEMES = tuple(
    Theme(
        id=f"TH-{number}",
        name=name,
        phrases=(name.lower(),),
        quote=quote,
        quote_id=f"b77-{number}",
        members=tuple(Member(f"b77-{number}-{member}", 0.8, 0.2) for member in range(size)),
        requesters=size - size // 8,
        trend=trend,
        emerging=size < 5,
    )
    for number, (name, size, quote, trend) in enumerate(
        (
            ("Card has not arrived", 58, "It's been a week and it's not here.", Trend((), 9, 2, 16, True)),
            ("Refund not visible", 44, "It says refunded, I see nothing.", Trend((), -2, -9, 5)),
            ("Cash machine", 2, "It kept my card.", Trend()),
        ),
        1,
    )
)
PLAN = progress.DraftPlan.begin("tickets.csv", brings_tickets=True).imported(
    {"tickets": 1199, "skipped": 3, "grade": "B", "reasons": [{"sentence": "37 tickets are near copies."}]}
)
DONE = PLAN.grouped({"tickets": 1199, "themes": 21, "rising": ["Card has not arrived"]}).drafted(
    {"stories": ["ST-14", "ST-15"], "failures": []}
)
VERBS = (
    help_.VerbLine("story draft", "Draft user stories", "from FILE | SOURCE", "story draft from tickets.csv"),
    help_.VerbLine("story list", "Stories and where they stand", "", "story list approved"),
)
STATE = home.HomeState(
    "Ada",
    Role.REVIEWER,
    "plumb",
    waiting=(STORY,),
    asked=(OTHER,),
    stories=(STORY, OTHER),
    sources=(home.SourceLine("tickets", 1199, "B"),),
    transport="Socket Mode",
)

GALLERY: Mapping[str, Make] = {
    "card": lambda: stories.card(STORY, role=Role.REVIEWER, tally=Tally(2, 1)),
    "card for a contributor": lambda: stories.card(STORY, role=Role.CONTRIBUTOR),
    "card for a viewer": lambda: stories.card(STORY, role=Role.VIEWER),
    "card in a channel": lambda: stories.shared_card(STORY),
    "story in full": lambda: stories.details(STORY),
    "edge cases": lambda: stories.edge_cases(STORY),
    "trace": lambda: stories.trace(STORY, "tickets", THEMES[0]),
    "story list": lambda: stories.story_list([STORY, OTHER]),
    "approved": lambda: stories.approved_note(STORY),
    "edited": lambda: stories.edited_note(STORY, 2),
    "themes": lambda: themes.theme_list("tickets", THEMES, 1199, role=Role.CONTRIBUTOR),
    "plan": lambda: progress.draft_progress(PLAN.at("themes", "Grouping", 400, 1199)),
    "plan, done": lambda: progress.draft_progress(DONE),
    "plan, failed": lambda: progress.draft_progress(PLAN.failed("The audit failed.", "Say why to go on.")),
    "plan without plan blocks": lambda: progress.draft_progress(PLAN, plain=True),
    "help": lambda: help_.overview("plumb", VERBS),
    "help on a verb": lambda: help_.verb_help("plumb", VERBS[0]),
    "unknown verb": lambda: help_.unknown("plumb", "stroy", "story list", VERBS[1].example),
    "welcome": lambda: welcome.welcome("plumb", "F1|tickets.csv"),
    "file received": lambda: welcome.file_received("tickets.csv", "F1"),
    "thanks": lambda: feedback.thanks("down", "story:ST-14", corrected=True),
    "failure": lambda: failures.failure("There is no story ST-99.", "Look at the list.", "1a2b3c4d"),
    "home": lambda: home.home(STATE),
    "home, empty": lambda: home.home(home.HomeState("Ada", Role.OWNER, "plumb")),
    "form: loading": lambda: modals.loading("Draft user stories"),
    "form: draft": lambda: modals.draft_form(["tickets"], channel="C0SUPPORT", history=True),
    "form: edit": lambda: modals.edit_form(STORY),
    "form: merge": lambda: modals.merge_form(STORY, [OTHER]),
    "form: share": lambda: modals.share_form("ST-14"),
    "form: export": lambda: modals.export_form([STORY, OTHER], picked="ST-14"),
    "form: from a message": lambda: modals.message_form("Where is my card?", channel="C0SUPPORT", ts="1.2"),
    "form: reasons": lambda: modals.reason_form("story:ST-14"),
    "form: failed": lambda: modals.failed(
        "Export stories", "No story is approved yet.", "Approve one first."
    ),
}
