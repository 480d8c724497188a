"""Every view with one text in every foreign field."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from bot.domain.features import Change, Duty
from bot.domain.feedback import Explanation, Tally
from bot.domain.metrics.derived import BusinessNumber, scorecard
from bot.domain.people import Role
from bot.domain.stories import Story, StoryState
from handlers.views import failures, feedback, home, modals, people, progress, setup, stories, themes, welcome
from handlers.views import help as help_
from handlers.views.kit import Message, View
from handlers.views.setup import specimens as watched
from tests.unit.views.judged import feedback_views
from tests.unit.views.stories import story_of, theme_of


def every_view(text: str, story: Story | None = None) -> Mapping[str, Message | View]:
    """``story`` stands in for the one that is made from ``text``."""
    story = story or story_of(text)
    done = story.model_copy(update={"state": StoryState.APPROVED})
    return {
        **_of_story(story, done),
        **_of_text(text),
        **_of_plan(text),
        **_forms(text, story, done),
        **_of_feature(text),
        **feedback_views(text),
    }


def _of_feature(text: str) -> Mapping[str, Message | View]:
    """A feature whose every word somebody made up; names in forms are checked before one is kept."""
    owners = dict.fromkeys(Duty, text)
    feature = replace(
        watched.REPLY, name=text, title=text, channels=(text,), owners=owners, business=text, baseline=text,
        prompts=(text,), dataset=text,
    )  # fmt: skip
    number = BusinessNumber(text, 1.0, watched.UNTIL, 2)
    card = scorecard(feature, watched.COUNTED, watched.SINCE, watched.UNTIL, number)
    change = Change(text, watched.UNTIL, text, "title", text, text, text)
    return {
        "feature card": setup.feature_card(card, role=Role.OWNER, user=text, channels=[text]),
        "feature list": setup.feature_list([card], role=Role.REVIEWER, days=30),
        "feature added": setup.added_note(feature, role=Role.ADMIN, command="plumb"),
        "feature changed": setup.changed_note(text, [change]),
        "feature moved": setup.moved_note(change),
        "feature form": setup.setup_form(replace(feature, name="reply", prompts=()), ["b"], channel="C1"),
        "stage form": setup.stage_form(replace(feature, name="reply")),
        "owners": people.roles(Role.VIEWER, {text: Role.ADMIN}, {text: owners}, command="plumb"),
    }


def _of_story(story: Story, done: Story) -> Mapping[str, Message | View]:
    return {
        "card": stories.card(story, role=Role.REVIEWER, tally=Tally(2, 1)),
        "approved card": stories.card(done, role=Role.CONTRIBUTOR, place="channel"),
        "shared": stories.shared_card(story),
        "details": stories.details(story),
        "edges": stories.edge_cases(story),
        "trace": stories.trace(story, story.title, theme_of(story.title)),
        "list": stories.story_list([story, done], StoryState.DRAFT, 1),
        "approved": stories.approved_note(done),
        "waiting": stories.waiting_note(story),
        "edited": stories.edited_note(story, 2),
        "merged": stories.merged_note(story, done),
        "shared note": stories.shared_note(story, story.title),
        "exported": stories.exported_note([story, done], "csv"),
        "home": home.home(
            home.HomeState(
                story.title, Role.REVIEWER, "plumb", (story,), (done,), (story, done),
                sources=(home.SourceLine(story.title, 5, story.title),), model=story.title,
                transport=story.title, history_allowed=True, limits=(story.title,),
            )
        ),
    }  # fmt: skip


def _of_text(text: str) -> Mapping[str, Message | View]:
    found = [theme_of(text, 1), theme_of(text, 2), theme_of(text, 3, emerging=True)]
    verb = help_.VerbLine(text, text, text, text)
    return {
        "themes": themes.theme_list(text, found, 90, role=Role.CONTRIBUTOR),
        "help": help_.overview("plumb", [verb] if text.split() else []),
        "verb": help_.verb_help("plumb", verb),
        "unknown": help_.unknown("plumb", text, text, text),
        "failure": failures.failure(text, text, text),
        "not allowed": failures.not_allowed(text, text),
        "invite": failures.invite_me(text),
        "interrupted": failures.interrupted(text),
        "window": failures.window(text, text, text),
        "thanks": feedback.thanks("down", f"story:{text}", corrected=True),
        "up": feedback.thanks("up", text),
        "welcome": welcome.welcome("plumb", f"F1|{text}"),
        "file": welcome.file_received(text, "F1"),
        "elsewhere": progress.working_elsewhere(text),
    }


def _of_plan(text: str) -> Mapping[str, Message | View]:
    plan = progress.DraftPlan.begin(text, brings_tickets=True).at("import", text, 3, 9)
    told = {"skipped": 2, "grade": text, "reasons": [{"sentence": text}]}
    taken = plan.imported({"tickets": 5, **told})
    found = taken.grouped({"tickets": 5, "themes": 2, "rising": [text]})
    failed = [{"theme_id": "TH-1", "name": text, "message": text, "hint": text}]
    plans = {
        "running": plan,
        "drafted": found.drafted({"stories": ["ST-1"], "failures": failed}),
        "failed": found.failed(text, text),
    }
    shown: dict[str, Message | View] = {}
    for name, each in plans.items():
        shown[f"plan {name}"] = progress.draft_progress(each)
        shown[f"plan {name}, plain"] = progress.draft_progress(each, plain=True)
    return shown


def _forms(text: str, story: Story, done: Story) -> Mapping[str, Message | View]:
    other = story.model_copy(update={"id": "ST-2"})
    return {
        "loading": modals.loading(text),
        "draft form": modals.draft_form([text, "b"], channel="C1", history=True, source=text, seeds=text),
        "edit form": modals.edit_form(story),
        "merge form": modals.merge_form(story, [other, done]),
        "share form": modals.share_form("ST-1"),
        "export form": modals.export_form([story, other]),
        "message form": modals.message_form(text, channel="C1", ts="1.2"),
        "reasons": feedback.reason_form(
            "story:ST-1", before=Explanation(datetime(2026, 11, 21, tzinfo=UTC), ("unsafe",), text, text)
        ),
        "failed": modals.failed(text, text, text),
        "done": modals.done(text, text, text),
    }
