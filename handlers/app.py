"""Registers every feature with Bolt: which listeners there are, and nothing about what they do."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from slack_bolt.async_app import AsyncApp

from bot.ports import JobFunction, JsonObject
from handlers.ask import Ask
from handlers.boundary import Ack, Boundary, Listener
from handlers.feature import LONG, Feature, Verb, Work
from handlers.features import FEATURES
from handlers.verbs import find_verb

Register = Callable[[str, JobFunction, bool], None]
ANYTHING = re.compile(".*", re.DOTALL)
UNKNOWN = "verb:help"


def register(app: AsyncApp, boundary: Boundary, command: str, features: Sequence[Feature] = FEATURES) -> None:
    """Listeners of all features, and behind them those that ack what nobody listens to."""
    _register_command(app, boundary, command, [verb for feature in features for verb in feature.verbs])
    for feature in features:
        for action in feature.actions.keys() | feature.openings.keys():
            app.action(action)(_on_action(boundary, feature, action))
        for callback, submission in feature.submissions.items():
            app.view(callback)(boundary.submitted(f"submission:{callback}", submission.check))
        for shortcut in feature.shortcuts:
            listener = (
                boundary.opened("shortcut", shortcut.opens)
                if shortcut.opens
                else boundary.stored("shortcut", f"shortcut:{shortcut.callback_id}")
            )
            app.shortcut(shortcut.callback_id)(listener)
        for event in feature.events:
            app.event(event)(boundary.stored("event", f"event:{event}"))
    _ack_the_rest(app)


def _register_command(app: AsyncApp, boundary: Boundary, command: str, verbs: Sequence[Verb]) -> None:
    async def listener(body: JsonObject, ack: Ack) -> None:
        found = find_verb(str(body.get("text") or ""), verbs)
        if found is None:
            await boundary.store("command", UNKNOWN, body, ack)
            return

        def narrow(ask: Ask) -> Ask:
            return replace(ask, text=found.rest)

        if found.verb.opens is not None and found.verb.opens_for(found.rest):
            await boundary.open("command", found.verb.opens, body, ack, narrow)
        else:
            await boundary.store("command", f"verb:{found.verb.name}", body, ack, narrow)

    app.command(f"/{command}")(listener)


def _on_action(boundary: Boundary, feature: Feature, action: str) -> Listener:
    opening, job = feature.openings.get(action), f"action:{action}"
    if opening is None:
        return boundary.stored("action", job)
    if action in feature.actions:
        return boundary.stored_and_opened("action", job, opening)
    return boundary.opened("action", opening)


def _ack_the_rest(app: AsyncApp) -> None:
    """An unhandled delivery counts as a failed one with Slack, and is sent again."""

    async def acked(ack: Ack) -> None:
        await ack()

    app.action(ANYTHING)(acked)
    app.view(ANYTHING)(acked)
    app.view_closed(ANYTHING)(acked)
    app.shortcut(ANYTHING)(acked)
    app.options(ANYTHING)(acked)
    app.event(ANYTHING)(acked)
    app.command(ANYTHING)(acked)


def durable_work(features: Sequence[Feature] = FEATURES) -> dict[str, Work]:
    """Every durable job by name."""
    jobs: dict[str, Work] = {}
    for feature in features:
        jobs.update({f"verb:{verb.name}": verb.work for verb in feature.verbs})
        jobs.update({f"action:{action}": work for action, work in feature.actions.items()})
        jobs.update({f"submission:{name}": each.work for name, each in feature.submissions.items()})
        jobs.update({f"shortcut:{x.callback_id}": x.work for x in feature.shortcuts if x.work})
        jobs.update({f"event:{event}": work for event, work in feature.events.items()})
    return jobs


def register_jobs(register: Register, boundary: Boundary, features: Sequence[Feature] = FEATURES) -> None:
    """Hands every durable job over, with whether it is a long one."""
    for name, work in durable_work(features).items():
        register(name, boundary.job(work), work in LONG)
