"""Everything that features under watch listen to."""

from handlers.feature import Feature, Submission, Verb
from handlers.setup import keys, moving, reading, saving
from handlers.views.setup.card import SHARE

FEATURE = Feature(
    noun="feature",
    verbs=(
        Verb(
            "setup",
            "Put a feature of your product under watch, or change one",
            "setup reply",
            saving.save,
            hint="[reply]",
            opens=saving.open_form,
            opens_for=lambda _: True,
        ),
        Verb("feature list", "Features under watch, in three layers", "feature list", reading.list_features),
        Verb(
            "feature show",
            "One feature: owners, bars, every metric",
            "feature show reply last 30d",
            reading.show,
            hint="reply [last 30d]",
        ),
        Verb(
            "feature stage",
            "Roll a feature out further, or take it back",
            "feature stage reply pilot because 120 votes, 81 % up",
            moving.move,
            hint="reply shadow | pilot | gradual | full because …",
        ),
    ),
    actions={"feature_show": reading.show},
    openings={
        "setup_open": saving.open_form,
        "feature_stage": moving.open_form,
        "setup_key": keys.open_question,
        "setup_key_make": keys.make,
    },
    submissions={
        "setup": Submission(saving.save, saving.check),
        "feature_stage": Submission(moving.move, moving.check),
    },
    shares={SHARE: reading.card_for},
)
