"""Short private answers to a vote."""

from handlers.views.feedback.parts import called
from handlers.views.kit import Message, actions, button, context, joined, markup, message


def thanks(thumb: str, output: str, *, corrected: bool = False, waits_as: str = "") -> Message:
    """``output``: "story:ST-14"; ``corrected``: the person said what it should have been; ``waits_as``:
    "candidate 7 of refunds", where it became one."""
    name = called(output)
    if thumb == "up":
        return message(context(markup("Thank you. Your vote on {} is 👍; a new vote replaces it.", name)))
    said = [markup("Thank you. Your vote on {} is 👎, with your reasons.", name)]
    if waits_as:
        said.append(markup("Your correction waits as {}.", waits_as))
    elif corrected:
        said.append(markup("What it should have said is kept as a correction."))
    return message(context(joined(said, " ")))


def why_note(output: str) -> Message:
    """After a 👎 by emoji, which brings no window along: a button that opens it."""
    return message(
        context(markup("Your 👎 on {} counts. Why not, in two clicks?", called(output))),
        actions(button("Tell us why", "feedback_why", output)),
    )
