"""Help, always private: all verbs, one verb, or the nearest to what was typed."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.views.kit import (
    Block,
    Message,
    actions,
    bold,
    bullets,
    button,
    context,
    fit,
    header,
    line,
    markup,
    message,
    words,
)  # fmt: skip
from handlers.views.kit import rich_text as rich

NOUNS = {
    "story": "Stories from support tickets",
    "exp": "Experiments with prompts and models",
    "prompt": "Prompts of your product",
    "set": "Sets of cases to try prompts on",
    "who": "People and roles",
    "fb": "Feedback on outputs",
    "digest": "What a week brought",
    "help": "Help",
}


@dataclass(frozen=True, slots=True)
class VerbLine:
    """A verb as help shows it; ``hint`` stands for its arguments."""

    name: str
    summary: str
    hint: str
    example: str


def overview(command: str, verbs: Sequence[VerbLine]) -> Message:
    """What can be typed behind the command, by noun."""
    head = [
        header("What I can do"),
        rich(
            line(
                "Type ", words(f"/{command}", code=True), " and then one of these. Only you see the answers."
            )
        ),
    ]
    example = verbs[0].name if verbs else "story draft"
    more = markup("For what can stand behind one of them: {}", f"/{command} help {example}")
    nouns = dict.fromkeys(verb.name.split()[0] for verb in verbs)
    groups = [_noun(noun, [verb for verb in verbs if verb.name.split()[0] == noun]) for noun in nouns]
    tail = [context(more), actions(*_buttons())]
    return message(*fit(groups, lambda n: markup("{} more topics", n), head=head, tail=tail))


def verb_help(command: str, verb: VerbLine) -> Message:
    """One verb: what it does, its arguments, an example."""
    typed = f"/{command} {verb.name} {verb.hint}".rstrip()
    return message(
        header(f"/{command} {verb.name}"),
        rich(
            line(f"{verb.summary}.\n"),
            line(bold("Type  "), words(typed, code=True)),
            line(bold("Like  "), words(f"/{command} {verb.example}", code=True)),
        ),
    )


def unknown(command: str, word: str, nearest: str, example: str) -> Message:
    """Something typed that is no verb; ``nearest`` is "" where none is close."""
    said = f"I do not know “{word}”." + (f" Did you mean {nearest}?" if nearest else "")
    return message(
        rich(
            line(bold(said)),
            line("For example  ", words(f"/{command} {example}", code=True)),
        ),
        context(markup("{}", f"/{command} help shows all I can do")),
    )


def _noun(noun: str, verbs: Sequence[VerbLine]) -> list[Block]:
    lines = [line(words(verb.name, code=True, most=100), f"  {verb.summary}") for verb in verbs]
    return [rich(line(bold(NOUNS.get(noun, noun.capitalize()))), bullets(*lines))]


def _buttons() -> list[Block]:
    return [
        button("Draft stories", "story_new", style="primary"),
        button("Stories", "story_list", "all:1"),
    ]
