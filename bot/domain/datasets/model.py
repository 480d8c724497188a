"""What a dataset is: a name, numbered versions that never change, cases, and candidates that wait."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.domain.datasets.answers import Scoring
from bot.domain.experiments.cells import Case
from bot.errors import InputError

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
_VERSION = re.compile(r"[1-9][0-9]{0,8}")
MAX_CASES = 20_000


@dataclass(frozen=True, slots=True)
class Reference:
    """``refunds@2``; ``version`` None: the newest."""

    name: str
    version: int | None = None

    def __str__(self) -> str:
        return self.name if self.version is None else f"{self.name}@{self.version}"


@dataclass(frozen=True, slots=True)
class Version:
    """One version: who made it, why, and how many cases it added, changed and took out."""

    number: int
    author: str
    note: str
    created_at: datetime
    cases: int
    added: int = 0
    changed: int = 0
    removed: int = 0


@dataclass(frozen=True, slots=True)
class DatasetLine:
    """A set in a list. ``version`` 0: nothing but candidates yet. ``channel`` is the private Slack channel
    its cases came from, "" where they came from elsewhere."""

    name: str
    channel: str
    version: int
    cases: int
    candidates: int
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Dataset:
    """One version with its cases; ``scoring`` says how answers are judged."""

    name: str
    version: int
    cases: tuple[Case, ...]
    channel: str = ""
    scoring: Scoring = field(default_factory=Scoring)

    @property
    def reference(self) -> str:
        return f"{self.name}@{self.version}"


class CandidateState(StrEnum):
    WAITING = "waiting"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A case that waits for a person. ``why`` says where it comes from or what it probes; ``reason`` is the
    person's who decided."""

    number: int
    case: Case
    why: str
    proposed_by: str
    proposed_at: datetime
    state: CandidateState = CandidateState.WAITING
    decided_by: str = ""
    reason: str = ""


def parse_reference(text: str) -> Reference:
    """``refunds`` or ``refunds@2``.

    Raises:
        InputError: it is neither.
    """
    name, at, version = text.strip().partition("@")
    if not _NAME.fullmatch(name) or (at and not _VERSION.fullmatch(version)):
        raise InputError(
            f"{text[:80]!r} is no name of a set.",
            hint="Lower-case letters, digits, - and _, such as refunds; with a version, refunds@2.",
        )
    return Reference(name, int(version) if at else None)


def vars_key(values: Mapping[str, Any]) -> str:
    """The same for two cases with the same input, whatever the order of their variables."""
    text = json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def case_id_of(values: Mapping[str, Any]) -> str:
    """The id of a case that came without one: from its input, so that the same input gets it again."""
    return f"c-{vars_key(values)[:10]}"


def clustered(cases: Sequence[Case]) -> tuple[Case, ...]:
    """Cases made from another name it as their cluster; that one joins them, so that they count as one."""
    named = {case.cluster for case in cases if case.cluster}
    return tuple(
        replace(case, cluster=case.id) if not case.cluster and case.id in named else case for case in cases
    )
