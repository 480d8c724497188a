"""App Home: what waits for you, what there is, how I am set up."""

from bot.domain.people import Role
from bot.domain.stories import StoryState
from handlers.ask import Ask
from handlers.desk import Desk
from handlers.feature import Feature
from handlers.feedback.judging import waiting_for
from handlers.stories.orders import shown_source, visible_sources
from handlers.views import home as views
from handlers.views.home import HomeState, SourceLine


async def opened(ask: Ask, desk: Desk) -> None:
    """The Home tab was opened, or something on it was clicked."""
    if ask.event.get("tab", "home") == "home":
        await desk.slack.publish_home(ask.user, views.home(await state_for(ask.user, desk)))


async def state_for(user: str, desk: Desk) -> HomeState:
    """Only what this person may see: App Home is theirs alone."""
    person = await desk.slack.person(user)
    role = await desk.services.people.role(person)
    if role < Role.VIEWER:
        return HomeState(name=person.name, role=role, command=desk.command)
    every = await desk.services.stories.all()
    seen = await desk.visible((story.channel for story in every), user, "D")
    stories = [story for story in every if story.channel in seen]
    waiting = [story for story in stories if story.state is StoryState.READY]
    return HomeState(
        name=person.name,
        role=role,
        command=desk.command,
        waiting=tuple(waiting) if role >= Role.REVIEWER else (),
        asked=tuple(waiting) if role < Role.REVIEWER else (),
        to_judge=await waiting_for(user, desk) if role >= Role.REVIEWER else 0,
        stories=tuple(stories),
        scorecards=tuple(await desk.services.scorecards.all()),
        sources=await _sources(user, desk),
        model=desk.model,
        transport=desk.transport,
        history_allowed=desk.history_allowed,
    )


async def _sources(user: str, desk: Desk) -> tuple[SourceLine, ...]:
    visible = await visible_sources(user, "D", desk)
    async with desk.services.store.read() as unit:
        overview = await unit.sources.overview()
    return tuple(
        SourceLine(name=shown_source(line.name), tickets=line.tickets, grade=line.grade)
        for line in overview
        if line.name in visible
    )


FEATURE = Feature(noun="home", events={"app_home_opened": opened}, actions={"home_refresh": opened})
