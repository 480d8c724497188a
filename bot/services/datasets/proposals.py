"""What a change of a set would do, to be shown before anything is done."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.domain.datasets import Conflict, Diff, Scoring, answered, differences, merged
from bot.domain.experiments.cells import Case
from bot.domain.tickets import RowProblem


@dataclass(frozen=True, slots=True)
class Proposal:
    """The next version of a set, not kept yet. ``base`` is the version it follows, 0 for a new set; ``cases``
    are all of the next one. ``channel`` is the private one that new cases come from; ``source`` says where
    from in words. ``removed`` counts personal data taken out by type; ``problems`` are rows left out."""

    name: str
    base: int
    cases: tuple[Case, ...]
    diff: Diff
    scoring: Scoring
    source: str = ""
    channel: str = ""
    duplicates: int = 0
    conflicts: tuple[Conflict, ...] = ()
    removed: Mapping[str, int] = field(default_factory=dict)
    problems: tuple[RowProblem, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def reference(self) -> str:
        """The version that it would make."""
        return f"{self.name}@{self.base + 1}"

    def sentences(self) -> tuple[str, ...]:
        """All of it in plain words, what matters most first."""
        return tuple(filter(None, (self._head(), *self.scoring.sentences(), *self._left_out(), *self.notes)))

    def _head(self) -> str:
        if not self.diff:
            return f"Nothing new: {self.name}@{self.base} stays." if self.base else "Nothing to put in."
        return f"{self.reference} would have {len(self.cases):,} cases: {self.diff}."

    def _left_out(self) -> tuple[str, ...]:
        said = []
        if self.duplicates:
            said.append(f"{self.duplicates:,} with an input that is there already: skipped")
        said += [
            f"{each.case.origin or each.case.id} has the input of {each.with_id} and another answer: left out"
            for each in self.conflicts[:3]
        ]
        if len(self.conflicts) > 3:
            said.append(f"… and {len(self.conflicts) - 3:,} more that contradict a case")
        if self.removed:
            kinds = ", ".join(f"{name} {n:,}" for name, n in sorted(self.removed.items()))
            said.append(f"personal data redacted: {kinds}")
        if self.problems:
            rows = "1 row is" if len(self.problems) == 1 else f"{len(self.problems):,} rows are"
            said.append(f"{rows} no case and left out")
        return tuple(said)


@dataclass(frozen=True, slots=True)
class Incoming:
    """Cases on their way into a set, and what is to be said of them; the fields are ``Proposal``'s."""

    cases: Sequence[Case]
    source: str = ""
    channel: str = ""
    removed: Mapping[str, int] = field(default_factory=Counter)
    problems: tuple[RowProblem, ...] = ()
    notes: tuple[str, ...] = ()


def proposed(
    name: str, base: int, before: Sequence[Case], incoming: Incoming, *, replacing: bool = False
) -> Proposal:
    """``incoming`` put into ``before``."""
    done = merged(before, incoming.cases, replacing=replacing)
    return Proposal(
        name=name,
        base=base,
        cases=done.cases,
        diff=differences(before, done.cases),
        scoring=answered(done.cases)[1],
        source=incoming.source,
        channel=incoming.channel,
        duplicates=done.duplicates,
        conflicts=done.conflicts,
        removed=dict(incoming.removed),
        problems=incoming.problems,
        notes=incoming.notes,
    )
