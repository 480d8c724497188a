"""files.*: uploads in three steps, and what became of them."""

from bot.sandbox.errors import SlackError
from bot.sandbox.methods.call import Call, Method
from bot.sandbox.model import JSON, Channel, File
from bot.sandbox.saying import checked
from bot.sandbox.shapes import file_shape
from bot.sandbox.uploads import LARGEST, new_file

READ, WRITE = ("files:read",), ("files:write",)


async def get_upload_url(call: Call) -> JSON:
    name, length = call.required("filename"), call.number("length")
    if length <= 0:
        raise SlackError("invalid_arguments", "[ERROR] length must be above 0 [json-pointer:/length]")
    if length > LARGEST:
        raise SlackError("file_upload_size_restricted")
    file = new_file(call.hub, call.team.id, call.bot, name)
    file.alt = call.text("alt_txt") or call.text("alt_text")
    return {"file_id": file.id, "upload_url": f"{call.hub.base_url}/upload/{file.id}"}


async def complete_upload(call: Call) -> JSON:
    wishes = call.data("files")
    if not isinstance(wishes, list) or not wishes:
        raise SlackError("invalid_arguments", "[ERROR] missing required field: files")
    files = [_finished(call, wish) for wish in wishes]
    channels = [_channel(call, one) for one in _where(call)]
    for file in files:
        file.complete = True
    for channel in channels:
        _share(call, channel, files)
    return {"files": [file_shape(file, call.hub.base_url) for file in files]}


def _finished(call: Call, wish: object) -> File:
    file = call.world.files.get(str(wish.get("id")) if isinstance(wish, dict) else "")
    if file is None or file.team_id != call.team.id or file.complete:
        raise SlackError("file_not_found")
    if not file.data:
        raise SlackError("file_upload_not_complete")
    if isinstance(wish, dict) and wish.get("title"):
        file.title = str(wish["title"])
    return file


def _where(call: Call) -> list[str]:
    return (
        [call.text("channel_id")]
        if call.text("channel_id")
        else [one for one in call.names("channels") if one]
    )


def _channel(call: Call, channel_id: str) -> Channel:
    call.arguments["channel"] = channel_id
    return call.own_channel()


def _share(call: Call, channel: Channel, files: list[File]) -> None:
    """Posts one message with all of them."""
    message: JSON = {
        **call.hub.author(call.team),
        "subtype": "file_share",
        "upload": True,
        "text": call.text("initial_comment"),
        "files": [file_shape(file, call.hub.base_url) for file in files],
    }
    if call.data("blocks"):
        message |= checked({"blocks": call.arguments["blocks"]})
    if call.text("thread_ts"):
        message["thread_ts"] = call.text("thread_ts")
    posted = call.world.post(channel, message)
    for file in files:
        file.shares.append((channel.id, posted["ts"]))
    posted["files"] = [file_shape(file, call.hub.base_url) for file in files]


def _file(call: Call) -> File:
    file = call.world.files.get(call.required("file"))
    if file is None or file.team_id != call.team.id:
        raise SlackError("file_not_found")
    return file


def _shape(call: Call, file: File) -> JSON:
    """With where it was shared, by kind of channel."""
    shape = file_shape(file, call.hub.base_url)
    shares: JSON = {}
    for channel_id, ts in file.shares:
        if channel := call.world.channels.get(channel_id):
            kind = "public" if channel.kind == "channel" else "private"
            share = {"ts": ts, "channel_name": channel.name, "team_id": channel.team_id}
            shares.setdefault(kind, {}).setdefault(channel_id, []).append(share)
    return {**shape, "shares": shares}


async def info(call: Call) -> JSON:
    return {"file": _shape(call, _file(call)), "comments": [], "response_metadata": {"next_cursor": ""}}


async def listing(call: Call) -> JSON:
    channel, user = call.text("channel"), call.text("user")
    found = [
        file_shape(file, call.hub.base_url)
        for file in reversed(call.world.files.values())
        if file.team_id == call.team.id
        and file.complete
        and user in ("", file.user)
        and (not channel or any(where == channel for where, _ in file.shares))
    ]
    count, page = max(1, min(call.number("count", 100), 1000)), max(1, call.number("page", 1))
    paging = {"count": count, "total": len(found), "page": page, "pages": -(-len(found) // count)}
    return {"files": found[(page - 1) * count : page * count], "paging": paging}


async def delete(call: Call) -> JSON:
    """The file goes, and from its messages too."""
    file = _file(call)
    if file.user != call.bot:
        raise SlackError("cant_delete_file")
    del call.world.files[file.id]
    for channel_id, ts in file.shares:
        channel = call.world.channels.get(channel_id)
        if channel is not None and ts in channel.messages:
            left = [one for one in channel.messages[ts].get("files", []) if one["id"] != file.id]
            call.world.change(channel, ts, {"files": left or None})
    return {}


METHODS = {
    "files.getUploadURLExternal": Method(get_upload_url, WRITE, tier=4),
    "files.completeUploadExternal": Method(complete_upload, WRITE, tier=4),
    "files.info": Method(info, READ, tier=4),
    "files.list": Method(listing, READ),
    "files.delete": Method(delete, WRITE),
}
