"""On what grounds a label may move: a verdict or an override, and somebody who did not write the version."""

from collections.abc import Sequence
from typing import Protocol

from bot.domain.prompts import PRODUCTION, ExperimentVerdict, LabelMove, PromptVersion, label_before
from bot.domain.redaction import redact_structured
from bot.errors import InputError, NotAllowed

MAX_WORDS = 500  # characters of a reason


class Verdicts(Protocol):
    """How experiments ended."""

    async def verdict(self, experiment: str) -> ExperimentVerdict | None:
        """By its id, "EX-31"; None where there is none of that id, or it goes on still."""
        ...


def check_verdict(
    version: PromptVersion, label: str, verdict: ExperimentVerdict | None, override: str
) -> None:
    """Production needs an experiment that speaks for exactly this text, or a reason to go without.

    Raises:
        NotAllowed: it has neither.
    """
    if label != PRODUCTION or override:
        return
    reference = str(version.reference)
    if verdict is None:
        raise NotAllowed(
            f"{reference} has no experiment that says it may go to production.",
            hint="Name the experiment that says ship, or say why it goes without one (an override).",
            code="no_verdict",
        )
    if verdict.speaks_for(reference, version.fingerprint):
        return
    about = verdict.candidates.get(reference)
    if about is None:
        why = f"it was about {', '.join(verdict.candidates) or 'no saved prompt'}"
    elif about != version.fingerprint:
        why = f"it ran another text under the name {reference}"
    else:
        why = f"it says {verdict.kind.value}"
    raise NotAllowed(
        f"{verdict.experiment} does not speak for {reference}: {why}.",
        hint="Run an experiment on this version, or say why it goes without one (an override).",
        code="no_verdict",
    )


def check_reviewer(version: PromptVersion, by: str, alone: str, people: Sequence[str]) -> str:
    """The reviewer did not write the version. Where nobody else works here, ``alone`` says why that will do;
    returned where it was needed.

    Raises:
        NotAllowed: the author reviews, and others could.
    """
    if not same_person(by, version.author):
        return ""
    if not alone:
        raise NotAllowed(
            f"{version.reference} is yours, so somebody else has to review it.",
            hint="Ask a reviewer to promote it.",
            code="own_prompt",
        )
    others = [person for person in people if not same_person(by, person)]
    if others:
        raise NotAllowed(
            f"You do not work alone here: {', '.join(others[:5])} could review {version.reference}.",
            hint="Ask one of them to promote it.",
            code="own_prompt",
        )
    return alone


def rollback_target(name: str, label: str, moves: Sequence[LabelMove], to: int | None) -> int:
    """The version to go back to; ``moves`` of this label, oldest first.

    Raises:
        InputError: there is none, or the label never stood on the one that is asked for.
    """
    been = [move.to_version for move in moves]
    if not been:
        raise InputError(f"No version of {name} is in {label}.", hint="Promote one first.")
    target = to if to is not None else label_before(moves, label)
    if target is None:
        raise InputError(
            f"{name}@{been[-1]} is the first version of {name} in {label}; there is nothing to go back to.",
            hint="Promote another version.",
        )
    if target not in been:
        others = sorted(set(been) - {been[-1]})
        raise InputError(
            f"{name}@{target} never was in {label}, so going there is no rollback.",
            hint=f"It can go back to {_listed(others)}." if others else f"Promote {name}@{target}.",
        )
    return target


def done_before(
    last: LabelMove, kind: str, by: str, reason: str, expected: int | None, to: int | None
) -> bool:
    """Whether the last move is this very one, asked for again: the same person, from where they saw it."""
    same = (last.kind, last.by, last.reason) == (kind, by, reason)
    return same and expected == (last.from_version or 0) and to in (None, last.to_version)


def check_standing(move: LabelMove, last: LabelMove | None, expected: int | None) -> None:
    """The label stands where the person saw it, and not where it is to go.

    Raises:
        InputError: it was moved in between, or is there already.
    """
    now = last.to_version if last else 0
    if last is not None and now == move.to_version:
        raise InputError(
            f"{move.name}@{now} is in {move.label} already, since {last.at:%d %b %Y %H:%M} UTC by {last.by}.",
            code="already_there",
        )
    if expected is not None and expected != now:
        moved = f"{last.by} moved it to {move.name}@{now}" if last else "it stands nowhere"
        raise InputError(
            f"{move.label} of {move.name} is not where you saw it: {moved}. Nothing was changed.",
            hint="Look at it again, then decide.",
            code="moved_meanwhile",
        )


def same_person(one: str, other: str) -> bool:
    """Slack's ids are equal or not; names are typed, and Ana is ana."""
    return one.strip().casefold() == other.strip().casefold()


def words(text: str, what: str, *, needed: bool = False) -> str:
    """A reason or note on one line, redacted.

    Raises:
        InputError: too long, or there is none and it is ``needed``.
    """
    line = " ".join(text.split())
    if needed and not line:
        raise InputError(f"{what} is missing.", hint="One sentence will do; it is kept in the log.")
    if len(line) > MAX_WORDS:
        raise InputError(f"{what} has {len(line)} characters; at most {MAX_WORDS} are kept.")
    return redact_structured(line)


def _listed(versions: Sequence[int]) -> str:
    return ", ".join(map(str, versions))
