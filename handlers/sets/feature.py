"""Everything that sets of cases listen to."""

from handlers.feature import Feature, Shortcut, Submission, Verb
from handlers.sets import candidates, gathering, importing, messages, reading
from handlers.sets.words import names_no_file
from handlers.views.sets import OFFERED

FEATURE = Feature(
    noun="set",
    verbs=(
        Verb("set list", "Your sets of cases", "set list", reading.list_sets),
        Verb("set show", "One set, and what it can show", "set show refunds", reading.show, hint="SET[@2]"),
        Verb(
            "set import",
            "Cases from a file, looked at first",
            "set import refunds from questions.csv slice plan",
            importing.import_,
            hint="[SET] [from FILE] [slice COLUMN]",
            opens=importing.open_form,
            opens_for=names_no_file,
        ),
        Verb(
            "set first20",
            "Twenty inputs that stand for a log",
            gathering.FIRST_LIKE,
            gathering.first,
            hint="LOG [into SET] [top 20]",
        ),
        Verb(
            "set theme",
            "A theme's tickets as candidates",
            gathering.THEME_LIKE,
            gathering.theme,
            hint="TH-3 [of LOG] into SET [top 20]",
        ),
        Verb(
            "set from",
            "A story's examples as cases",
            gathering.STORY_LIKE,
            gathering.from_story,
            hint="ST-14 into SET",
        ),
        Verb(
            "set review", "Accept or reject candidates", "set review refunds", candidates.review, hint="SET"
        ),
    ),
    actions={
        "set_list": reading.list_sets,
        "set_show": reading.show,
        "set_add": importing.add,
        "set_forget": importing.forget,
        "set_review": candidates.review,
        "set_accept": candidates.accept,
        **{f"set_pin_{at}": messages.chosen for at in range(OFFERED)},
    },
    openings={
        "set_import": importing.open_form,
        "set_answer": candidates.open_answer,
        "set_reject": candidates.open_reject,
        "set_from_story": gathering.open_story_form,
    },
    submissions={
        "set_import": Submission(importing.import_form, importing.check_form),
        "set_answer": Submission(candidates.answer, candidates.check_answer),
        "set_reject": Submission(candidates.reject, candidates.check_reject),
        "set_message": Submission(messages.add_message, messages.check_message_form),
        "set_from_story": Submission(gathering.from_story_form, gathering.check_story_form),
    },
    shortcuts=(
        Shortcut(
            "message_set",
            "Add to eval set",
            "message",
            "As a candidate that somebody reviews",
            opens=messages.open_message_form,
        ),
    ),
    shares={"set": reading.card_for},
)
