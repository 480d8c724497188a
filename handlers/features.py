"""All features. A new noun is one module and one line here."""

from handlers import feedback, home
from handlers.conversation import conversation
from handlers.feature import Feature
from handlers.stories import feature as stories

NOUNS: tuple[Feature, ...] = (stories.FEATURE, feedback.FEATURE, home.FEATURE)
FEATURES: tuple[Feature, ...] = (*NOUNS, conversation(NOUNS))
