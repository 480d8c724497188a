"""Short notes after something was done to a prompt."""

from collections.abc import Sequence

from bot.domain.prompts import Finding, LabelMove, PromptVersion
from handlers.views.kit import Message, actions, button, context, markup, mention, message, section


def saved_note(version: PromptVersion, *, new: bool, findings: Sequence[Finding] = ()) -> Message:
    """``new`` False: that text was there already."""
    reference = str(version.reference)
    said = markup("✅ Saved as *{}*.", reference)
    if not new:
        said = markup("That is *{}* already, word for word; nothing was saved.", reference)
    shown = [context(markup("⚠️ {}", finding.message)) for finding in findings[:4]]
    return message(
        section(said),
        *shown,
        actions(button("Open", "prompt_show", reference), button("What changed", "prompt_diff", reference)),
    )


def names_note(message_: str) -> Message:
    return message(section(markup("⚠️ {}", message_)))


def moved_note(move: LabelMove) -> Message:
    """To the one who moved it, with the way back."""
    what = "is back in" if move.kind == "rollback" else "is in"
    said = markup("✅ *{}@{}* {} {}.", move.name, move.to_version, what, move.label)
    shown = [section(said)]
    if move.grounds:
        shown.append(context(move.grounds))
    undo = button("Roll back…", "prompt_rollback", move.name, "danger")
    return message(*shown, actions(undo, button("Log", "prompt_log", move.name)))


def moved_publicly(move: LabelMove) -> Message:
    """For a channel: what changed for everybody."""
    what = "was rolled back to" if move.kind == "rollback" else "went live as"
    said = markup("{} {} *{}@{}* by {}", move.name, what, move.name, move.to_version, mention(move.by))
    return message(section(said), context(move.grounds or "no reason given"))
