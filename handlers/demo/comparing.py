"""The tour's second half: two versions of a prompt compared, voted on, promoted, taken back, learned from."""

from bot.sandbox import Person
from handlers.demo.acting import PATIENCE, Acting, Json, direct_of, done, form_of, says, submit, value_of
from handlers.demo.assistant import PROMPT, TRY
from handlers.demo.people import MOSS

OLD, NEW = f"{PROMPT}@1", f"{PROMPT}@2"
LEARNED = (
    "The right lock day and the lines on damage and safety won most cases. Care got worse, because its lines"
    " were cut to make room: the next version keeps both."
)


async def compare(acting: Acting, ada: Person, ben: Person, chloe: Person) -> None:
    """Ada orders and closes it, Ben wrote the new version, Chloe promotes."""
    await acting.place.furnished
    direct = await direct_of(ada)
    await acting.types("Ada", ada, direct, f"/plumb prompt diff {OLD} 2", "18:00")
    card = await _run(acting, ada, direct)
    experiment = value_of(card, "exp_differ")
    await acting.awaiting(
        "Ada",
        "clicks Where they differ",
        ada,
        says(f"{experiment}: where the arms differ"),
        lambda: ada.click("exp_differ", channel=direct, ts=card["ts"]),
    )
    await _vote(acting, ada, (ben, chloe), direct, card)
    await _put_live(acting, ben, chloe, experiment)
    await _close(acting, ada, direct, card)
    await acting.types("Ada", ada, direct, f"/plumb trace {experiment}", "What stands behind", "REL-")


async def _run(acting: Acting, ada: Person, direct: str) -> Json:
    """Ends with the result card."""
    async with acting.step("Ada", f"/plumb {TRY}"):
        before = ada.mark
        await done(ada.command(direct, f"/plumb {TRY}"))
        return await ada.wait_for_message(says("exp_differ"), PATIENCE, channel=direct, after=before)


async def _vote(acting: Acting, ada: Person, voters: tuple[Person, Person], direct: str, card: Json) -> None:
    async with acting.step("Ada", "opens a blind vote in #product-moss"):
        before = ada.mark
        view = await form_of(ada, "exp_vote", lambda: ada.click("exp_vote", channel=direct, ts=card["ts"]))
        await submit(ada, view, to=MOSS, cases="3")
        ballot = await ada.wait_for_message(says("exp_reveal"), PATIENCE, channel=MOSS, after=before)
    for name, voter in zip(("Ben", "Chloe"), voters, strict=True):
        await _cast(acting, name, voter, ballot, _side_of(ballot, "Tuesday"))
    await acting.awaiting(
        "Ada",
        "closes the vote",
        ada,
        says("the blind vote"),
        lambda: ada.click("exp_reveal", channel=MOSS, ts=ballot["ts"]),
    )


async def _cast(acting: Acting, name: str, voter: Person, ballot: Json, choice: str) -> None:
    """On the first case."""
    action = f"exp_ballot_{choice}"
    value = value_of(ballot, action)
    await acting.awaiting(
        name,
        f"votes on the first case: {choice}",
        voter,
        says("You may change your mind"),
        lambda: voter.click(action, channel=MOSS, ts=ballot["ts"], value=value),
    )


def _side_of(ballot: Json, word: str) -> str:
    """The side of the first case whose answer holds this word; boxes lock on Tuesday, whatever Moss said."""
    _, _, answers = str(ballot["blocks"]).partition("A\\n")
    left, _, _ = answers.partition("B\\n")
    return "left" if word in left else "right"


async def _put_live(acting: Acting, ben: Person, chloe: Person, experiment: str) -> None:
    typed = f"/plumb prompt promote {NEW} on {experiment}"
    await acting.types("Ben", ben, MOSS, typed, "somebody else has to review it")
    await acting.types("Chloe", chloe, MOSS, typed, NEW, "is in production")
    back = f"/plumb prompt rollback {PROMPT} because it no longer helps against gnats"
    await acting.types("Chloe", chloe, MOSS, back, OLD, "is back in production")


async def _close(acting: Acting, ada: Person, direct: str, card: Json) -> None:
    async with acting.step("Ada", "closes the experiment with what was learned"):
        view = await form_of(ada, "exp_close", lambda: ada.click("exp_close", channel=direct, ts=card["ts"]))
        before = ada.mark
        await submit(ada, view, decision="keep", learned=LEARNED)
        await ada.wait_for_message(says("is closed by"), PATIENCE, after=before)
