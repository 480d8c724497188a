"""Why not: the form behind 👎."""

from bot.domain.feedback import REASONS, Explanation
from handlers.views import forms
from handlers.views.feedback.parts import called
from handlers.views.kit import View, modal, option

MOST = 2_000  # characters of a comment and of a correction


def reason_form(
    output: str, *, channel: str = "", thread: str = "", before: Explanation | None = None
) -> View:
    """``output``: "story:ST-14"; ``before``: what this person said earlier, there to be changed. Every field
    may stay empty: the vote counts already."""
    reasons = [option(label, key) for key, label in REASONS.items()]
    chosen = before.reasons if before else ()
    comment, correction = (before.comment, before.correction) if before else ("", "")
    return modal(
        "What was wrong?",
        forms.checks("reasons", f"What was wrong with {called(output)}?", reasons, initial=chosen),
        forms.text_input(
            "comment", "Anything else", initial=comment, most=MOST, multiline=True, optional=True
        ),
        forms.text_input(
            "correction", "What should it have said?", initial=correction, most=MOST, multiline=True,
            optional=True, hint="Becomes a correction, so that it is said better the next time.",
        ),
        submit="Send", close="Cancel", callback_id="feedback_reason",
        private={"output": output, "channel": channel, "thread": thread},
    )  # fmt: skip
