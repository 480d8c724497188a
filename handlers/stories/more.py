"""The menu at the end of a card's buttons: its values say what to do, "share:ST-14"."""

from handlers.ask import Ask
from handlers.desk import Desk
from handlers.stories.deciding import show_all
from handlers.stories.editing import open_merge
from handlers.stories.sharing import open_export, open_share

OPENS = {"share": open_share, "merge": open_merge, "export": open_export}
WORKS = {"show": show_all}


async def opened(ask: Ask, desk: Desk) -> None:
    """What opens a window."""
    opening = OPENS.get(ask.value.partition(":")[0])
    if opening is not None:
        await opening(ask, desk)


async def chosen(ask: Ask, desk: Desk) -> None:
    """What is done behind the scenes."""
    work = WORKS.get(ask.value.partition(":")[0])
    if work is not None:
        await work(ask, desk)
