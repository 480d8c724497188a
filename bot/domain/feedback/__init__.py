"""Feedback: what people think of outputs. Marks make votes, votes make rates; labels are second opinions.

votes        marks and explanations -> the one vote a person has on an output
reactions    emoji -> marks                  outputs   what is judged, and what it was made of
rates        shares that know how many people gave them
summary      votes of a span -> rates        reasons   why not, ranked
remarks      comments in groups
labelling    which outputs to look at next   agreement how far people agree
exporting    votes as rows for evals and fine-tuning
"""

from bot.domain.feedback.outputs import TrackedOutput, message_name
from bot.domain.feedback.reactions import is_flag, reaction_mark
from bot.domain.feedback.votes import (
    BUTTON,
    REASONS,
    UNSAFE,
    Doings,
    Explanation,
    Given,
    Mark,
    Tally,
    Thumb,
    Vote,
    newer,
    standing,
    vote_of,
)

__all__ = [
    "BUTTON",
    "REASONS",
    "UNSAFE",
    "Doings",
    "Explanation",
    "Given",
    "Mark",
    "Tally",
    "Thumb",
    "TrackedOutput",
    "Vote",
    "is_flag",
    "message_name",
    "newer",
    "reaction_mark",
    "standing",
    "vote_of",
]
