"""From an export to story cards: the durable job, its progress in place, and what starts it."""

import tempfile
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.domain.people import Role
from bot.domain.themes import Theme
from bot.errors import DeliveryRejected, DraftingStopped, InputError, NotAllowed, PlumblineError
from handlers.ask import Ask
from handlers.board import Board
from handlers.desk import Desk
from handlers.feature import long_running
from handlers.stories.cards import card_of
from handlers.stories.orders import (
    Order,
    file_order,
    order_of,
    shown_source,
    visible_sources,
)
from handlers.views import modals, progress, stories, themes
from handlers.views.kit import Message, View
from handlers.views.progress import DraftPlan
from handlers.windows import open_window
from handlers.words import DraftWanted, parse_draft

FILE_LIMIT = 50_000_000  # bytes taken from Slack
HISTORY_LIMIT = 5_000  # messages taken from one channel
CARDS = 5  # story cards shown at once; the rest is listed
CALLBACK = "story_draft"

Report = Callable[[str, int, int | None], Awaitable[None]]
"""Told the stage, what is done, and of how much."""


@long_running
async def draft(ask: Ask, desk: Desk) -> None:
    """/plumb story draft from tickets.csv top 5"""
    order = await desk.step("order", order_of, ask, desk, parse_draft(ask.text))
    await carry_out(ask, desk, Order.from_json(order))


async def carry_out(ask: Ask, desk: Desk, order: Order) -> None:
    """Import, find themes, draft, show: each a step that a crash does not undo."""
    direct = await _direct_channel(ask, desk)
    plan = DraftPlan.begin(order.title, brings_tickets=order.brings_tickets)
    ts = await desk.post(ask, "plan", direct, progress.draft_progress(plan))
    if not ask.in_direct_messages:
        await desk.answer(ask, progress.working_elsewhere(order.title))
    board = Board(desk.slack, direct, ts, plan, progress.draft_progress)
    try:
        done = await _stages(ask, desk, order, board)
    except PlumblineError as error:
        await board.finish(board.plan.failed(error.message, _hint(error, order, desk)))
        return
    await _show(ask, desk, direct, done)
    await board.finish(board.plan)


def _hint(error: PlumblineError, order: Order, desk: Desk) -> str:
    """What to do here; the error's own words are for the command line."""
    if not isinstance(error, DraftingStopped):
        return error.hint
    name = shown_source(order.source)
    return f"Mend the data, or go on with a reason: /{desk.command} story draft from {name} because …"


async def _stages(ask: Ask, desk: Desk, order: Order, board: Board[DraftPlan]) -> Mapping[str, Any]:
    team = desk.services.store.team

    def reporting(task: str) -> Report:
        async def report(name: str, done: int, total: int | None) -> None:
            await board.show(board.plan.at(task, name, done, total))

        return report

    def stage(task: str, payload: Mapping[str, Any]) -> Callable[[], Awaitable[dict[str, Any]]]:
        return lambda: desk.workshop.run(team, task, payload, reporting(task))

    if order.brings_tickets:
        await board.show(board.plan.running("import"), now=True)
        taken = await desk.step("import", _import, ask, desk, order, reporting("import"), retries=1)
        await board.show(board.plan.imported(taken), now=True)
    await board.show(board.plan.running("themes"), now=True)
    wanted = {"source": order.source, "granularity": order.granularity, "seeds": list(order.seeds)}
    found = await desk.step("themes", _counted, stage("themes", wanted), retries=1)
    await board.show(board.plan.grouped(found), now=True)
    chosen = {"theme_ids": list(order.theme_ids)} if order.theme_ids else {"top": order.top}
    drafting = {"source": order.source, "override": order.override, **chosen}
    drafted: Mapping[str, Any] = await desk.step("draft", stage("draft", drafting), retries=1)
    board.plan = board.plan.drafted(drafted)
    return drafted


async def _counted(work: Callable[[], Awaitable[dict[str, Any]]]) -> dict[str, Any]:
    """What the plan says of the themes; the themes themselves stay in the database."""
    found = await work()
    themes_found = found["themes"]
    return {
        "tickets": found["tickets"],
        "themes": len(themes_found),
        "rising": [theme["name"] for theme in themes_found if theme["trend"].get("rising")][:3],
    }


async def _import(ask: Ask, desk: Desk, order: Order, report: Report | None = None) -> dict[str, Any]:
    team, kept = desk.services.store.team, {"source": order.source, "channel": order.origin}
    if order.file_id:
        with tempfile.TemporaryDirectory(prefix="plumbline-") as folder:
            path = Path(folder) / "export"
            file = await desk.slack.download(order.file_id, path, limit=FILE_LIMIT)
            payload = {"path": str(path), "filename": file["name"], **kept}
            return await desk.workshop.run(team, "import", payload, report)
    messages = await _messages(desk, order, ask)
    return await desk.workshop.run(team, "import_messages", {"messages": messages, **kept}, report)


async def _messages(desk: Desk, order: Order, ask: Ask) -> list[dict[str, Any]]:
    """What people wrote; the bot's own words and joins are no tickets."""
    if order.channel:
        since = time.time() - order.days * 86_400
        found = await desk.slack.history(order.channel, since=since, limit=HISTORY_LIMIT)
    else:
        found = await _thread(ask, desk, order.message_ts)
    people = [m for m in found if m.get("text") and not m.get("bot_id") and not m.get("subtype")]
    if not people and order.message_ts:
        raise InputError(
            "There are no words of people that I could read there.",
            hint="“Make a story from this” in the message's menu works where I may not read the channel.",
        )
    if not people:
        raise InputError("Nobody wrote anything there in that time.", hint="Try a longer span: last 30d")
    return [
        {"id": m["ts"], "text": m["text"], "created_at": float(m["ts"]), "requester": m.get("user", "")}
        for m in people
    ]


