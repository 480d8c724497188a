"""An experiment under way: progress in place, then the result card; stopped, resumed, with more cases."""

from functools import partial
from typing import Any

from bot.domain.experiments.experiment import Progress, State
from bot.domain.people import Role
from bot.errors import InputError, PlumblineError
from handlers.ask import Ask
from handlers.board import Board
from handlers.desk import Desk
from handlers.experiments.seeing import (
    EXPERIMENT,
    card_of,
    experiment_in,
    redraw,
    visible_experiment,
)
from handlers.feature import long_running
from handlers.views import experiments as views
from handlers.views.kit import Message

CHANGING = "Changing an experiment"


async def carry_out(ask: Ask, desk: Desk, experiment_id: str) -> None:
    """Run what is missing, with progress in direct messages. Safe to run again: cells that are there are not
    sent again, and no message goes out twice."""
    direct = str(await desk.step("direct", _direct, ask, desk))
    await desk.step("begin", _begin, desk, experiment_id)
    experiment = await desk.services.experiments.get(experiment_id)
    draw = partial(views.run_progress, experiment)
    begun = Progress(experiment_id, 0, 0, experiment.spent)
    ts = await desk.post(ask, "progress", direct, draw(begun))
    if not ask.in_direct_messages:
        await desk.answer(ask, views.started_note(experiment))
    board = Board(desk.slack, direct, ts, begun, draw)
    try:
        await desk.step("run", _run, desk, experiment_id, board)
    except PlumblineError as error:
        await _ended(board, views.run_failed(experiment, error.message, error.hint))
        return
    experiment = await desk.services.experiments.get(experiment_id)
    card = await card_of(desk, experiment, await desk.role(ask.user))
    await desk.post(ask, "result", direct, card, about=f"{EXPERIMENT}{experiment_id}")
    await _ended(board, views.run_ended(experiment))
    await redraw(desk, experiment_id)


async def _direct(ask: Ask, desk: Desk) -> str:
    return ask.channel if ask.in_direct_messages else await desk.slack.direct_channel(ask.user)


async def _begin(desk: Desk, experiment_id: str) -> None:
    await desk.services.experiments.begin(experiment_id)


async def _run(desk: Desk, experiment_id: str, board: Board[Progress]) -> dict[str, Any]:
    ended = await desk.services.experiments.carry_out(experiment_id, on_progress=board.show)
    return {"state": ended.state.value}


async def _ended(board: Board[Progress], told: Message) -> None:
    board.draw = lambda _: told
    await board.finish(board.plan)


async def stop(ask: Ask, desk: Desk) -> None:
    """/plumb exp stop EX-3, and the button: the kill switch."""
    await desk.require(ask.user, Role.CONTRIBUTOR, CHANGING)
    experiment = await visible_experiment(ask, desk, experiment_in(ask))
    if experiment.state is not State.RUNNING:
        raise InputError(f"{experiment.id} is not running.", hint=f"/{desk.command} exp show {experiment.id}")
    await desk.services.experiments.stop(experiment.id, by=ask.user)
    await desk.answer(ask, views.stopping_note(experiment))


@long_running
async def resume(ask: Ask, desk: Desk) -> None:
    await desk.require(ask.user, Role.CONTRIBUTOR, CHANGING)
    experiment = await visible_experiment(ask, desk, experiment_in(ask))
    await carry_out(ask, desk, experiment.id)


@long_running
async def add_cases(ask: Ask, desk: Desk) -> None:
    """The button "Add N cases": the same arms on more of the set, or on what has been added to it since."""
    await desk.require(ask.user, Role.CONTRIBUTOR, CHANGING)
    experiment = await visible_experiment(ask, desk, experiment_in(ask))
    wanted = _wanted(ask)
    added = int(await desk.step("add", _add, desk, experiment.id, wanted, ask.user, ask.key))
    if not added:
        raise InputError(
            f"{experiment.dataset} has no more cases.",
            hint=f"Add some first: /{desk.command} set import, or set first20 from a log.",
        )
    await desk.answer(ask, views.added_note(experiment, added, wanted - added), "added")
    await carry_out(ask, desk, experiment.id)


async def _add(desk: Desk, experiment_id: str, wanted: int, user: str, key: str) -> int:
    return await desk.services.experiments.add(experiment_id, wanted, by=user, key=key)


def _wanted(ask: Ask) -> int:
    number = ask.value.partition(":")[2]
    return int(number) if number.isdigit() else 20
