"""Outputs that may be judged: tracked by name, found by name or by the message that shows them."""

import asyncio
from dataclasses import replace

from bot.domain.feedback import TrackedOutput
from bot.ports import Clock
from bot.services.feedback.origins import find, look_up
from bot.services.feedback.privacy import redacted, redacted_within
from bot.store import Store


class OutputService:
    """Tracked outputs of a team."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def track(self, output: TrackedOutput, message: tuple[str, str] | None = None) -> TrackedOutput:
        """Keep an output, redacted, and the message (channel, ts) that shows it; as it is kept.

        Tracked again it gets the new text; who tracked it first and when it was made stay. A second message
        is one more that shows it.
        """
        clean = await asyncio.to_thread(_redacted, output)
        async with self._store.write() as unit:
            await unit.outputs.put(clean, self._clock.now())
            if message is not None:
                await unit.outputs.show(*message, clean.name)
            kept = await unit.outputs.get(clean.name)
        assert kept is not None  # noqa: S101  written above
        return kept

    async def made(self, name: str, by: str) -> None:
        """Keep an output of the bot's own, shown to ``by``, as it is now; where nobody knows it nothing is
        kept."""
        async with self._store.write() as unit:
            for found in await look_up(unit, [name]):
                await unit.outputs.put(replace(found, tracked_by=by), self._clock.now())

    async def get(self, name: str) -> TrackedOutput | None:
        """An output as it was when it was tracked or first judged, else as it is; None: nobody knows it."""
        async with self._store.read() as unit:
            return await find(unit, name)

    async def about_message(self, channel: str, ts: str) -> str:
        """The name of the output that a message shows, "" for none."""
        async with self._store.read() as unit:
            return await unit.outputs.about_message(channel, ts)

    async def messages(self, name: str) -> list[tuple[str, str]]:
        """(channel, ts) of the messages that show an output."""
        async with self._store.read() as unit:
            return await unit.outputs.messages(name)

    async def all(self, feature: str = "") -> list[TrackedOutput]:
        """Newest first; ``feature`` may also be a kind of the bot's own outputs, such as "story"."""
        async with self._store.read() as unit:
            return await unit.outputs.all(feature)


def _redacted(output: TrackedOutput) -> TrackedOutput:
    return replace(
        output,
        text=redacted(output.text),
        title=redacted(output.title),
        input=redacted_within(output.input),
        trace=redacted_within(output.trace),
    )
