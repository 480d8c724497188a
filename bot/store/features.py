"""Features under watch: as they are set up now, and the log of what was changed, which is only added to."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row, insert, select

from bot.domain.features import (
    Autonomy,
    Change,
    Duty,
    Record,
    Stage,
    Threshold,
    Track,
    Watched,
)
from bot.store.repositories import Repository
from bot.store.tables import METADATA

FEATURE = METADATA.tables["feature"]
CHANGE = METADATA.tables["feature_change"]

_PLAIN = (
    "title", "business", "minutes_saved", "baseline", "false_positive_cost", "false_negative_cost",
    "dataset", "examples", "sampling", "retention_days", "confident",
)  # fmt: skip
_LISTS = ("channels", "prompts")


class Features(Repository):
    """Features of a team by name."""

    async def get(self, name: str) -> Watched | None:
        record = await self.record(name)
        return None if record is None else record.feature

    async def record(self, name: str) -> Record | None:
        """The feature with who set it up, and when it was changed last."""
        statement = select(FEATURE).where(FEATURE.c.team == self._team, FEATURE.c.name == name)
        row = (await self._connection.execute(statement)).first()
        return None if row is None else _record(row)

    async def all(self) -> list[Watched]:
        """By name."""
        statement = select(FEATURE).where(FEATURE.c.team == self._team).order_by(FEATURE.c.name)
        return [_record(row).feature for row in await self._rows(statement)]

    async def save(self, record: Record) -> None:
        """Insert it, or replace what was there under its name."""
        row = {
            "team": self._team,
            "name": record.feature.name,
            "settings": _settings(record.feature),
            "created_by": record.created_by,
            "created_at": record.created_at,
            "updated_at": record.updated_at,
        }
        await self._upsert(FEATURE, row)

    async def log(self, changes: Sequence[Change]) -> None:
        """Add to the log."""
        if changes:
            rows = [
                {
                    "team": self._team,
                    **{name: getattr(change, name) for name in ("feature", "at", "by", "field")},
                    **{name: getattr(change, name) for name in ("before", "after", "note")},
                }
                for change in changes
            ]
            await self._connection.execute(insert(CHANGE), rows)

    async def changes(self, name: str) -> list[Change]:
        """What was changed of a feature, oldest first."""
        statement = select(CHANGE).where(CHANGE.c.team == self._team, CHANGE.c.feature == name)
        return [_change(row) for row in await self._rows(statement.order_by(CHANGE.c.id))]


def _settings(feature: Watched) -> dict[str, Any]:
    """As JSON; the name is the row's own."""
    return {
        **{name: getattr(feature, name) for name in _PLAIN},
        **{name: list(getattr(feature, name)) for name in _LISTS},
        "track": int(feature.track),
        "autonomy": feature.autonomy.value,
        "stage": feature.stage.value,
        "owners": {duty.value: user for duty, user in feature.owners.items()},
        "thresholds": [
            {"metric": each.metric, "minimum": each.minimum, "goal": each.goal, "better": each.better}
            for each in feature.thresholds
        ],
    }


def _record(row: Row[Any]) -> Record:
    found: Mapping[str, Any] = row.settings
    lists: dict[str, Any] = {name: tuple(found.get(name, ())) for name in _LISTS}
    feature = Watched(
        name=row.name,
        **{name: found[name] for name in _PLAIN if name in found},
        **lists,
        track=Track(found["track"]),
        autonomy=Autonomy(found["autonomy"]),
        stage=Stage(found["stage"]),
        owners={Duty(duty): user for duty, user in found["owners"].items()},
        thresholds=tuple(Threshold(**each) for each in found["thresholds"]),
    )
    return Record(feature, row.created_by, row.created_at, row.updated_at)


def _change(row: Row[Any]) -> Change:
    return Change(row.feature, row.at, row.by, row.field, row.before, row.after, row.note)
