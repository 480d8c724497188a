"""Cases from what the team has already: the first twenty of a log, a theme's tickets, a story's examples."""

from collections.abc import Mapping
from typing import Any

from bot.domain.datasets.starter import FIRST
from bot.errors import InputError, NotFound, PlumblineError
from handlers.ask import Ask
from handlers.board import Board
from handlers.desk import Desk
from handlers.feature import long_running
from handlers.sets.importing import look_at_story, progress_board
from handlers.sets.seeing import check_free, fitting, only, require_contributor, variable_of
from handlers.sets.words import Into, parse_into, set_name
from handlers.stories.cards import visible_story
from handlers.stories.orders import shown_source, visible_sources
from handlers.views import failures
from handlers.views import sets as views
from handlers.views.kit import Message, View
from handlers.windows import open_window

FIRST_LIKE, THEME_LIKE, STORY_LIKE = (
    "set first20 tickets into starters",
    "set theme TH-3 into refunds",
    "set from ST-14 into refunds",
)


@long_running
async def first(ask: Ask, desk: Desk) -> None:
    """/plumb set first20 tickets into starters"""
    payload: Mapping[str, Any] = await desk.step("order", _first_order, ask, desk)
    title = f"{payload['n']} inputs of {shown_source(payload['source'])}"
    board = await progress_board(ask, desk, title)
    try:
        done = await desk.step("first", _first, desk, payload, title, board, retries=1)
    except PlumblineError as error:
        await board.finish(failures.failure(error.message, _hint(error, desk)))
        return
    await board.finish(views.proposed_note(payload["set"], done["new"], done["known"], done["notes"]))


async def _first_order(ask: Ask, desk: Desk) -> dict[str, Any]:
    await require_contributor(ask, desk)
    wanted = parse_into(ask.text, FIRST_LIKE)
    source = await _source(ask, desk, wanted.subject or wanted.source)
    name = wanted.name.lower() or set_name(shown_source(source))
    await check_free(ask, desk, name)
    variable = await variable_of(desk, name)
    count = wanted.top or FIRST
    return {"source": source, "set": name, "n": count, "variable": variable, "by": ask.user}


async def _first(desk: Desk, payload: Mapping[str, Any], title: str, board: Board[Message]) -> dict[str, Any]:
    async def report(stage: str, done: int, total: int | None) -> None:
        await board.show(views.reading(title, stage, done, total))

    return await desk.workshop.run(desk.services.store.team, "set_first", payload, report)


async def _source(ask: Ask, desk: Desk, word: str) -> str:
    """The imported log that a word means here, this private channel's own first."""
    known = await visible_sources(ask.user, ask.channel, desk)
    alike = [name for name in known if word in {name, shown_source(name)}]
    if alike:
        return min(alike, key=lambda name: (known[name] != ask.channel, name != word))
    there = ", ".join(dict.fromkeys(map(shown_source, known)))
    hint = f"There are {there}." if known else f"Import one: /{desk.command} story themes tickets.csv"
    raise NotFound(f"There is no log “{word}”." if word else "From which log?", hint=hint)


def _hint(error: PlumblineError, desk: Desk) -> str:
    """What to do here; the error's own words may be for the command line."""
    return f"/{desk.command} story themes shows what is there." if "plumb " in error.hint else error.hint


async def theme(ask: Ask, desk: Desk) -> None:
    """/plumb set theme TH-3 of tickets into refunds top 10"""
    await require_contributor(ask, desk)
    wanted = parse_into(ask.text, THEME_LIKE)
    if not wanted.subject:
        raise InputError("Which theme?", hint=f"/{desk.command} {THEME_LIKE}")
    note = await desk.step("theme", _theme, ask, desk, wanted)
    await desk.answer(ask, views.proposed_note(note["set"], note["new"], note["known"], note["notes"]))


async def _theme(ask: Ask, desk: Desk, wanted: Into) -> dict[str, Any]:
    sources = await visible_sources(ask.user, ask.channel, desk)
    source = await _source(ask, desk, wanted.source) if wanted.source else ""
    name = await _into(ask, desk, wanted.name, "", THEME_LIKE)
    try:
        found = await desk.services.cases.from_theme(
            wanted.subject.upper() if wanted.subject.upper().startswith("TH-") else wanted.subject,
            source=source,
            among=sources,
            most=wanted.top or FIRST,
            variable=await variable_of(desk, name),
        )
    except PlumblineError as error:
        raise type(error)(error.message, hint=_hint(error, desk)) from None
    why = [(case, found.source) for case in found.cases]
    done = await desk.services.candidates.propose(name, why, ask.user, channel=found.channel)
    return {"set": name, "new": len(done.candidates), "known": done.known, "notes": list(found.notes)}


async def from_story(ask: Ask, desk: Desk) -> None:
    """/plumb set from ST-14 into refunds"""
    wanted = parse_into(ask.text, STORY_LIKE)
    if not (wanted.subject or wanted.source):
        raise InputError("Which story?", hint=f"/{desk.command} {STORY_LIKE}")
    await _examples(ask, desk, wanted.subject or wanted.source, wanted.name)


async def open_story_form(ask: Ask, desk: Desk) -> None:
    """The button under a story."""

    async def form() -> View:
        await require_contributor(ask, desk)
        story = await visible_story(ask, desk, ask.value)
        names = [line.name for line in await fitting(ask, desk, story.channel)]
        return views.story_form(story.id, names, channel=ask.channel)

    await open_window(ask, desk, "Examples as cases", form)


async def check_story_form(ask: Ask, desk: Desk) -> Mapping[str, str]:
    """Errors by block id."""
    try:
        await check_free(ask, desk, str(ask.values.get("name") or "").strip().lower())
    except InputError as error:
        return {"name": f"{error.message} {error.hint}".strip()}
    return {}


async def from_story_form(ask: Ask, desk: Desk) -> None:
    name = str(ask.values.get("name") or "").strip()
    await _examples(ask, desk, str(ask.private.get("story") or ""), name)


async def _examples(ask: Ask, desk: Desk, story_id: str, name: str) -> None:
    """Of an approved story a preview; what nobody approved waits for a person, case by case."""
    await require_contributor(ask, desk)
    story = await visible_story(ask, desk, story_id)
    into = await _into(ask, desk, name, story.channel, STORY_LIKE)
    if await desk.services.cases.is_approved(story.id):
        await look_at_story(ask, desk, story.id, into)
        return
    note = await desk.step("examples", _propose_examples, desk, story.id, into, ask.user)
    await desk.answer(ask, views.proposed_note(into, note["new"], note["known"], note["notes"]))


async def _propose_examples(desk: Desk, story_id: str, into: str, user: str) -> dict[str, Any]:
    found = await desk.services.cases.from_story(story_id, variable=await variable_of(desk, into))
    why = [(case, found.source) for case in found.cases]
    done = await desk.services.candidates.propose(into, why, user, channel=found.channel)
    return {"new": len(done.candidates), "known": done.known, "notes": list(found.notes)}


async def _into(ask: Ask, desk: Desk, name: str, origin: str, example: str) -> str:
    """The set that was named, or the only one there is."""
    chosen = name.lower() or only(await fitting(ask, desk, origin))
    if not chosen:
        raise InputError("Into which set?", hint=f"Name one, new or known: /{desk.command} {example}")
    await check_free(ask, desk, chosen)
    return chosen
