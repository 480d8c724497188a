"""Every view once, with invented content: for `plumb doctor`, which asks Slack whether it takes them."""

from collections.abc import Callable

from bot.domain.people import Role
from handlers.views import (
    digests,
    experiments,
    failures,
    feedback,
    flywheel,
    home,
    modals,
    people,
    progress,
    prompts,
    sets,
    setup,
    shares,
    stories,
    themes,
    welcome,
)  # fmt: skip
from handlers.views import help as helping
from handlers.views.digests import specimens as dg
from handlers.views.experiments import specimens as exp
from handlers.views.feedback import specimens as fb
from handlers.views.flywheel import specimens as fly
from handlers.views.kit import Message, View
from handlers.views.prompts import specimens as pr
from handlers.views.sets import specimens as st
from handlers.views.setup import specimens as ft
from handlers.views.specimens import APPROVED, EMERGING, STORY, THEME

COMMAND, CHANNEL, USER = "plumb", "C0GENERAL", "U0ADA"
VERB = helping.VerbLine(
    "story draft", "Draft user stories", "from FILE [top 5]", "story draft from tickets.csv"
)
PLAN = progress.DraftPlan.begin("tickets.csv", brings_tickets=True)
UNDER_WAY = PLAN.running("import").at("import", "Redacting", 400, 1_199)
STOPPED = UNDER_WAY.failed("The file holds no messages.", "Export it with its messages.")
HOME = home.HomeState(
    name="Ada",
    role=Role.REVIEWER,
    command=COMMAND,
    waiting=(STORY,),
    stories=(STORY, APPROVED),
    scorecards=(ft.CARD, ft.EMPTY),
    sources=(home.SourceLine("tickets", 1_199, "B"),),
    to_judge=10,
)
LISTED = themes.theme_list("tickets", [THEME, EMERGING], 1_199, role=Role.REVIEWER)

