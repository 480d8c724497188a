"""What people think of outputs: votes, the outputs themselves, labels, and what all of it says.

votes      marks in, the vote that stands out        outputs    what is judged, found by name or message
reports    rates, reasons and their groups           labelling  what to look at next, and agreement
exporting  votes, cases and pairs as JSONL           privacy    who may see what, and words without people

``exporting`` is imported by itself: it needs the datasets, which need the outputs here.
"""

from bot.services.feedback.labelling import LabellingService
from bot.services.feedback.outputs import OutputService
from bot.services.feedback.reports import FeedbackReports
from bot.services.feedback.votes import FeedbackService

__all__ = ["FeedbackReports", "FeedbackService", "LabellingService", "OutputService"]
