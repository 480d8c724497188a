"""Features under watch: set up and changed by reviewers, moved from stage to stage by who is accountable."""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import datetime

from bot.domain.features import Change, Duty, Record, Stage, Watched, checked
from bot.domain.features.fields import with_fields
from bot.domain.features.wording import told
from bot.domain.people import Person, Role
from bot.domain.redaction import redact_structured
from bot.errors import InputError, NotAllowed, NotFound
from bot.ports import Clock
from bot.services.people import PeopleService
from bot.store import Store

SETTING_UP = "Setting up a feature"
CHANGING = "Changing a feature"
MOVING = "Moving a stage"
LONGEST_NOTE = 300  # characters


class FeatureService:
    """Features of one team. Roles are looked up when something is done."""

    def __init__(self, store: Store, clock: Clock, people: PeopleService) -> None:
        self._store = store
        self._clock = clock
        self._people = people

    async def get(self, name: str) -> Watched:
        """Raises NotFound, with the names there are."""
        return (await self.record(name)).feature

    async def record(self, name: str) -> Record:
        """The feature with who set it up and when it was changed last. Raises NotFound."""
        async with self._store.read() as unit:
            found = await unit.features.record(name)
            names = [] if found else [each.name for each in await unit.features.all()]
        if found is None:
            hint = f"There is: {', '.join(names)}." if names else "None is set up yet: plumb feature add."
            raise NotFound(f"There is no feature {name[:60]!r}.", hint=hint)
        return found

    async def all(self) -> list[Watched]:
        """By name."""
        async with self._store.read() as unit:
            return await unit.features.all()

    async def changes(self, name: str) -> list[Change]:
        """What was changed, by whom, oldest first. Raises NotFound."""
        await self.record(name)
        async with self._store.read() as unit:
            return await unit.features.changes(name)

    async def owners(self) -> Mapping[str, Mapping[Duty, str]]:
        """User ids by duty, of each feature."""
        return {feature.name: feature.owners for feature in await self.all()}

    async def add(self, feature: Watched, by: Person) -> Watched:
        """Set a feature up.

        Raises:
            NotAllowed: less than a reviewer.
            InputError: something is wrong with it, or there is one of its name.
        """
        self._people.require(await self._people.role(by), Role.REVIEWER, SETTING_UP)
        feature, now = _clean(checked(feature)), self._clock.now()
        async with self._store.write() as unit:
            if await unit.features.get(feature.name) is not None:
                raise InputError(
                    f"There is a feature {feature.name!r} already.",
                    hint=f"Change it instead: plumb feature set {feature.name} …",
                    code="known",
                )
            await unit.features.save(Record(feature, by.id, now, now))
            begun = Change(feature.name, now, by.id, "stage", "", feature.stage.value, "set up")
            await unit.features.log([begun])
        return feature

    async def change(
        self, name: str, typed: Mapping[str, str], by: Person, *, seen: datetime | None = None
    ) -> tuple[Change, ...]:
        """Set fields, as ``domain.features.fields`` reads them; returns what changed by it.

        ``seen``: the ``updated_at`` that whoever changes it looked at.

        Raises:
            NotAllowed: less than a reviewer.
            NotFound: there is no such feature.
            InputError: a value is none, or does not fit the others; it was changed since ``seen``.
        """
        self._people.require(await self._people.role(by), Role.REVIEWER, CHANGING)
        async with self._store.write() as unit:
            record = await unit.features.record(name)
            if record is None:
                raise NotFound(f"There is no feature {name[:60]!r}.")
            if seen is not None and record.updated_at != seen:
                raise InputError(
                    f"{name} was changed by somebody else meanwhile.",
                    hint="Open it again, and change what is there now.",
                    code="changed_meanwhile",
                )
            feature = _clean(checked(with_fields(record.feature, typed)))
            now = self._clock.now()
            changes = _changes(record.feature, feature, by.id, now)
            if changes:
                await unit.features.save(replace(record, feature=feature, updated_at=now))
                await unit.features.log(changes)
        return changes

    async def move_stage(self, name: str, stage: Stage, by: Person, note: str) -> Change:
        """Roll a feature out further, or take it back; the note says on what grounds.

        Raises:
            NotAllowed: neither accountable for it nor an admin.
            NotFound: there is no such feature.
            InputError: it is there already, or the note is missing or too long.
        """
        note = _note(note)
        role = await self._people.role(by)
        async with self._store.write() as unit:
            record = await unit.features.record(name)
            if record is None:
                raise NotFound(f"There is no feature {name[:60]!r}.")
            _may_move(record.feature, by, role)
            before = record.feature.stage
            if before is stage:
                raise InputError(f"{name} is in {stage.value} already.", code="known")
            now = self._clock.now()
            change = Change(name, now, by.id, "stage", before.value, stage.value, note)
            await unit.features.save(
                replace(record, feature=replace(record.feature, stage=stage), updated_at=now)
            )
            await unit.features.log([change])
        return change


def _may_move(feature: Watched, by: Person, role: Role) -> None:
    """Whoever is accountable may, if they are anything here at all."""
    accountable = feature.owners.get(Duty.ACCOUNTABLE, "")
    if role >= Role.ADMIN or (role > Role.NONE and by.id == accountable):
        return
    who = f"<@{accountable}>" if accountable else "nobody yet; an admin can name somebody"
    raise NotAllowed(
        f"{MOVING} of {feature.name} is up to who is accountable for it, or an admin.",
        hint=f"Accountable is {who}.",
    )


def _note(text: str) -> str:
    note = " ".join(text.split())
    if not note:
        raise InputError(
            "The note is missing.", hint="Say on what grounds: 120 votes, 81 % up.", code="no_note"
        )
    if len(note) > LONGEST_NOTE:
        raise InputError(f"Please say it in at most {LONGEST_NOTE} characters.", code="no_note")
    return redact_structured(note)


def _clean(feature: Watched) -> Watched:
    """Free of addresses, numbers and keys that somebody pasted along with their words."""
    return replace(
        feature,
        title=redact_structured(feature.title),
        business=redact_structured(feature.business),
        baseline=redact_structured(feature.baseline),
    )


def _changes(before: Watched, after: Watched, by: str, now: datetime) -> tuple[Change, ...]:
    return tuple(
        Change(after.name, now, by, field.name, told(before, field.name), told(after, field.name))
        for field in fields(Watched)
        if getattr(before, field.name) != getattr(after, field.name)
    )
