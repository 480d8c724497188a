"""Sets in a list, and one in full: cases, scoring, slices, what it can show, what to mend."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.datasets import Dataset, DatasetLine, Version
from bot.domain.datasets.lint import Flaw
from bot.domain.datasets.slices import SliceCount
from bot.domain.people import Role
from handlers.views.kit import (
    Block,
    Element,
    Message,
    actions,
    bold,
    bullets,
    button,
    context,
    fit,
    header,
    joined,
    line,
    markup,
    mention,
    message,
    plain,
    section,
    words,
)  # fmt: skip
from handlers.views.kit import rich_text as rich
from handlers.views.sets.parts import case_lines
from handlers.views.shares import share_button
from handlers.views.stories.parts import count

LISTED = 30  # sets in a list
CASES, COLUMNS, VALUES, FLAWS, SIZES = 3, 4, 6, 5, 3


@dataclass(frozen=True, slots=True)
class Look:
    """What was found out about a version: counts by slice, sentences on its size, and flaws."""

    slices: tuple[SliceCount, ...] = ()
    size: tuple[str, ...] = ()
    flaws: tuple[Flaw, ...] = ()


def set_list(lines: Sequence[DatasetLine], slices: Mapping[str, Sequence[str]], *, role: Role) -> Message:
    """Two lines a set; ``slices``: the columns that results can be broken down by, by set."""
    tail = [actions(button("Import cases…", "set_import", style="primary"))] * (role >= Role.CONTRIBUTOR)
    if not lines:
        said = "None yet. A set holds inputs and what a right answer to each is: prompts are tried on it."
        return message(header("Sets of cases"), plain(said), *tail)
    waiting = sum(each.candidates for each in lines)
    facts = [count(len(lines), "set"), f"{count(waiting, 'candidate')} waiting" if waiting else ""]
    head = [header("Sets of cases"), context(joined([markup("{}", fact) for fact in facts if fact]))]
    shown = [_set_line(each, slices.get(each.name, ())) for each in lines[:LISTED]]
    hidden = len(lines) - len(shown)
    more = [context(markup("{} more", hidden))] if hidden else []
    return message(*fit(shown, lambda n: markup("{} more", n + hidden), head=head, tail=[*more, *tail]))


def _set_line(each: DatasetLine, columns: Sequence[str]) -> Block:
    name = f"{each.name}@{each.version}" if each.version else each.name
    facts = [count(each.cases, "case") if each.version else "no cases yet"]
    if each.candidates:
        facts.append(f"{count(each.candidates, 'candidate')} waiting")
    if columns:
        facts.append(f"by {', '.join(columns[:COLUMNS])}" + (" …" if len(columns) > COLUMNS else ""))
    if each.channel:
        facts.append("private")
    said = markup("*{}*\n{}", name, joined([markup("{}", fact) for fact in facts]))
    return section(said, accessory=button("Open", "set_show", each.name))


def set_card(
    found: Dataset, about: DatasetLine, look: Look, *, version: Version | None = None, role: Role
) -> Message:
    """``version`` is the one shown, None where there are only candidates."""
    head: list[Block] = [
        header(found.reference if found.version else found.name),
        context(*_facts(about, version)),
    ]
    groups = [
        _part("How they are scored", [line(words(said)) for said in found.scoring.sentences()]),
        _part("What it can show", [line(words(said)) for said in look.size[:SIZES]]),
        _part("Slices", _slices(look.slices)),
        _part("To mend", [line(words(flaw.sentence, most=400)) for flaw in look.flaws[:FLAWS]]),
        *_cases(found),
    ]
    if not found.cases:
        groups.append([plain("No cases yet: accept a candidate to make the first version.")])
    tail = [actions(*_buttons(about, found, role))]
    return message(
        *fit([each for each in groups if each], lambda n: markup("{} more parts", n), head=head, tail=tail)
    )


def _facts(about: DatasetLine, version: Version | None) -> Iterator[str]:
    """Small print, a part each."""
    facts = []
    if version is not None:
        facts += [count(version.cases, "case"), f"{version.created_at:%d %b %Y}"]
    if about.candidates:
        facts.append(f"{count(about.candidates, 'candidate')} waiting")
    if about.channel:
        facts.append("only for people of its private channel")
    yield joined([markup("{}", fact) for fact in facts] or [markup("empty")])
    if version is not None:
        yield joined([markup("by {}", mention(version.author)), markup("{}", version.note)])


def _part(title: str, lines: Sequence[Element]) -> list[Block]:
    return [rich(line(bold(title)), bullets(*lines))] if lines else []


def _slices(counts: Sequence[SliceCount]) -> list[Element]:
    """A line for each column: its values with their cases, those with too few to judge said so."""
    columns: defaultdict[str, list[SliceCount]] = defaultdict(list)
    for each in counts:
        columns[each.column].append(each)
    shown = []
    for column, values in list(columns.items())[:COLUMNS]:
        told = ", ".join(f"{each.value} {each.n:,}" for each in values[:VALUES])
        more = f", {len(values) - VALUES} more" if len(values) > VALUES else ""
        few = sum(not each.enough for each in values)
        judged = f" ({_few(few, len(values))})" if few else ""
        shown.append(line(bold(f"{column}: "), words(f"{told}{more}", most=300), words(judged, italic=True)))
    if len(columns) > COLUMNS:
        shown.append(line(f"{len(columns) - COLUMNS} more columns"))
    return shown


def _few(few: int, of: int) -> str:
    if few == of:
        return "too few to judge any of them"
    return "one has too few to judge" if few == 1 else f"{few} have too few to judge"


def _cases(found: Dataset) -> list[list[Block]]:
    if not found.cases:
        return []
    shown = [[rich(*case_lines(case))] for case in found.cases[:CASES]]
    rest = len(found.cases) - len(shown)
    title = rich(line(bold("The first cases" if rest else "The cases")))
    return [[title, *shown[0]], *shown[1:], *([[context(markup("and {} more", rest))]] if rest else [])]


def _buttons(about: DatasetLine, found: Dataset, role: Role) -> Iterator[Block]:
    if role >= Role.CONTRIBUTOR:
        if about.candidates:
            label = f"Review {count(about.candidates, 'candidate')}"
            yield button(label, "set_review", about.name, "primary")
        if found.cases:
            yield button("New experiment…", "exp_new", found.reference)
        yield button("Import cases…", "set_import", about.name)
        if found.cases:
            yield share_button("set", found.reference)
    else:
        yield button("All sets", "set_list")
