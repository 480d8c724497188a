"""From a selection to the message: composed for one place, with people by name."""

from collections.abc import Iterable, Mapping

from bot.domain.digests import Digest
from bot.domain.digests.selection import Selection
from bot.errors import DeliveryError, InputError
from handlers.desk import Desk
from handlers.views.digests.post import Frame, digest
from handlers.views.kit import Message


async def composed(desk: Desk, selection: Selection, place: str) -> Digest:
    """As everybody at this place may read it. Raises NotFound, InputError."""
    week = selection.week
    return await desk.services.digests.compose(selection.features, week=week, channel=place)


async def told(
    desk: Desk,
    selection: Selection,
    place: str,
    *,
    late: str = "",
    private: bool = False,
    shareable: bool = False,
) -> Message:
    found = await composed(desk, selection, place)
    owners = {user for week in found.features for user in week.feature.owners.values() if user}
    names = await _names(desk, sorted(owners))
    return digest(found, Frame(selection, names, late, private, shareable))


async def be_here(desk: Desk, channel: str) -> None:
    """Looked at before anything is posted: what Slack refused once stays refused under its key. Raises
    InputError where I am not in the channel."""
    if not channel or not await desk.slack.is_here(channel):
        raise InputError("I am not in this channel.", hint="Invite me: /invite @Plumbline. Then: digest now")


async def _names(desk: Desk, users: Iterable[str]) -> Mapping[str, str]:
    found = {}
    for user in users:
        try:
            found[user] = (await desk.slack.person(user)).name or user
        except DeliveryError:  # a name of the command line's, or somebody who left
            found[user] = user
    return found
