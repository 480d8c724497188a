"""Where digests go and when: the list, and what is said when one is set, posted, or could not be."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.digests import DigestSchedule
from handlers.views.kit import (
    Markup,
    Message,
    channel_link,
    context,
    fit,
    header,
    joined,
    line,
    markup,
    mention,
    message,
    section,
)  # fmt: skip
from handlers.views.kit import rich_text as rich

EXAMPLE = "digest schedule mon 09:00 Europe/Berlin"


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A schedule with when it is due next, in words and by its own clocks."""

    schedule: DigestSchedule
    next: str


def scheduled_note(found: Scheduled, *, command: str) -> Message:
    return message(
        section(_told(found)),
        context(
            markup(
                "One post for each week, by the clocks of that zone. {}",
                f"/{command} digest preview shows it, digest pause stops it.",
            )
        ),
    )


def schedule_list(found: Sequence[Scheduled], *, command: str) -> Message:
    """``found``: those that may be seen here."""
    head = [header("Where digests go")]
    if not found:
        return message(*head, rich(line("Nowhere yet. In a channel: ", f"/{command} {EXAMPLE}")))
    return message(*fit([section(_told(each)) for each in found], _more, head=head))


def _more(n: int) -> Markup:
    return markup("{} more channels", n)


def _told(found: Scheduled) -> Markup:
    schedule = found.schedule
    features = ", ".join(schedule.features) or "every feature"
    if schedule.paused:
        when = markup("paused; it was {}", schedule.when)
    else:
        when = markup("{}; next {}", schedule.when, found.next)
    facts = [markup("{} digest of {}", schedule.profile.value, features)]
    facts += [markup("by {}", mention(schedule.by))] if schedule.by else []
    return markup("*{}*  {}\n{}", _place(schedule.channel), when, joined(facts))


def _place(channel: str) -> Markup:
    return markup("direct messages") if channel.startswith("D") else channel_link(channel)


def posted_note(channel: str, week: str) -> Message:
    return message(section(markup("The digest of {} is in {}.", week, _place(channel))))


def already_note(channel: str, week: str) -> Message:
    """One post a week and profile: it stands there already."""
    return message(
        section(markup("The digest of {} stands in {} already; it is posted once.", week, _place(channel)))
    )


def not_posted(channel: str, week: str, why: str, hint: str) -> Message:
    """For who scheduled it."""
    return message(
        section(markup("⚠️ The digest of {} could not be posted in {}.", week, _place(channel))),
        context(markup("{} {}", why, hint)),
    )
