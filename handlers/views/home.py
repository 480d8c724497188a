"""App Home: what waits for this person, what there is, how the bot is set up, and what it cannot do."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.metrics.derived import Scorecard
from bot.domain.people import Role
from bot.domain.stories import Story
from handlers.views.feedback.queue import START
from handlers.views.kit import (
    Block,
    Markup,
    View,
    actions,
    bold,
    bullets,
    button,
    context,
    divider,
    faint,
    header,
    home_view,
    joined,
    line,
    markup,
    section,
    words,
)  # fmt: skip
from handlers.views.kit import rich_text as rich
from handlers.views.setup.lines import LEGEND, scorecard_line
from handlers.views.stories.lists import story_line
from handlers.views.stories.parts import STATES, count

QUEUE, SOURCES, FEATURES = 8, 10, 10
CONNECTIONS = {"socket": "Socket Mode", "http": "signed HTTP"}
CANNOT = (
    "I group and draft well in English; other languages are grouped, and a reader of them should look.",
    "I count and quote; I do not know what a ticket left unsaid, or why somebody wrote it.",
    "Redaction misses some names and addresses. Do not upload what must never be seen.",
    "Every story is a first draft until a named person approves it.",
)


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source with its size and its newest audit's grade, "" where there is none."""

    name: str
    tickets: int
    grade: str = ""


@dataclass(frozen=True, slots=True)
class HomeState:
    """What one person may see. ``waiting``: stories they can approve; ``asked``: those they asked approval
    for; ``limits``: sentences besides the usual ones on what the bot cannot do here; ``to_judge``: outputs of
    the next labelling round."""

    name: str
    role: Role
    command: str
    waiting: tuple[Story, ...] = ()
    asked: tuple[Story, ...] = ()
    stories: tuple[Story, ...] = ()
    scorecards: tuple[Scorecard, ...] = ()
    sources: tuple[SourceLine, ...] = ()
    model: str = "offline"
    transport: str = ""
    history_allowed: bool = False
    limits: tuple[str, ...] = ()
    to_judge: int = 0


def home(state: HomeState) -> View:
    if state.role < Role.VIEWER:
        return home_view(*_closed())
    if not (state.stories or state.sources):
        queue = _queue(state) if state.to_judge else ()
        return home_view(
            *_first_steps(state), *queue, *_scorecards(state), *_settings(state), *_cannot(state)
        )
    return home_view(
        header(f"Good to see you, {state.name}" if state.name else "Good to see you"),
        _buttons(), *_queue(state), *_scorecards(state), *_stories(state), *_sources(state),
        *_settings(state), *_cannot(state),
    )  # fmt: skip


def _closed() -> list[Block]:
    said = "Guests and people from other organisations see no tickets and no stories here."
    return [header("Plumbline"), rich(line(said, "\nAsk the person who invited you for what you need."))]


def _first_steps(state: HomeState) -> list[Block]:
    steps = [
        line(bold("Bring tickets  "), "an export of your help desk as it is: CSV, Excel, JSON or mail."),
        line(bold("Look at the themes  "), "what people write about, counted, in their own words."),
        line(bold("Draft and decide  "), "stories in which every claim cites tickets; you approve or edit."),
    ]
    return [
        header(f"Welcome, {state.name}" if state.name else "Welcome"),
        rich(
            line("No tickets are here yet. Three steps lead to the first story:"),
            bullets(*steps, ordered=True),
        ),
        actions(
            button("New story…", "story_new", style="primary"),
            button("What can you do?", "tour_help"),
        ),
        context(markup("Or type {}", f"/{state.command} story draft")),
    ]


def _buttons() -> Block:
    return actions(
        button("New story…", "story_new", style="primary"),
        button("Themes", "tour_themes"),
        button("Help", "tour_help"),
        button("Refresh", "home_refresh"),
    )


def _title(text: str) -> Iterator[Block]:
    yield divider()
    yield header(text)


def _queue(state: HomeState) -> Iterator[Block]:
    yield from _title("Your queue")
    if not state.waiting and not state.asked and not state.to_judge:
        yield rich(line(faint("Nothing waits for you.")))
    yield from _part(markup("*Waiting for your approval*"), state.waiting)
    yield from _part(markup("*You asked approval for*"), state.asked)
    if state.to_judge:
        said = markup("*Outputs to judge*\nThe most telling first: would you have answered so?")
        yield section(said, accessory=button(f"Start ({state.to_judge})", START, style="primary"))


def _part(title: Markup, stories: tuple[Story, ...]) -> Iterator[Block]:
    if not stories:
        return
    yield section(title)
    yield from (story_line(story) for story in stories[:QUEUE])
    if len(stories) > QUEUE:
        more = count(len(stories) - QUEUE, "more story", "more stories")
        yield context(markup("{}: {}", more, ", ".join(story.id for story in stories[QUEUE:][:20])))


def _scorecards(state: HomeState) -> Iterator[Block]:
    """One line a feature: what is technical, what people say, what it is for."""
    if not state.scorecards:
        return
    yield from _title("Features under watch")
    yield from (scorecard_line(card) for card in state.scorecards[:FEATURES])
    if len(state.scorecards) > FEATURES:
        yield context(markup("{} more: /{} feature list", len(state.scorecards) - FEATURES, state.command))
    yield context(markup("The last 30 days. {}", LEGEND))


def _stories(state: HomeState) -> Iterator[Block]:
    yield from _title("Stories")
    counts = Counter(story.state for story in state.stories)
    shown = [markup("{} {}", badge, f"{counts[each]:,}") for each, badge in STATES.items() if counts[each]]
    all_of_them = button("All stories", "story_list", "all:1")
    yield section(joined(shown) or markup("None yet."), accessory=all_of_them)


def _sources(state: HomeState) -> Iterator[Block]:
    yield from _title("Tickets")
    lines = [_source(source) for source in state.sources[:SOURCES]]
    if lines:
        yield rich(bullets(*lines))
    else:
        yield rich(line(faint("No tickets yet.")))
    if len(state.sources) > SOURCES:
        yield context(markup("{} more sources", len(state.sources) - SOURCES))


def _source(source: SourceLine) -> dict[str, object]:
    grade = f" · audit grade {source.grade}" if source.grade else " · not audited yet"
    return line(bold(source.name), words(f"  {count(source.tickets, 'ticket')}{grade}"))


def _settings(state: HomeState) -> Iterator[Block]:
    yield from _title("Settings")
    model = "offline: drafts without a model" if state.model == "offline" else state.model
    fields = [
        markup("*Your role*\n{}", state.role.name.lower()),
        markup("*Model*\n{}", model),
        markup(
            "*Channel messages*\n{}", "may be read where I am invited" if state.history_allowed else "off"
        ),
    ]
    if state.transport:
        fields.append(markup("*Connection*\n{}", CONNECTIONS.get(state.transport, state.transport)))
    yield section(fields=fields)


def _cannot(state: HomeState) -> Iterator[Block]:
    yield from _title("What I cannot do")
    yield rich(bullets(*(line(limit) for limit in (*CANNOT, *state.limits))))
