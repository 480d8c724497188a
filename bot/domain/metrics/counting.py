"""How each metric is counted, in a sentence: what "why this number" answers with."""

from collections.abc import Mapping

from bot.domain.metrics.derived import TOO_FEW

HOW: Mapping[str, str] = {
    "accuracy": "outputs that people's labels agree with, of those labelled agree or disagree in the window;"
    " where nobody labelled, thumbs up of all thumbs",
    "coverage": "outputs at or above the confidence that the feature calls sure, of those that carry one",
    "error_rate": "calls that came with an error, of all calls",
    "latency_p50": "the wait that half of the timed calls stay under",
    "latency_p95": "the wait that 95 of 100 timed calls stay under",
    "cost": "what calls cost in US dollars, divided by the calls whose cost is known",
    "positive_rate": "👍 of all thumbs given in the window; one vote a person and output, the last counts",
    "acceptance_rate": "outputs used as they were, of those whose outcome is known",
    "edited_rate": "outputs used after an edit, of those whose outcome is known",
    "edit_distance": "the share of an output that its edit changed (normalised edit distance), on average",
    "override_rate": "outputs that a person replaced by something else, of those whose outcome is known",
    "escalation_rate": "outputs handed on to a person, of those whose outcome is known",
}
SURE = (
    "Intervals are 95 %, by sums per user, as calls of one user are alike; waits by order statistics"
    f" (Woodruff 1952). Under {TOO_FEW} nothing is judged."
)
MOVED = (
    "A change is told where the week stands clear of the four weeks before it, pooled, by more than weeks"
    " wobble by themselves, with at most 5 % false among what is told of a feature"
    " (Benjamini and Hochberg 1995)."
)
