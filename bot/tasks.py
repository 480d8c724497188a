"""Heavy work by name, as the workshop runs it: plain values in, small plain values out."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from bot.bootstrap import Services
from bot.domain.datasets.columns import Columns
from bot.domain.themes import Theme
from bot.domain.tickets import RawTicket
from bot.importers import Limits, LogFile, open_log
from bot.services.datasets import Proposal, first_look, keep
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


async def set_preview(services: Services, payload: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """What {path, filename, slices, channel} would make of the set ``set``; nothing is stored."""
    progress("Reading", 0, None)
    return first_look(await _cases_of_file(services, payload))


async def set_add(services: Services, payload: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Keep what a preview with the same payload showed, for ``by``, where the set still is at ``base``.

    Raises:
        InputError: it was changed since.
    """
    progress("Reading", 0, None)
    proposal = await _cases_of_file(services, payload)
    version = await keep(services.datasets, proposal, payload["base"], payload["by"])
    return {"set": proposal.name, "version": version.number if version else 0, "cases": len(proposal.cases)}


async def set_first(services: Services, payload: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """``n`` inputs that stand for the log ``source`` as candidates of ``set``, in its variable ``variable``,
    proposed by ``by``."""
    found = await services.cases.first(
        payload["source"], payload["n"], variable=payload["variable"], progress=progress
    )
    told = [(case, found.source) for case in found.cases]
    done = await services.candidates.propose(payload["set"], told, payload["by"], channel=found.channel)
    return {"new": len(done.candidates), "known": done.known, "notes": list(found.notes)}


async def _cases_of_file(services: Services, payload: Mapping[str, Any]) -> Proposal:
    columns = Columns(slices=tuple(payload["slices"]))
    found = await services.datasets.read(
        Path(payload["path"]), filename=payload["filename"], columns=columns, channel=payload["channel"]
    )
    return await services.datasets.propose(payload["set"], found)


TASKS: Mapping[str, Task] = MappingProxyType(
    {
        "import": import_file,
        "import_messages": import_messages,
        "audit": audit,
        "themes": themes,
        "draft": draft,
        "set_preview": set_preview,
        "set_add": set_add,
        "set_first": set_first,
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
