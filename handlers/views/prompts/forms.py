"""Forms for prompts: a new version, a promotion with its grounds, a way back."""

from collections.abc import Sequence

from bot.domain.prompts import PromptVersion
from handlers.views import forms
from handlers.views.kit import Block, View, bold, context, line, markup, modal, option
from handlers.views.kit import rich_text as rich

LONGEST = 3_000  # characters of one input
LAYOUT = "# System\nYou answer customers of …\n\n# User\n{{ question }}"


def save_form(version: PromptVersion | None, *, channel: str = "", names_ok: bool = False) -> View:
    """``version``: the one it starts from. ``names_ok``: names were found, and are asked about."""
    name = version.name if version else ""
    body = version.prompt.body.strip() if version else LAYOUT
    too_long = len(body) > LONGEST
    blocks: list[Block] = [
        forms.text_input("name", "Name", initial=name, most=60, placeholder="reply"),
        forms.text_input(
            "text", "Text", initial="" if too_long else body, multiline=True, most=LONGEST,
            hint="“# System” and “# User” part the roles; {{ question }} stands for a value.",
        ),
        forms.text_input("note", "What changed, and why", most=300, optional=True),
    ]  # fmt: skip
    if too_long:
        blocks.insert(0, context(markup("The text is too long for this form; `plumb prompt save` takes it.")))
    if names_ok:
        blocks.append(forms.checks("names", "Names", [option("The names in it are nobody's we serve", "ok")]))
    return modal(
        "Save a prompt", *blocks, submit="Save", close="Cancel", callback_id="prompt_save",
        private={"channel": channel, "expected": version.version if version else 0, "from": name},
    )  # fmt: skip


def promote_form(
    version: PromptVersion,
    experiments: Sequence[tuple[str, str]],
    *,
    standing: int,
    experiment: str = "",
    channel: str = "",
) -> View:
    """``experiments``: (id, its verdict in words), newest first; ``standing``: the live version, 0: none."""
    now = f"{version.name}@{standing} is live now." if standing else "Nothing of that name is live yet."
    blocks: list[Block] = [
        rich(line(bold(f"{version.reference} → production"), f"\n{now}")),
        context(markup("It needs an experiment that speaks for it, or a reason to go without one.")),
    ]
    if experiments:
        offered = [option(f"{name} · {said}", name) for name, said in experiments]
        blocks.append(
            forms.choice("experiment", "Experiment", offered, initial=experiment, optional=True,
                         placeholder="Choose one")
        )  # fmt: skip
    blocks += [
        forms.text_input("override", "Why without one", most=300, optional=True, hint="Kept in the log."),
        forms.text_input("reason", "Note", most=300, optional=True),
    ]
    return modal(
        "Promote", *blocks, submit="Promote", close="Cancel", callback_id="prompt_promote",
        private={"reference": str(version.reference), "expected": standing, "channel": channel},
    )  # fmt: skip


def rollback_form(name: str, standing: int, back_to: Sequence[int], *, channel: str = "") -> View:
    """``back_to``: versions that were live before, the likeliest first."""
    offered = [option(f"{name}@{version}", str(version)) for version in back_to]
    return modal(
        "Roll back",
        rich(line(bold(f"{name}@{standing} is live."))),
        forms.choice("to", "Back to", offered, initial=offered[0]["value"] if offered else ""),
        forms.text_input("reason", "Why", most=300, placeholder="tone"),
        submit="Roll back", close="Cancel", callback_id="prompt_rollback",
        private={"name": name, "expected": standing, "channel": channel},
    )  # fmt: skip
