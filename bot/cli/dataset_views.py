"""How sets, cases, candidates and changes are shown: tables for people, JSON for programs."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from bot.cli.output import console, print_json, print_table
from bot.domain.datasets import (
    Candidate,
    Dataset,
    DatasetLine,
    Diff,
    Version,
    case_to_json,
    needs_answer,
)
from bot.domain.datasets.slices import FEWEST, slice_counts
from bot.domain.experiments.cells import Case
from bot.domain.inert import clean

if TYPE_CHECKING:
    from bot.services.datasets import Proposal

WIDEST = 160  # characters of a cell
LISTED = 5  # cases or rows that a preview shows


def line_as_json(line: DatasetLine) -> dict[str, Any]:
    return {**asdict(line), "changed_at": line.changed_at.isoformat()}


def set_as_json(found: Dataset, versions: Sequence[Version]) -> dict[str, Any]:
    return {
        "name": found.name,
        "version": found.version,
        "cases": [case_to_json(case) for case in found.cases],
        "scoring": asdict(found.scoring),
        "slices": [{**asdict(count), "enough": count.enough} for count in slice_counts(found.cases)],
        "versions": [{**asdict(each), "created_at": each.created_at.isoformat()} for each in versions],
    }


def proposal_as_json(proposal: "Proposal", version: Version | None) -> dict[str, Any]:
    """``kept``: whether the version is there now."""
    return {
        "set": proposal.name,
        "version": version.number if version else proposal.base,
        "kept": version is not None,
        "cases": len(proposal.cases),
        "added": [case.id for case in proposal.diff.added],
        "changed": [{"id": edit.after.id, "fields": list(edit.fields)} for edit in proposal.diff.changed],
        "removed": [case.id for case in proposal.diff.removed],
        "duplicates": proposal.duplicates,
        "conflicts": [{"case": case_to_json(x.case), "with": x.with_id} for x in proposal.conflicts],
        "problems": [{"row": x.row, "field": x.code, "reason": x.reason} for x in proposal.problems],
        "redacted": dict(proposal.removed),
        "scoring": asdict(proposal.scoring),
        "notes": list(proposal.notes),
    }


def candidates_as_json(candidates: Iterable[Candidate]) -> list[dict[str, Any]]:
    return [
        {
            "number": each.number,
            "why": each.why,
            "state": each.state.value,
            "proposed_by": each.proposed_by,
            "proposed_at": each.proposed_at.isoformat(),
            "decided_by": each.decided_by,
            "reason": each.reason,
            "case": case_to_json(each.case),
        }
        for each in candidates
    ]


def print_lines(lines: Sequence[DatasetLine]) -> None:
    rows = [
        (
            x.name,
            f"@{x.version}" if x.version else "–",
            x.cases,
            x.candidates,
            f"{x.changed_at:%Y-%m-%d %H:%M}",
        )
        for x in lines
    ]
    print_table("Sets of cases", ["Set", "Version", "#Cases", "#Candidates", "Changed (UTC)"], rows)


def print_cases(found: Dataset, versions: Sequence[Version], most: int) -> None:
    """The first cases, how they would be scored, what slices hold and how the set came to be."""
    _print_table(f"{found.reference}: {len(found.cases):,} cases", found.cases[:most])
    if len(found.cases) > most:
        print(f"  … and {len(found.cases) - most:,} more (--most N, or --format json)")
    print_sentences("", found.scoring.sentences())
    for count in slice_counts(found.cases):
        few = "" if count.enough else f", too few to judge (under {FEWEST})"
        _say(f"  {count.column} = {count.value}: {count.n:,}{few}")
    for each in reversed(versions[-LISTED:]):
        changes = f"+{each.added} ~{each.changed} -{each.removed}"
        _say(f"  @{each.number} {each.created_at:%Y-%m-%d} {each.author} {changes} {each.note}")


def print_proposal(proposal: "Proposal") -> None:
    print_sentences("", proposal.sentences())
    if proposal.diff.added:
        _print_table("Added", proposal.diff.added[:LISTED])
    for problem in proposal.problems[:LISTED]:
        _say(f"  row {problem.row}, {problem.code}: {problem.reason}")


def print_candidates(name: str, candidates: Sequence[Candidate]) -> None:
    rows = [(x.number, _input(x.case), _answer(x.case), x.why, _state(x)) for x in candidates]
    title = f"{len(rows)} candidates" + (f" of {name}" if name else "")
    print_table(title, ["#No", "Input", "Expected", "Why", "State"], rows)


def print_diff(diff: Diff, *, as_json: bool) -> None:
    if as_json:
        print_json(
            {
                "added": [case_to_json(case) for case in diff.added],
                "changed": [
                    {
                        "before": case_to_json(x.before),
                        "after": case_to_json(x.after),
                        "fields": list(x.fields),
                    }
                    for x in diff.changed
                ],
                "removed": [case_to_json(case) for case in diff.removed],
            }
        )
        return
    _say(f"{diff}.")
    rows = [("+", case.id, _input(case), _answer(case)) for case in diff.added]
    for edit in diff.changed:
        rows += [("~", edit.after.id, name, f"{_field(edit.before, name)} -> {_field(edit.after, name)}")
                 for name in edit.fields]  # fmt: skip
    rows += [("-", case.id, _input(case), _answer(case)) for case in diff.removed]
    if rows:
        print_table("", ["", "Case", "Input or field", "Expected, or before -> after"], rows)


def print_sentences(title: str, sentences: Iterable[str]) -> None:
    if title:
        _say(title)
    for sentence in sentences:
        _say(f"  {sentence}")


def _print_table(title: str, cases: Sequence[Case]) -> None:
    rows = [(case.id, _input(case), _answer(case), case.origin) for case in cases]
    print_table(title, ["Case", "Input", "Expected", "From"], rows)


def _input(case: Case) -> str:
    values = [str(value) for value in case.vars.values()]
    return _cut(values[0] if len(values) == 1 else "; ".join(f"{k}: {v}" for k, v in case.vars.items()))


def _answer(case: Case) -> str:
    if needs_answer(case):
        return "needs an answer"
    return _cut(case.expected or ", ".join(f"{x.type} {x.value or ''}".strip() for x in case.assertions))


def _field(case: Case, name: str) -> str:
    value = case_to_json(case).get({"assertions": "assert", "description": "note"}.get(name, name), "")
    return _cut(str(value)) or "(empty)"


def _state(candidate: Candidate) -> str:
    who = f" by {candidate.decided_by}" if candidate.decided_by else ""
    return candidate.state.value + who + (f": {candidate.reason}" if candidate.reason else "")


def _cut(text: str) -> str:
    line = clean(text)
    return line if len(line) <= WIDEST else f"{line[: WIDEST - 1]}…"


def _say(text: str) -> None:
    console().print(text, markup=False)
