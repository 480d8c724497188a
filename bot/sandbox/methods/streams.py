"""chat.startStream, appendStream, stopStream: a message that grows while it is written."""

import asyncio
from typing import Any

from bot.sandbox.errors import SlackError
from bot.sandbox.hub import Hub
from bot.sandbox.methods.call import Call, Method
from bot.sandbox.methods.chat import POST
from bot.sandbox.model import JSON, Channel
from bot.sandbox.saying import checked
from bot.sandbox.shapes import message_shape

LIFE_SECONDS = 300.0
LONGEST_APPEND = 12_000
TASK_STATES = ("pending", "in_progress", "complete", "error")


async def start(call: Call) -> JSON:
    channel = call.own_channel()
    thread_ts = call.text("thread_ts")
    if not thread_ts:
        raise SlackError("invalid_arguments", "[ERROR] missing required field: thread_ts")
    if channel.kind != "im":
        for name in ("recipient_team_id", "recipient_user_id"):
            if not call.text(name):
                raise SlackError(f"missing_{name}")
    stream: JSON = {
        "until": call.hub.ids.now() + LIFE_SECONDS,
        "mode": call.text("task_display_mode", "timeline"),
        "parts": [],
    }
    _append(stream, call)
    message = {**call.hub.author(call.team), **_content(stream), "thread_ts": thread_ts, "streaming": True}
    message = call.world.post(channel, message)
    call.hub.extras.streams[channel.id, message["ts"]] = stream
    call.hub.dispatcher.background(_expire(call.hub, channel, message["ts"]))
    return {"channel": channel.id, "ts": message["ts"]}


async def append(call: Call) -> JSON:
    channel, stream = _stream(call)
    if not call.text("markdown_text") and not call.data("chunks"):
        raise SlackError("no_text")
    _append(stream, call)
    call.world.change(channel, call.text("ts"), _content(stream))
    return {"channel": channel.id, "ts": call.text("ts")}


async def stop(call: Call) -> JSON:
    channel, stream = _stream(call)
    _append(stream, call)
    content = _content(stream)
    if call.data("blocks"):
        content["blocks"] = content["blocks"] + checked({"blocks": call.arguments["blocks"]})["blocks"]
    if metadata := call.data("metadata"):
        content["metadata"] = checked({"text": "-", "metadata": metadata})["metadata"]
    message = call.world.change(channel, call.text("ts"), {**content, "streaming": None})
    del call.hub.extras.streams[channel.id, message["ts"]]
    return {"channel": channel.id, "ts": message["ts"], "message": message_shape(message, metadata=True)}


async def _expire(hub: Hub, channel: Channel, ts: str) -> None:
    await asyncio.sleep(LIFE_SECONDS)
    _end(hub, channel, ts)


def _end(hub: Hub, channel: Channel, ts: str) -> None:
    if hub.extras.streams.pop((channel.id, ts), None) and channel.messages.get(ts, {}).get("streaming"):
        hub.world.change(channel, ts, {"streaming": None})


def _stream(call: Call) -> tuple[Channel, JSON]:
    """The stream, while it lives: it ends at stopStream, or after five minutes, even in the middle."""
    channel, ts = call.own_channel(), call.text("ts")
    call.world.message(channel, ts)
    stream = call.hub.extras.streams.get((channel.id, ts))
    if stream is None:
        raise SlackError("message_not_in_streaming_state")
    if call.hub.ids.now() > stream["until"]:
        _end(call.hub, channel, ts)
        raise SlackError("message_not_in_streaming_state")
    return channel, stream


def _append(stream: JSON, call: Call) -> None:
    """Takes in ``markdown_text`` or ``chunks``; both at once are refused."""
    markdown, chunks = call.text("markdown_text"), call.data("chunks") or []
    if markdown and chunks:
        raise SlackError("cannot_provide_both_markdown_text_and_chunks")
    if not isinstance(chunks, list) or not all(isinstance(chunk, dict) for chunk in chunks):
        raise SlackError("invalid_chunks")
    for chunk in [{"type": "markdown_text", "text": markdown}] if markdown else chunks:
        _take(stream["parts"], chunk)


def _take(parts: list[JSON], chunk: JSON) -> None:
    match chunk.get("type"):
        case "markdown_text":
            _take_text(parts, str(chunk.get("text") or ""))
        case "task_update":
            _take_task(parts, chunk)
        case "plan_update":
            _plan_of(parts)["title"] = str(chunk.get("title") or "")
        case "blocks":
            parts.append({"kind": "blocks", "blocks": checked({"blocks": chunk.get("blocks")})["blocks"]})
        case other:
            raise SlackError("invalid_chunks", f"[ERROR] unknown chunk type {other!r}")


def _take_text(parts: list[JSON], text: str) -> None:
    if len(text) > LONGEST_APPEND:
        raise SlackError("msg_too_long")
    if parts and parts[-1]["kind"] == "text":
        parts[-1]["text"] += text
    elif text:
        parts.append({"kind": "text", "text": text})


def _take_task(parts: list[JSON], chunk: JSON) -> None:
    if not chunk.get("id") or not chunk.get("title") or chunk.get("status") not in TASK_STATES:
        raise SlackError(
            "invalid_chunks", f"[ERROR] a task has id, title and status of {', '.join(TASK_STATES)}"
        )
    if not isinstance(chunk.get("sources") or [], list):
        raise SlackError("invalid_chunks", "[ERROR] sources of a task are a list")
    tasks = _plan_of(parts)["tasks"]
    task = next((one for one in tasks if one["task_id"] == chunk["id"]), None)
    if task is None:
        task = {"type": "task_card", "task_id": chunk["id"]}
        tasks.append(task)
    task.update(title=chunk["title"], status=chunk["status"])
    for name in ("details", "output"):
        if chunk.get(name):  # further updates add to what was said
            old = _plain(task.get(name))
            task[name] = _rich(old + str(chunk[name]))
    if chunk.get("sources"):
        task["sources"] = [*task.get("sources", []), *chunk["sources"]]


def _plan_of(parts: list[JSON]) -> JSON:
    for part in parts:
        if part["kind"] == "plan":
            return part
    parts.append({"kind": "plan", "title": "", "tasks": []})
    return parts[-1]


def _plain(rich: JSON | None) -> str:
    return str(rich["elements"][0]["elements"][0]["text"]) if rich else ""


def _rich(text: str) -> JSON:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [section]}


def _content(stream: JSON) -> JSON:
    """The message's text and blocks so far."""
    blocks: list[JSON] = []
    for number, part in enumerate(stream["parts"]):
        blocks += _blocks_of(part, number, stream["mode"])
    text = "".join(part["text"] for part in stream["parts"] if part["kind"] == "text")
    return {"text": text, "blocks": blocks}


def _blocks_of(part: JSON, number: int, mode: str) -> list[JSON]:
    if part["kind"] == "text":
        return [{"type": "markdown", "block_id": f"stream{number}", "text": part["text"]}]
    if part["kind"] == "blocks":
        blocks: list[JSON] = part["blocks"]
        return blocks
    tasks: list[JSON] = [dict(task) for task in part["tasks"]]
    if mode == "plan" or part["title"]:
        plan: dict[str, Any] = {
            "type": "plan",
            "block_id": f"stream{number}",
            "title": part["title"] or "Working",
        }
        return [{**plan, "tasks": tasks}]
    return [{**task, "block_id": f"stream{number}-{task['task_id']}"} for task in tasks]


METHODS = {
    "chat.startStream": Method(start, POST, tier=2),
    "chat.appendStream": Method(append, POST, tier=4),
    "chat.stopStream": Method(stop, POST, tier=2),
}
