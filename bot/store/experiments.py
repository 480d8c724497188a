"""Experiments in the database: orders, cells, and what people say of outputs."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.domain.experiments.cells import Cell, CellKey, Label
from bot.domain.experiments.experiment import Decision, Experiment, Order, State
from bot.store.repositories import Repository
from bot.store.tables import METADATA

EXPERIMENT = METADATA.tables["experiment"]
CELL = METADATA.tables["experiment_cell"]
LABEL = METADATA.tables["judge_label"]

_KEY = ("experiment_id", "arm", "case", "repeat")
_SAID = tuple(field.name for field in fields(Cell) if field.name != "key")


@dataclass(frozen=True, slots=True)
class Standing:
    """How far an experiment is: cells that are there, how many of them failed, US dollars they cost."""

    done: int
    errors: int
    spent: float


class Experiments(Repository):
    """Experiments of a team, numbered within it."""

    async def create(
        self,
        order: Order,
        by: str,
        now: datetime,
        *,
        channel: str = "",
        dataset: str = "",
        spec: Mapping[str, Any] | None = None,
        plan_hash: str = "",
        state: State = State.PLANNED,
    ) -> Experiment:
        """``spec`` is kept as it is, for whoever runs or shows the experiment."""
        newest = select(func.coalesce(func.max(EXPERIMENT.c.number), 0)).where(
            EXPERIMENT.c.team == self._team
        )
        number = int((await self._connection.execute(newest)).scalar_one()) + 1
        values = {
            "team": self._team, "number": number, "channel": channel, "state": state.value, "by": by,
            "dataset": dataset, "ordered": order.as_json(), "spec": dict(spec or {}), "plan_hash": plan_hash,
            "spent": 0.0, "why": "", "decision": "", "learned": "", "closed_by": "", "created_at": now,
        }  # fmt: skip
        await self._connection.execute(insert(EXPERIMENT).values(values))
        return Experiment(f"EX-{number}", order, state, by, now, dataset, channel=channel)

    async def get(self, experiment_id: str) -> Experiment | None:
        row = await self._row(experiment_id)
        return None if row is None else experiment_of(row)

    async def spec(self, experiment_id: str) -> Mapping[str, Any]:
        """What was handed to ``create`` or ``set_spec``; empty where there is none."""
        row = await self._row(experiment_id)
        return {} if row is None else dict(row.spec)

    async def set_spec(self, experiment_id: str, spec: Mapping[str, Any], plan_hash: str) -> None:
        await self._update(experiment_id, spec=dict(spec), plan_hash=plan_hash)

    async def all(self, *, state: State | None = None, newest: int | None = None) -> list[Experiment]:
        """In order of their number; with ``newest`` so many of the last."""
        statement = select(EXPERIMENT).where(EXPERIMENT.c.team == self._team)
        if state is not None:
            statement = statement.where(EXPERIMENT.c.state == state.value)
        statement = statement.order_by(EXPERIMENT.c.number.desc()).limit(newest)
        return [experiment_of(row) for row in reversed(await self._rows(statement))]

    async def with_plan(self, plan_hash: str) -> Experiment | None:
        """The newest one of this plan."""
        statement = select(EXPERIMENT).where(
            EXPERIMENT.c.team == self._team, EXPERIMENT.c.plan_hash == plan_hash
        )
        rows = await self._rows(statement.order_by(EXPERIMENT.c.number.desc()).limit(1))
        return experiment_of(rows[0]) if rows else None

    async def set_state(
        self, experiment_id: str, state: State, *, why: str = "", finished_at: datetime | None = None
    ) -> None:
        await self._update(experiment_id, state=state.value, why=why, finished_at=finished_at)

    async def finish(self, experiment_id: str, spent: float, now: datetime) -> None:
        await self._update(experiment_id, state=State.DONE.value, spent=spent, finished_at=now)

    async def save(self, experiment: Experiment) -> None:
        """Everything of it that may change."""
        await self._update(
            experiment.id,
            state=experiment.state.value,
            ordered=experiment.order.as_json(),
            dataset=experiment.dataset,
            spent=experiment.spent,
            why=experiment.why,
            decision=experiment.decision.value if experiment.decision else "",
            learned=experiment.learned,
            closed_by=experiment.closed_by,
            finished_at=experiment.finished_at,
        )

    async def put_cells(self, experiment_id: str, cells: Sequence[Cell]) -> None:
        """A cell that is there stays as it is, unless it had failed. Texts are stored as they come: redact
        them before."""
        row = await self._row(experiment_id)
        if row is None or not cells:
            return
        dialect = sqlite if self._connection.dialect.name == "sqlite" else postgresql
        inserted = dialect.insert(CELL)
        statement = inserted.on_conflict_do_update(
            index_elements=list(_KEY),
            set_={name: inserted.excluded[name] for name in _SAID},
            where=CELL.c.error != "",
        )
        await self._connection.execute(statement, [_cell_values(row.id, cell) for cell in cells])

    async def cells(self, experiment_id: str) -> list[Cell]:
        """In no order that matters."""
        statement = select(CELL).join(EXPERIMENT, EXPERIMENT.c.id == CELL.c.experiment_id)
        return [_cell(row) for row in await self._rows(statement.where(self._is(experiment_id)))]

    async def standing(self, experiment_id: str) -> Standing:
        """Counted in the database."""
        statement = select(
            func.count().label("done"),
            func.count().filter(CELL.c.error != "").label("errors"),
            func.coalesce(func.sum(CELL.c.cost), 0.0).label("spent"),
        )
        statement = statement.select_from(CELL).join(EXPERIMENT, EXPERIMENT.c.id == CELL.c.experiment_id)
        rows = await self._rows(statement.where(self._is(experiment_id)))
        return Standing(rows[0].done, rows[0].errors, float(rows[0].spent))

    async def label(self, experiment_id: str, label: Label, now: datetime) -> None:
        row = await self._row(experiment_id)
        if row is not None:
            key = {"arm": label.key.arm, "case": label.key.case, "repeat": label.key.repeat}
            said = {"user": label.user, "passed": label.passed, "given_at": now}
            await self._upsert(LABEL, {"experiment_id": row.id, **key, **said})

    async def unlabel(self, experiment_id: str, key: CellKey, user: str) -> None:
        """Somebody says nothing of a cell any more."""
        row = await self._row(experiment_id)
        if row is not None:
            of_cell = (LABEL.c.arm == key.arm, LABEL.c.case == key.case, LABEL.c.repeat == key.repeat)
            mine = (LABEL.c.experiment_id == row.id, LABEL.c.user == user)
            await self._connection.execute(delete(LABEL).where(*mine, *of_cell))

    async def labels(self, experiment_id: str) -> list[Label]:
        statement = select(LABEL).join(EXPERIMENT, EXPERIMENT.c.id == LABEL.c.experiment_id)
        statement = statement.where(self._is(experiment_id)).order_by(LABEL.c.given_at, LABEL.c.user)
        return [
            Label(CellKey(row.arm, row.case, row.repeat), row.user, row.passed)
            for row in await self._rows(statement)
        ]

    async def states(self) -> Mapping[State, int]:
        """How many experiments stand where."""
        statement = select(EXPERIMENT.c.state).where(EXPERIMENT.c.team == self._team)
        return Counter(State(row.state) for row in await self._rows(statement))

    async def _row(self, experiment_id: str) -> Row[Any] | None:
        return (await self._connection.execute(select(EXPERIMENT).where(self._is(experiment_id)))).first()

    async def _update(self, experiment_id: str, **values: Any) -> None:
        await self._connection.execute(update(EXPERIMENT).where(self._is(experiment_id)).values(values))

    def _is(self, experiment_id: str) -> Any:
        digits = experiment_id.upper().removeprefix("EX-")
        number = int(digits) if digits.isdecimal() and len(digits) < 10 else 0
        return (EXPERIMENT.c.team == self._team) & (EXPERIMENT.c.number == number)


def experiment_of(row: Row[Any]) -> Experiment:
    return Experiment(
        id=f"EX-{row.number}",
        order=Order.from_json(row.ordered),
        state=State(row.state),
        by=row.by,
        created_at=row.created_at,
        dataset=row.dataset,
        spent=row.spent,
        channel=row.channel,
        why=row.why,
        decision=Decision(row.decision) if row.decision else None,
        learned=row.learned,
        closed_by=row.closed_by,
        finished_at=row.finished_at,
    )


def _cell_values(experiment: int, cell: Cell) -> dict[str, Any]:
    key = {"arm": cell.key.arm, "case": cell.key.case, "repeat": cell.key.repeat}
    said = {name: getattr(cell, name) for name in _SAID}
    said |= {"named_scores": dict(cell.named_scores), "parts": [dict(part) for part in cell.parts]}
    return {"experiment_id": experiment, **key, **said}


def _cell(row: Row[Any]) -> Cell:
    said = {name: getattr(row, name) for name in _SAID}
    return Cell(CellKey(row.arm, row.case, row.repeat), **{**said, "parts": tuple(row.parts)})
