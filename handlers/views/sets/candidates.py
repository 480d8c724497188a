"""Cases that wait for a person: shown a few at a time, answered, accepted, rejected."""

from collections.abc import Mapping, Sequence

from bot.domain.chain_text import plainly
from bot.domain.datasets import Candidate, DatasetLine, needs_answer
from handlers.views import forms
from handlers.views.kit import (
    Block,
    Markup,
    Message,
    View,
    actions,
    bold,
    button,
    context,
    divider,
    fit,
    header,
    joined,
    line,
    markup,
    mention,
    message,
    modal,
    option,
    plain,
    quote,
    section,
    words,
)  # fmt: skip
from handlers.views.kit import rich_text as rich
from handlers.views.sets.parts import answer_of, case_lines, input_of
from handlers.views.stories.parts import count

AT_ONCE = 5
OFFERED = 5  # sets to choose from under a message that was pinned
KEPT = 1_200  # characters of a message in private metadata
NEW = "+"  # stands for a new set in the menu of sets; no set is called that


def review(name: str, candidates: Sequence[Candidate], *, done: Markup | None = None) -> Message:
    """The oldest first, five at a time, each with its buttons. ``done``: what was decided just before."""
    if not candidates and done is not None:
        return message(section(done), actions(button("Open the set", "set_show", name)))
    if not candidates:
        return message(
            header(f"Candidates of {name}"),
            plain("None waiting. 📌 on a message, or “Add to eval set” in its menu, makes one."),
            actions(button("Open the set", "set_show", name)),
        )
    shown = candidates[:AT_ONCE]
    rest = len(candidates) - len(shown)
    facts = [f"{len(candidates):,} waiting"] + ([f"the first {len(shown)}"] if rest else [])
    head = [header(f"Candidates of {name}"), context(joined([markup("{}", fact) for fact in facts]))]
    head = head if done is None else [section(done), *head]
    groups = [_candidate(name, each) for each in shown]
    ready = [each for each in shown if not needs_answer(each.case)]
    tail = []
    if len(ready) > 1:
        numbers = ",".join(str(each.number) for each in ready)
        label = (
            f"Accept these {len(ready)}"
            if len(ready) == len(shown)
            else f"Accept the {len(ready)} with an answer"
        )
        tail = [divider(), actions(button(label, "set_accept", f"{name}:{numbers}"))]
    return message(*fit(groups, lambda n: markup("{} more wait", n), head=head, tail=tail))


def _candidate(name: str, each: Candidate) -> list[Block]:
    by = markup("{} · {} · by {}", f"Candidate {each.number}", each.why, mention(plainly(each.proposed_by)))
    value = f"{name}:{each.number}"
    reject = button("Reject…", "set_reject", value)
    if needs_answer(each.case):
        doing = [
            button("Answer and accept…", "set_answer", value, "primary"),
            button("Accept without", "set_accept", value),
        ]
    else:
        doing = [
            button("Accept", "set_accept", value, "primary"),
            button("Other answer…", "set_answer", value),
        ]
    return [divider(), rich(*case_lines(each.case)), context(by), actions(*doing, reject)]


def answer_form(
    name: str, candidate: Candidate, *, channel: str = "", clicked: Mapping[str, str] | None = None
) -> View:
    """``clicked``: the message under which it was asked for, to be edited afterwards."""
    return modal(
        "Accept with an answer",
        rich(quote(words(input_of(candidate.case) or "(empty)", most=1_500))),
        forms.text_input(
            "expected", "The right answer", initial=answer_of(candidate.case), multiline=True,
            hint="As a good colleague would write it, or a label such as refund.",
        ),
        submit="Accept", close="Cancel", callback_id="set_answer",
        private={"set": name, "number": candidate.number, "channel": channel, "clicked": dict(clicked or {})},
    )  # fmt: skip


def reject_form(
    name: str, candidate: Candidate, *, channel: str = "", clicked: Mapping[str, str] | None = None
) -> View:
    """``clicked`` as above."""
    return modal(
        "Reject a candidate",
        rich(quote(words(input_of(candidate.case) or "(empty)", most=1_500))),
        forms.text_input("reason", "Why", most=500, placeholder="not a real request",
                         hint="Kept with it. It is not proposed again."),
        submit="Reject", close="Cancel", callback_id="set_reject",
        private={"set": name, "number": candidate.number, "channel": channel, "clicked": dict(clicked or {})},
    )  # fmt: skip


def accepted_note(name: str, version: int, cases: int, left: Sequence[Candidate]) -> Message:
    """``version`` 0: the set had them already; ``left`` still wait, and are shown."""
    if version:
        said = markup("✅ {} accepted: *{}*", count(cases, "case"), f"{name}@{version}")
    else:
        said = markup("*{}* has that already; nothing was changed.", name)
    return review(name, left, done=said)


def rejected_note(name: str, number: int, left: Sequence[Candidate]) -> Message:
    return review(name, left, done=markup("Candidate {} of *{}* is rejected.", number, name))


def proposed_note(name: str, new: int, known: int, notes: Sequence[str] = (), *, kept: str = "") -> Message:
    """``known`` were proposed before or are in the set; ``kept`` is the private channel's name for the place
    that they stay in, "" where they may be seen by all."""
    verb = "waits" if new == 1 else "wait"
    said = markup("📌 {} {} in *{}*", count(new, "candidate"), verb, name)
    if not new:
        said = markup(
            "📌 *{}* knows {} already; nothing was added.", name, "that" if known < 2 else "all of them"
        )
    facts = [f"{known:,} known already"] if new and known else []
    shown = [*(context(fact) for fact in (*facts, *notes[:3])), *([context(kept)] if kept else [])]
    again = [button("Review candidates", "set_review", name, "primary")] if new else []
    return message(section(said), *shown, actions(*again, button("Open the set", "set_show", name)))


def choose_set(names: Sequence[str], text: str, place: str) -> Message:
    """Which set a pinned message is for; ``place`` says where the message is."""
    buttons = [button(name, f"set_pin_{at}", f"{name}:{place}") for at, name in enumerate(names[:OFFERED])]
    return message(
        rich(line(bold("📌 Into which set?")), quote(words(text, most=300))),
        actions(*buttons),
    )


def message_form(
    text: str,
    sets: Sequence[DatasetLine],
    *,
    channel: str = "",
    ts: str = "",
    thread: str = "",
    origin: str = "",
) -> View:
    """ "Add to eval set": shows the message, asks for the set and, if somebody knows it, the right answer."""
    known = [option(f"{each.name} · {count(each.cases, 'case')}", each.name) for each in sets[:99]]
    offered = [*known, option("A new set, named below", NEW)]
    likely = NEW if not sets else sets[0].name if len(sets) == 1 else ""
    kept = forms.entry(text, KEPT, multiline=True)
    blocks: list[Block] = [
        rich(quote(words(text.strip() or "This message holds no text.", most=1_500))),
        forms.choice("set", "Into which set", offered, initial=likely),
        forms.text_input("name", "Name of a new set", most=60, placeholder="refunds", optional=True),
        forms.text_input(
            "expected", "The right answer", multiline=True, optional=True,
            hint="If you know it. Somebody reviews the case before it counts.",
        ),
    ]  # fmt: skip
    if origin:
        blocks.append(
            context(markup("It comes from a private conversation, so only sets kept there can hold it."))
        )
    return modal(
        "Add to eval set", *blocks, submit="Add", close="Cancel", callback_id="set_message",
        private={"channel": channel, "ts": ts, "thread": thread, "text": kept},
    )  # fmt: skip
