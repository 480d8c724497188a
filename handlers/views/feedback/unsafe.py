"""Somebody says that an output is unsafe: what its owner sees, what a channel sees, and how it stands."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.feedback import Tally, TrackedOutput
from handlers.views.feedback.parts import one_of, told
from handlers.views.kit import (
    Block,
    Markup,
    Message,
    actions,
    bold,
    button,
    channel_link,
    context,
    header,
    joined,
    line,
    markup,
    mention,
    message,
    section,
)  # fmt: skip
from handlers.views.kit import rich_text as rich

LOOK, DISMISS, SHOW = "unsafe_look", "unsafe_dismiss", "unsafe_show"


def page(output: TrackedOutput, flagger: str, where: str = "", *, shown: bool = True) -> Message:
    """To an owner. ``where``: the channel it stands in, "" where that may not be told; ``shown`` False: it
    came from a private conversation that this owner is not in, so its words stay there."""
    words = rich(*told(output)) if shown else _kept_back()
    return message(
        header("🚩 Flagged as unsafe"),
        section(_flagged(output, flagger, where)),
        words,
        _buttons(output.name),
    )


def page_in_channel(output: TrackedOutput, flagger: str, owners: Sequence[str]) -> Message:
    """In the feature's channel, without a word of the output: what may be unsafe is not repeated."""
    told_to = joined([mention(owner) for owner in owners], ", ")
    return message(
        section(joined([_flagged(output, flagger), markup("Told: {}.", told_to)], " ")),
        _buttons(output.name),
    )


def also_flagged(flagger: str) -> Message:
    """In the thread of a page, when one more person flags the same output."""
    return message(context(markup("🚩 {} flagged it too.", mention(flagger))))


def with_state(blocks: Sequence[Mapping[str, Any]], output: str, state: str, user: str) -> Message:
    """A page with who decided what; ``state`` is LOOK or DISMISS. What was decided can be decided anew."""
    kept = [dict(block) for block in blocks if block["type"] != "actions"]
    said = markup("👀 {} looks at it.", mention(user))
    if state == DISMISS:
        said = markup("✅ {} says it is not unsafe.", mention(user))
    return message(*kept, section(said), _buttons(output, without=state))


def paged_note(owners: Sequence[str], output: str, command: str, *, asks_why: bool = True) -> Message:
    """Thanks to whoever flagged it, in private; without owners what to do about that."""
    why = [actions(button("Tell us why", "feedback_why", output))] if asks_why else []
    if owners:
        names = joined([mention(owner) for owner in owners], ", ")
        return message(context(markup("🚩 Thank you. {} was told; your vote on it is 👎.", names)), *why)
    said = markup("🚩 Kept as your 👎, but there is nobody to tell: no owner or admin is named here.")
    todo = markup("Name an owner with /{} setup, or an admin with /{} who @somebody admin.", command, command)
    return message(context(said), context(todo), *why)


def details(output: TrackedOutput, tally: Tally) -> Message:
    """All that is known of an output, for who asks to see it."""
    votes = markup("👍 {} 👎 {}", tally.up, tally.down)
    return message(section(joined([markup("*{}*", one_of(output).capitalize()), votes])), rich(*told(output)))


def _flagged(output: TrackedOutput, flagger: str, where: str = "") -> Markup:
    place = markup(", in {}", channel_link(where)) if where else Markup()
    return markup("{} flagged {} as unsafe{}.", mention(flagger), one_of(output), place)


def _kept_back() -> Block:
    return rich(line(bold("Its words stay where they were said: "), "a private conversation you are not in."))


def _buttons(output: str, *, without: str = "") -> Block:
    row = [
        button("I look at it", LOOK, output, "" if without else "primary"),
        button("Not unsafe", DISMISS, output),
        button("Show", SHOW, output),
    ]
    return actions(*(each for each in row if each["action_id"] != without))
