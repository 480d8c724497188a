"""A draft's plan from its first to its last line."""

from typing import Any

import pytest

from handlers.views.progress import DraftPlan, draft_progress

TAKEN: dict[str, Any] = {
    "tickets": 1199, "skipped": 3, "duplicates": 0, "grade": "B",
    "reasons": [{"sentence": "37 tickets are near copies."}, {"sentence": "b"}, {"sentence": "c"}],
}  # fmt: skip
FOUND = {"tickets": 1199, "themes": 21, "rising": ["Lock date"]}
FAILURE = {"theme_id": "TH-9", "name": "Login", "message": "Too few tickets.", "hint": "Import more."}


def states(plan: DraftPlan) -> list[str]:
    return [f"{step.key} {step.status}" for step in plan.steps]


def note(plan: DraftPlan, key: str) -> str:
    return next(step.note for step in plan.steps if step.key == key)


def test_a_draft_from_a_file_goes_through_five_steps() -> None:
    plan = DraftPlan.begin("tickets.csv", brings_tickets=True)
    assert states(plan) == [f"{key} pending" for key in ("import", "audit", "themes", "draft", "check")]
    plan = plan.running("import").at("import_messages", "Reading", 400, None)
    assert (states(plan)[0], note(plan, "import")) == ("import in_progress", "Reading 400")
    plan = plan.imported(TAKEN)
    assert states(plan)[:3] == ["import complete", "audit complete", "themes pending"]
    assert note(plan, "import") == "1,199 tickets, 3 rows kept aside"
    assert note(plan, "audit") == "Grade B: 37 tickets are near copies. (and 2 more notes)"
    plan = plan.running("themes").at("themes", "Reading for meaning", 1100, 1199)
    assert note(plan, "themes") == "Reading for meaning 1,100 of 1,199"
    plan = plan.grouped(FOUND)
    assert note(plan, "themes") == "21 themes in 1,199 tickets; rising: Lock date"
    plan = plan.at("draft", "Drafting stories", 1, 2).drafted({"stories": ["ST-1", "ST-2"], "failures": []})
    assert all(step.status == "complete" for step in plan.steps)
    assert plan.summary == "2 stories from 1,199 tickets, each a first draft for you to judge"


def test_a_draft_from_what_is_there_imports_nothing() -> None:
    plan = DraftPlan.begin("tickets", brings_tickets=False)
    assert [step.key for step in plan.steps] == ["themes", "draft", "check"]


def test_a_theme_that_failed_is_named() -> None:
    plan = DraftPlan.begin("t", brings_tickets=False).grouped(FOUND)
    plan = plan.drafted({"stories": ["ST-1"], "failures": [FAILURE, FAILURE]})
    assert note(plan, "draft") == "1 story; not drafted: Login and 1 more. Too few tickets. Import more."


def test_no_story_at_all_is_a_failure() -> None:
    plan = DraftPlan.begin("t", brings_tickets=False).grouped(FOUND).running("draft")
    failed = plan.drafted({"stories": [], "failures": [FAILURE]})
    assert states(failed)[1] == "draft error"
    assert "Import more." in draft_progress(failed).text
    assert states(plan.drafted({"stories": [], "failures": []}))[1] == "draft error"


@pytest.mark.parametrize(("running", "fails"), [("import", 0), ("themes", 2), ("draft", 3), (None, 0)])
def test_a_failure_stands_at_the_step_that_ran(running: str | None, fails: int) -> None:
    plan = DraftPlan.begin("t", brings_tickets=True)
    if running in {"themes", "draft"}:
        plan = plan.imported(TAKEN)
    if running == "draft":
        plan = plan.grouped(FOUND)
    plan = (plan.running(running) if running else plan).failed("It broke.", "Mend it.")
    assert [index for index, step in enumerate(plan.steps) if step.status == "error"] == [fails]
    told = draft_progress(plan)
    assert "It broke." in told.text
    assert "Mend it." in told.text
    assert "Stopped here." in told.text


def test_a_failure_after_the_last_step_is_still_seen() -> None:
    plan = DraftPlan.begin("t", brings_tickets=False).grouped(FOUND).drafted({"stories": ["ST-1"]})
    assert states(plan.failed("It broke.", ""))[-1] == "check error"


def test_both_twins_say_the_same() -> None:
    plan = DraftPlan.begin("t", brings_tickets=True).imported(TAKEN).at("themes", "Grouping", 3, 9)
    with_blocks, without = draft_progress(plan), draft_progress(plan, plain=True)
    assert with_blocks.blocks[0]["type"] == "plan"
    assert not [block for block in without.blocks if block["type"] in {"plan", "task_card"}]
    for said in ("Read and redact", "1,199 tickets", "Grouping 3 of 9", "Check citations"):
        assert said in with_blocks.text
        assert said in without.text
