"""The registry of prompts: files and database together; saving, comparing, promoting, rolling back."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

from bot.domain.experiments.plan import Template
from bot.domain.people import Person, Role
from bot.domain.prompts import (
    PRODUCTION,
    Asked,
    ExperimentVerdict,
    Finding,
    LabelMove,
    PromptDiff,
    PromptSummary,
    PromptVersion,
    Reference,
    as_template,
    check_label,
    check_name,
    lint,
    parse_asked,
    parse_own,
    tidy,
)
from bot.errors import InputError, NotFound
from bot.ports import Clock
from bot.services.people import PeopleService, require
from bot.services.prompts import lookup
from bot.services.prompts.cleaning import cleaned
from bot.services.prompts.promotion import (
    Verdicts,
    check_reviewer,
    check_standing,
    check_verdict,
    done_before,
    rollback_target,
    words,
)
from bot.store import Store, UnitOfWork

Moved = Callable[[UnitOfWork, LabelMove], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Saved:
    """``new`` False: this very text was there already, as ``version``; nothing was added."""

    version: PromptVersion
    new: bool
    findings: tuple[Finding, ...] = ()


class PromptService:
    """Prompts of one team, and those that ship. References are "reply" (its newest version), "reply@4" and
    "reply@production" (where that label stands)."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        people: PeopleService,
        verdicts: Verdicts | None = None,
        moved: Moved | None = None,
    ) -> None:
        """``moved`` hears of every move of a label, within its transaction."""
        self._store = store
        self._moved = moved
        self._clock = clock
        self._people = people
        self._verdicts = verdicts

    async def list_prompts(self) -> list[PromptSummary]:
        """Every prompt by name, shipped ones among them."""
        async with self._store.read() as unit:
            return await lookup.all_summaries(unit)

    async def versions(self, name: str) -> list[PromptVersion]:
        """Every version of a prompt, oldest first. Raises NotFound."""
        async with self._store.read() as unit:
            return await lookup.all_versions(unit, name)

    async def get(self, reference: str) -> PromptVersion:
        """One version, with the labels that stand on it. Raises NotFound, InputError."""
        async with self._store.read() as unit:
            return await lookup.find(unit, parse_asked(reference))

    async def resolve(self, reference: str) -> Template:
        """The template of a version, for the plan of an experiment. Raises NotFound, InputError."""
        return as_template((await self.get(reference)).prompt)

    async def diff(self, reference: str, other: str = "") -> PromptDiff:
        """From ``reference`` to ``other``, which may be short ("4", "production"). Alone: what changed up to
        ``reference`` since production, or, where it is what production is, since the version before.

        Raises:
            NotFound: no such version.
            InputError: no reference, or nothing to compare with.
        """
        async with self._store.read() as unit:
            first = await lookup.find(unit, parse_asked(reference))
            if other:
                return PromptDiff(first, await lookup.find(unit, lookup.within(first.name, other)))
            return PromptDiff(await lookup.before(unit, first), first)

    async def log(self, name: str | None = None, label: str | None = None) -> list[LabelMove]:
        """Every move of a label, oldest first: of one prompt or all, of one label or all."""
        async with self._store.read() as unit:
            return await unit.prompts.moves(name, label)

    async def save(
        self,
        name: str,
        text: str,
        by: Person,
        *,
        note: str = "",
        model: str | None = None,
        owner: str | None = None,
        names_ok: bool = False,
        expected: int | None = None,
    ) -> Saved:
        """Save a version of a team's own prompt. ``model`` and ``owner`` stay as they were where they are
        None; the first owner is the author. Personal data are redacted, see ``findings``.

        ``expected``: the newest version when its author began (0: none); None: whichever it was. With it,
        doing the same again (a job that runs twice) gives the same answer.

        Raises:
            NotAllowed: the role is too low.
            InputError: the text is no such prompt or holds a secret; names are found that nobody has said
                are no customers' (code NAMES_FOUND); the name is taken; somebody saved in between.
        """
        require(await self._people.role(by), Role.CONTRIBUTOR, "Saving a prompt")
        body, note = tidy(text), words(note, "The note")
        parse_own(Reference(check_name(name), 1), body)  # what is wrong comes before what is private
        async with self._store.read() as unit:
            newest = await unit.prompts.newest(name)
        lookup.refuse_shipped(name, bool(newest), "saved over; choose another name")
        earlier = newest[0].prompt.body if newest else ""
        clean = await asyncio.to_thread(cleaned, body, earlier, names_ok=names_ok)
        async with self._store.write() as unit:
            versions = await unit.prompts.versions(name)
            last = versions[-1] if versions else None
            made = self._made(name, clean.body, by, last, note=note, model=model, owner=owner)
            findings = (*clean.findings, *lint(made.prompt, last.inputs if last else None))
            if same := _the_same(versions, made):
                mine = expected is not None and (same.author, same.version) == (by.id, expected + 1)
                return Saved(await lookup.find(unit, Asked(name, same.version)), mine, findings)
            _check_newest(name, last, expected)
            await unit.prompts.add(made)
        return Saved(made, new=True, findings=findings)

    def _made(
        self,
        name: str,
        body: str,
        by: Person,
        last: PromptVersion | None,
        *,
        note: str,
        model: str | None,
        owner: str | None,
    ) -> PromptVersion:
        """The version after ``last``."""
        if model is None:
            model = last.model if last else ""
        if owner is None:
            owner = last.owner if last else by.id
        reference = Reference(name, last.version + 1 if last else 1)
        prompt = parse_own(reference, body, model=words(model, "The model"), note=note)
        return PromptVersion(prompt, "saved", by.id, words(owner, "The owner"), note, self._clock.now())

    async def promote(
        self,
        reference: str,
        by: Person,
        *,
        label: str = PRODUCTION,
        reason: str = "",
        experiment: str = "",
        override: str = "",
        alone: str = "",
        expected: int | None = None,
    ) -> LabelMove:
        """Put a label on a version. Any label needs a reviewer who did not write the version; production
        needs an experiment that speaks for it too, or an ``override``: why it goes without.

        ``alone``: why its author may be its reviewer, where nobody else works here. ``expected``: where the
        label stood when the reviewer looked (0: nowhere); None: wherever it stands. With it, doing the same
        again (a job that runs twice) changes nothing and gives the same answer.

        Raises:
            NotAllowed: too low a role, one's own version, no verdict that speaks for it.
            NotFound: no such version or experiment.
            InputError: the label is there already, or was moved in between.
        """
        require(await self._people.role(by), Role.REVIEWER, "Promoting a prompt")
        asked, label = parse_asked(reference), check_label(label)
        reason, override = words(reason, "The reason"), words(override, "The reason of the override")
        alone = words(alone, "The reason to review alone")
        verdict = await self._verdict(experiment)
        async with self._store.write() as unit:
            version = await lookup.find(unit, asked)
            lookup.refuse_shipped(
                asked.name, version.origin == "saved", "promoted: its newest version is live"
            )
            if asked.version is None and not asked.label:
                raise InputError(
                    f"Which version of {asked.name}?", hint=f"The newest one is {version.reference}."
                )
            last = await _last(unit, version.name, label)
            if last and done_before(last, "promote", by.id, reason, expected, version.version):
                return last
            alone = check_reviewer(version, by.id, alone, await unit.prompts.people())
            check_verdict(version, label, verdict, override)
            spoken = verdict is not None and verdict.speaks_for(str(version.reference), version.fingerprint)
            return await self._move(
                unit,
                LabelMove(
                    name=version.name,
                    label=label,
                    kind="promote",
                    from_version=None,
                    to_version=version.version,
                    by=by.id,
                    at=self._clock.now(),
                    reason=reason,
                    verdict=str(verdict or ""),
                    override="" if spoken or label != PRODUCTION else override,
                    alone=alone,
                ),
                last,
                expected,
            )

    async def rollback(
        self,
        name: str,
        by: Person,
        reason: str,
        *,
        to: int | None = None,
        label: str = PRODUCTION,
        expected: int | None = None,
    ) -> LabelMove:
        """Put a label back on a version it stood on, by default the one before. Needs a reason and the
        reviewer role, no verdict and no second person: it must always be possible at once. ``expected`` as
        for a promotion: without it, a job that runs twice would go back two versions.

        Raises:
            NotAllowed: too low a role.
            NotFound: no such prompt.
            InputError: no reason, nothing to go back to, a version the label never stood on, or it was moved
                in between.
        """
        require(await self._people.role(by), Role.REVIEWER, "Rolling a prompt back")
        reason = words(reason, "The reason", needed=True)
        async with self._store.write() as unit:
            version = await lookup.find(unit, Asked(check_name(name)))
            lookup.refuse_shipped(
                name, version.origin == "saved", "rolled back; install an earlier Plumbline"
            )
            last = await _last(unit, name, check_label(label))
            if last and done_before(last, "rollback", by.id, reason, expected, to):
                return last
            target = rollback_target(name, label, await unit.prompts.moves(name, label), to)
            move = LabelMove(
                name, label, "rollback", None, target, by=by.id, at=self._clock.now(), reason=reason
            )
            return await self._move(unit, move, last, expected)

    async def _move(
        self, unit: UnitOfWork, move: LabelMove, last: LabelMove | None, expected: int | None
    ) -> LabelMove:
        """Write it, with where the label came from, as it stands within this transaction."""
        check_standing(move, last, expected)
        moved = replace(move, from_version=last.to_version if last else None)
        await unit.prompts.move(moved)
        if self._moved is not None:
            await self._moved(unit, moved)
        return moved

    async def _verdict(self, experiment: str) -> ExperimentVerdict | None:
        if not experiment:
            return None
        found = await self._verdicts.verdict(experiment) if self._verdicts else None
        if found is None:
            raise NotFound(
                f"There is no concluded experiment {experiment[:40]!r}.", hint="Its id looks like EX-31."
            )
        return found


async def _last(unit: UnitOfWork, name: str, label: str) -> LabelMove | None:
    """The last move of a label of a prompt."""
    return next((move for move in await unit.prompts.standing(name) if move.label == label), None)


def _check_newest(name: str, last: PromptVersion | None, expected: int | None) -> None:
    if expected is None or expected == (last.version if last else 0):
        return
    saved = f"{last.author} saved {last.reference}" if last else "it is not there"
    raise InputError(
        f"{name} is not as you saw it: {saved}. Nothing was saved.",
        hint="Look at the difference, then save again.",
        code="saved_meanwhile",
    )


def _the_same(versions: Sequence[PromptVersion], made: PromptVersion) -> PromptVersion | None:
    """The version that says just this already, the newest first."""
    for version in reversed(versions):
        if version.fingerprint == made.fingerprint and version.model == made.model:
            return version
    return None