GALLERY: dict[str, Callable[[], Message | View]] = {
    "digests.already_note": lambda: digests.already_note(CHANNEL, "2026-W46"),
    "digests.digest build": lambda: digests.digest(dg.DIGEST, dg.BUILD),
    "digests.digest exec": lambda: digests.digest(dg.DIGEST, dg.EXEC),
    "digests.digest late": lambda: digests.digest(dg.STILL, dg.LATE),
    "digests.digest none": lambda: digests.digest(dg.NONE, dg.PREVIEW),
    "digests.digest nothing": lambda: digests.digest(dg.NOTHING, dg.PREVIEW),
    "digests.digest quiet": lambda: digests.digest(dg.STILL, dg.PREVIEW),
    "digests.digest quiet exec": lambda: digests.digest(dg.STILL, dg.EXEC),
    "digests.not_posted": lambda: digests.not_posted(CHANNEL, "2026-W46", "I am not there.", "Invite me."),
    "digests.posted_note": lambda: digests.posted_note(CHANNEL, "2026-W46"),
    "digests.schedule_list": lambda: digests.schedule_list([dg.SCHEDULED, dg.PAUSED], command=COMMAND),
    "digests.schedule_list none": lambda: digests.schedule_list([], command=COMMAND),
    "digests.scheduled_note": lambda: digests.scheduled_note(dg.SCHEDULED, command=COMMAND),
    "digests.why": lambda: digests.why(dg.DIGEST),
    "experiments.added_note": lambda: experiments.added_note(exp.EXPERIMENT, 80, 30),
    "experiments.ballot": lambda: experiments.ballot("EX-1", "B-1", exp.BALLOT, (3, 0), opened_by=USER),
    "experiments.ballot_closed": lambda: experiments.ballot_closed("EX-1", exp.BALLOT, exp.COUNTED, USER),
    "experiments.close_form": lambda: experiments.close_form(exp.EXPERIMENT, channel=CHANNEL),
    "experiments.closed_note": lambda: experiments.closed_note(exp.CLOSED),
    "experiments.disagreements": lambda: experiments.disagreements(exp.EXPERIMENT, exp.report()),
    "experiments.disagreements none": lambda: experiments.disagreements(
        exp.EXPERIMENT, exp.report(better=0, worse=0)
    ),
    "experiments.experiment_list": lambda: experiments.experiment_list([exp.EXPERIMENT, exp.CLOSED]),
    "experiments.experiment_list none": lambda: experiments.experiment_list([]),
    "experiments.forgotten_note": lambda: experiments.forgotten_note(exp.EXPERIMENT),
    "experiments.preview": lambda: experiments.preview(exp.PREVIEW, planned="EX-1"),
    "experiments.preview problem": lambda: experiments.preview(exp.BROKEN, planned="EX-1"),
    "experiments.report_elsewhere": lambda: experiments.report_elsewhere(exp.EXPERIMENT),
    "experiments.report_note": lambda: experiments.report_note(exp.EXPERIMENT),
    "experiments.result_card": lambda: experiments.result_card(
        exp.EXPERIMENT, exp.report(), role=Role.REVIEWER
    ),
    "experiments.result_card closed": lambda: experiments.result_card(
        exp.CLOSED, exp.report(), role=Role.VIEWER, place="channel"
    ),
    "experiments.result_card open": lambda: experiments.result_card(
        exp.EXPERIMENT, exp.report(better=6, worse=3), role=Role.REVIEWER, more_cost=2.3
    ),
    "experiments.run_ended": lambda: experiments.run_ended(exp.EXPERIMENT),
    "experiments.run_failed": lambda: experiments.run_failed(
        exp.EXPERIMENT, "No key for openai.", "Set OPENAI_API_KEY."
    ),
    "experiments.run_form": lambda: experiments.run_form(
        ["reply@4", "reply@3"], ["gpt", "offline"], [("refunds@2", 40)], channel=CHANNEL, chosen=exp.PREVIEW
    ),
    "experiments.run_progress": lambda: experiments.run_progress(exp.EXPERIMENT, exp.RUNNING),
    "experiments.run_form sprint": lambda: experiments.run_form(
        ["reply@4", "reply@3"],
        ["gpt"],
        [("refunds@2", 40)],
        channel=CHANNEL,
        dataset="refunds@2",
        sprint=True,
    ),
    "experiments.sprint_closed": lambda: experiments.sprint_closed(exp.SPRINT_CLOSED),
    "experiments.sprint_over": lambda: experiments.sprint_over(
        exp.SPRINT, exp.report().conclusion.overall.sentence
    ),
    "experiments.started_note": lambda: experiments.started_note(exp.EXPERIMENT),
    "experiments.stopping_note": lambda: experiments.stopping_note(exp.EXPERIMENT),
    "experiments.vote_form": lambda: experiments.vote_form(
        exp.EXPERIMENT, [("reply@3", "reply@4")], channel=CHANNEL
    ),
    "experiments.voted_note": lambda: experiments.voted_note("left", 2),
    "failures.failure": lambda: failures.failure("That went wrong.", "Try again.", "0a1b2c3d"),
    "failures.not_allowed": lambda: failures.not_allowed("Approving", "reviewers"),
    "failures.invite_me": lambda: failures.invite_me(CHANNEL),
    "failures.interrupted": failures.interrupted,
    "failures.window": lambda: failures.window("That went wrong.", "Try again.", "0a1b2c3d"),
    "feedback.reason_form": lambda: feedback.reason_form("story:ST-1", channel=CHANNEL),
    "feedback.also_flagged": lambda: feedback.also_flagged(USER),
    "feedback.at_home": lambda: feedback.at_home(
        feedback.queue_card(fb.PLAIN_CARD, "{}", number=1, of=10, undoes=False)
    ),
    "feedback.details": lambda: feedback.details(fb.OUTPUT, fb.LINES[0].tally),
    "feedback.page": lambda: feedback.page(fb.OUTPUT, USER, CHANNEL),
    "feedback.page private": lambda: feedback.page(fb.MESSAGE, USER, shown=False),
    "feedback.page_in_channel": lambda: feedback.page_in_channel(fb.OUTPUT, USER, [USER]),
    "feedback.paged_note": lambda: feedback.paged_note([USER], "story:ST-1", COMMAND),
    "feedback.paged_note nobody": lambda: feedback.paged_note([], "story:ST-1", COMMAND),
    "feedback.queue_card": lambda: feedback.queue_card(fb.CARD, "{}", number=4, of=10, undoes=True),
    "feedback.queue_elsewhere": feedback.queue_elsewhere,
    "feedback.queue_over": lambda: feedback.queue_over(9, 1, fb.AGREED, "{}", feature="reply"),
    "feedback.queue_over few": lambda: feedback.queue_over(3, 0, fb.TOO_FEW, "{}", undoes=False),
    "feedback.queue_over none": lambda: feedback.queue_over(0, 0, fb.TOO_FEW, "{}", any_left=False),
    "feedback.reason_form before": lambda: feedback.reason_form("message:C1/1.2", before=fb.BEFORE_SAID),
    "feedback.reasons": lambda: feedback.reasons(fb.REASONS, fb.FRAME),
    "feedback.reasons none": lambda: feedback.reasons(fb.NO_REASONS, fb.SMALL),
    "feedback.summary": lambda: feedback.summary(fb.SUMMARY, fb.FRAME),
    "feedback.summary none": lambda: feedback.summary(fb.NONE, fb.SMALL),
    "feedback.thanks waits": lambda: feedback.thanks("down", "story:ST-1", waits_as="candidate 7 of refunds"),
    "feedback.track_form": lambda: feedback.track_form(
        "You can change a box until Thursday noon.",
        ["reply", "search"],
        feature="reply",
        asked="Can I still change my box?",
        channel=CHANNEL,
        ts="1.2",
    ),
    "feedback.track_form alone": lambda: feedback.track_form("Hello", [], channel=CHANNEL, ts="1.2"),
    "feedback.tracked_already": lambda: feedback.tracked_already("story:ST-1"),
    "feedback.tracked_list": lambda: feedback.tracked_list(fb.LINES, 21, elsewhere=False),
    "feedback.tracked_list none": lambda: feedback.tracked_list([], 0, elsewhere=True),
    "feedback.tracked_note": lambda: feedback.tracked_note("message:C1/1.2", reads=True),
    "feedback.tracked_note away": lambda: feedback.tracked_note("message:C1/1.2", reads=False),
    "feedback.why_note": lambda: feedback.why_note("story:ST-1"),
    "feedback.with_state": lambda: feedback.with_state(
        feedback.page(fb.OUTPUT, USER, CHANNEL).blocks, fb.OUTPUT.name, "unsafe_look", USER
    ),
    "feedback.with_state dismissed": lambda: feedback.with_state(
        feedback.page_in_channel(fb.OUTPUT, USER, [USER]).blocks, fb.OUTPUT.name, "unsafe_dismiss", USER
    ),
    "feedback.thanks": lambda: feedback.thanks("up", "story:ST-1"),
    "feedback.thanks corrected": lambda: feedback.thanks("down", "story:ST-1", corrected=True),
    "flywheel.answered": lambda: flywheel.answered("refunds@5", 12, "never", USER),
    "flywheel.answered taken": lambda: flywheel.answered("refunds@5", 12, "taken", USER),
    "flywheel.counts": lambda: flywheel.counts(fly.COUNTS),
    "flywheel.suggestion": lambda: flywheel.suggestion("refunds@5", 12, "wrong_facts", "reply@3", "reply@4"),
    "flywheel.suggestion no draft": lambda: flywheel.suggestion("refunds@5", 12, "", "reply@3", ""),
    "flywheel.trace": lambda: flywheel.trace(fly.CHAIN, command=COMMAND, shareable=True),
    "flywheel.watched": lambda: flywheel.watched(fly.MENDED, early=False),
    "flywheel.watched worse": lambda: flywheel.watched(fly.WORSE, early=True),
    "help.overview": lambda: helping.overview(COMMAND, [VERB]),
    "help.verb_help": lambda: helping.verb_help(COMMAND, VERB),
    "help.unknown": lambda: helping.unknown(COMMAND, "stroy", "story draft", VERB.example),
    "home.home": lambda: home.home(HOME),
    "home.home closed": lambda: home.home(home.HomeState("Gus", Role.NONE, COMMAND)),
    "home.home empty": lambda: home.home(home.HomeState("Ada", Role.REVIEWER, COMMAND)),
    "home.home without tickets": lambda: home.home(
        home.HomeState("Ada", Role.REVIEWER, COMMAND, scorecards=(ft.EMPTY,), to_judge=10)
    ),
    "modals.done": lambda: modals.done("Merged", "ST-2 is in ST-1 now."),
    "modals.draft_form": lambda: modals.draft_form(["tickets", "mail"], channel=CHANNEL, history=True),
    "modals.edit_form": lambda: modals.edit_form(STORY, channel=CHANNEL),
    "modals.export_form": lambda: modals.export_form([APPROVED], channel=CHANNEL),
    "modals.failed": lambda: modals.failed("Edit ST-1", "That went wrong.", "Try again."),
    "modals.loading": lambda: modals.loading("Edit ST-1"),
    "modals.merge_form": lambda: modals.merge_form(STORY, [APPROVED], channel=CHANNEL),
    "modals.message_form": lambda: modals.message_form("Where is my box?", channel=CHANNEL, ts="1.2"),
    "modals.share_form": lambda: modals.share_form("ST-1", channel=CHANNEL),
    "people.given": lambda: people.given(USER, Role.VIEWER, Role.OWNER),
    "people.role_of": lambda: people.role_of(USER, Role.REVIEWER),
    "people.roles": lambda: people.roles(Role.ADMIN, {USER: Role.REVIEWER}, command=COMMAND),
    "people.roles owners": lambda: people.roles(
        Role.VIEWER, {}, {"reply": ft.REPLY.owners, "triage": {}}, command=COMMAND
    ),
    "people.roles none": lambda: people.roles(Role.VIEWER, {}, command=COMMAND),
    "progress.draft_progress": lambda: progress.draft_progress(UNDER_WAY),
    "progress.draft_progress plain": lambda: progress.draft_progress(UNDER_WAY, plain=True),
    "progress.draft_progress stopped": lambda: progress.draft_progress(STOPPED),
    "progress.working_elsewhere": lambda: progress.working_elsewhere("Draft from tickets.csv"),
    "prompts.change_log": lambda: prompts.change_log("reply", pr.MOVES),
    "prompts.change_log none": lambda: prompts.change_log("reply", []),
    "prompts.difference": lambda: prompts.difference(pr.DIFF),
    "prompts.moved_note": lambda: prompts.moved_note(pr.MOVES[-1]),
    "prompts.moved_publicly": lambda: prompts.moved_publicly(pr.MOVES[0]),
    "prompts.names_note": lambda: prompts.names_note("There are names in it."),
    "prompts.promote_form": lambda: prompts.promote_form(
        pr.NEW, [("EX-1", "ship: reply@4")], standing=3, experiment="EX-1", channel=CHANNEL
    ),
    "prompts.prompt_list": lambda: prompts.prompt_list([pr.SUMMARY], role=Role.REVIEWER),
    "prompts.prompt_list none": lambda: prompts.prompt_list([], role=Role.VIEWER),
    "prompts.rollback_form": lambda: prompts.rollback_form("reply", 4, [3, 1], channel=CHANNEL),
    "prompts.save_form": lambda: prompts.save_form(None, channel=CHANNEL),
    "prompts.save_form again": lambda: prompts.save_form(pr.NEW, channel=CHANNEL, names_ok=True),
    "prompts.saved_note": lambda: prompts.saved_note(pr.NEW, new=True),
    "prompts.saved_note same": lambda: prompts.saved_note(pr.NEW, new=False),
    "prompts.version_card": lambda: prompts.version_card(pr.NEW, role=Role.REVIEWER),
    "prompts.version_card live": lambda: prompts.version_card(pr.OLD, role=Role.REVIEWER),
    "sets.accepted_note": lambda: sets.accepted_note("refunds", 3, 1, [st.OPEN, st.READY]),
    "sets.accepted_note known": lambda: sets.accepted_note("refunds", 0, 1, []),
    "sets.added_note": lambda: sets.added_note("refunds", 3, 50),
    "sets.added_note nothing": lambda: sets.added_note("refunds", 0, 4),
    "sets.answer_form": lambda: sets.answer_form("refunds", st.OPEN, channel=CHANNEL),
    "sets.choose_set": lambda: sets.choose_set(["refunds", "leads"], "Where is my box?", f"{CHANNEL}:1.2"),
    "sets.forgotten_note": sets.forgotten_note,
    "sets.import_form": lambda: sets.import_form("refunds", channel=CHANNEL),
    "sets.message_form": lambda: sets.message_form("Where is my box?", [st.LINE], channel=CHANNEL, ts="1.2"),
    "sets.message_form private": lambda: sets.message_form("", [], channel=CHANNEL, origin=CHANNEL),
    "sets.preview": lambda: sets.preview("questions.csv", st.SEEN, "{}"),
    "sets.preview nothing": lambda: sets.preview("questions.csv", st.NOTHING, "{}"),
    "sets.proposed_note": lambda: sets.proposed_note("refunds", 18, 2, ["each needs an answer"]),
    "sets.proposed_note known": lambda: sets.proposed_note("refunds", 0, 1),
    "sets.reading": lambda: sets.reading("questions.csv", "Reading"),
    "sets.reject_form": lambda: sets.reject_form("refunds", st.OPEN, channel=CHANNEL),
    "sets.rejected_note": lambda: sets.rejected_note("refunds", 4, []),
    "sets.review": lambda: sets.review("refunds", [st.OPEN, st.ANSWERED, st.READY]),
    "sets.review none": lambda: sets.review("refunds", []),
    "sets.set_card": lambda: sets.set_card(
        st.SET, st.LINE, st.LOOK, version=st.VERSION, role=Role.CONTRIBUTOR
    ),
    "sets.set_card empty": lambda: sets.set_card(st.EMPTY, st.PRIVATE, sets.Look(), role=Role.VIEWER),
    "sets.set_list": lambda: sets.set_list(
        [st.LINE, st.PRIVATE], {"refunds": ["plan"]}, role=Role.CONTRIBUTOR
    ),
    "sets.set_list none": lambda: sets.set_list([], {}, role=Role.VIEWER),
    "sets.story_form": lambda: sets.story_form("ST-1", ["refunds"], channel=CHANNEL),
    "setup.added_note": lambda: setup.added_note(ft.REPLY, role=Role.ADMIN, command=COMMAND),
    "setup.added_note asks an admin": lambda: setup.added_note(ft.REPLY, role=Role.REVIEWER, command=COMMAND),
    "setup.changed_note": lambda: setup.changed_note("reply", ft.CHANGES),
    "setup.changed_note nothing": lambda: setup.changed_note("reply", ()),
    "setup.feature_card": lambda: setup.feature_card(ft.CARD, role=Role.ADMIN, channels=[CHANNEL]),
    "setup.feature_card empty": lambda: setup.feature_card(ft.EMPTY, role=Role.REVIEWER),
    "setup.feature_card shared": lambda: setup.feature_card(ft.CARD, role=Role.VIEWER, place="channel"),
    "setup.feature_list": lambda: setup.feature_list([ft.CARD, ft.EMPTY], role=Role.REVIEWER, days=30),
    "setup.feature_list none": lambda: setup.feature_list([], role=Role.REVIEWER, days=30),
    "setup.key_question": lambda: setup.key_question("reply", channel=CHANNEL),
    "setup.key_shown": lambda: setup.key_shown("reply", "plk_specimen", "plumb.example:8080"),
    "setup.key_shown nowhere": lambda: setup.key_shown("reply", "plk_specimen", ""),
    "setup.moved_note": lambda: setup.moved_note(ft.MOVED),
    "setup.setup_form": lambda: setup.setup_form(None, ["reply", "triage"], channel=CHANNEL),
    "setup.setup_form change": lambda: setup.setup_form(ft.REPLY, ["reply"], seen="2026-11-21"),
    "setup.stage_form": lambda: setup.stage_form(ft.REPLY, channel=CHANNEL),
    "shares.share_form": lambda: shares.share_form("story_list|all:1", channel=CHANNEL),
    "shares.shared_by": lambda: shares.shared_by(LISTED, USER),
    "shares.shared_note": lambda: shares.shared_note(CHANNEL),
    "stories.approved_note": lambda: stories.approved_note(APPROVED),
    "stories.card": lambda: stories.card(STORY, role=Role.REVIEWER),
    "stories.card approved": lambda: stories.card(APPROVED, role=Role.VIEWER),
    "stories.details": lambda: stories.details(STORY),
    "stories.edge_cases": lambda: stories.edge_cases(STORY),
    "stories.edited_note": lambda: stories.edited_note(STORY, 2),
    "stories.exported_note": lambda: stories.exported_note([APPROVED], "jira-csv"),
    "stories.merged_note": lambda: stories.merged_note(APPROVED, STORY),
    "stories.shared_card": lambda: stories.shared_card(STORY),
    "stories.shared_note": lambda: stories.shared_note(STORY, CHANNEL),
    "stories.story_list": lambda: stories.story_list([STORY, APPROVED], shareable=True),
    "stories.trace": lambda: stories.trace(STORY, "tickets", THEME),
    "stories.waiting_note": lambda: stories.waiting_note(STORY),
    "themes.theme_list": lambda: LISTED,
    "themes.without_charts": lambda: themes.without_charts(LISTED),
    "welcome.file_received": lambda: welcome.file_received("tickets.csv", "F0FILE"),
    "welcome.welcome": lambda: welcome.welcome(COMMAND, "sample"),
}
