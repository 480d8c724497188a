"""Files: coming in, going out, and how a browser may show them."""

import mimetypes
from pathlib import PurePosixPath
from urllib.parse import quote

from aiohttp import web

from bot.sandbox.errors import SlackError
from bot.sandbox.hub import Hub
from bot.sandbox.model import JSON, File

LARGEST = 64 * 2**20
IMAGES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
TEXTS = ("text/", "application/json", "application/x-ndjson", "application/yaml")


def safe_name(name: str) -> str:
    """The last part of a path, without signs that would end a header or a line."""
    plain = PurePosixPath(name.replace("\\", "/")).name
    return "".join(sign for sign in plain if sign.isprintable() and sign not in '"<>')[:200] or "file"


def new_file(hub: Hub, team_id: str, user_id: str, name: str, data: bytes = b"", mimetype: str = "") -> File:
    """``data`` may come later; see ``complete``."""
    name = safe_name(name)
    guessed = mimetype or mimetypes.guess_type(name)[0] or "application/octet-stream"
    file = File(hub.ids.new("F"), team_id, user_id, name, name, guessed, int(hub.ids.now()), data)
    hub.world.files[file.id] = file
    return file


async def take_upload(hub: Hub, request: web.Request) -> web.Response:
    """The upload URL: raw bytes or a multipart form; answers text/plain as Slack does."""
    file = hub.world.files.get(request.match_info["file_id"])
    if file is None or file.complete:
        return web.Response(status=404, text="no such upload")
    if request.content_type == "multipart/form-data":
        parts = [part for part in (await request.post()).values() if isinstance(part, web.FileField)]
        file.data = parts[0].file.read() if parts else b""
    else:
        file.data = await request.read()
    hub.log.add("upload", id=file.id, name=file.name, size=len(file.data))
    return web.Response(text=f"OK - {len(file.data)}")


def download(hub: Hub, request: web.Request) -> web.Response:
    """For the app: only with the token of the workspace the file is in."""
    file = hub.world.files.get(request.match_info["file_id"])
    token = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    team = hub.team_of_token(token)
    if file is None:
        return web.Response(status=404, text="no such file")
    if team is None or team.id != file.team_id:
        return web.Response(status=403, text="this file needs the bot's token")
    hub.log.add("download", id=file.id, name=file.name)
    return web.Response(body=file.data, headers=_headers(file, "attachment", file.mimetype))


def preview(hub: Hub, file_id: str, *, attachment: bool) -> web.Response:
    """For the page: images, texts and PDFs are shown, everything else is handed over as a file."""
    file = hub.world.files.get(file_id)
    if file is None:
        raise SlackError("file_not_found")
    if file.mimetype.startswith(TEXTS):
        shown = "text/plain; charset=utf-8"
    elif file.mimetype in IMAGES or file.mimetype == "application/pdf":
        shown = file.mimetype
    else:
        shown = ""
    inline = bool(shown) and not attachment
    return web.Response(
        body=file.data,
        headers=_headers(file, "inline" if inline else "attachment", shown or "application/octet-stream"),
    )


def _headers(file: File, disposition: str, content_type: str) -> dict[str, str]:
    policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
    if content_type != "application/pdf":  # browsers show no PDF inside a sandboxed frame
        policy += "; sandbox"
    return {
        "Content-Type": content_type,
        "Content-Disposition": f"{disposition}; filename*=UTF-8''{quote(file.name)}",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": policy,
        "Cross-Origin-Resource-Policy": "same-origin",
    }


async def receive(hub: Hub, request: web.Request, user_id: str, team_id: str) -> tuple[list[File], JSON]:
    """A person's upload: the files, and the form's other fields."""
    fields: JSON = {}
    files: list[File] = []
    form = await request.post()
    for name, value in form.items():
        if isinstance(value, web.FileField):
            file = new_file(hub, team_id, user_id, value.filename, value.file.read(), value.content_type)
            file.complete = True
            files.append(file)
        else:
            fields[name] = value
    if not files:
        raise SlackError("no_file_data")
    return files, fields
