"""What a person presses: buttons, selects, modals, shortcuts, App Home."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.sandbox import inputs
from bot.sandbox.delivery.parcel import Outcome, Parcel
from bot.sandbox.delivery.payloads import interaction, message_container, place
from bot.sandbox.errors import SlackError
from bot.sandbox.hub import Hub
from bot.sandbox.model import JSON, Channel, User
from bot.sandbox.people.saying import channel_of
from bot.sandbox.saying import checked_view
from bot.sandbox.shapes import file_shape, message_shape


@dataclass(slots=True)
class Surface:
    """Where an element stands: in a message or in a view."""

    blocks: list[JSON]
    key: str
    payload: JSON
    channel: Channel | None = None
    message: JSON | None = None
    view: JSON | None = None


async def ask(hub: Hub, user: User, payload: JSON, *, url: str = "") -> Outcome:
    """Sends an interaction; SlackError where the app did not answer in time."""
    outcome = await hub.dispatcher.ask(
        Parcel("interactive", payload["type"], payload, url or hub.app.action_url)
    )
    if not outcome.acked:
        raise SlackError("operation_timeout" if outcome.error == "timeout" else "dispatch_failed")
    return outcome


def _interaction(hub: Hub, user: User, kind: str, **more: Any) -> JSON:
    return interaction(kind, hub.world.teams[user.team_id], hub.app.id, user, **more)


def surface(hub: Hub, user: User, body: JSON) -> Surface:
    if view_id := str(body.get("view_id") or ""):
        view = own_view(hub, user, view_id)
        shown: JSON = {"container": {"type": "view", "view_id": view_id}, "view": dict(view)}
        return Surface(view["blocks"], view_id, shown, view=view)
    channel, ts = channel_of(hub, user, body), str(body.get("ts") or "")
    message = channel.whispered(user.id, ts) or hub.world.message(channel, ts)
    payload: JSON = {"container": message_container(channel, message), "channel": place(channel)}
    if not message.get("ephemeral"):  # Slack keeps no ephemeral messages, so it cannot tell what was in them
        payload["message"] = message_shape(message, metadata=True)
    return Surface(message.get("blocks") or [], f"{channel.id}/{ts}", payload, channel, message)


def own_view(hub: Hub, user: User, view_id: str) -> JSON:
    if view_id not in hub.views.stacks.get(user.id, ()) and view_id != hub.views.homes.get(user.id):
        raise SlackError("view_not_found")
    return hub.views.get(view_id)


async def click(hub: Hub, user: User, body: JSON) -> JSON:
    place_of = surface(hub, user, body)
    block_id, action_id = str(body.get("block_id") or ""), str(body.get("action_id") or "")
    found = inputs.find(place_of.blocks, block_id, action_id)
    if found is None:
        raise SlackError("action_not_found")
    block_id = found[0].get("block_id", "")
    value, offered = body.get("value"), hub.extras.offered.get(place_of.key, {})
    report = inputs.acted(found[1], value, offered)
    if value and report.get("selected_option", value) is None:
        raise SlackError("option_not_found")
    typed = _typed(hub, user, place_of.key, body.get("state"))
    if found[1]["type"] not in inputs.STATELESS:
        typed.setdefault(block_id, {})[action_id] = value
    if typed:
        hub.extras.typed[place_of.key, user.id] = typed
    if not _is_sent(found):
        return {}
    values = {"values": _with_files(hub, inputs.state_of(place_of.blocks, typed, offered))}
    if place_of.view is not None:
        place_of.payload["view"] = {**place_of.view, "state": values}
    action = {
        "action_id": action_id,
        "block_id": block_id,
        **report,
        "action_ts": hub.ids.ts(),
    }
    payload = _interaction(hub, user, "block_actions", **place_of.payload, actions=[action])
    if place_of.view is None:
        payload["state"] = values
    payload["trigger_id"] = hub.triggers.issue(user.id, user.team_id)
    if place_of.channel is not None:
        payload["response_url"] = hub.responses.issue(
            user.team_id, place_of.channel.id, user.id, place_of.message
        )
    await ask(hub, user, payload)
    return {}


def _typed(hub: Hub, user: User, key: str, state: object) -> JSON:
    """What the person put into this surface's inputs: what is remembered, and ``state`` over it."""
    typed = {block_id: dict(values) for block_id, values in hub.extras.typed.get((key, user.id), {}).items()}
    for block_id, values in (state if isinstance(state, dict) else {}).items():
        if isinstance(values, dict):
            typed.setdefault(block_id, {}).update(values)
    return typed


def _is_sent(found: inputs.Found) -> bool:
    """An input tells the app on every change only where ``dispatch_action`` asks for it."""
    block, _ = found
    return block.get("type") != "input" or bool(block.get("dispatch_action"))


def _with_files(hub: Hub, values: JSON) -> JSON:
    """File inputs hold ids; the app is told the files."""
    for reports in values.values():
        for report in reports.values():
            if report["type"] == "file_input":
                files = [hub.world.files[one] for one in report["files"] if one in hub.world.files]
                report["files"] = [file_shape(file, hub.base_url) for file in files]
    return values


async def submit(hub: Hub, user: User, body: JSON) -> JSON:
    view = own_view(hub, user, str(body.get("view_id") or ""))
    key, state = view["id"], body.get("state")
    given = _typed(hub, user, key, state)
    values = _with_files(hub, inputs.state_of(view["blocks"], given, hub.extras.offered.get(key, {})))
    if errors := inputs.missing(view["blocks"], values):
        raise SlackError("invalid_input", errors=errors)
    shown = {**view, "state": {"values": values}}
    urls = list(_response_urls(hub, user, view["blocks"], values))
    payload = _interaction(hub, user, "view_submission", view=shown, response_urls=urls)
    payload["trigger_id"] = hub.triggers.issue(user.id, user.team_id)
    outcome = await ask(hub, user, payload)
    return _respond(hub, user, view, outcome.payload)


