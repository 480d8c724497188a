"""Why not: the form behind 👎."""

from bot.domain.feedback import REASONS
from handlers.views import forms
from handlers.views.kit import View, modal, option


def reason_form(output: str, *, channel: str = "", chosen: str = "") -> View:
    """``output``: "story:ST-14". Every field may stay empty: the vote counts already."""
    name = output.rpartition(":")[2]
    reasons = [option(label, key) for key, label in REASONS.items()]
    return modal(
        "What was wrong?",
        forms.checks("reasons", f"What was wrong with {name}?", reasons),
        forms.text_input("comment", "Anything else", most=2000, multiline=True, optional=True),
        forms.text_input(
            "correction", "What should it have said?", initial=chosen, most=2000, multiline=True,
            optional=True, hint="Becomes a correction, so that it is said better the next time.",
        ),
        submit="Send", close="Cancel", callback_id="feedback_reason",
        private={"output": output, "channel": channel},
    )  # fmt: skip