async def _thread(ask: Ask, desk: Desk, ts: str) -> list[Mapping[str, Any]]:
    """The message with its thread; only what the form showed where the bot may not read the channel."""
    chosen = {"ts": ts, "text": ask.private.get("text", ""), "user": ask.private.get("user", "")}
    if not ask.channel:
        return [chosen]
    try:
        return await desk.slack.thread(ask.channel, ts) or [chosen]
    except DeliveryRejected:
        return [chosen]


async def _show(ask: Ask, desk: Desk, direct: str, drafted: Mapping[str, Any]) -> None:
    ids = list(drafted["stories"])
    role = await desk.role(ask.user)
    for story_id in ids[:CARDS]:
        message = await card_of(desk, story_id, role)
        await desk.post(ask, f"card {story_id}", direct, message, about=f"story:{story_id}")
    if ids[CARDS:]:
        rest = [await desk.services.stories.get(story_id) for story_id in ids[CARDS:]]
        await desk.post(ask, "rest", direct, stories.story_list(rest))


async def _direct_channel(ask: Ask, desk: Desk) -> str:
    if ask.in_direct_messages:
        return ask.channel
    return str(await desk.step("direct", desk.slack.direct_channel, ask.user))


async def open_form(ask: Ask, desk: Desk) -> None:
    """The form with the file box."""

    async def form() -> View:
        await desk.require(ask.user, Role.CONTRIBUTOR, "Drafting stories")
        sources = await visible_sources(ask.user, ask.channel, desk)
        return modals.draft_form(list(sources), channel=ask.channel, history=desk.history_allowed)

    await open_window(ask, desk, "Draft user stories", form)


async def check_form(ask: Ask, desk: Desk) -> Mapping[str, str]:
    """Errors by block id."""
    values = ask.values
    given = [name for name in ("file", "source", "from_channel") if values.get(name)]
    if not given:
        return {"file": "Upload a file, or choose a source below."}
    if len(given) > 1:
        return {given[1]: "Choose one of them: a file, a source or a channel."}
    return {}


@long_running
async def draft_from_form(ask: Ask, desk: Desk) -> None:
    order = await desk.step("order", _order_of_form, ask, desk)
    await carry_out(ask, desk, Order.from_json(order))


async def _order_of_form(ask: Ask, desk: Desk) -> dict[str, Any]:
    values = ask.values
    wanted = DraftWanted(
        origin=str(values.get("source") or ""),
        channel=str(values.get("from_channel") or ""),
        top=int(values.get("top") or 3),
        granularity=str(values.get("granularity") or "normal"),
        seeds=tuple(x.strip() for x in str(values.get("seeds") or "").split(",") if x.strip()),
        override=str(values.get("override") or ""),
    )
    files = values.get("file") or []
    if not files:
        return await order_of(ask, desk, wanted)
    await desk.require(ask.user, Role.CONTRIBUTOR, "Drafting stories")
    name = await desk.slack.file_name(files[0])
    return (await file_order(ask, desk, files[0], name, wanted)).as_json()


@long_running
async def draft_theme(ask: Ask, desk: Desk) -> None:
    """The button under a theme; its value is "source|theme"."""
    source, _, theme_id = ask.value.rpartition("|")
    order = await desk.step("order", order_of, ask, desk, DraftWanted(origin=source))
    await carry_out(ask, desk, replace(Order.from_json(order), theme_ids=(theme_id,)))


@long_running
async def list_themes(ask: Ask, desk: Desk) -> None:
    """/plumb story themes [SOURCE] [fewer|more]"""
    await show_themes(
        ask, desk, Order.from_json(await desk.step("order", order_of, ask, desk, parse_draft(ask.text)))
    )


async def show_themes(ask: Ask, desk: Desk, order: Order) -> None:
    """Import where there is something to, group, list."""
    if order.brings_tickets:
        await desk.step("import", _import, ask, desk, order, retries=1)
    payload = {"source": order.source, "granularity": order.granularity, "seeds": list(order.seeds)}
    await desk.step("themes", _find_quietly, desk, payload, retries=1)
    found = await desk.services.themes.listed(order.source)
    if not found:
        raise InputError(f"{order.title} holds no themes yet.", hint="Import more tickets first.")
    message = _theme_list(order.source, found, await desk.role(ask.user))
    direct = await _direct_channel(ask, desk)
    await desk.post(ask, "themes", direct, message)
    if not ask.in_direct_messages:
        await desk.answer(ask, progress.working_elsewhere(order.title))


async def themes_for(ask: Ask, desk: Desk, about: str, channel: str) -> Message:
    """A source's themes for everybody in a channel; they quote tickets, so they stay in a private one."""
    source = about
    if source not in await visible_sources(ask.user, channel, desk):
        raise NotAllowed(
            f"{shown_source(source)} comes from a private channel, so its themes are shown only there.",
            hint="Share them there.",
        )
    return _theme_list(source, await desk.services.themes.listed(source), Role.CONTRIBUTOR)


def _theme_list(source: str, found: Sequence[Theme], role: Role) -> Message:
    return themes.theme_list(source, found, sum(theme.tickets for theme in found), role=role)


async def _find_quietly(desk: Desk, payload: Mapping[str, Any]) -> None:
    await desk.workshop.run(desk.services.store.team, "themes", payload)
