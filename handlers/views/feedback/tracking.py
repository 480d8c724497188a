"""Tracking a message: the form, what comes of it, and what is tracked here."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.feedback import Tally, TrackedOutput
from handlers.views import forms
from handlers.views.feedback.parts import called
from handlers.views.kit import (
    Block,
    Message,
    View,
    bold,
    bullets,
    context,
    faint,
    feedback,
    fit,
    header,
    line,
    markup,
    message,
    modal,
    option,
    quote,
    section,
    words,
)  # fmt: skip
from handlers.views.kit import rich_text as rich

CALLBACK = "track_output"
KEPT = 1_200  # characters of a message in private metadata: it holds 3,000, and JSON may double them
HOW = "To track a message, also another bot's: its menu (⋯) › Track this output."


@dataclass(frozen=True, slots=True)
class TrackedLine:
    """A tracked output with how people voted on it."""

    output: TrackedOutput
    tally: Tally


def track_form(
    text: str,
    features: Sequence[str],
    *,
    feature: str = "",
    asked: str = "",
    channel: str = "",
    ts: str = "",
    thread: str = "",
) -> View:
    """``feature``: the one this channel belongs to; ``asked``: what was said before the message."""
    options = [option(name, name) for name in features]
    which: list[Block] = []
    if options:
        hint = "Votes on it count there."
        which = [
            forms.choice("feature", "Which feature?", options, initial=feature, optional=True, hint=hint)
        ]
    return modal(
        "Track this output",
        rich(quote(words(text, most=600))),
        *which,
        forms.text_input(
            "asked", "What was it asked?", initial=asked, most=2_000, multiline=True, optional=True,
            hint="With it, a correction can become a test case.",
        ),
        forms.text_input(
            "prompt", "Prompt version", most=80, optional=True, placeholder="reply@3",
            hint="Where you know it, so that versions can be compared.",
        ),
        context(markup("Kept redacted. What was said in a private channel is shown only there.")),
        submit="Track", close="Cancel", callback_id=CALLBACK,
        private={
            "channel": channel, "ts": ts, "thread": thread, "text": forms.entry(text, KEPT, multiline=True)
        },
    )  # fmt: skip


def tracked_already(output: str) -> View:
    said = markup("Votes on {} count already: 👍 👎 on the message, or its buttons.", called(output))
    return modal("Track this output", section(said))


def tracked_note(output: str, *, reads: bool) -> Message:
    """With thumbs of its own. ``reads`` False: I am not in that channel, so that emoji do not reach me."""
    emoji = "👍 👎 and 🚩 on the message count from now on; here you can vote at once."
    if not reads:
        emoji = "I am not in that channel, so I see no emoji there: /invite me, or vote here."
    return message(section(markup("Tracked. {}", emoji)), feedback(output))


def tracked_list(lines: Sequence[TrackedLine], total: int, *, elsewhere: bool) -> Message:
    """``elsewhere``: asked in direct messages, so that all that this person may see is listed."""
    where = "that you can see" if elsewhere else "in this channel"
    tail = [context(markup("{}", HOW))]
    if not lines:
        return message(rich(line(f"No message is tracked {where} yet.")), *tail)
    head = [header("Tracked messages" if elsewhere else "Tracked in this channel")]
    groups = [[rich(bullets(_line(each)))] for each in lines]
    if total > len(lines):
        tail = [context(markup("{} more, older ones", total - len(lines))), *tail]
    return message(*fit(groups, lambda n: markup("{} more", n), head=head, tail=tail))


def _line(each: TrackedLine) -> Block:
    made = " · ".join(part for part in (each.output.feature, each.output.prompt) if part)
    votes = f"  👍 {each.tally.up} 👎 {each.tally.down}"
    return line(
        words(each.output.text or "(no text)", most=160), bold(votes), faint(f"  {made}" if made else "")
    )
