"""A workspace in which the bot works, for tests at the wire."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.sandbox import Person, Sandbox
from handlers.demo.workplace import sandbox_settings
from handlers.features import FEATURES
from handlers.manifest import manifest
from handlers.running import Bot

Json = Mapping[str, Any]
ADA, BEN, CHLOE, DEV, EMI, FRANK, GRETA = "U0ADA", "U0BEN", "U0CHLOE", "U0DEV", "U0EMI", "U0FRANK", "U0GRETA"
GENERAL, SUPPORT, MOSS, LEADS = "C0GENERAL", "C0SUPPORT", "C0MOSS", "C0LEADS"
BOT = "U0APP"
PATIENCE = 60.0

NEEDS = {
    "parcel": (
        "Where is my parcel {n}? It was due on {day}.",
        "My parcel {n} still has not arrived, it has been {k} days",
        "When will parcel {n} be delivered? Tracking says {day}",
        "The courier never brought parcel {n}, what happened to it?",
        "Is there a tracking link for my parcel {n}?",
    ),
    "refund": (
        "I sent the lamp back {k} days ago, where is my refund?",
        "Refund for order {n} has not reached my account since {day}",
        "still waiting for my money back for the kettle I returned on {day}",
        "You promised a refund by {day} and nothing has been paid out",
        "My bank says no refund has come in for order {n}",
    ),
    "login": (
        "I cannot log in since {day}, the app says wrong password",
        "The password reset e-mail never comes, I tried {k} times",
        "locked out of my account after {k} attempts, how do I reset my password",
        "I forgot my password and the reset link has expired on {day}",
        "Why does the app log me out and refuse my password {k} times a day?",
    ),
}
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


def small_log(rows: int = 60, *, mark: str = "") -> bytes:
    """Three plain needs in turn over eight weeks; ``mark`` makes a log of its own."""
    lines = ["ticket_id,created_at,requester_email,message"]
    needs = list(NEEDS.values())
    for number in range(1, rows + 1):
        wordings = needs[number % len(needs)]
        text = wordings[number // len(needs) % len(wordings)].format(
            n=f"A-{1000 + 7 * number}", k=2 + number % 9, day=DAYS[number % 5]
        )
        day = 1 + number % 28
        month = 9 + number % 2
        lines.append(f'{mark}{number},2026-{month:02}-{day:02}T09:00:00Z,p{number % 40}@example.com,"{text}"')
    return "\n".join(lines).encode()


@dataclass(frozen=True, slots=True)
class Office:
    """Sandbox and bot; ``folder`` is the bot's data folder."""

    sandbox: Sandbox
    bot: Bot
    folder: Path

    def person(self, user: str) -> Person:
        return Person(self.sandbox.url, user)

    async def settled(self) -> None:
        """Until every job is done and nothing more reached the sandbox for a moment."""
        async with asyncio.timeout(PATIENCE):
            while True:
                seen = self.sandbox.log.last
                quiet = not await self.sandbox.log.wait(seen, "", 0.25)
                if quiet and await self.bot.durable.pending() == 0:
                    return

    async def direct(self, user: str) -> str:
        """The direct conversation of somebody with the bot."""
        async with self.person(user) as person:
            snapshot = await person.snapshot()
        return next(
            str(each["id"])
            for each in snapshot["channels"]
            if each["kind"] == "im" and each.get("user") == BOT
        )


@asynccontextmanager
async def open_office(folder: Path, **settings: object) -> AsyncIterator[Office]:
    async with Sandbox() as sandbox:
        await sandbox.install(manifest(FEATURES, history=True))
        async with Bot(sandbox_settings(sandbox, folder, workers=0, **settings)) as bot:
            yield Office(sandbox, bot, folder)


def shows(*texts: str) -> Callable[[Json], bool]:
    """A message or view that holds all of these somewhere."""
    return lambda told: all(text in f"{told.get('text')} {told.get('blocks')}" for text in texts)


def is_card(message: Json) -> bool:
    return "story_trace" in str(message.get("blocks"))


def value_of(message: Json, action_id: str) -> str:
    """The value that a button of this message carries."""
    for block in message["blocks"]:
        for element in [*block.get("elements", []), block.get("accessory") or {}]:
            if element.get("action_id") == action_id:
                return str(element.get("value", ""))
    raise LookupError(f"no {action_id} in this message")


def inputs(view: Json, **given: Any) -> dict[str, dict[str, Any]]:
    """A form's state: entries by block id, at whatever action id the view gave them."""
    blocks = {block.get("block_id"): block for block in view["blocks"]}
    return {name: {blocks[name]["element"]["action_id"]: value} for name, value in given.items()}
