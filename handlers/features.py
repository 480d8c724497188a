"""All features. A new noun is one module and one line here."""

from handlers import home, people
from handlers.conversation import conversation
from handlers.digests import feature as digests
from handlers.experiments import feature as experiments
from handlers.feature import Feature
from handlers.feedback import feature as feedback
from handlers.flywheel import feature as flywheel
from handlers.prompts import feature as prompts
from handlers.sets import feature as sets
from handlers.setup import feature as setup
from handlers.shares import shares
from handlers.stories import feature as stories

NOUNS: tuple[Feature, ...] = (
    stories.FEATURE,
    experiments.FEATURE,
    prompts.FEATURE,
    sets.FEATURE,
    setup.FEATURE,
    feedback.FEATURE,
    flywheel.FEATURE,
    digests.FEATURE,
    people.FEATURE,
    home.FEATURE,
)
FEATURES: tuple[Feature, ...] = (*NOUNS, shares(NOUNS), conversation(NOUNS))
