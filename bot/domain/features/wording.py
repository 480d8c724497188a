"""Features in plain words: what a track, a stage or a duty means, and values as people read them."""

from collections.abc import Mapping

from bot.domain.features.model import Autonomy, Duty, Stage, Threshold, Track, Watched
from bot.domain.metrics import METRICS, Unit

TRACKS: Mapping[Track, tuple[str, str]] = {
    Track.CLASSIFY: ("Sorts", "a ticket goes to the right queue"),
    Track.EXTRACT: ("Pulls facts out", "order number and date from an e-mail"),
    Track.LIMITED_GENERATION: ("Drafts for people", "a reply that an agent edits and sends"),
    Track.OPEN_GENERATION: ("Writes freely", "a chat that answers anything"),
}
AUTONOMY: Mapping[Autonomy, str] = {
    Autonomy.COPILOT: "Copilot: a person uses, edits or drops each output",
    Autonomy.AUTOPILOT: "Autopilot: outputs go out by themselves",
}
STAGES: Mapping[Stage, str] = {
    Stage.SHADOW: "Shadow: runs beside people, nobody sees it",
    Stage.PILOT: "Pilot: a small group uses it",
    Stage.GRADUAL: "Gradual: a growing share of users has it",
    Stage.FULL: "Full: everybody has it",
}
DUTIES: Mapping[Duty, tuple[str, str]] = {
    Duty.DATA: ("Data", "Who owns the data?"),
    Duty.VALIDATION: ("Validation", "Who validates outputs?"),
    Duty.PROMPTING: ("Prompting", "Who decides on changing the prompt?"),
    Duty.ACCOUNTABLE: ("Accountable", "Who is accountable, and moves the stage?"),
}
DASH = "–"


def amount(value: float, metric: str) -> str:
    """A value of a metric as people read it: "88 %", "1.2 s", "$0.004"."""
    unit = METRICS[metric].unit if metric in METRICS else Unit.SHARE
    if unit is Unit.SHARE:
        return percent(value)
    return wait(value) if unit is Unit.MILLISECONDS else money(value)


def percent(share: float) -> str:
    """ "88 %"; a decimal where whole points would hide a small share."""
    points = share * 100
    decimals = 1 if 0 < abs(points) < 9.95 and round(points, 1) % 1 else 0
    return f"{points:.{decimals}f} %"


def wait(milliseconds: float) -> str:
    return f"{milliseconds:,.0f} ms" if milliseconds < 1_000 else f"{milliseconds / 1_000:,.1f} s"


def money(dollars: float) -> str:
    """Two significant digits below a dollar, cents above, none from a hundred on."""
    if dollars == 0 or dollars >= 1:
        return f"${dollars:,.0f}" if dollars >= 100 else f"${dollars:,.2f}"
    text = f"{dollars:.2g}"
    return f"${float(text):.6f}".rstrip("0").rstrip(".") if "e" in text else f"${text}"


def threshold(found: Threshold) -> str:
    """ "at least 70 %, goal 80 %"."""
    bound = "at least" if found.better == "higher" else "at most"
    goal = "" if found.goal is None else f", goal {amount(found.goal, found.metric)}"
    return f"{bound} {amount(found.minimum, found.metric)}{goal}"


def told(feature: Watched, field: str) -> str:
    """The value of a field of FIELDS in words, DASH where there is none."""
    value = getattr(feature, field)
    if field in {"channels", "prompts"}:
        return ", ".join(value) or DASH
    if field == "owners":
        return ", ".join(f"{duty.value} {user}" for duty, user in sorted(value.items())) or DASH
    if field == "thresholds":
        return "; ".join(f"{each.metric} {threshold(each)}" for each in value) or DASH
    if field in {"sampling", "confident"}:
        return percent(value)
    if field in {"false_positive_cost", "false_negative_cost"}:
        return DASH if value is None else money(value)
    return _plain(value)


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Track):
        return TRACKS[value][0].lower()
    if isinstance(value, float):
        return f"{value:g}"
    return DASH if value is None or value == "" else str(value)
