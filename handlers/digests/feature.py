"""Everything that digests listen to."""

from handlers.digests import reading, scheduling
from handlers.feature import Feature, Verb
from handlers.views.digests.post import SHARE, WHY

FEATURE = Feature(
    noun="digest",
    verbs=(
        Verb(
            "digest preview",
            "What the last complete week brought, only for you",
            "digest preview reply exec",
            reading.preview,
            hint="[reply] [exec | build]",
        ),
        Verb(
            "digest now",
            "Post it in this channel, once for each week and profile",
            "digest now",
            reading.post_now,
            hint="[reply] [exec | build]",
        ),
        Verb(
            "digest schedule",
            "Post it in this channel every week, by the clocks of a place",
            "digest schedule mon 09:00 Europe/Berlin",
            scheduling.schedule,
            hint="mon 09:00 Europe/Berlin [exec | build] [reply]",
        ),
        Verb(
            "digest profile",
            "Shorter for leads, or everything for those who build",
            "digest profile exec",
            scheduling.profile,
            hint="exec | build",
        ),
        Verb("digest pause", "Post no digest in this channel for now", "digest pause", scheduling.pause),
        Verb("digest resume", "Post it again, from the next one on", "digest resume", scheduling.resume),
        Verb(
            "digest list", "Which channels get a digest, and when", "digest list", scheduling.list_schedules
        ),
    ),
    actions={WHY: reading.why},
    shares={SHARE: reading.digest_for},
)
