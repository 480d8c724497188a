"""Heavy work by name, as the workshop runs it: plain values in, small plain values out."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from bot.bootstrap import Services
from bot.domain.themes import Theme
from bot.domain.tickets import RawTicket
from bot.importers import Limits, LogFile, open_log
from bot.services.progress import Progress
from bot.services.themes import Themes, ThemesWanted
from bot.services.tickets import Import

Task = Callable[[Services, Mapping[str, Any], Progress], Awaitable[dict[str, Any]]]

CHAT = Limits()  # what people upload in a chat; the command line may take more
SHOWN_PROBLEMS = 20


async def import_file(services: Services, payload: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Import {path, filename, source, channel}; ``channel`` is the private one it came from, or "".

    Raises:
        ImportRefused: the file as a whole cannot be used.
    """
    log = open_log(Path(payload["path"]), filename=payload["filename"], limits=CHAT)
    done = await services.tickets.import_log(
        log,
        source=payload["source"],
        filename=payload["filename"],
        channel=payload.get("channel", ""),
        progress=progress,
    )
    return _imported(done)


async def import_messages(
    services: Services, payload: Mapping[str, Any], progress: Progress
) -> dict[str, Any]:
    """Import {messages: [{id, text, created_at, requester}], source, channel}; ``created_at`` in seconds
    since 1970 or ISO 8601."""
    tickets = [
        RawTicket(
            row=number,
            ticket_id=str(message["id"]),
            text=message["text"],
            created_at=_moment(message.get("created_at")),
            requester=message.get("requester") or None,
        )
        for number, message in enumerate(payload["messages"], 1)
        if message["text"].strip()
    ]
    done = await services.tickets.import_log(
        LogFile("messages", iter(tickets), []),
        source=payload["source"],
        filename=f"{len(tickets)} messages",
        channel=payload.get("channel", ""),
        progress=progress,
    )
    return _imported(done)


async def audit(services: Services, payload: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Audit {source}; the report as JSON."""
    progress("Auditing", 0, None)
    report = await services.tickets.audit_source(payload["source"])
    return report.model_dump(mode="json")


async def themes(services: Services, payload: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Group {source, granularity, seeds, ticket_ids}; all but the source may be left out."""
    wanted = ThemesWanted(payload.get("granularity", "normal"), tuple(payload.get("seeds", ())))
    found = await services.themes.find(payload["source"], payload.get("ticket_ids"), wanted, progress)
    return {"scope": found.scope, "themes": _themes(found), "tickets": found.tickets}


async def draft(services: Services, payload: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Draft stories for {source, theme_ids, top, override} from the themes found last: the named ones, else
    the largest ``top`` (None: all).

    Raises:
        DraftingStopped: the audit failed and there is no ``override``, the reason to go on all the same.
    """
    source = payload["source"]
    await services.tickets.allow_drafting(source, payload.get("override", ""))
    found = await services.themes.newest(source) or await services.themes.find(source, progress=progress)
    chosen = found.choose(payload.get("theme_ids") or (), payload.get("top"))
    done = await services.stories.draft(found, chosen, progress)
    return {
        "stories": [story.id for story in done.stories],
        "failures": [
            {"theme_id": theme.id, "name": theme.name, "message": error.message, "hint": error.hint}
            for theme, error in done.failures
        ],
    }


TASKS: Mapping[str, Task] = MappingProxyType(
    {
        "import": import_file,
        "import_messages": import_messages,
        "audit": audit,
        "themes": themes,
        "draft": draft,
    }
)


def _imported(done: Import) -> dict[str, Any]:
    report, grading = done.report, done.audit
    return {
        "source": report.source,
        "kind": report.kind,
        "tickets": len(done.ticket_ids),
        "accepted": report.accepted,
        "skipped": report.skipped,
        "duplicates": report.duplicates,
        "problems": [
            {"row": problem.row, "code": problem.code, "reason": problem.reason}
            for problem in report.problems[:SHOWN_PROBLEMS]
        ],
        "notes": list(report.notes),
        "grade": grading.grade,
        "failed": grading.failed,
        "reasons": [
            {"severity": str(reason.severity), "sentence": reason.sentence, "fix": reason.fix}
            for reason in grading.reasons
        ],
    }


def _themes(found: Themes) -> list[dict[str, Any]]:
    return [
        {**_theme(theme), "trend": dumped["trend"]}
        for theme, dumped in zip(found.themes, found.as_json(), strict=True)
    ]


def _theme(theme: Theme) -> dict[str, Any]:
    return {
        "id": theme.id,
        "name": theme.name,
        "quote": theme.quote,
        "quote_id": theme.quote_id,
        "tickets": theme.tickets,
        "requesters": theme.requesters,
        "emerging": theme.emerging,
        "parent": theme.parent,
    }


def _moment(value: float | str | None) -> datetime | None:
    if value is None or value == "":
        return None
    if isinstance(value, str):
        moment = datetime.fromisoformat(value)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return datetime.fromtimestamp(value, UTC)
