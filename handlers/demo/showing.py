"""The demo as a person sees it: the page in the browser, or the tour in the terminal."""

import asyncio
import json
import sys
import webbrowser

from rich.console import Console
from rich.text import Text

from bot.errors import InputError
from bot.intake import until_stopped
from handlers.demo.tour import Tour
from handlers.demo.transcript import Received, Step
from handlers.demo.workplace import SAMPLE_FILE, open_workplace

SHOWN = 160  # characters of each thing that arrived
QUIET = frozenset({"update", "mark"})  # shown as one line with a count


def demo(*, port: int, browser: bool) -> int:
    """Opens the page and stays until stopped. Raises InputError where the port is taken."""
    try:
        asyncio.run(_stay(port, browser))
    except OSError as error:
        raise InputError(
            f"Port {port} cannot be used ({error.strerror}).", hint="Leave --port out."
        ) from None
    return 0


async def _stay(port: int, browser: bool) -> None:
    out = Console(highlight=False)
    with out.status("Setting up a workspace with an invented company's support log …"):
        opening = open_workplace(port)
        place = await opening.__aenter__()
    try:
        out.print(f"\n  Your workspace is at [bold]{place.address}[/bold]\n", soft_wrap=True)
        out.print(
            "  You are Ada, a product manager. Plumbline has written to you: start there, or type",
            soft_wrap=True,
        )
        out.print(f"  [bold]/plumb story draft from {SAMPLE_FILE} top 3[/bold] in #support.", soft_wrap=True)
        out.print("  Ctrl-C ends it and leaves nothing behind.\n")
        if browser and _has_browser():
            await asyncio.to_thread(webbrowser.open, place.address)
        await until_stopped()
        out.print("  Closing …")
    finally:
        await opening.__aexit__(None, None, None)


def _has_browser() -> bool:
    """Whether a browser can show itself beside this terminal; one that runs inside it does not count."""
    if not sys.stdout.isatty():
        return False
    try:
        return type(webbrowser.get()) is not webbrowser.GenericBrowser
    except webbrowser.Error:
        return False


def tour(*, as_json: bool) -> int:
    """Does the tour and prints it: as it goes for a person, as one list for a script."""
    out = Console(highlight=False)
    steps = asyncio.run(_tour(None if as_json else out))
    if as_json:
        sys.stdout.write(json.dumps([step.as_json() for step in steps], ensure_ascii=False, indent=2) + "\n")
    else:
        slowest = max((ms for step in steps for ms in step.ack_ms), default=0.0)
        out.print(f"\n{len(steps)} steps; the slowest ack took {slowest:.0f} ms (Slack waits 3,000).")
    return 0


async def _tour(out: Console | None) -> list[Step]:
    async with open_workplace() as place:
        return await Tour(place, lambda step: _print(out, step) if out else None).go()


def _print(out: Console, step: Step) -> None:
    ack = f"acked in {max(step.ack_ms):.0f} ms" if step.ack_ms else ""
    out.print(Text.assemble((f"\n{step.number:>2}  {step.person} ", "bold"), step.did, ("  " + ack, "dim")))
    quiet = [each for each in step.received if each.what in QUIET]
    for each in step.received:
        if each.what not in QUIET:
            out.print(_line(each), soft_wrap=False)
    if quiet:
        out.print(Text(f"      {len(quiet)} × in place: {_short(quiet[-1].text)}", style="dim"))


def _line(each: Received) -> Text:
    return Text.assemble(("      " + each.what + "  ", "cyan"), _short(each.text))


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= SHOWN else flat[: SHOWN - 1] + "…"
