"""A draft's plan, drawn in place: what is done, what runs with its counts, and what went wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from handlers.views.kit import (
    Block,
    Message,
    bold,
    clip,
    context,
    dead,
    faint,
    header,
    line,
    markup,
    message,
    words,
)  # fmt: skip
from handlers.views.kit import rich_text as rich
from handlers.views.twin import SIGNS

Status = Literal["pending", "in_progress", "complete", "error"]

TITLES = {
    "import": "Read and redact",
    "audit": "Audit the data",
    "themes": "Find themes",
    "draft": "Draft stories",
    "check": "Check citations",
}
TASKS = {"import_messages": "import"}  # tasks that are a step under another name
NOTE = 400


@dataclass(frozen=True, slots=True)
class Step:
    """``note``: counts while it runs, then its result, or what failed; ``hint``: what to do about that."""

    key: str
    status: Status = "pending"
    note: str = ""
    hint: str = ""

    @property
    def title(self) -> str:
        return TITLES[self.key]


@dataclass(frozen=True, slots=True)
class DraftPlan:
    """From ``title``, what is drafted from, to stories. Each method gives the plan as it is from then on."""

    title: str
    steps: tuple[Step, ...]
    tickets: int = 0
    summary: str = ""

    @classmethod
    def begin(cls, title: str, *, brings_tickets: bool) -> "DraftPlan":
        """``brings_tickets``: there is something to import first."""
        keys = list(TITLES) if brings_tickets else ["themes", "draft", "check"]
        return cls(title, tuple(Step(key) for key in keys))

    def running(self, key: str) -> "DraftPlan":
        return self._with(key, status="in_progress", note="")

    def at(self, task: str, stage: str, done: int, total: int | None) -> "DraftPlan":
        """What a running task says of itself: "Redacting", 400 of 1,199 (None: nobody knows)."""
        counts = f" {done:,} of {total:,}" if total else f" {done:,}" if done else ""
        key = TASKS.get(task, task)
        return self._with(key, status="in_progress", note=f"{stage}{counts}")

    def imported(self, taken: Mapping[str, Any]) -> "DraftPlan":
        """``taken``: the answer of the import task."""
        plan = self._with("import", status="complete", note=_imported(taken))
        audit = plan._with("audit", status="complete", note=_audited(taken))
        return replace(audit, tickets=int(taken.get("tickets", 0)))

    def grouped(self, found: Mapping[str, Any]) -> "DraftPlan":
        """``found``: counts of tickets and themes, and the names of those that rise."""
        rising = "; rising: " + ", ".join(found["rising"]) if found.get("rising") else ""
        note = f"{_count(found['themes'], 'theme')} in {_count(found['tickets'], 'ticket')}{rising}"
        return replace(self._with("themes", status="complete", note=note), tickets=int(found["tickets"]))

    def drafted(self, done: Mapping[str, Any]) -> "DraftPlan":
        """``done``: ids of the stories, and the themes whose draft failed, with why."""
        stories, failures = list(done.get("stories", ())), list(done.get("failures", ()))
        if not stories:
            why = failures[0]["message"] if failures else "No theme holds enough tickets for a story."
            return self.failed(why, failures[0].get("hint", "") if failures else "Import more tickets.")
        note = _count(len(stories), "story", "stories") + _failed_themes(failures)
        plan = self._with("draft", status="complete", note=note)
        plan = plan._with("check", status="complete", note="Every quote stands word for word in its ticket")
        source = f" from {_count(self.tickets, 'ticket')}" if self.tickets else ""
        summary = f"{_count(len(stories), 'story', 'stories')}{source}, each a first draft for you to judge"
        return replace(plan, summary=summary)

    def failed(self, message_: str, hint: str) -> "DraftPlan":
        """The step that was running, else the next one, failed."""
        open_steps = [step for step in self.steps if step.status != "complete"]
        running = [step for step in open_steps if step.status in {"in_progress", "error"}]
        key = (running or open_steps or list(self.steps[-1:]))[0].key
        plan = self._with(key, status="error", note=message_, hint=hint)
        return replace(plan, summary="Stopped here. What was done until then is kept.")

    def _with(self, key: str, **changes: Any) -> "DraftPlan":
        steps = tuple(replace(step, **changes) if step.key == key else step for step in self.steps)
        return replace(self, steps=steps)


def draft_progress(plan: DraftPlan, *, plain: bool = False) -> Message:
    """``plain``: the same without plan blocks, for workspaces that do not know them yet."""
    title = f"Stories from {plan.title}"
    shown = [header(title), *_lines(plan.steps)] if plain else [_plan(title, plan.steps)]
    if plan.summary:
        shown.append(rich(line(bold(plan.summary))))
    elif not plain or any(step.status == "in_progress" for step in plan.steps):
        shown.append(
            context(markup("You can go on with other things; this message keeps itself up to date."))
        )
    return message(*shown)


def working_elsewhere(title: str) -> Message:
    """Said where the command was typed, when the work shows in direct messages."""
    said = markup("⏳ Working on {}. The results come to you in our direct messages.", title)
    return message(context(said))


def _plan(title: str, steps: Sequence[Step]) -> Block:
    return {"type": "plan", "title": clip(dead(title), 150), "tasks": [_task(step) for step in steps]}


def _task(step: Step) -> Block:
    card: Block = {"type": "task_card", "task_id": step.key, "title": step.title, "status": step.status}
    if step.note and step.status == "in_progress":
        card["details"] = rich(line(words(step.note, most=NOTE)))
    elif step.note:
        hint = f"\n{step.hint}" if step.hint else ""
        card["output"] = rich(line(words(step.note, most=NOTE), words(hint, most=NOTE)))
    return card


def _lines(steps: Sequence[Step]) -> list[Block]:
    shown = []
    for step in steps:
        note = f"  {step.note}" if step.note else ""
        hint = f"\n{step.hint}" if step.hint else ""
        shown.append(
            line(f"{SIGNS[step.status]} ", bold(step.title), faint(note, most=NOTE), words(hint, most=NOTE))
        )
    return [rich(*shown)]


def _imported(taken: Mapping[str, Any]) -> str:
    notes = [_count(int(taken.get("tickets", 0)), "ticket")]
    notes += [f"{taken['skipped']:,} rows kept aside"] if taken.get("skipped") else []
    notes += [f"{taken['duplicates']:,} known already"] if taken.get("duplicates") else []
    return ", ".join(notes)


def _audited(taken: Mapping[str, Any]) -> str:
    reasons = taken.get("reasons") or ()
    first = f": {reasons[0]['sentence']}" if reasons else ""
    more = f" (and {_count(len(reasons) - 1, 'more note')})" if len(reasons) > 1 else ""
    return f"Grade {taken.get('grade') or '–'}{first}{more}"


def _failed_themes(failures: Sequence[Mapping[str, Any]]) -> str:
    if not failures:
        return ""
    first = failures[0]
    rest = f" and {len(failures) - 1} more" if len(failures) > 1 else ""
    return f"; not drafted: {first['name']}{rest}. {first['message']} {first.get('hint', '')}".rstrip()


def _count(n: int, one: str, many: str = "") -> str:
    return f"{n:,} {one if n == 1 else many or one + 's'}"
