"""Everything that prompts listen to."""

from handlers.feature import Feature, Submission, Verb
from handlers.prompts import moving, reading, saving

FEATURE = Feature(
    noun="prompt",
    verbs=(
        Verb("prompt list", "Your prompts and what is live", "prompt list", reading.list_prompts),
        Verb("prompt show", "One version in full", "prompt show reply@3", reading.show, hint="reply[@3]"),
        Verb(
            "prompt diff",
            "What changed, word by word",
            "prompt diff reply@3 4",
            reading.diff,
            hint="reply@3 [4]",
        ),
        Verb(
            "prompt save",
            "Save a prompt or a new version of one",
            "prompt save reply",
            saving.save,
            hint="[reply]",
            opens=saving.open_form,
            opens_for=lambda _: True,
        ),
        Verb(
            "prompt promote",
            "Put a version live, on an experiment's verdict",
            "prompt promote reply@4 on EX-31",
            moving.promote,
            hint="reply@4 on EX-31 | because …",
        ),
        Verb(
            "prompt rollback",
            "Go back to the version before",
            "prompt rollback reply to 3 because tone",
            moving.rollback,
            hint="reply [to 3] because …",
        ),
        Verb("prompt log", "Who moved which label, and why", "prompt log reply", reading.log, hint="reply"),
    ),
    actions={"prompt_show": reading.show, "prompt_diff": reading.diff, "prompt_log": reading.log},
    openings={
        "prompt_save": saving.open_form,
        "prompt_promote": moving.open_promote,
        "prompt_rollback": moving.open_rollback,
    },
    submissions={
        "prompt_save": Submission(saving.save, saving.check),
        "prompt_promote": Submission(moving.promote, moving.check_promote),
        "prompt_rollback": Submission(moving.rollback),
    },
)
