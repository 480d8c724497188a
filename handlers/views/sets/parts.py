"""Pieces that more than one view of a set shows."""

from bot.domain.experiments.cells import Case
from handlers.views.kit import Element, bold, faint, line, quote, words

INPUT, ANSWER = 400, 300  # characters shown of a case


def input_of(case: Case) -> str:
    """What stands in its variables; several are told apart by name."""
    if len(case.vars) == 1:
        return str(next(iter(case.vars.values())))
    return "\n".join(f"{name}: {value}" for name, value in case.vars.items())


def answer_of(case: Case) -> str:
    """What is right, or what checks it; "" where nobody has said."""
    if case.expected:
        return case.expected
    return "; ".join(f"{each.type}: {each.value}" for each in case.assertions)


def case_lines(case: Case) -> list[Element]:
    """The input behind a bar, and under it what is right."""
    answer = answer_of(case)
    told = line(bold("→ "), words(answer, most=ANSWER)) if answer else line(faint("→ needs an answer"))
    return [quote(words(input_of(case) or "(empty)", most=INPUT)), told]
