"""Blind votes in a channel: two outputs without names, and who they were once the vote is closed."""

from collections.abc import Iterator, Sequence

from bot.domain.experiments.experiment import BlindCase, Experiment, VoteCount
from handlers.views import forms
from handlers.views.experiments.parts import count
from handlers.views.kit import (
    Block,
    Message,
    View,
    actions,
    bold,
    button,
    context,
    divider,
    fit,
    header,
    line,
    markup,
    message,
    modal,
    option,
    quote,
    words,
)  # fmt: skip
from handlers.views.kit import rich_text as rich

CASES = (3, 5, 8)
OUTPUT = 700
CHOICES = {"left": "A is better", "right": "B is better", "both": "Both good", "neither": "Neither"}


def vote_form(experiment: Experiment, pairs: Sequence[tuple[str, str]], *, channel: str = "") -> View:
    """``pairs``: (baseline, candidate) arms."""
    offered = [option(f"{right} against {left}", str(number)) for number, (left, right) in enumerate(pairs)]
    return modal(
        "Blind vote",
        forms.channel_select("to", "Where shall people vote?", hint="Everybody there sees the outputs."),
        forms.choice("pair", "Which arms", offered, initial="0"),
        forms.choice(
            "cases", "How many cases", [option(f"{n} cases", str(n)) for n in CASES], initial=str(CASES[1]),
            hint="Those where the two differ most come first.",
        ),
        submit="Open the vote", close="Cancel", callback_id="exp_vote",
        private={"experiment": experiment.id, "channel": channel},
    )  # fmt: skip


def ballot(
    experiment: str, ballot_id: str, cases: Sequence[BlindCase], voted: Sequence[int], *, opened_by: str
) -> Message:
    """``voted``: how many voted on each case so far; never how."""
    head: list[Block] = [
        header(f"{experiment}: which answer is better?"),
        context(
            markup(
                "The sides are shuffled from case to case. Who wrote which shows when the vote is closed."
            ),
        ),
    ]
    groups = [
        [*_sides(number, case), actions(*_choices(ballot_id, number)), context(_so_far(votes)), divider()]
        for number, (case, votes) in enumerate(zip(cases, voted, strict=True), 1)
    ]
    tail = [actions(button("Close the vote", "exp_reveal", ballot_id, "danger", confirm=_closing()))]
    return message(*fit(groups, lambda n: markup("{} more cases do not fit", n), head=head, tail=tail))


def _sides(number: int, case: BlindCase) -> Iterator[Block]:
    yield rich(
        line(bold(f"Case {number}")),
        quote(words(case.input, most=300)),
        line(bold("A\n"), words(case.left_output or "(empty)", most=OUTPUT)),
        line(bold("B\n"), words(case.right_output or "(empty)", most=OUTPUT)),
    )


def _choices(ballot_id: str, number: int) -> Iterator[Block]:
    for choice, label in CHOICES.items():
        yield button(label, f"exp_ballot_{choice}", f"{ballot_id}:{number}:{choice}")


def _so_far(votes: int) -> str:
    return f"{count(votes, 'vote')} so far" if votes else "No vote yet"


def _closing() -> dict[str, str]:
    return {
        "title": "Close the vote?",
        "text": "Everybody sees then which arm wrote which answer, and no more votes count.",
        "confirm": "Close it",
        "deny": "Not yet",
    }


def voted_note(choice: str, number: int) -> Message:
    return message(context(f"Case {number}: {CHOICES[choice]}. You may change your mind until it is closed."))


def ballot_closed(experiment: str, cases: Sequence[BlindCase], counted: VoteCount, by: str) -> Message:
    """Who wrote which, and how the votes fell."""
    people = count(counted.voters, "person", "people")
    won = f"{counted.candidate} {counted.wins} · {counted.baseline} {counted.losses}"
    undecided = f"{counted.both} both good, {counted.neither} neither"
    lines = [line(bold("Votes  "), words(f"{won} · {undecided}, by {people}"))]
    if counted.agree is not None:
        agreed = f"{counted.agree:.0%} of {counted.judged} votes agree with the scores"
        lines.append(line(bold("People and scores  "), words(agreed)))
    groups = [[rich(_revealed(number, case, counted))] for number, case in enumerate(cases, 1)]
    head = [header(f"{experiment}: the blind vote"), rich(*lines)]
    return message(*fit(groups, lambda n: markup("{} more cases", n), head=head))


def _revealed(number: int, case: BlindCase, counted: VoteCount) -> Block:
    left, right = counted.by_case.get(case.case, (0, 0))
    return line(
        bold(f"Case {number}  "),
        words(f"A was {case.left} ({left}), B was {case.right} ({right})"),
    )
