"""The invented company's assistant under watch: owners, bars to reach, and eight weeks of its calls."""

from bot.domain.features import Duty, Stage, Threshold, Watched
from bot.errors import NotFound
from bot.sample.interactions import Calls, calls
from bot.services.feedback.origins import remember
from bot.store import Store
from bot.store.numbers import BusinessNumber
from bot.store.repositories import in_batches
from handlers.demo.people import ADA, BEN, CHLOE, MOSS
from handlers.desk import Desk

FEATURE, PROMPT = "reply", "reply@1"
AT_ONCE = 50  # votes in one transaction
WATCHED = Watched(
    FEATURE,
    title="Replies in the app (sample data)",
    channels=(MOSS,),
    stage=Stage.PILOT,
    owners={Duty.DATA: CHLOE, Duty.VALIDATION: CHLOE, Duty.PROMPTING: BEN, Duty.ACCOUNTABLE: ADA},
    thresholds=(
        Threshold("accuracy", 0.88, 0.92),
        Threshold("error_rate", 0.05, 0.01, "lower"),
        Threshold("positive_rate", 0.7, 0.8),
        Threshold("override_rate", 0.15, 0.1, "lower"),
    ),
    business="questions solved without a person",
    minutes_saved=4,
    baseline="60 replies timed in August, sample data",
    false_positive_cost=2,
    false_negative_cost=9,
    prompts=("reply",),
    dataset="questions",
    examples=True,
)


async def watch(desk: Desk) -> None:
    """Adds the feature and its calls where they are not there yet."""
    try:
        await desk.services.features.get(FEATURE)
    except NotFound:
        version = await desk.services.prompts.get(PROMPT)
        now = desk.clock.now()
        found = calls(FEATURE, now, prompt=PROMPT, fingerprint=version.fingerprint, labeller=CHLOE)
        async with desk.services.store.write() as unit:
            await unit.interactions.add(found.interactions, now)
            await unit.numbers.put(
                [BusinessNumber(FEATURE, WATCHED.business, *each) for each in found.solved]
            )
        await _judged(desk.services.store, found)
        # Last: where this was cut off it begins anew, and nothing of it counts twice.
        await desk.services.features.add(WATCHED, await desk.slack.person(ADA))


async def _judged(store: Store, found: Calls) -> None:
    """Votes and labels, and the outputs they are about: a few at a time, so that nobody's ack waits."""
    for given in in_batches(found.given, AT_ONCE):
        async with store.write() as unit:
            await unit.votes.give_all(given)
            await remember(unit, {each.output for each in given}, found.interactions[-1].at)
    for labels in in_batches(found.labels, AT_ONCE):
        async with store.write() as unit:
            for label in labels:
                await unit.labels.put(label)
            await remember(unit, {label.output for label in labels}, found.interactions[-1].at)
