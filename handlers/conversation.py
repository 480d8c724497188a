"""Talking to the bot: help, words in direct messages and mentions, a file dropped there, and the tour."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.domain.people import Role
from handlers.ask import Ask
from handlers.desk import Desk
from handlers.feature import LONG, Feature, Verb, Work, long_running
from handlers.stories.drafting import carry_out, list_themes, open_form, show_themes
from handlers.stories.orders import Order, file_order
from handlers.verbs import find_verb
from handlers.views import help as views
from handlers.views import welcome
from handlers.views.kit import Message
from handlers.words import DraftWanted, nearest, split_words

MENTION = re.compile(r"<@[UW][A-Z0-9]+>")


def conversation(others: Sequence[Feature]) -> Feature:
    """The feature that knows all the other features' verbs."""
    verbs = [verb for feature in others for verb in feature.verbs]

    async def help_(ask: Ask, desk: Desk) -> None:
        """/plumb help [verb]; also whatever was typed that is no verb."""
        await desk.answer(ask, _help_for(ask.text, verbs, desk.command))

    async def said(ask: Ask, desk: Desk) -> None:
        """A direct message, or a mention in a channel: the same words as behind the command."""
        if ask.event.get("bot_id") or ask.event.get("subtype") not in {None, "file_share"}:
            return
        ask = replace(ask, text=MENTION.sub("", ask.text).strip(), message=_thread_of(ask))
        files = ask.event.get("files") or []
        if files and ask.in_direct_messages and find_verb(ask.text, verbs) is None:
            await desk.answer(
                ask, welcome.file_received(str(files[0].get("name") or "file"), str(files[0]["id"]))
            )
            return
        await _obey(ask, desk, verbs, help_)

    async def try_(ask: Ask, desk: Desk) -> None:
        """A button of the tour whose value is what one could type."""
        await _obey(replace(ask, text=ask.value, value=""), desk, verbs, help_)

    return Feature(
        noun="help",
        verbs=(Verb("help", "What I can do", "help story", help_, hint="[verb]"),),
        actions={
            "tour_themes": _tour_themes,
            "tour_help": help_,
            "tour_try": try_,
            "file_draft": _draft_file,
        },
        openings={"tour_form": open_form},
        events={"message": said, "app_mention": said},
    )


def _thread_of(ask: Ask) -> dict[str, str]:
    """In a channel the answer belongs where the mention was; direct messages stay flat unless in a thread."""
    thread = ask.event.get("thread_ts")
    return {"thread_ts": str(thread)} if thread else {}


async def _obey(ask: Ask, desk: Desk, verbs: Sequence[Verb], otherwise: Work) -> None:
    found = find_verb(ask.text.lstrip("/").removeprefix(f"{desk.command} "), verbs)
    if found is None:
        await otherwise(ask, desk)
    elif found.verb.opens is not None and found.verb.opens_for(found.rest):
        await desk.answer(ask, views.verb_help(desk.command, _line(found.verb)))
    elif found.verb.work in LONG:
        # As a job of its own, so that it waits with the other long ones and not before quick answers.
        handed = replace(ask, text=found.rest, key=f"{ask.key}:work")
        await desk.step("hand over", desk.enqueue, f"verb:{found.verb.name}", handed)
    else:
        await found.verb.work(replace(ask, text=found.rest), desk)


def _help_for(text: str, verbs: Sequence[Verb], command: str) -> Message:
    words = [word for word in split_words(text.lower()) if word != "help"]
    lines = [_line(verb) for verb in verbs]
    if not words:
        return views.overview(command, lines)
    names = [verb.name for verb in verbs]
    asked = " ".join(words[:2])
    for verb in verbs:
        if verb.name == asked:
            return views.verb_help(command, _line(verb))
    of_noun = [line for line in lines if line.name.split()[0] == words[0]]
    if of_noun and len(words) == 1:
        return views.overview(command, of_noun)
    guess = nearest(asked, names)
    example = next((verb.example for verb in verbs if verb.name == guess), verbs[0].example)
    return views.unknown(command, asked, guess, example)


def _line(verb: Verb) -> views.VerbLine:
    return views.VerbLine(name=verb.name, summary=verb.summary, hint=verb.hint, example=verb.example)


@long_running
async def _tour_themes(ask: Ask, desk: Desk) -> None:
    """The themes of the sample, "F123|name", or of what was imported last."""
    if "|" in ask.value:
        await show_themes(ask, desk, Order.from_json(await desk.step("order", _order_of_file, ask, desk)))
    else:
        await list_themes(replace(ask, text=""), desk)


@long_running
async def _draft_file(ask: Ask, desk: Desk) -> None:
    """The button under a file: value "F123|tickets.csv"."""
    order = await desk.step("order", _order_of_file, ask, desk)
    await carry_out(ask, desk, Order.from_json(order))


async def _order_of_file(ask: Ask, desk: Desk) -> dict[str, object]:
    await desk.require(ask.user, Role.CONTRIBUTOR, "Drafting stories")
    file_id, _, name = ask.value.partition("|")
    return (await file_order(ask, desk, file_id, name, DraftWanted())).as_json()
