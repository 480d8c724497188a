"""Share in channel: a private answer, made again for everybody in a channel, once somebody asks for it."""

from collections.abc import Mapping, Sequence

from bot.domain.people import Role
from bot.errors import InputError, NotAllowed
from handlers.ask import Ask
from handlers.desk import Desk
from handlers.feature import Feature, Remake, Submission
from handlers.views import shares as views

ACTION = views.ACTION


def shares(others: Sequence[Feature]) -> Feature:
    """The feature that knows what all the others' answers are made of."""
    remakes: Mapping[str, Remake] = {kind: made for each in others for kind, made in each.shares.items()}

    async def open_form(ask: Ask, desk: Desk) -> None:
        await desk.slack.open_view(ask.trigger_id, views.share_form(ask.value, channel=ask.channel))

    async def share(ask: Ask, desk: Desk) -> None:
        """What is posted is made anew from what the channel may see: nothing is copied from the answer."""
        await desk.require(ask.user, Role.CONTRIBUTOR, "Sharing")
        channel = str(ask.values.get("to") or "")
        if not await desk.slack.is_member(channel, ask.user):
            raise NotAllowed("You are not in that channel.", hint="Join it first.")
        kind, _, about = str(ask.private.get("what") or "").partition("|")
        remake = remakes.get(kind)
        if remake is None:
            raise InputError("That cannot be shared any more.", hint="Ask for it again, then share that.")
        told = await remake(ask, desk, about, channel)
        await desk.post(ask, "share", channel, views.shared_by(told, ask.user))
        await desk.answer(ask, views.shared_note(channel))

    return Feature(
        noun="share", openings={ACTION: open_form}, submissions={ACTION: Submission(share, check_form)}
    )


async def check_form(ask: Ask, desk: Desk) -> Mapping[str, str]:
    """Errors by block id."""
    return {} if ask.values.get("to") else {"to": "Choose a channel."}
