"""The labelling queue: one output on a card, and what people's labels amount to."""

from bot.domain.feedback.agreement import FEWEST, Agreement
from bot.domain.feedback.labelling import Opinion, Queued
from handlers.views.feedback.parts import one_of, told
from handlers.views.kit import (
    Block,
    Message,
    View,
    actions,
    bold,
    button,
    context,
    faint,
    header,
    home_view,
    joined,
    line,
    markup,
    message,
    words,
)  # fmt: skip
from handlers.views.kit import rich_text as rich
from handlers.views.stories.parts import count

LABEL, SKIP, UNDO, STOP, START = "label_", "label_skip", "label_undo", "label_stop", "label_start"
RELIABLE, TENTATIVE = 0.8, 0.667
"""Krippendorff's alpha from which labels may be relied upon, and from which conclusions are tentative
(Krippendorff, Content Analysis, 2nd ed. 2004, p. 241)."""


def queue_card(card: Queued, value: str, *, number: int, of: int, undoes: bool) -> Message:
    """``value`` travels in every button. The buttons keep their order, so that keys find them: Tab and Enter
    agree, one more Tab disagrees."""
    votes = markup("👍 {} 👎 {}", card.up, card.down) if card.up or card.down else markup("no votes yet")
    progress = "●" * number + "○" * (of - number)
    return message(
        header(f"{number} of {of} · Would you have answered so?"),
        context(
            joined([markup("{}", progress), markup("{}", one_of(card.output)), votes, markup("{}", card.why)])
        ),
        rich(*told(card.output)),
        actions(
            button("Agree", f"{LABEL}{Opinion.AGREE}", value, "primary"),
            button("Disagree", f"{LABEL}{Opinion.DISAGREE}", value),
            button("Unsure", f"{LABEL}{Opinion.UNSURE}", value),
            button("Skip", SKIP, value),
        ),
        actions(*_beside(card.output.name, value, undoes=undoes)),
    )


def _beside(output: str, value: str, *, undoes: bool) -> list[Block]:
    row = [button("Say what it should be…", "feedback_why", output)]
    if undoes:
        row.append(button("Undo last", UNDO, value))
    return [*row, button("Stop here", STOP, value)]


def queue_over(
    labelled: int,
    skipped: int,
    agreed: Agreement,
    value: str,
    *,
    feature: str = "",
    any_left: bool = True,
    undoes: bool = True,
) -> Message:
    """The end of a round: thanks, and how far people agree, in plain words. ``any_left`` False: there was
    nothing to begin with."""
    if not any_left:
        said = "Nothing waits for your judgement."
        return message(rich(line(bold(said))), context(markup("Tracked and sent in outputs come here.")))
    left = f", {skipped} skipped" if skipped else ""
    return message(
        header("Thank you" if labelled else "Stopped"),
        rich(line(f"You judged {count(labelled, 'output')}{left}.")),
        rich(line(bold("Do people agree?  "), words(agreement_words(agreed))), *_numbers(agreed)),
        actions(
            button("Ten more", START, feature, "primary"),
            *([button("Undo last", UNDO, value)] if undoes else []),
        ),
    )


def agreement_words(agreed: Agreement) -> str:
    """What the agreement between labellers allows to be done with their labels."""
    if not agreed.enough:
        return f"Too few to say: {count(agreed.items, 'output')} judged by two or more, it takes {FEWEST}."
    if agreed.alpha is None or agreed.interval is None:
        return "All gave the same label to everything, so there is nothing to tell apart yet."
    if agreed.interval.low >= RELIABLE:
        return "Yes: what they say may be relied upon."
    if agreed.alpha >= TENTATIVE:
        return "Mostly: good enough for first conclusions, not for a decision that is hard to undo."
    return "Often not: talk about what a good answer is before relying on labels."


def _numbers(agreed: Agreement) -> list[Block]:
    if not agreed.enough or agreed.alpha is None:
        return []
    return [line(faint(agreed.sentence))]


def queue_elsewhere() -> Message:
    return message(context(markup("The cards are in our direct messages, where they change in place.")))


def at_home(told: Message) -> View:
    """A card on App Home, with the way back."""
    return home_view(*told.blocks, actions(button("Back to Home", "home_refresh")))
