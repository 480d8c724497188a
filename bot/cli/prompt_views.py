"""How prompts look on the command line: tables, marked differences, and their JSON."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rich.text import Text

from bot.cli.output import console, print_table

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.prompts import Finding, LabelMove, PromptDiff, PromptSummary, PromptVersion

MARKS = {"same": ("", "", ""), "removed": ("[-", "-]", "red"), "added": ("{+", "+}", "green")}


def version_json(version: "PromptVersion") -> dict[str, Any]:
    return {
        "name": version.name,
        "version": version.version,
        "labels": list(version.labels),
        "origin": version.origin,
        "system": version.prompt.system,
        "user": version.prompt.user,
        "inputs": list(version.inputs),
        "model": version.model,
        "fingerprint": version.fingerprint,
        "author": version.author,
        "owner": version.owner,
        "note": version.note,
        "created_at": moment(version.created_at),
    }


def summary_json(summary: "PromptSummary") -> dict[str, Any]:
    newest = summary.newest
    return {
        "name": summary.name,
        "newest": newest.version,
        "versions": summary.versions,
        "labels": dict(summary.labels),
        "origin": newest.origin,
        "owner": newest.owner,
        "inputs": list(newest.inputs),
        "changed_at": moment(newest.created_at),
    }


def move_json(move: "LabelMove") -> dict[str, Any]:
    return {
        "name": move.name,
        "label": move.label,
        "kind": move.kind,
        "from": move.from_version,
        "to": move.to_version,
        "by": move.by,
        "at": moment(move.at),
        "reason": move.reason,
        "verdict": move.verdict,
        "override": move.override,
        "alone": move.alone,
    }


def finding_json(finding: "Finding") -> dict[str, Any]:
    return {"code": finding.code, "line": finding.line, "message": finding.message}


def diff_json(diff: "PromptDiff") -> dict[str, Any]:
    return {
        "before": str(diff.before.reference),
        "after": str(diff.after.reference),
        "segments": [{"kind": kind, "text": text} for kind, text in diff.segments],
        "new_inputs": list(diff.new_inputs),
        "lost_inputs": list(diff.lost_inputs),
        "model": [diff.before.model, diff.after.model],
    }


def moment(at: "datetime | None") -> str | None:
    return None if at is None else at.isoformat(timespec="seconds")


def print_summaries(summaries: Sequence["PromptSummary"]) -> None:
    rows = [
        (
            summary.name,
            summary.versions,
            _labels(summary.labels),
            summary.newest.origin,
            summary.newest.owner,
            ", ".join(summary.newest.inputs),
        )
        for summary in summaries
    ]
    print_table("Prompts", ["Name", "#Versions", "Labels", "From", "Owner", "Variables"], rows)


def print_versions(versions: Sequence["PromptVersion"]) -> None:
    rows = [
        (
            version.reference,
            ", ".join(version.labels),
            version.author or version.owner,
            _day(version.created_at),
            version.model,
            version.note,
            version.fingerprint[:12],
        )
        for version in versions
    ]
    columns = ["Version", "Labels", "Author", "Saved", "Model", "Note", "Fingerprint"]
    print_table(f"Versions of {versions[0].name}", columns, rows)


def print_version(version: "PromptVersion") -> None:
    """What is known of it, then its text."""
    facts = {
        "labels": ", ".join(version.labels),
        "from": version.origin,
        "author": version.author,
        "owner": version.owner,
        "saved": _day(version.created_at),
        "note": version.note,
        "model": version.model,
        "variables": ", ".join(version.inputs),
        "fingerprint": version.fingerprint,
    }
    say(str(version.reference), style="bold")
    for name, value in facts.items():
        if value:
            say(f"{name:>11}  {value}")
    say("")
    say(version.prompt.body)


def print_log(moves: Sequence["LabelMove"]) -> None:
    rows = [
        (
            f"{move.at:%Y-%m-%d %H:%M}",
            move.name,
            move.label,
            "rolled back" if move.kind == "rollback" else "promoted",
            f"{move.from_version or '–'} → {move.to_version}",
            move.by,
            move.grounds,
        )
        for move in moves
    ]
    print_table("Moves of labels (UTC)", ["When", "Prompt", "Label", "What", "Version", "Who", "Why"], rows)


def print_diff(diff: "PromptDiff") -> None:
    """Removed words in [-…-], added ones in {+…+}; in colour where there is any."""
    text = Text()
    for kind, piece in diff.segments:
        opening, closing, style = MARKS[kind]
        text.append(f"{opening}{piece}{closing}", style=style)
    say(f"{diff.before.reference} → {diff.after.reference}", style="bold")
    if diff.before.model != diff.after.model:
        say(f"model: {diff.before.model or '–'} → {diff.after.model or '–'}")
    for names, what in ((diff.new_inputs, "new"), (diff.lost_inputs, "no longer used")):
        if names:
            say(f"variables {what}: {', '.join(names)}")
    say("")
    console().print(text, soft_wrap=True)


def say(text: str, style: str = "") -> None:
    """Text as it is: nothing in it is markup, and no line is broken."""
    console().print(Text(text, style=style), soft_wrap=True)


def _labels(labels: Any) -> str:
    return ", ".join(f"{label} @{version}" for label, version in sorted(labels.items()))


def _day(at: "datetime | None") -> str:
    return "" if at is None else f"{at:%Y-%m-%d %H:%M} UTC"
