"""Arguments of a Web API call, whichever way they came: query, form, JSON or multipart, GET or POST."""

import json
from typing import Any

from aiohttp import web

from bot.sandbox.errors import SlackError

JSON = dict[str, Any]


async def read_arguments(request: web.Request) -> JSON:
    """One dict; the body wins over the query. A file part is its bytes."""
    arguments: JSON = dict(request.query)
    if not request.can_read_body:
        return arguments
    if request.content_type == "application/json":
        arguments.update(await _json(request))
    else:
        form = await request.post()
        for name, value in form.items():
            arguments[name] = value.file.read() if isinstance(value, web.FileField) else value
    return arguments


async def _json(request: web.Request) -> JSON:
    try:
        body = json.loads(await request.text() or "{}")
    except ValueError as error:
        raise SlackError("invalid_json") from error
    if not isinstance(body, dict):
        raise SlackError("json_not_object")
    return body


def decoded(value: object) -> object:
    """A list or object that a form could only carry as JSON text."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value
