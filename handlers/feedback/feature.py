"""Everything that feedback listens to."""

from handlers.feature import Feature, Submission
from handlers.feedback import emoji, explaining, unsafe, voting
from handlers.views.feedback.unsafe import DISMISS, LOOK, SHOW
from handlers.views.kit import VOTE

BEFORE = "story_feedback"  # the thumbs of cards that were posted before every output had them

FEATURE = Feature(
    noun="fb",
    actions={
        VOTE: voting.vote,
        BEFORE: voting.vote,
        LOOK: unsafe.decide,
        DISMISS: unsafe.decide,
        SHOW: unsafe.show,
    },
    openings={
        VOTE: explaining.open_reasons,
        BEFORE: explaining.open_reasons,
        "feedback_why": explaining.open_why,
    },
    submissions={"feedback_reason": Submission(explaining.explain)},
    events={"reaction_added": emoji.reaction_added, "reaction_removed": emoji.reaction_removed},
    scopes=frozenset({"reactions:read"}),
)
