"""What happened at the sandbox between two moments, as steps that a person or a script can read."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from bot.sandbox import Sandbox

Json = dict[str, Any]
SPOKEN = {"chat.postMessage": "message", "chat.update": "update", "chat.postEphemeral": "private message"}
WINDOWS = {"views.open": "modal", "views.update": "modal", "views.push": "modal", "views.publish": "home"}
PLACES = ("channel", "user", "user_id", "ts", "thread_ts", "view_id")


@dataclass(frozen=True, slots=True)
class Received:
    """One thing that reached Slack: ``what`` is message, update, private message, modal, home, file or mark;
    ``body`` holds its text, blocks or view."""

    what: str
    text: str
    body: Json


@dataclass(slots=True)
class Step:
    """What somebody did and what came of it. ``ack_ms``: from delivery to the bot's ack, per delivery."""

    number: int
    person: str
    did: str
    received: list[Received] = field(default_factory=list)
    ack_ms: list[float] = field(default_factory=list)

    def as_json(self) -> Json:
        return asdict(self)


def read(sandbox: Sandbox, step: Step, after: int) -> None:
    """Fills a step from the log entries numbered above ``after``."""
    for entry in sandbox.log.since(after):
        if entry["kind"] == "delivery" and entry.get("acked") and entry.get("ms") is not None:
            step.ack_ms.append(round(float(entry["ms"]), 1))
        step.received.extend(_received(entry))


def _received(entry: Mapping[str, Any]) -> Iterable[Received]:
    if entry["kind"] == "response_url":
        body = entry.get("body") or {}
        yield Received("private message", str(body.get("text") or ""), dict(body))
    if entry["kind"] != "api" or not (entry.get("answer") or {}).get("ok"):
        return
    method, given = str(entry["method"]), entry.get("arguments") or {}
    if method in SPOKEN:
        body = {"blocks": given.get("blocks") or [], **_place(given)}
        yield Received(SPOKEN[method], str(given.get("text") or ""), body)
    elif method in WINDOWS:
        view = given.get("view") or {}
        yield Received(WINDOWS[method], _title(view), {"view": view, **_place(given)})
    elif method == "files.completeUploadExternal":
        for file in entry["answer"].get("files") or []:
            yield Received("file", str(file.get("name") or ""), {"file": file, **_place(given)})
    elif method in {"reactions.add", "reactions.remove"}:
        yield Received("mark", str(given.get("name") or ""), dict(given))


def _place(given: Mapping[str, Any]) -> Json:
    return {name: given[name] for name in PLACES if given.get(name)}


def _title(view: Any) -> str:
    title = view.get("title") if isinstance(view, Mapping) else None
    return str(title.get("text") or "") if isinstance(title, Mapping) else "App Home"