def _response_urls(hub: Hub, user: User, blocks: list[JSON], values: JSON) -> Iterator[JSON]:
    """For every channel chosen in a select with ``response_url_enabled``, where to answer."""
    for block, element in inputs.elements(blocks):
        ids = {"block_id": block.get("block_id", ""), "action_id": element.get("action_id", "")}
        report = values.get(ids["block_id"], {}).get(ids["action_id"], {})
        chosen = report.get("selected_conversation") or report.get("selected_channel")
        known = isinstance(chosen, str) and chosen in hub.world.channels
        if known and element.get("response_url_enabled"):
            url = hub.responses.issue(user.team_id, chosen, user.id)
            yield {**ids, "channel_id": chosen, "response_url": url}


def _respond(hub: Hub, user: User, view: JSON, answer: Any) -> JSON:
    """What the app wants done with the modal: no word closes it."""
    action = answer.get("response_action") if isinstance(answer, dict) else None
    team = hub.world.teams[user.team_id]
    if action == "errors":
        raise SlackError("invalid_input", errors=answer.get("errors") or {})
    if action == "update":
        hub.views.update(team, checked_view(answer.get("view")), view["id"])
    elif action == "push":
        hub.views.push(team, user.id, checked_view(answer.get("view")))
    else:
        for closed in hub.views.close(user.id, view["id"], everything=action == "clear"):
            forget(hub, user, closed["id"])
    return {"response_action": action}


async def close(hub: Hub, user: User, body: JSON) -> JSON:
    """Views that asked for it (``notify_on_close``) hear that they were closed."""
    view = own_view(hub, user, str(body.get("view_id") or ""))
    everything = bool(body.get("all") or view["clear_on_close"])
    for closed in hub.views.close(user.id, view["id"], everything=everything):
        forget(hub, user, closed["id"])
        if closed["notify_on_close"]:
            payload = _interaction(hub, user, "view_closed", view=closed, is_cleared=everything)
            hub.dispatcher.background(hub.dispatcher.ask(_parcel(hub, payload)))
    return {}


def forget(hub: Hub, user: User, view_id: str) -> None:
    """What was typed into a closed modal."""
    hub.extras.typed.pop((view_id, user.id), None)
    hub.extras.offered.pop(view_id, None)


def _parcel(hub: Hub, payload: JSON) -> Parcel:
    return Parcel("interactive", payload["type"], payload, hub.app.action_url)


def _shortcut(hub: Hub, body: JSON, kind: str) -> str:
    wanted = str(body.get("callback_id") or "")
    if hub.app.events is not None and not any(
        one.get("callback_id") == wanted and one.get("type") == kind for one in hub.app.shortcuts
    ):
        raise SlackError("shortcut_not_found")
    return wanted


async def shortcut(hub: Hub, user: User, body: JSON) -> JSON:
    callback_id = _shortcut(hub, body, "global")
    payload = _interaction(hub, user, "shortcut", callback_id=callback_id, action_ts=hub.ids.ts())
    payload["trigger_id"] = hub.triggers.issue(user.id, user.team_id)
    await ask(hub, user, payload)
    return {}


async def message_shortcut(hub: Hub, user: User, body: JSON) -> JSON:
    callback_id = _shortcut(hub, body, "message")
    channel, ts = channel_of(hub, user, body), str(body.get("ts") or "")
    message = hub.world.message(channel, ts)
    payload = _interaction(
        hub,
        user,
        "message_action",
        callback_id=callback_id,
        action_ts=hub.ids.ts(),
        channel=place(channel),
        message_ts=ts,
        message=message_shape(message),
        response_url=hub.responses.issue(user.team_id, channel.id, user.id),
    )
    payload["trigger_id"] = hub.triggers.issue(user.id, user.team_id)
    await ask(hub, user, payload)
    return {}


async def home(hub: Hub, user: User, body: JSON) -> JSON:
    """Opens the app; whatever it publishes comes as a live frame."""
    tab = "messages" if body.get("tab") == "messages" else "home"
    team = hub.world.teams[user.team_id]
    channel = hub.world.open_im(team.id, user.id, team.bot_user)
    event: JSON = {
        "type": "app_home_opened",
        "user": user.id,
        "channel": channel.id,
        "tab": tab,
        "event_ts": hub.ids.ts(),
    }
    if tab == "home" and (view := hub.views.home(user.id)):
        event["view"] = dict(view)
    if hub.app.hears("app_home_opened"):
        hub.tell(team, event)
    return {"channel": channel.id}


async def suggest(hub: Hub, user: User, body: JSON) -> JSON:
    """An external select asks the app for options; they are remembered for the click that follows."""
    place_of = surface(hub, user, body)
    block_id, action_id = str(body.get("block_id") or ""), str(body.get("action_id") or "")
    if inputs.find(place_of.blocks, block_id, action_id) is None:
        raise SlackError("action_not_found")
    payload = _interaction(
        hub,
        user,
        "block_suggestion",
        **place_of.payload,
        action_id=action_id,
        block_id=block_id,
        value=str(body.get("query") or ""),
    )
    outcome = await ask(hub, user, payload, url=hub.app.options_url)
    answer = outcome.payload if isinstance(outcome.payload, dict) else {}
    offered = hub.extras.offered.setdefault(place_of.key, {})
    offered.update(inputs.options(answer))
    return {name: answer[name] for name in ("options", "option_groups") if name in answer}
