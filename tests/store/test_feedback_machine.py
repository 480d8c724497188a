"""Votes under any sequence of deliveries: the store against the rules as they are written in the test."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from itertools import count

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bot.domain.feedback import Given, Tally
from bot.services.feedback import FeedbackService
from bot.store import open_store
from tests.conftest import FixedClock
from tests.unit.feedback.rules import GIVEN, OUTPUTS, USERS, expected


class Office(RuleBasedStateMachine):
    """Whatever people do and however it is delivered, the store's votes are those of the rules."""

    feedback: FeedbackService
    runner: asyncio.Runner
    rooms: Iterator[int]

    def __init__(self) -> None:
        super().__init__()
        self.room = f"#{next(self.rooms)}"  # one store for all runs
        self.acts: list[Given] = []

    def _give(self, acts: list[Given]) -> None:
        placed = [Given(act.output + self.room, act.user, act.what) for act in acts]
        self.runner.run(self.feedback.give(placed))

    @rule(acts=st.lists(GIVEN, min_size=1, max_size=4))
    def act(self, acts: list[Given]) -> None:
        self.acts += acts
        self._give(acts)

    @precondition(lambda self: self.acts)
    @rule(data=st.data())
    def deliver_again(self, data: st.DataObject) -> None:
        self._give([data.draw(st.sampled_from(self.acts))])

    @invariant()
    def votes_are_those_of_the_rules(self) -> None:
        for output in OUTPUTS:
            found = self.runner.run(self.feedback.votes(output + self.room))
            wanted = [expected(self.acts, output, user) for user in USERS]
            named = {vote.user: replace(vote, output=output) for vote in found}
            assert [named.get(user) for user in USERS] == wanted

    def teardown(self) -> None:
        for output in OUTPUTS:
            votes = [expected(self.acts, output, user) for user in USERS]
            thumbs = [vote.thumb for vote in votes if vote]
            tally = self.runner.run(self.feedback.tally(output + self.room))
            assert tally == Tally(thumbs.count("up"), thumbs.count("down"))


def test_any_delivery_ends_in_the_votes_of_the_rules(tmp_path_factory: pytest.TempPathFactory) -> None:
    with asyncio.Runner() as runner:
        store = open_store(f"sqlite+aiosqlite:///{tmp_path_factory.mktemp('votes')}/test.db", "team-a")
        Office.runner, Office.rooms = runner, count()
        Office.feedback = FeedbackService(store, FixedClock())
        try:
            run_state_machine_as_test(
                Office, settings=settings(max_examples=15, stateful_step_count=10, deadline=None)
            )
        finally:
            runner.run(store.close())
