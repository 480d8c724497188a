"""pins.* and bookmarks.*: what a channel keeps at hand."""

from bot.sandbox.errors import SlackError
from bot.sandbox.methods.call import Call, Method
from bot.sandbox.model import JSON, Channel
from bot.sandbox.shapes import message_shape


async def pin(call: Call) -> JSON:
    channel, ts = call.own_channel(), call.text("timestamp")
    call.world.message(channel, ts)
    if ts in channel.pins:
        raise SlackError("already_pinned")
    channel.pins[ts] = {"created": int(call.hub.ids.now()), "created_by": call.bot}
    return {}


async def unpin(call: Call) -> JSON:
    if call.own_channel().pins.pop(call.text("timestamp"), None) is None:
        raise SlackError("no_pin")
    return {}


async def pins(call: Call) -> JSON:
    channel = call.own_channel()
    return {
        "items": [
            {
                "type": "message",
                "channel": channel.id,
                "message": message_shape(channel.messages[ts]),
                **pinned,
            }
            for ts, pinned in channel.pins.items()
        ]
    }


async def add_bookmark(call: Call) -> JSON:
    channel = call.own_channel("channel_id")
    kind, link = call.required("type"), call.text("link")
    if kind != "link":
        raise SlackError("invalid_bookmark_type")
    if not link.startswith(("http://", "https://")):
        raise SlackError("invalid_link")
    now = int(call.hub.ids.now())
    bookmark: JSON = {
        "id": call.hub.ids.new("Bk"),
        "channel_id": channel.id,
        "title": call.required("title"),
        "link": link,
        "emoji": call.text("emoji"),
        "icon_url": "",
        "type": kind,
        "entity_id": None,
        "date_created": now,
        "date_updated": 0,
        "rank": str(len(channel.bookmarks)),
        "app_id": call.hub.app.id,
    }
    channel.bookmarks[bookmark["id"]] = bookmark
    return {"bookmark": bookmark}


def _bookmark(call: Call) -> tuple[Channel, JSON]:
    channel = call.own_channel("channel_id")
    bookmark = channel.bookmarks.get(call.required("bookmark_id"))
    if bookmark is None:
        raise SlackError("not_found")
    return channel, bookmark


async def edit_bookmark(call: Call) -> JSON:
    _, bookmark = _bookmark(call)
    for name in ("title", "link", "emoji"):
        if call.text(name):
            bookmark[name] = call.text(name)
    bookmark["date_updated"] = int(call.hub.ids.now())
    return {"bookmark": dict(bookmark)}


async def remove_bookmark(call: Call) -> JSON:
    channel, bookmark = _bookmark(call)
    del channel.bookmarks[bookmark["id"]]
    return {}


async def bookmarks(call: Call) -> JSON:
    return {"bookmarks": list(call.own_channel("channel_id").bookmarks.values())}


METHODS = {
    "pins.add": Method(pin, ("pins:write",), tier=2),
    "pins.remove": Method(unpin, ("pins:write",), tier=2),
    "pins.list": Method(pins, ("pins:read",), tier=2),
    "bookmarks.add": Method(add_bookmark, ("bookmarks:write",), tier=2),
    "bookmarks.edit": Method(edit_bookmark, ("bookmarks:write",), tier=2),
    "bookmarks.remove": Method(remove_bookmark, ("bookmarks:write",), tier=2),
    "bookmarks.list": Method(bookmarks, ("bookmarks:read",)),
}
