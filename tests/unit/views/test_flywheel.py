"""The flywheel's views: nothing that people wrote does anything, and nothing is longer than Slack takes."""

from dataclasses import replace

import pytest

from bot.domain.chain import Chain, Node, Stage
from handlers.views import flywheel
from handlers.views.flywheel import specimens
from handlers.views.flywheel.suggesting import NEVER, RUN

TRICK = "<!channel> <@U0123456> *bold* <https://evil.example|Sign in> `x` :tada:"


def many(title: str) -> Chain:
    nodes = tuple(
        Node(stage, f"{stage}-{number}", title, specimens.AT, "product:1", state=title)
        for stage in Stage
        for number in range(100)
    )
    return Chain(nodes[0].name, nodes, (), ((Stage.TICKET, 900),))


def test_what_people_wrote_does_nothing() -> None:
    told = flywheel.trace(many(TRICK), command="plumb", names={"U1": TRICK})
    assert "<!channel>" not in str(told.blocks)
    assert "<https" not in str(told.blocks)
    assert "<@U0123456>" not in str(told.blocks)


def test_a_long_chain_fits_and_says_what_is_left_out() -> None:
    told = flywheel.trace(many("Where is my refund? " * 40), command="plumb")
    assert len(told.blocks) <= 50
    for block in told.blocks:
        assert len(str(block.get("text", {}).get("text", ""))) <= 3_000
    assert "1,000 tickets, 900 of them not shown here" in str(told.blocks)
    assert "more" in told.text


@pytest.mark.parametrize("draft", ["reply@4", ""])
def test_a_suggestion_asks_with_three_answers(draft: str) -> None:
    told = flywheel.suggestion("refunds@5", 12, "wrong_facts", "reply@3", draft)
    buttons = [
        each for block in told.blocks for each in block.get("elements", []) if each["type"] == "button"
    ]
    assert [(each["action_id"], each["value"]) for each in buttons][0::2] == [
        (RUN, "refunds@5"), (NEVER, "refunds@5"),
    ]  # fmt: skip
    assert "confirm" in buttons[2]
    assert "12 new cases" in told.text
    assert "wrong facts" in told.text


def test_a_release_is_told_of_without_a_cause() -> None:
    for release, early in ((specimens.MENDED, False), (specimens.WORSE, True)):
        told = flywheel.watched(release, early=early)
        assert "because of" not in told.text
        assert "95 %" in told.text
        assert ("prompt_rollback" in str(told.blocks)) is early
    calm = flywheel.watched(replace(specimens.MENDED, mends=()), early=False)
    assert "to mend" not in calm.text
