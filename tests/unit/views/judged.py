"""Every view of feedback with one text in every foreign field."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from bot.domain.feedback import Tally, TrackedOutput, Vote
from bot.domain.feedback.labelling import Queued, Why
from bot.domain.feedback.reasons import Reasons, Remarks, Said, shift
from bot.domain.feedback.summary import Judgement, summarise
from bot.domain.people import Role
from handlers.views import feedback
from handlers.views.feedback.numbers import Frame
from handlers.views.kit import Message, View

UNTIL = datetime(2026, 11, 21, tzinfo=UTC)
SINCE = UNTIL - timedelta(days=30)


def feedback_views(text: str) -> Mapping[str, Message | View]:
    output = TrackedOutput(
        f"interaction:reply/{text}", text, text, text, {"input": text, "tone": text}, text, "", text
    )
    page = feedback.page(output, text, text)
    return {
        "page": page,
        "page in channel": feedback.page_in_channel(output, text, [text]),
        "page decided": feedback.with_state(page.blocks, output.name, "unsafe_look", text),
        "also flagged": feedback.also_flagged(text),
        "paged": feedback.paged_note([text], output.name, "plumb"),
        "details": feedback.details(output, Tally(1, 2)),
        "why": feedback.why_note(output.name),
        "waits": feedback.thanks("down", output.name, waits_as=text),
        "track": feedback.track_form(text, ["reply"], asked=text, channel="C1", ts="1.2"),
        "tracked": feedback.tracked_note(output.name, reads=True),
        "tracked list": feedback.tracked_list(
            [feedback.TrackedLine(output, Tally(1, 0))] * 2, 20, elsewhere=True
        ),
        "queue card": feedback.queue_card(
            Queued(output, Why.DISPUTED, 1, 1), text[:1_900], number=1, of=10, undoes=True
        ),
        **_numbers(text),
    }


def _numbers(text: str) -> Mapping[str, Message | View]:
    votes = [
        Judgement(
            Vote(f"{text[:3]}{at}:{text}", f"U{at}", "up", SINCE + timedelta(days=at)),
            text,
            f"{text[:80]}{at % 2}",
            "",
            f"{text[:80]}{at % 2}",
        )
        for at in range(5)
    ]
    frame = Frame(text, text, text, f"summary:{text}/1", Role.REVIEWER, (text, 3))
    told = Remarks(text, 2, (text,), (Said(text, text), Said(text, text)), shift(9, 0))
    why = Reasons(text, SINCE, UNTIL, 20, 9, 20, 20, (), (told, told))
    found = summarise(votes, [], None, feature=text, since=SINCE, until=UNTIL)
    return {"summary": feedback.summary(found, frame), "why not": feedback.reasons(why, frame)}
