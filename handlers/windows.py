"""Windows that open at once and fill when what they show has been looked up."""

from collections.abc import Awaitable, Callable

from bot.errors import PlumblineError
from handlers.ask import Ask
from handlers.desk import Desk
from handlers.views import failures, modals
from handlers.views.kit import View


async def open_window(ask: Ask, desk: Desk, title: str, fill: Callable[[], Awaitable[View]]) -> None:
    """A skeleton first, because looking things up may take longer than Slack waits; then what ``fill`` makes,
    or in its place why there is nothing to show."""
    view_id = await desk.slack.open_view(ask.trigger_id, modals.loading(title))
    try:
        view = await fill()
    except PlumblineError as error:
        view = failures.window(error.message, error.hint)
    except Exception:
        await desk.slack.update_view(view_id, failures.window("Something went wrong on my side."))
        raise
    await desk.slack.update_view(view_id, view)
