"""`plumb dataset`: versioned sets of eval cases."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.dataset_changes import By, Note, Preview, Yes, change, say_proposed, set_name, who
from bot.cli.dataset_views import (
    candidates_as_json,
    line_as_json,
    print_candidates,
    print_cases,
    print_diff,
    print_lines,
    print_sentences,
    set_as_json,
)
from bot.cli.output import FormatOption, print_json, progress, wants_json
from bot.cli.running import data_of, filename_of, parse_mapping, source_of, with_services
from bot.domain.datasets import CandidateState, case_to_json
from bot.domain.datasets.columns import Columns
from bot.domain.datasets.tables import WRITERS
from bot.errors import InputError

if TYPE_CHECKING:
    from bot.bootstrap import Services
    from bot.services.datasets import Accepted, Proposal, Proposed

app = typer.Typer(no_args_is_help=True, help="Versioned sets of eval cases.")

Reference = Annotated[
    str, typer.Argument(metavar="SET", help="A set, or a version of it: refunds, refunds@2.")
]
Name = Annotated[str, typer.Argument(metavar="SET", help="The set's name, such as refunds.")]
Into = Annotated[str, typer.Option("--set", help="The set to put them into; made where there is none.")]
Variable = Annotated[str, typer.Option("--var", help="The variable that the ticket's text becomes.")]
Numbers = Annotated[list[int], typer.Argument(help="Candidates, by number.")]


@app.command("list")
def list_(format_: FormatOption = None) -> None:
    """List sets. JSON: [{"name", "version", "cases", "candidates", "changed_at"}]."""
    lines = with_services(lambda services: services.datasets.all())
    if wants_json(format_):
        print_json([line_as_json(line) for line in lines])
    else:
        print_lines(lines)


@app.command()
def show(
    reference: Reference,
    most: Annotated[int, typer.Option("--most", help="Cases to show; JSON has all.")] = 20,
    format_: FormatOption = None,
) -> None:
    """Show a version: its cases, how each would be scored, its slices and its history."""

    async def work(services: "Services") -> None:
        found = await services.datasets.get(reference)
        versions = await services.datasets.versions(found.name)
        if wants_json(format_):
            print_json(set_as_json(found, versions))
        else:
            print_cases(found, versions, most)

    with_services(work)


@app.command("import")
def import_(
    file: Annotated[str, typer.Argument(help="CSV, TSV, XLSX, JSON, JSONL or promptfoo tests; - for stdin.")],
    into: Into = "",
    slices: Annotated[
        list[str] | None,
        typer.Option("--slice", help="A column to break results down by; repeatable.", show_default=False),
    ] = None,
    map_: Annotated[
        list[str] | None,
        typer.Option(
            "--map", help="Which column is what, e.g. expected=label,input=message.", show_default=False
        ),
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Retire cases that are not in the file.")
    ] = False,
    note: Note = "",
    by: By = "",
    yes: Yes = False,
    preview: Preview = False,
    format_: FormatOption = None,
) -> None:
    """Import cases: columns are variables; expected (or __expected) is the right answer or a check such as
    "contains: refund"; id, slice_…, cluster, customer, threshold and note are read as such.

    JSON: {"set", "version", "added", "changed", "removed", "duplicates", "problems", "redacted", "scoring"}.
    """

    async def propose(services: "Services") -> "Proposal":
        columns = Columns(parse_mapping(map_ or []), tuple(slices or ()))
        incoming = await services.datasets.read(data_of(file), filename=filename_of(file), columns=columns)
        name = into or set_name(source_of(file, ""))
        return await services.datasets.propose(name, incoming, replacing=replace)

    change(propose, note, by, yes, preview, format_)


@app.command("from-theme")
def from_theme(
    theme: Annotated[str, typer.Argument(help="A theme's id, such as TH-3.")],
    into: Into,
    source: Annotated[str, typer.Option("--source", help="The log it is a theme of.")] = "",
    most: Annotated[int | None, typer.Option("--most", help="No more than the N most typical.")] = None,
    variable: Variable = "input",
    note: Note = "",
    by: By = "",
    yes: Yes = False,
    preview: Preview = False,
    format_: FormatOption = None,
) -> None:
    """Tickets of a theme become cases; each needs its right answer from a person."""

    async def propose(services: "Services") -> "Proposal":
        incoming = await services.cases.from_theme(theme, source=source, most=most, variable=variable)
        return await services.datasets.propose(into, incoming)

    change(propose, note, by, yes, preview, format_)


@app.command("from-story")
def from_story(
    story: Annotated[str, typer.Argument(help="A story's id, such as ST-14.")],
    into: Into,
    variable: Variable = "input",
    note: Note = "",
    by: By = "",
    yes: Yes = False,
    preview: Preview = False,
    format_: FormatOption = None,
) -> None:
    """A story's examples become cases with their expected answers; those of a story that nobody approved
    become candidates."""

    async def propose(services: "Services") -> "Proposal | Proposed":
        incoming = await services.cases.from_story(story, variable=variable)
        if await services.cases.is_approved(story) or preview:
            return await services.datasets.propose(into, incoming)
        why = [(case, incoming.source) for case in incoming.cases]
        return await services.candidates.propose(into, why, who(by), channel=incoming.channel)

    change(propose, note, by, yes, preview, format_)


@app.command("from-feedback")
def from_feedback(into: Into, by: By = "", format_: FormatOption = None) -> None:
    """What people said an output should have been becomes candidates."""
    say_proposed(with_services(lambda s: s.candidates.propose_corrections(into, who(by))), into, format_)


@app.command()
def first20(
    source: Annotated[str, typer.Argument(help="An imported log.")],
    into: Into,
    n: Annotated[int, typer.Option("-n", min=1, max=500, help="How many.")] = 20,
    variable: Variable = "input",
    note: Note = "",
    by: By = "",
    yes: Yes = False,
    preview: Preview = False,
    format_: FormatOption = None,
) -> None:
    """Start a set: inputs that stand for a whole log, a share for each theme, each unlike the others."""

    async def propose(services: "Services") -> "Proposal":
        with progress() as report:
            incoming = await services.cases.first(source, n, variable=variable, progress=report)
        return await services.datasets.propose(into, incoming)

    change(propose, note, by, yes, preview, format_)


@app.command()
def edge(
    name: Name,
    each: Annotated[int, typer.Option("--each", min=1, max=20, help="How many of each kind.")] = 1,
    by: By = "",
    format_: FormatOption = None,
) -> None:
    """Propose edge cases made of real ones (typos, capitals, hidden instructions …) as candidates."""
    done = with_services(lambda services: services.candidates.propose_edges(name, who(by), each=each))
    say_proposed(done, name, format_)


@app.command()
def candidates(
    name: Name,
    all_: Annotated[bool, typer.Option("--all", help="Also those that were decided on.")] = False,
    format_: FormatOption = None,
) -> None:
    """List cases that wait for a person."""
    state = None if all_ else CandidateState.WAITING
    found = with_services(lambda services: services.candidates.all(name, state))
    if wants_json(format_):
        print_json(candidates_as_json(found))
    else:
        print_candidates(name, found)


@app.command()
def accept(
    name: Name,
    numbers: Numbers,
    expected: Annotated[
        str, typer.Option("--expected", help="The right answer, for one candidate.", show_default=False)
    ] = "",
    by: By = "",
    format_: FormatOption = None,
) -> None:
    """Candidates become cases of the next version."""
    if expected and len(numbers) != 1:
        raise InputError("--expected is the answer of one candidate.", hint="Accept them one by one.")
    answers = {numbers[0]: expected} if expected else {}

    async def work(services: "Services") -> "Accepted":
        return await services.candidates.accept(name, numbers, who(by), expected=answers)

    done = with_services(work)
    version = done.version.number if done.version else None
    if wants_json(format_):
        print_json({"set": name, "version": version, "cases": [case_to_json(case) for case in done.cases]})
    else:
        print(f"{name}@{version} has {len(done.cases)} more." if version else "They are in the set already.")


@app.command()
def reject(
    name: Name,
    numbers: Numbers,
    reason: Annotated[str, typer.Option("--reason", help="Why; kept, and shown to whoever proposed it.")],
    by: By = "",
    format_: FormatOption = None,
) -> None:
    """Candidates leave with a reason, and are not proposed again."""
    done = with_services(lambda services: services.candidates.reject(name, numbers, who(by), reason))
    if wants_json(format_):
        print_json({"set": name, "rejected": [each.number for each in done], "reason": reason})
    else:
        print(f"{len(done)} rejected: {reason}")


@app.command()
def edit(
    name: Name,
    case: Annotated[str, typer.Argument(help="The case's id.")],
    set_: Annotated[
        list[str], typer.Option("--field", help="field=value: expected, note, vars.NAME …; repeatable.")
    ],
    note: Note = "",
    by: By = "",
    yes: Yes = False,
    preview: Preview = False,
    format_: FormatOption = None,
) -> None:
    """Change a case in the next version, for example its right answer: --field expected="refund"."""
    values = {}
    for pair in set_:
        field, equals, value = pair.partition("=")
        if not equals:
            raise InputError(f"--field {pair!r} is not of the form field=value.", hint='--field expected="…"')
        values[field.strip()] = value
    change(lambda s: s.datasets.propose_edit(name, case, values), note, by, yes, preview, format_)


@app.command()
def retire(
    name: Name,
    cases: Annotated[list[str], typer.Argument(help="Ids of cases.")],
    note: Note = "",
    by: By = "",
    yes: Yes = False,
    preview: Preview = False,
    format_: FormatOption = None,
) -> None:
    """Take cases out of the next version; older versions keep them."""
    change(lambda s: s.datasets.propose_retiring(name, cases), note, by, yes, preview, format_)


@app.command()
def diff(
    before: Reference,
    after: Annotated[str, typer.Argument(help="Another version; by default SET's is the later one.")] = "",
    format_: FormatOption = None,
) -> None:
    """What changed between two versions, or since the one before."""
    found = with_services(lambda services: services.datasets.diff(before, after))
    print_diff(found, as_json=wants_json(format_))


@app.command()
def export(
    reference: Reference,
    as_: Annotated[str, typer.Option("--as", help=f"One of: {', '.join(WRITERS)}.")] = "csv",
    to: Annotated[Path | None, typer.Option("--to", help="A file; by default standard output.")] = None,
) -> None:
    """Write a version as a file; importing it gives the same set."""
    writer = WRITERS.get(as_)
    if writer is None:
        raise InputError(f"There is no export format {as_!r}.", hint=f"One of: {', '.join(WRITERS)}.")
    found = with_services(lambda services: services.datasets.get(reference))
    text = writer(found.cases).encode()
    if to is None:
        sys.stdout.buffer.write(text)
    else:
        to.write_bytes(text)
        print(f"{found.reference} written to {to}: {len(found.cases):,} cases.")


@app.command()
def size(
    reference: Reference,
    repeats: Annotated[int, typer.Option("-k", "--repeats", min=1, help="Repeats of each case.")] = 1,
    candidates_: Annotated[int, typer.Option("--candidates", min=1, help="Arms besides the baseline.")] = 1,
    points: Annotated[float | None, typer.Option("--points", min=0.1, max=100, help="To be shown.")] = None,
    format_: FormatOption = None,
) -> None:
    """What difference this set can show, and how many cases would show a smaller one."""
    from bot.domain.datasets.sizes import size_advice  # numpy need not be waited for

    found = with_services(lambda services: services.datasets.get(reference))
    wanted = None if points is None else points / 100
    advice = size_advice(found.cases, repeats=repeats, candidates=candidates_, wanted=wanted)
    if wants_json(format_):
        needed = [{"difference": step, "cases": n} for step, n in advice.wanted]
        print_json(
            {
                "cases": advice.cases,
                "independent": advice.units,
                "detectable": advice.detectable,
                "needed": needed,
            }
        )
    else:
        print_sentences(found.reference, advice.sentences)


@app.command()
def lint(reference: Reference, format_: FormatOption = None) -> None:
    """What is wrong with a set before it is run; exit 1 where there is something."""
    from bot.domain.datasets.lint import lint as lint_cases  # numpy need not be waited for

    found = with_services(lambda services: services.datasets.get(reference))
    flaws = lint_cases(found.cases)
    if wants_json(format_):
        print_json([{"code": x.code, "sentence": x.sentence, "cases": list(x.cases)} for x in flaws])
    else:
        print_sentences(found.reference, [x.sentence for x in flaws] or ["Nothing found."])
    if flaws:
        raise typer.Exit(1)
