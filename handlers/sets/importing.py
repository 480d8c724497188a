"""A file's or a story's cases into a set: looked at first, kept by a click; nothing in between is stored."""

import json
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from bot.domain.datasets import case_from_json
from bot.errors import InputError, NotAllowed, NotFound, PlumblineError
from bot.services.datasets import first_look, keep
from handlers.ask import Ask
from handlers.board import Board
from handlers.desk import Desk
from handlers.feature import long_running
from handlers.sets.seeing import check_free, place, require_contributor, set_in, variable_of
from handlers.sets.words import ImportWanted, columns_in, parse_import, set_name
from handlers.stories.cards import visible_story
from handlers.views import failures, progress
from handlers.views import sets as views
from handlers.views.kit import Message, View
from handlers.windows import open_window

FILE_LIMIT = 25_000_000  # bytes taken from Slack
MOST_VALUE = 1_900  # characters of a button's value; Slack takes 2,000


@dataclass(frozen=True, slots=True)
class Recipe:
    """Where the cases of a preview come from, as its button carries it: a Slack file or a story, never the
    cases. ``origin`` is the private channel they come from; ``base`` the version that was looked at."""

    into: str
    file: str = ""
    story: str = ""
    slices: tuple[str, ...] = ()
    origin: str = ""
    base: int = 0

    def as_value(self) -> str:
        said = {name: each for name, each in asdict(self).items() if each}
        return json.dumps(said, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_value(cls, text: str) -> "Recipe":
        """Raises InputError where it is none."""
        try:
            said = json.loads(text)
            return cls(**{**said, "slices": tuple(said.get("slices", ()))})
        except (ValueError, TypeError):
            raise InputError("That preview is of an older kind.", hint="Import once more.") from None


async def open_form(ask: Ask, desk: Desk) -> None:
    """The form with the file box; a set that was named stands in it."""

    async def form() -> View:
        await require_contributor(ask, desk)
        return views.import_form(set_in(ask).partition("@")[0], channel=ask.channel)

    await open_window(ask, desk, "Import cases", form)


async def check_form(ask: Ask, desk: Desk) -> Mapping[str, str]:
    """Errors by block id."""
    if not ask.values.get("file"):
        return {"file": "Choose a file."}
    columns = columns_in(str(ask.values.get("slices") or ""))
    if len(json.dumps(columns, ensure_ascii=False)) > MOST_VALUE // 2:
        return {"slices": "That is too much; name a few columns."}
    name = str(ask.values.get("name") or "").strip()
    try:
        if name:
            await check_free(ask, desk, name)
    except InputError as error:
        return {"name": f"{error.message} {error.hint}".strip()}
    return {}


@long_running
async def import_form(ask: Ask, desk: Desk) -> None:
    """The form was sent: look at the file."""
    wanted = ImportWanted(
        str(ask.values.get("name") or "").strip(), "", columns_in(str(ask.values.get("slices") or ""))
    )
    file_id = str((ask.values.get("file") or [""])[0])
    title, recipe = await desk.step("order", _order, ask, desk, wanted, file_id)
    await look(ask, desk, str(title), Recipe.from_value(recipe))


@long_running
async def import_(ask: Ask, desk: Desk) -> None:
    """/plumb set import refunds from questions.csv slice plan"""
    wanted = parse_import(ask.text)
    title, recipe = await desk.step("order", _order, ask, desk, wanted, "")
    await look(ask, desk, str(title), Recipe.from_value(recipe))


async def _order(ask: Ask, desk: Desk, wanted: ImportWanted, file_id: str) -> tuple[str, str]:
    """The file's name, and the recipe as a button carries it."""
    await require_contributor(ask, desk)
    file_id = file_id or await _found(ask, desk, wanted.filename)
    filename = wanted.filename or await desk.slack.file_name(file_id)
    private = bool(ask.channel) and not ask.in_direct_messages and await desk.slack.is_private(ask.channel)
    recipe = Recipe(
        into=wanted.name.lower() or set_name(filename),
        file=file_id,
        slices=wanted.slices,
        origin=ask.channel if private else "",
    )
    await check_free(ask, desk, recipe.into)
    if len(recipe.as_value()) > MOST_VALUE:
        raise InputError("Those are too many columns.", hint="Name a few to break results down by.")
    return filename, recipe.as_value()


async def _found(ask: Ask, desk: Desk, filename: str) -> str:
    """The newest file of that name here or in direct messages."""
    if not filename:
        hint = f"/{desk.command} set import refunds from questions.csv"
        raise InputError("Which file?", hint=f"Upload it, then: {hint}")
    found = await desk.slack.find_file(ask.channel, filename) if ask.channel else None
    if found is None:
        direct = await desk.slack.direct_channel(ask.user)
        found = await desk.slack.find_file(direct, filename)
    if found is None:
        raise NotFound(
            f"I see no file named {filename} here or in our direct messages.",
            hint=f"Upload it first, or type /{desk.command} set import for a form with a file box.",
        )
    return found


async def look(ask: Ask, desk: Desk, title: str, recipe: Recipe) -> None:
    """Reads the file with progress in direct messages; the preview takes the progress's place. No step:
    nothing of the cases is kept."""
    board = await progress_board(ask, desk, title)
    try:
        seen = await _task(desk, "set_preview", recipe, ask.user, board)
    except PlumblineError as error:
        await board.finish(failures.failure(error.message, error.hint))
        return
    await board.finish(_preview(title, recipe, seen))


def _preview(title: str, recipe: Recipe, seen: Mapping[str, Any]) -> Message:
    told = views.Seen(
        reference=seen["reference"],
        news=int(seen["news"]),
        sentences=tuple(seen["sentences"]),
        first=tuple(case_from_json(case) for case in seen["first"]),
        problems=tuple(seen["problems"]),
    )
    return views.preview(title, told, replace(recipe, base=int(seen["base"])).as_value())


async def _task(
    desk: Desk, task: str, recipe: Recipe, user: str, board: Board[Message] | None = None
) -> dict[str, Any]:
    """A task of the workshop on the file, which is fetched for it and gone afterwards."""

    async def report(stage: str, done: int, total: int | None) -> None:
        if board is not None:
            await board.show(views.reading(f"The cases of {recipe.into}", stage, done, total))

    with tempfile.TemporaryDirectory(prefix="plumbline-") as folder:
        path = Path(folder) / "cases"
        file = await desk.slack.download(recipe.file, path, limit=FILE_LIMIT)
        payload = {
            "path": str(path),
            "filename": str(file["name"]),
            "set": recipe.into,
            "slices": list(recipe.slices),
            "channel": recipe.origin,
            "base": recipe.base,
            "by": user,
        }
        return await desk.workshop.run(desk.services.store.team, task, payload, report)


@long_running
async def add(ask: Ask, desk: Desk) -> None:
    """The button under a preview: reads once more, and keeps what was shown unless the set has moved on."""
    await require_contributor(ask, desk)
    recipe = Recipe.from_value(ask.value)
    if not await desk.may_see(recipe.origin, ask.user, place(ask)):
        raise NotAllowed("These cases come from a private channel.", hint="Add them there.")
    await check_free(ask, desk, recipe.into)
    if recipe.story:
        await desk.replace(ask, _added(await desk.step("add", _add_story, ask, desk, recipe)))
        return
    board = _board_there(ask, desk, recipe) or await progress_board(ask, desk, f"The cases of {recipe.into}")
    try:
        done = await desk.step("add", _task, desk, "set_add", recipe, ask.user, board, retries=1)
    except PlumblineError as error:
        await board.finish(failures.failure(error.message, error.hint))
        return
    await board.finish(_added(done))


def _board_there(ask: Ask, desk: Desk, recipe: Recipe) -> Board[Message] | None:
    """In the place of the preview, which loses its buttons; None where it is not in direct messages."""
    ts = str(ask.message.get("ts") or "")
    if not ts or not ask.in_direct_messages:
        return None
    return Board(desk.slack, ask.channel, ts, views.reading(f"The cases of {recipe.into}"), _as_it_is)


def _added(done: Mapping[str, Any]) -> Message:
    return views.added_note(done["set"], int(done["version"]), int(done["cases"]))


async def forget(ask: Ask, desk: Desk) -> None:
    await desk.replace(ask, views.forgotten_note())


async def look_at_story(ask: Ask, desk: Desk, story: str, into: str) -> None:
    """An approved story's examples: there are few, so this is done at once."""
    recipe = Recipe(into=into, story=story)
    incoming = await desk.services.cases.from_story(story, variable=await variable_of(desk, into))
    seen = first_look(await desk.services.datasets.propose(into, incoming))
    await desk.answer(ask, _preview(f"Examples of {story}", recipe, seen))


async def _add_story(ask: Ask, desk: Desk, recipe: Recipe) -> dict[str, Any]:
    story = await visible_story(ask, desk, recipe.story)
    variable = await variable_of(desk, recipe.into)
    incoming = await desk.services.cases.from_story(story.id, variable=variable)
    proposal = await desk.services.datasets.propose(recipe.into, incoming)
    version = await keep(desk.services.datasets, proposal, recipe.base, ask.user)
    return {
        "set": proposal.name,
        "version": version.number if version else 0,
        "cases": len(proposal.cases),
    }


async def progress_board(ask: Ask, desk: Desk, title: str) -> Board[Message]:
    """A message in direct messages that shows how far it is, and later what came of it."""
    direct = ask.channel
    if not ask.in_direct_messages:
        direct = str(await desk.step("direct", desk.slack.direct_channel, ask.user))
    begun = views.reading(title)
    ts = await desk.post(ask, "progress", direct, begun)
    if not ask.in_direct_messages:
        await desk.answer(ask, progress.working_elsewhere(title))
    return Board(desk.slack, direct, ts, begun, _as_it_is)


def _as_it_is(told: Message) -> Message:
    return told
