"""views.* and what App Home shows."""

from bot.sandbox.delivery.triggers import Trigger
from bot.sandbox.errors import SlackError
from bot.sandbox.methods.call import Call, Method
from bot.sandbox.model import JSON
from bot.sandbox.saying import checked_view


def _trigger(call: Call) -> Trigger:
    given = call.text("trigger_id") or call.text("interactivity_pointer")
    return call.hub.triggers.exchange(given, call.team.id)


def _wish(call: Call, kind: str = "") -> JSON:
    view = checked_view(call.arguments.get("view"))
    if kind and view.get("type") != kind:
        raise SlackError("invalid_arguments", f"[ERROR] must be a {kind} [json-pointer:/view/type]")
    return view


async def open_view(call: Call) -> JSON:
    wish = _wish(call, "modal")
    trigger = _trigger(call)
    return {"view": dict(call.hub.views.open(call.team, trigger.user_id, wish))}


async def push_view(call: Call) -> JSON:
    wish = _wish(call, "modal")
    trigger = _trigger(call)
    return {"view": dict(call.hub.views.push(call.team, trigger.user_id, wish))}


async def update_view(call: Call) -> JSON:
    wish = _wish(call)
    view = call.hub.views.update(
        call.team, wish, call.text("view_id"), call.text("external_id"), call.text("hash")
    )
    return {"view": dict(view)}


async def publish_view(call: Call) -> JSON:
    wish = _wish(call, "home")
    user = call.user(call.required("user_id"))
    return {"view": dict(call.hub.views.publish(call.team, user.id, wish, call.text("hash")))}


METHODS = {
    "views.open": Method(open_view, tier=4),
    "views.push": Method(push_view, tier=4),
    "views.update": Method(update_view, tier=4),
    "views.publish": Method(publish_view, tier=4),
}
