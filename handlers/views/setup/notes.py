"""After a feature was set up, changed or moved; its stage form; a key that is shown once."""

from collections.abc import Sequence

from bot.domain.features import Change, Stage, Watched
from bot.domain.features.wording import STAGES
from bot.domain.people import Role
from handlers.views import forms
from handlers.views.kit import (
    Block,
    Message,
    View,
    actions,
    bold,
    bullets,
    button,
    context,
    line,
    markup,
    mention,
    message,
    modal,
    option,
    section,
    words,
)  # fmt: skip
from handlers.views.kit import rich_text as rich

SHOWN = 8  # changes
KEY_NAME = "KEY"


def added_note(feature: Watched, *, role: Role, command: str) -> Message:
    """With what to do next."""
    steps = [
        line(bold("Let your product report"), ": an intake key and two lines are all it needs."),
        line(bold("Judge"), f": people vote 👍 👎; /{command} fb queue gives ten outputs to label."),
        line(
            bold("Look  "),
            f"/{command} feature show {feature.name} says where it stands, and how sure that is.",
        ),
    ]
    row = [button("Open", "feature_show", feature.name)]
    if role >= Role.ADMIN:
        row.insert(0, button("Create an intake key…", "setup_key", feature.name, "primary"))
        hint = []
    else:
        hint = [context(markup("An admin creates the key: /{} feature show {}", command, feature.name))]
    return message(
        section(markup("✅ *{}* is under watch, in {}.", feature.name, feature.stage.value)),
        rich(bullets(*steps, ordered=True)),
        *hint,
        actions(*row),
    )


def changed_note(name: str, changes: Sequence[Change]) -> Message:
    open_it = actions(button("Open", "feature_show", name))
    if not changes:
        return message(section(markup("*{}* was so already; nothing changed.", name)), open_it)
    lines = [
        line(bold(each.field.replace("_", " ")), words(f": {each.before} → {each.after}"))
        for each in changes[:SHOWN]
    ]
    more = [context(markup("{} more", len(changes) - SHOWN))] if len(changes) > SHOWN else []
    return message(section(markup("✅ *{}* is changed.", name)), rich(bullets(*lines)), *more, open_it)


def moved_note(change: Change) -> Message:
    return message(
        section(
            markup(
                "✅ *{}* is in {} now, before in {}. {}",
                change.feature, change.after, change.before, mention(change.by),
            )
        ),
        context(change.note),
        actions(button("Open", "feature_show", change.feature)),
    )  # fmt: skip


def stage_form(feature: Watched, *, channel: str = "") -> View:
    """The next stage is proposed."""
    stages = list(Stage)
    proposed = stages[min(stages.index(feature.stage) + 1, len(stages) - 1)]
    others = [
        option(label, stage.value, meaning)
        for stage in Stage
        for label, _, meaning in [STAGES[stage].partition(": ")]
        if stage is not feature.stage
    ]
    return modal(
        f"Stage of {feature.name}",
        rich(line(bold("Now"), " ", STAGES[feature.stage])),
        forms.radios("stage", "Move to", others, initial=proposed.value),
        forms.text_input(
            "note", "On what grounds?", most=300, placeholder="120 votes, 81 % up",
            hint="Kept in the log with your name.",
        ),
        submit="Move", close="Cancel", callback_id="feature_stage",
        private={"name": feature.name, "channel": channel},
    )  # fmt: skip


def key_question(name: str, *, channel: str = "") -> View:
    """Asked before a secret is made."""
    return modal(
        "An intake key",
        rich(
            line("With a key of its own, your product sends the calls of ", bold(name), " in."),
            line("\nThe secret is shown ", bold("once"), ", here. Have the place ready that it goes to."),
        ),
        actions(button("Create the key", "setup_key_make", name, "primary")),
        private={"channel": channel, "name": name},
    )  # fmt: skip


def key_shown(name: str, secret: str, address: str) -> View:
    """The lines to paste: an OpenTelemetry exporter's two settings. ``address`` is of the bot's own settings,
    "" where no HTTP is served."""
    endpoint = address or "ADDRESS"
    pasted = (
        f"OTEL_EXPORTER_OTLP_ENDPOINT={endpoint}\nOTEL_EXPORTER_OTLP_HEADERS=authorization=Bearer%20{secret}"
    )
    shown: list[Block] = [
        rich(line("This is the only time that it can be seen. Where your product already traces its calls:")),
        rich({"type": "rich_text_preformatted", "elements": [{"type": "text", "text": pasted}]}),
    ]
    if not address:
        shown.append(
            context(
                markup("Nothing listens yet: set `PLUMB_HTTP_PORT`, and put its address in the first line.")
            )
        )
    shown.append(
        rich(
            line(
                "\nWithout tracing, send JSON: ",
                words("POST /v1/interactions", code=True),
                " with the header",
            ),
            {
                "type": "rich_text_preformatted",
                "elements": [{"type": "text", "text": f"Authorization: Bearer {secret}"}],
            },
        )
    )
    shown.append(context(markup("Lost or leaked? Make another and revoke this one: `plumb key revoke`.")))
    return modal(f"Key of {name}", *shown)
