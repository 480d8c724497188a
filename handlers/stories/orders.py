"""What to draft from: a file, a source, a channel's messages or one message, found and checked."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import PurePath
from typing import Any

from bot.domain.people import Role
from bot.errors import InputError, NotAllowed, NotFound
from handlers.ask import Ask
from handlers.desk import Desk
from handlers.words import DraftWanted


@dataclass(frozen=True, slots=True)
class Order:
    """A drafting that can be carried out. Exactly one of ``file_id``, ``channel``, ``message_ts`` or an
    existing ``source`` says where tickets come from. ``origin`` is the private channel they came from;
    ``top`` None stands for every theme, however small."""

    source: str
    title: str
    file_id: str = ""
    channel: str = ""
    message_ts: str = ""
    days: float = 14.0
    origin: str = ""
    top: int | None = 3
    granularity: str = "normal"
    seeds: tuple[str, ...] = ()
    override: str = ""
    theme_ids: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Order":
        return cls(**{**data, "seeds": tuple(data["seeds"]), "theme_ids": tuple(data["theme_ids"])})

    @property
    def brings_tickets(self) -> bool:
        return bool(self.file_id or self.channel or self.message_ts)


async def order_of(ask: Ask, desk: Desk, wanted: DraftWanted) -> dict[str, Any]:
    """The order behind a command's words, as plain values.

    Raises:
        InputError: nothing of that name is to be had here; says where it was looked for.
        NotAllowed: the person is not in the channel they want to draft from.
    """
    await desk.require(ask.user, Role.CONTRIBUTOR, "Drafting stories")
    if wanted.channel:
        return (await _from_channel(ask, desk, wanted)).as_json()
    if not wanted.origin:
        return (await _only_source(ask, desk, wanted)).as_json()
    known = await visible_sources(ask.user, ask.channel, desk)
    source = _named(wanted.origin, known, ask.channel)
    if source:
        return _of_source(source, known[source], wanted).as_json()
    return (await _from_file(ask, desk, wanted)).as_json()


async def visible_sources(user: str, place: str, desk: Desk) -> dict[str, str]:
    """Names of the sources this person may see at this place, with the private channel each came from."""
    async with desk.services.store.read() as unit:
        origins = await unit.sources.origins()
    seen = await desk.visible(origins.values(), user, place or "D")
    return {name: origin for name, origin in origins.items() if origin in seen}


def _named(word: str, known: Mapping[str, str], place: str) -> str:
    """The source that a name means here: this private channel's own first; "" where there is none."""
    alike = [name for name in known if word in {name, shown_source(name)}]
    return min(alike, key=lambda name: (known[name] != place, name != word), default="")


def _of_source(source: str, origin: str, wanted: DraftWanted) -> Order:
    return Order(source=source, title=shown_source(source), origin=origin, **_how(wanted))


async def _only_source(ask: Ask, desk: Desk, wanted: DraftWanted) -> Order:
    known = await visible_sources(ask.user, ask.channel, desk)
    if not known:
        raise InputError(
            "There is nothing to draft from yet.",
            hint=f"Upload an export of your tickets here, then: /{desk.command} story draft from FILE.csv",
        )
    newest = list(known)[-1]
    return _of_source(newest, known[newest], wanted)


async def _from_file(ask: Ask, desk: Desk, wanted: DraftWanted) -> Order:
    file_id = await desk.slack.find_file(ask.channel, wanted.origin) if ask.channel else None
    if file_id is None:
        direct = await desk.slack.direct_channel(ask.user)
        file_id = await desk.slack.find_file(direct, wanted.origin)
    if file_id is None:
        raise NotFound(
            f"I see no file or source named {wanted.origin} here or in our direct messages.",
            hint=f"Upload it first, or type /{desk.command} story draft for a form with a file box.",
        )
    return await file_order(ask, desk, file_id, wanted.origin, wanted)


async def file_order(ask: Ask, desk: Desk, file_id: str, filename: str, wanted: DraftWanted) -> Order:
    """An order for one uploaded file; what was shared in a private channel stays there."""
    private = bool(ask.channel) and not ask.in_direct_messages and await desk.slack.is_private(ask.channel)
    origin = ask.channel if private else ""
    return Order(
        source=source_name(filename, origin), title=filename, file_id=file_id, origin=origin, **_how(wanted)
    )


async def _from_channel(ask: Ask, desk: Desk, wanted: DraftWanted) -> Order:
    if not desk.history_allowed:
        raise NotAllowed(
            "Drafting from a channel's messages is switched off here.",
            hint="Who runs me can switch it on: PLUMB_CHANNEL_HISTORY=true, and the manifest once more.",
        )
    if not await desk.slack.is_member(wanted.channel, ask.user):
        raise NotAllowed("You are not in that channel, so I will not read it for you.", hint="Join it first.")
    private = await desk.slack.is_private(wanted.channel)
    return Order(
        source=f"channel-{wanted.channel}",
        title=f"#{await desk.slack.channel_name(wanted.channel)}",
        channel=wanted.channel,
        days=wanted.days,
        origin=wanted.channel if private else "",
        **_how(wanted),
    )


def _how(wanted: DraftWanted) -> dict[str, Any]:
    return {
        "top": wanted.top,
        "granularity": wanted.granularity,
        "seeds": wanted.seeds,
        "override": wanted.override,
    }


def source_name(filename: str, origin: str) -> str:
    """ "tickets.csv.gz" -> "tickets"; what came from a private channel gets a name of its own, so that it
    never mixes with anything else."""
    name = PurePath(filename.replace("\\", "/")).name
    stem = name.split(".")[0] or name.strip(".") or "log"
    return f"{stem}@{origin}" if origin else stem


def shown_source(source: str) -> str:
    """A source's name without the private channel it came from."""
    return source.split("@")[0]
