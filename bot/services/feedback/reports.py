"""What people's votes say over a span: rates, reasons, and what they wrote in groups."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.domain.feedback.reasons import Reasons, ranked, words_of
from bot.domain.feedback.summary import Judgement, Response, Summary, summarise
from bot.errors import InputError
from bot.ports import Clock
from bot.services.feedback.origins import catch_up
from bot.services.feedback.privacy import Sees, openly
from bot.services.vectors import Vectorizer
from bot.store import Store

LAST = timedelta(days=30)
JUST = timedelta(microseconds=1)  # what happens now belongs to a span that lasts until now
MOST_WRITTEN = 1_000
"""The newest remarks of a span that are read for meaning."""


class FeedbackReports:
    """Rates and reasons of a team. ``sees`` says which private channels' outputs count here: none, unless it
    is told."""

    def __init__(self, store: Store, clock: Clock, vectorizer: Vectorizer) -> None:
        self._store = store
        self._clock = clock
        self._vectorizer = vectorizer

    async def summary(
        self,
        feature: str = "",
        since: datetime | None = None,
        until: datetime | None = None,
        *,
        sees: Sees = openly,
    ) -> Summary:
        """How outputs of a feature were judged, by default in the last 30 days; "" for all features, and a
        kind of the bot's own outputs ("story") is one too.

        Raises:
            InputError: the span has no length.
        """
        since, until = self._span(since, until)
        now, before = await self._judged(feature, since, until, sees)
        response = await self._response(feature, since, until, sees)
        return await asyncio.to_thread(
            summarise, now, before, response, feature=feature, since=since, until=until
        )

    async def reasons(
        self,
        feature: str = "",
        since: datetime | None = None,
        until: datetime | None = None,
        *,
        sees: Sees = openly,
    ) -> Reasons:
        """Why outputs were disliked, against the same span before; see ``summary``."""
        from bot.domain.feedback.remarks import grouped  # loads scipy

        since, until = self._span(since, until)
        now, before = (
            [each for each in judged if each.vote.thumb == "down"]
            for judged in await self._judged(feature, since, until, sees)
        )
        written = [each for each in now if words_of(each).strip()][-MOST_WRITTEN:]
        earlier = [each for each in before if words_of(each).strip()][-MOST_WRITTEN:]
        vectors = await self._vectorizer.vectors([words_of(each) for each in (*written, *earlier)])
        return Reasons(
            feature=feature,
            since=since,
            until=until,
            downs=len(now),
            people=len({each.vote.user for each in now}),
            explained=sum(bool(each.vote.reasons) for each in now),
            written=sum(bool(words_of(each).strip()) for each in now),
            reasons=await asyncio.to_thread(ranked, now, before),
            remarks=await asyncio.to_thread(grouped, written, earlier, vectors) if written else (),
        )

    def _span(self, since: datetime | None, until: datetime | None) -> tuple[datetime, datetime]:
        now = self._clock.now()
        since = since or (until or now) - LAST
        until = until or now + JUST
        if since >= until:
            raise InputError("The span ends before it begins.", hint="For example: --last 30d")
        return since, until

    async def _judged(
        self, feature: str, since: datetime, until: datetime, sees: Sees
    ) -> tuple[Sequence[Judgement], Sequence[Judgement]]:
        """Of the span, and of the span of the same length before it."""
        await catch_up(self._store, self._clock.now())
        async with self._store.read() as unit:
            found = await unit.votes.judgements(feature, since - (until - since), until)
        seen = set(await sees({each.channel for each in found}))
        shown = [each for each in found if each.channel in seen]
        now = [each for each in shown if each.vote.given_at >= since]
        return now, [each for each in shown if each.vote.given_at < since]

    async def _response(self, feature: str, since: datetime, until: datetime, sees: Sees) -> Response | None:
        async with self._store.read() as unit:
            tracked = await unit.outputs.shown(feature, since, until)
            features = [feature] if feature else await unit.interactions.features()
            made = sum([await unit.interactions.count(each, since, until) for each in features])
            judged = await unit.outputs.judged_interactions(feature, since, until)
        seen = set(await sees(tracked))
        shown = made + sum(n for channel, (n, _) in tracked.items() if channel in seen)
        judged += sum(n for channel, (_, n) in tracked.items() if channel in seen)
        return Response(judged, shown) if shown and judged <= shown else None
