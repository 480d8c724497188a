"""An experiment that is suggested: why, and the three answers to it."""

from bot.domain.release_words import reason_name
from handlers.views.kit import Message, actions, button, context, markup, mention, message, section

RUN, LATER, NEVER = "suggest_run", "suggest_later", "suggest_never"
SAID = {
    "taken": "The form was opened by",
    "later": "Not now, says",
    "never": "Never for this set, says",
}
SURE = {
    "title": "Never for this set",
    "text": "Nothing will be suggested for this set any more, however many corrections come.",
    "confirm": "Never",
    "deny": "Go back",
}


def suggestion(dataset: str, cases: int, reason: str, prompt: str, draft: str) -> Message:
    """``dataset`` is "refunds@5", ``prompt`` what is in production, ``draft`` a newer version or ""."""
    about = markup(" on “{}”", reason_name(reason)) if reason else markup("")
    against = markup("against your draft *{}*", draft) if draft else markup("against a new draft")
    return message(
        section(markup("*{} new cases*{} in *{}*: run *{}* {}?", cases, about, dataset, prompt, against)),
        context(
            markup("They are corrections of what {} answered; no experiment has tried it on them.", prompt)
        ),
        actions(
            button("Run it…", RUN, dataset, "primary"),
            button("Not now", LATER, dataset),
            button("Never for this set", NEVER, dataset, confirm=SURE),
        ),
    )


def answered(dataset: str, cases: int, answer: str, user: str) -> Message:
    """The same once somebody answered; a form that was opened can be opened again."""
    told = message(
        section(markup("{} new cases in *{}*.", cases, dataset)),
        context(markup("{} {}", SAID.get(answer, "Answered by"), mention(user))),
    )
    if answer != "taken":
        return told
    return message(
        *told.blocks,
        actions(
            button("Open the form again…", RUN, dataset),
            button("Never for this set", NEVER, dataset, confirm=SURE),
        ),
    )
