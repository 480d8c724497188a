"""Everything that feedback listens to."""

from bot.domain.feedback.labelling import Opinion
from handlers.feature import Feature, Shortcut, Submission, Verb
from handlers.feedback import asking, emoji, explaining, judging, tracking, unsafe, voting
from handlers.views.feedback import LABEL
from handlers.views.feedback.numbers import QUEUE, REASONS, SUMMARY
from handlers.views.feedback.queue import SKIP, START, STOP, UNDO
from handlers.views.feedback.tracking import CALLBACK
from handlers.views.feedback.unsafe import DISMISS, LOOK, SHOW
from handlers.views.kit import VOTE

BEFORE = "story_feedback"  # the thumbs of cards that were posted before every output had them

FEATURE = Feature(
    noun="fb",
    verbs=(
        Verb(
            "fb summary",
            "How people judge outputs, with how sure that is",
            "fb summary reply last 30d",
            asking.summary,
            hint="[FEATURE | stories] [last 30d]",
        ),
        Verb(
            "fb reasons",
            "Why people do not like outputs, in their own words",
            "fb reasons reply last 4 weeks",
            asking.reasons,
            hint="[FEATURE | stories] [last 30d]",
        ),
        Verb(
            "fb queue",
            "Outputs to judge, ten at a time",
            "fb queue reply",
            judging.queue,
            hint="[FEATURE | stories | EX-3]",
        ),
        Verb("fb track", "What is tracked here, and how to track more", "fb track", tracking.list_tracked),
    ),
    actions={
        VOTE: voting.vote,
        BEFORE: voting.vote,
        LOOK: unsafe.decide,
        DISMISS: unsafe.decide,
        SHOW: unsafe.show,
        SUMMARY: asking.summary,
        REASONS: asking.reasons,
        QUEUE: judging.queue,
        START: judging.start,
        **{f"{LABEL}{opinion}": judging.label for opinion in Opinion},
        SKIP: judging.skip,
        UNDO: judging.undo,
        STOP: judging.stop,
    },
    openings={
        VOTE: explaining.open_reasons,
        BEFORE: explaining.open_reasons,
        "feedback_why": explaining.open_why,
    },
    submissions={
        "feedback_reason": Submission(explaining.explain),
        CALLBACK: Submission(tracking.track, tracking.check_form),
    },
    shortcuts=(
        Shortcut(
            CALLBACK,
            "Track this output",
            "message",
            "Votes on it count from then on",
            opens=tracking.open_form,
        ),
    ),
    events={"reaction_added": emoji.reaction_added, "reaction_removed": emoji.reaction_removed},
    scopes=frozenset({"reactions:read"}),
    shares={SUMMARY: asking.summary_for, REASONS: asking.reasons_for},
)
