"""Pieces that more than one view of a feature shows."""

import re

from bot.domain.features import Duty, Stage, Watched
from bot.domain.features.wording import DUTIES
from bot.domain.metrics.derived import Figure, Standing
from handlers.views.kit import Markup, markup, mention

STAGE_BADGES = {stage: markup("`{}`", stage.value) for stage in Stage}
MARKS = {Standing.MET: "✅", Standing.NOT_MET: "🔻", Standing.OPEN: "⏳"}
_PERSON = re.compile(r"[UW][A-Z0-9]{2,20}")
_CHANNEL = re.compile(r"[CG][A-Z0-9]{2,20}")


def is_person(text: str) -> bool:
    """Whether it is an id of Slack's; the command line also takes plain names."""
    return bool(_PERSON.fullmatch(text))


def is_channel(text: str) -> bool:
    return bool(_CHANNEL.fullmatch(text))


def mark(figure: Figure) -> str:
    """✅ 🔻 ⏳ against the minimum, "" where there is none."""
    return MARKS[figure.standing] if figure.standing else ""


def owner(feature: Watched, duty: Duty) -> Markup:
    """ "*Data* @ada"."""
    user = feature.owners.get(duty, "")
    return markup("*{}*\n{}", DUTIES[duty][0], mention(user) if user else "nobody yet")
