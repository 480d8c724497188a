""" "Track this output": votes on any message count from then on, also on another bot's."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bot.domain.feedback import TrackedOutput, message_name
from bot.domain.people import Role
from bot.errors import DeliveryError, InputError, PlumblineError
from handlers.ask import Ask
from handlers.desk import Desk
from handlers.feedback.asking import known_features, sees_at
from handlers.feedback.emoji import output_at
from handlers.stories.messages import kept_in
from handlers.views import feedback as views
from handlers.views.kit import View
from handlers.windows import open_window

TRACKING = "Tracking an output"
LISTED = 15


async def open_form(ask: Ask, desk: Desk) -> None:
    """The message shortcut: which feature, which prompt, what was asked."""

    async def form() -> View:
        await desk.require(ask.user, Role.CONTRIBUTOR, TRACKING)
        ts, text = str(ask.message.get("ts") or ""), str(ask.message.get("text") or "").strip()
        if known := await output_at(desk, ask.channel, ts):
            return views.tracked_already(known)
        if not text:
            raise InputError("This message holds no text, so there is nothing to judge.")
        return views.track_form(
            text,
            sorted(await known_features(desk)),
            feature=await _feature_here(desk, ask.channel),
            asked=await _said_before(ask, desk),
            channel=ask.channel,
            ts=ts,
            thread=str(ask.message.get("thread_ts") or ""),
        )

    await open_window(ask, desk, "Track this output", form)


async def _feature_here(desk: Desk, channel: str) -> str:
    """The feature whose channel this is, or the only one there is."""
    watched = await desk.services.features.all()
    here = [each.name for each in watched if channel in each.channels] or [each.name for each in watched]
    return here[0] if len(here) == 1 else ""


async def _said_before(ask: Ask, desk: Desk) -> str:
    """What was said in the thread just before the message: mostly that is what was asked."""
    ts, thread = str(ask.message.get("ts") or ""), str(ask.message.get("thread_ts") or "")
    if not thread or thread == ts:
        return ""
    try:
        said = await desk.slack.thread(ask.channel, thread)
    except DeliveryError:  # I may not read there; they can type it
        return ""
    before = [str(each.get("text") or "") for each in said if float(each["ts"]) < float(ts)]
    return before[-1] if before else ""


async def check_form(ask: Ask, desk: Desk) -> Mapping[str, str]:
    """Errors by block id."""
    reference = str(ask.values.get("prompt") or "").strip()
    if reference:
        try:
            await desk.services.prompts.get(reference)
        except PlumblineError as error:
            return {"prompt": f"{error.message} Leave it empty where it is none of ours."}
    return {}


async def track(ask: Ask, desk: Desk) -> None:
    await desk.require(ask.user, Role.CONTRIBUTOR, TRACKING)
    name = str(await desk.step("track", _track, ask, desk))
    thread = str(ask.private.get("thread") or ask.private.get("ts") or "")
    reads = bool(ask.channel) and await desk.slack.is_here(ask.channel)
    await desk.answer(replace(ask, message={"thread_ts": thread}), views.tracked_note(name, reads=reads))


async def _track(ask: Ask, desk: Desk) -> str:
    """Kept with where it was said, so that it is shown only to who may be there; returns its name. A
    conversation among people, which I cannot name, counts as this person's with me."""
    origin = await kept_in(ask, desk)
    place = ask.channel or origin
    ts, asked = str(ask.private.get("ts") or ""), str(ask.values.get("asked") or "").strip()
    output = TrackedOutput(
        name=message_name(place, ts),
        text=await _words(ask, desk, ts),
        feature=str(ask.values.get("feature") or ""),
        input={"asked": asked} if asked else {},
        channel=origin,
        created_at=datetime.fromtimestamp(float(ts), UTC),
        tracked_by=ask.user,
        **await _made_by(desk, str(ask.values.get("prompt") or "").strip()),
    )
    return (await desk.services.outputs.track(output, (place, ts))).name


async def _words(ask: Ask, desk: Desk, ts: str) -> str:
    """The whole message where I may read it; else as much of it as the form could carry."""
    kept = str(ask.private.get("text") or "")
    try:
        said = await desk.slack.thread(ask.channel, str(ask.private.get("thread") or ts))
    except DeliveryError:
        return kept
    return next((str(each.get("text") or "") for each in said if str(each.get("ts")) == ts), "") or kept


async def _made_by(desk: Desk, reference: str) -> dict[str, Any]:
    if not reference:
        return {}
    found = await desk.services.prompts.get(reference)
    return {"prompt": found.reference, "fingerprint": found.fingerprint}


async def list_tracked(ask: Ask, desk: Desk) -> None:
    """/plumb fb track: what is tracked here, and how to track more."""
    await desk.require(ask.user, Role.VIEWER, "Reading feedback")
    every = [each for each in await desk.services.outputs.all() if each.kind == "message"]
    seen = set(await sees_at(ask, desk)({each.channel for each in every}))
    shown = [each for each in every if each.channel in seen and _is_here(each, ask)]
    lines = [
        views.TrackedLine(each, await desk.services.feedback.tally(each.name)) for each in shown[:LISTED]
    ]
    await desk.answer(ask, views.tracked_list(lines, len(shown), elsewhere=ask.in_direct_messages))


def _is_here(output: TrackedOutput, ask: Ask) -> bool:
    """In direct messages whatever they may see, in a channel what was said there."""
    return ask.in_direct_messages or output.name.startswith(f"message:{ask.channel}/")
