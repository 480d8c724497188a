"""What is wrong with a set before anything is spent on running it."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from bot.domain.datasets.answers import label_answers, needs_answer
from bot.domain.datasets.slices import FEWEST, slice_counts
from bot.domain.experiments.cells import Case

DOMINANT = 0.8  # share of a slice's largest value
ONE_ANSWER = 0.9  # share of the commonest label
MADE_UP = 0.5
ENOUGH = 20  # cases before shares say anything
LEAK_WORDS = 3
CANNOT_DO = "cannot do"


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing to mend: ``code`` names the rule, ``cases`` whom it is about (the first few), ``sentence``
    what it is and what to do."""

    code: str
    sentence: str
    cases: tuple[str, ...] = ()


def lint(cases: Sequence[Case]) -> list[Flaw]:
    """Everything found, what makes results wrong before what makes them weak."""
    rules = (_contradictions, _leaks, _near_duplicates, _one_answer, _unanswered, _no_cannot_do, _dominant)
    found = [flaw for rule in rules for flaw in rule(cases)]
    return [*found, *_made_up(cases), *_few(cases)]


def _contradictions(cases: Sequence[Case]) -> Iterator[Flaw]:
    by_input: defaultdict[str, list[Case]] = defaultdict(list)
    for case in cases:
        if case.expected:
            by_input[_key(case)].append(case)
    for group in by_input.values():
        answers = {_folded(case.expected) for case in group}
        if len(answers) > 1:
            names = tuple(case.id for case in group)
            yield Flaw(
                "contradiction",
                f"{_listed(names)} ask the same and expect {len(answers)} different answers; keep one.",
                names,
            )


def _leaks(cases: Sequence[Case]) -> Iterator[Flaw]:
    """A label such as "refund" may well stand in its input; a whole answer may not."""
    labels = label_answers(cases)
    found = tuple(
        case.id
        for case in cases
        if len(case.expected.split()) >= LEAK_WORDS
        and case.expected not in labels
        and _folded(case.expected) in _key(case)
    )
    if found:
        yield Flaw(
            "leak",
            f"{_listed(found)}: the right answer stands in the input; whoever copies it passes.",
            found,
        )


def _near_duplicates(cases: Sequence[Case]) -> Iterator[Flaw]:
    from bot.domain.audit.minhash import band_keys
    from bot.domain.audit.near import near_duplicates

    real = [case for case in cases if not case.synthetic and len(_key(case).split()) >= LEAK_WORDS]
    if len(real) < 2:
        return
    texts = [" ".join(sorted(_key(case).split())) for case in real]
    found = near_duplicates(band_keys(texts), texts, np.arange(len(real)))
    if found.count:
        pairs = [(real[one].id, real[other].id) for one, other in found.pairs(3)]
        shown = "; ".join(f"{one} and {other}" for one, other in pairs)
        yield Flaw(
            "near_duplicates",
            f"{found.count:,} cases nearly repeat an earlier one ({shown}): they count twice. "
            "Retire them, or give them one cluster.",
            tuple(name for pair in pairs for name in pair),
        )


def _one_answer(cases: Sequence[Case]) -> Iterator[Flaw]:
    answers = Counter(_folded(case.expected) for case in cases if case.expected)
    if answers.total() < ENOUGH // 2:
        return
    ((answer, n),) = answers.most_common(1)
    if n >= ONE_ANSWER * answers.total():
        yield Flaw(
            "one_answer",
            f"{n:,} of {answers.total():,} cases expect “{answer[:60]}”: always saying that passes "
            f"{100 * n / answers.total():.0f} %. Add cases with other answers.",
        )


def _unanswered(cases: Sequence[Case]) -> Iterator[Flaw]:
    found = tuple(case.id for case in cases if needs_answer(case))
    if found:
        yield Flaw(
            "needs_answer",
            f"{len(found):,} cases need an answer ({_listed(found)}); until then only a judge's or people's "
            "comparison counts for them.",
            found,
        )


def _no_cannot_do(cases: Sequence[Case]) -> Iterator[Flaw]:
    if cases and not any(_is_cannot_do(case) for case in cases):
        yield Flaw(
            "no_cannot_do",
            "No case shows what must not be answered; add one that has to be declined (slice kind: cannot "
            "do).",
        )


def _dominant(cases: Sequence[Case]) -> Iterator[Flaw]:
    sizes = Counter[str]()
    for count in slice_counts(cases):
        sizes[count.column] += count.n
    for count in slice_counts(cases):
        share = count.n / sizes[count.column]
        if DOMINANT <= share < 1 and sizes[count.column] >= ENOUGH:
            yield Flaw(
                "dominant_slice",
                f"{100 * share:.0f} % of the cases have {count.column} “{count.value}”: the result is "
                "theirs. Add others, or look at the slices one by one.",
            )


def _made_up(cases: Sequence[Case]) -> Iterator[Flaw]:
    made = sum(case.synthetic for case in cases)
    if cases and made > MADE_UP * len(cases):
        yield Flaw("synthetic", f"{made:,} of {len(cases):,} cases are made up; real inputs say more.")


def _few(cases: Sequence[Case]) -> Iterator[Flaw]:
    clusters = len({case.cluster or case.id for case in cases})
    if clusters < FEWEST:
        yield Flaw(
            "too_few",
            f"{clusters} independent cases are too few to judge anything; {FEWEST} is the least, "
            "`size` says what a number can show.",
        )


def _is_cannot_do(case: Case) -> bool:
    """Marked as such, or checked for a refusal."""
    return CANNOT_DO in case.slices.values() or any(each.type == "is-refusal" for each in case.assertions)


def _key(case: Case) -> str:
    return _folded(" ".join(str(case.vars[name]) for name in sorted(case.vars)))


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _listed(names: Sequence[str], most: int = 4) -> str:
    more = f" and {len(names) - most:,} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
