"""Short private answers to a vote."""

from handlers.views.kit import Message, context, joined, markup, message


def thanks(thumb: str, output: str, *, corrected: bool = False) -> Message:
    """``output``: "story:ST-14"; ``corrected``: the person said what it should have been."""
    name = output.rpartition(":")[2]
    if thumb == "up":
        return message(context(markup("Thank you. Your vote on {} is 👍; a new vote replaces it.", name)))
    said = [markup("Thank you. Your vote on {} is 👎, with your reasons.", name)]
    if corrected:
        said.append(markup("What it should have said is kept as a correction."))
    return message(context(joined(said, " ")))
