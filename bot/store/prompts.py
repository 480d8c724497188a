"""A team's prompts: versions are added, labels are moved by adding a move."""

from typing import Any

from sqlalchemy import Row, func, insert, select, union

from bot.domain.prompts import LabelMove, PromptVersion, Reference, parse_own
from bot.store.repositories import Repository
from bot.store.tables import METADATA

VERSION = METADATA.tables["prompt_version"]
MOVE = METADATA.tables["prompt_move"]
ROLE = METADATA.tables["person_role"]


class Prompts(Repository):
    """Versions and moves of labels; there is no way to change either."""

    async def next_version(self, name: str) -> int:
        statement = select(func.coalesce(func.max(VERSION.c.version), 0)).where(*self._named(VERSION, name))
        return int((await self._connection.execute(statement)).scalar_one()) + 1

    async def add(self, version: PromptVersion) -> None:
        """Add a version under the next number."""
        await self._connection.execute(
            insert(VERSION).values(
                team=self._team,
                name=version.name,
                version=version.version,
                body=version.prompt.body,
                fingerprint=version.fingerprint,
                model=version.model,
                author=version.author,
                owner=version.owner,
                note=version.note,
                created_at=version.created_at,
            )
        )

    async def versions(self, name: str) -> list[PromptVersion]:
        """Every version of a prompt, oldest first; without labels."""
        statement = select(VERSION).where(*self._named(VERSION, name)).order_by(VERSION.c.version)
        return [_version(row) for row in await self._rows(statement)]

    async def get(self, reference: Reference) -> PromptVersion | None:
        statement = select(VERSION).where(
            *self._named(VERSION, reference.name), VERSION.c.version == reference.version
        )
        row = (await self._connection.execute(statement)).first()
        return None if row is None else _version(row)

    async def newest(self, name: str | None = None) -> list[PromptVersion]:
        """The newest version of each prompt, or of one, by name."""
        last = (
            select(VERSION.c.name, func.max(VERSION.c.version).label("version"))
            .where(*self._named(VERSION, name))
            .group_by(VERSION.c.name)
            .subquery()
        )
        statement = (
            select(VERSION)
            .join(last, (VERSION.c.name == last.c.name) & (VERSION.c.version == last.c.version))
            .where(VERSION.c.team == self._team)
            .order_by(VERSION.c.name)
        )
        return [_version(row) for row in await self._rows(statement)]

    async def move(self, move: LabelMove) -> None:
        """Add to the log; the label stands there from now on."""
        await self._connection.execute(
            insert(MOVE).values(
                team=self._team,
                name=move.name,
                label=move.label,
                kind=move.kind,
                from_version=move.from_version,
                to_version=move.to_version,
                moved_by=move.by,
                moved_at=move.at,
                reason=move.reason,
                verdict=move.verdict,
                override=move.override,
                alone=move.alone,
            )
        )

    async def moves(self, name: str | None = None, label: str | None = None) -> list[LabelMove]:
        """The log of all prompts or of one, of all labels or of one; oldest first."""
        where = self._named(MOVE, name) + ([] if label is None else [MOVE.c.label == label])
        statement = select(MOVE).where(*where).order_by(MOVE.c.id)
        return [_move(row) for row in await self._rows(statement)]

    async def standing(self, name: str | None = None) -> list[LabelMove]:
        """The last move of each label, of all prompts or of one."""
        last = select(func.max(MOVE.c.id)).where(*self._named(MOVE, name)).group_by(MOVE.c.name, MOVE.c.label)
        statement = select(MOVE).where(MOVE.c.id.in_(last)).order_by(MOVE.c.id)
        return [_move(row) for row in await self._rows(statement)]

    async def people(self) -> list[str]:
        """Everybody who is known to work here: saved a prompt, moved a label, or was given a role."""
        known = union(
            select(VERSION.c.author.label("person")).where(VERSION.c.team == self._team),
            select(MOVE.c.moved_by).where(MOVE.c.team == self._team),
            select(ROLE.c.user).where(ROLE.c.team == self._team),
        )
        return sorted(row.person for row in await self._rows(known))

    def _named(self, table: Any, name: str | None) -> list[Any]:
        return [table.c.team == self._team] + ([] if name is None else [table.c.name == name])


def _version(row: Row[Any]) -> PromptVersion:
    prompt = parse_own(Reference(row.name, row.version), row.body, model=row.model, note=row.note)
    return PromptVersion(prompt, "saved", row.author, row.owner, row.note, row.created_at)


def _move(row: Row[Any]) -> LabelMove:
    return LabelMove(
        name=row.name,
        label=row.label,
        kind=row.kind,
        from_version=row.from_version,
        to_version=row.to_version,
        by=row.moved_by,
        at=row.moved_at,
        reason=row.reason,
        verdict=row.verdict,
        override=row.override,
        alone=row.alone,
    )
