"""Everything that experiments listen to."""

from bot.domain.experiments.experiment import Decision
from handlers.experiments import closing, filling, ordering, reading, running, voting
from handlers.experiments.orders import SPRINT
from handlers.feature import Feature, Shortcut, Submission, Verb
from handlers.views.experiments.votes import CHOICES

WATCHED = ("prompts", "models", "dataset", "cases", "repeats")  # fields of the form that the cost follows

FEATURE = Feature(
    noun="exp",
    verbs=(
        Verb(
            "exp run",
            "Compare prompts and models on your own cases",
            "exp run reply@3 reply@4 on gpt,claude set refunds k=3 max $2",
            ordering.run,
            hint="PROMPT PROMPT … [on MODEL,MODEL] [set SET] [k=3] [max $2]",
            opens=filling.open_form,
        ),
        Verb(
            "exp quick",
            "The same on 20 cases, for a first look",
            "exp quick reply@3 reply@4 set refunds",
            ordering.quick,
            hint="PROMPT PROMPT … [on MODEL] [set SET]",
            opens=filling.open_form,
        ),
        Verb(
            "exp sprint",
            "3 to 5 arms until a day: keep, pivot or stop",
            SPRINT,
            ordering.sprint,
            hint="PROMPT PROMPT PROMPT … set SET until DAY [max $2]",
            opens=filling.open_sprint,
        ),
        Verb("exp list", "Experiments and where they stand", "exp list", reading.list_experiments),
        Verb("exp show", "One experiment's result", "exp show EX-1", reading.show, hint="EX-1"),
        Verb(
            "exp vote",
            "A blind vote on an experiment's outputs",
            "exp vote EX-1",
            voting.which,
            hint="EX-1",
            opens=voting.open_form,
            opens_for=bool,
        ),
        Verb("exp stop", "Stop a running experiment", "exp stop EX-1", running.stop, hint="EX-1"),
    ),
    actions={
        "exp_start": ordering.start,
        "exp_forget": ordering.forget,
        "exp_stop": running.stop,
        "exp_resume": running.resume,
        "exp_add": running.add_cases,
        "exp_show": reading.show,
        "exp_differ": reading.differ,
        "exp_report": reading.report,
        "exp_reveal": voting.reveal,
        **{f"exp_ballot_{choice}": voting.cast for choice in CHOICES},
    },
    openings={
        "exp_new": filling.open_form,
        "exp_close": closing.open_close,
        **{f"exp_sprint_{choice.value}": closing.open_close for choice in Decision},
        "exp_vote": voting.open_form,
        **dict.fromkeys((f"exp_form_{name}" for name in WATCHED), filling.recompute),
    },
    submissions={
        "exp_run": Submission(filling.run_form, filling.check_form),
        "exp_close": Submission(closing.close, closing.check_close),
        "exp_vote": Submission(voting.open_vote, voting.check_form),
    },
    shares={"experiment": reading.card_for},
    shortcuts=(
        Shortcut(
            "new_experiment",
            "Compare prompts",
            "global",
            "On your own cases, with an honest verdict",
            opens=filling.open_form,
        ),
    ),
)
