"""Forms that start a draft: from a file, a source or a channel, and from a message."""

from collections.abc import Sequence

from handlers.views import forms
from handlers.views.kit import Block, View, context, markup, modal, option, quote, words
from handlers.views.kit import rich_text as rich

TOPS = (1, 3, 5, 10, 20)
GRANULARITIES = {
    "fewer": "Fewer, broader themes",
    "normal": "As the tickets suggest",
    "more": "More, finer themes",
}

KEPT = 1_200  # characters of a message in private metadata: it holds 3,000, and JSON may double them


def draft_form(
    sources: Sequence[str],
    *,
    channel: str = "",
    history: bool = False,
    source: str = "",
    top: int = 3,
    granularity: str = "normal",
    seeds: str = "",
) -> View:
    """``sources``: names known already, newest last; ``history``: channels may be read. The rest is what
    was said before."""
    where = [
        forms.file_input(
            "file", "A file with your tickets", optional=True,
            hint="An export of your help desk (CSV, Excel, JSON, mail), as it is. It is redacted first.",
        )
    ]  # fmt: skip
    if offered := _sources(sources):
        where.append(
            forms.choice(
                "source", "Or tickets that are here already", offered, initial=source, optional=True,
                placeholder="Choose a source",
            )
        )  # fmt: skip
    if history:
        hint = "The messages of the last 14 days. I must be a member."
        where.append(forms.channel_select("from_channel", "Or a channel", hint=hint, optional=True))
    return modal(
        "Draft user stories",
        *where,
        forms.choice("top", "How many stories", _tops(), initial=str(top), hint="For the largest themes."),
        forms.choice("granularity", "How finely to group", _granularities(), initial=granularity),
        forms.text_input(
            "seeds", "Themes you expect", initial=seeds, most=500, optional=True,
            placeholder="refunds, login", hint="In plain words, with commas between them.",
        ),
        forms.text_input(
            "override", "Why go on if the audit fails", most=300, optional=True,
            hint="Kept with the draft. Without a reason a failed audit stops it.",
        ),
        submit="Draft", close="Cancel", callback_id="story_draft", private={"channel": channel},
    )  # fmt: skip


def message_form(text: str, *, channel: str = "", ts: str = "", user: str = "") -> View:
    """ "Make a story from this": shows the message that was chosen, and keeps its words for a bot that may
    not read the channel."""
    shown = text.strip() or "This message holds no text of its own; its thread is read."
    return modal(
        "Make a story from this",
        rich(quote(words(shown, most=1500))),
        context(markup("The message and its thread are redacted, then a story is drafted from them.")),
        submit="Draft", close="Cancel", callback_id="story_from_message",
        private={"channel": channel, "ts": ts, "user": user, "text": forms.entry(text, KEPT, multiline=True)},
    )  # fmt: skip


def _sources(names: Sequence[str]) -> list[Block]:
    """Newest first. A name of more than 150 characters cannot be an option; it can still be typed."""
    fitting = [name for name in dict.fromkeys(reversed(names)) if 0 < len(name) <= 150]
    return [option(name.split("@")[0] or name, name) for name in fitting]


def _tops() -> list[Block]:
    return [option("1 story" if n == 1 else f"{n} stories", str(n)) for n in TOPS]


def _granularities() -> list[Block]:
    return [option(label, value) for value, label in GRANULARITIES.items()]
