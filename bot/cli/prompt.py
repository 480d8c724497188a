"""`plumb prompt`: list, compare, save, promote and roll back prompts."""

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.output import FormatOption, print_json, wants_json
from bot.cli.people import By, acting
from bot.cli.prompt_views import (
    diff_json,
    finding_json,
    move_json,
    print_diff,
    print_log,
    print_summaries,
    print_version,
    print_versions,
    say,
    summary_json,
    version_json,
)
from bot.cli.running import with_services
from bot.errors import InputError, PlumblineError

app = typer.Typer(no_args_is_help=True, help="Prompts: versions, labels, what is live.")

LARGEST = 1_000_000  # bytes of a file that is read

HINTS = {
    "names_found": "If none of them is a customer's, add --names-ok; otherwise take it out.",
    "no_verdict": 'Name the experiment that says ship (--experiment EX-31), or say why not: --override "…".',
    "own_prompt": 'A reviewer can do it; where you work alone: --alone "why that will do".',
}

Asked = Annotated[
    str, typer.Argument(metavar="PROMPT", help="reply (its newest), reply@4, reply@production.")
]
Label = Annotated[str, typer.Option(help="production, canary, or a name of your own.")]
Expect = Annotated[
    int | None,
    typer.Option(help="Do it only if the version is this one until now (0: none).", show_default=False),
]


@app.command("list")
def list_(
    name: Annotated[
        str, typer.Argument(metavar="[PROMPT]", help="Its versions; by default all prompts.")
    ] = "",
    format_: FormatOption = None,
) -> None:
    """List prompts, or the versions of one."""
    if name:
        versions = with_services(lambda services: services.prompts.versions(name))
        if wants_json(format_):
            print_json([version_json(version) for version in versions])
        else:
            print_versions(versions)
        return
    summaries = with_services(lambda services: services.prompts.list_prompts())
    if wants_json(format_):
        print_json([summary_json(summary) for summary in summaries])
    else:
        print_summaries(summaries)


@app.command()
def show(prompt: Asked, format_: FormatOption = None) -> None:
    """Show one version: its text and what is known of it."""
    version = with_services(lambda services: services.prompts.get(prompt))
    if wants_json(format_):
        print_json(version_json(version))
    else:
        print_version(version)


@app.command()
def diff(
    prompt: Asked,
    other: Annotated[
        str, typer.Argument(help="A version or label; by default what changed since production.")
    ] = "",
    format_: FormatOption = None,
) -> None:
    """Show what changed, word by word.

    JSON: "segments" [{"kind": "same" | "removed" | "added", "text"}], variables and models.
    """
    found = with_services(lambda services: services.prompts.diff(prompt, other))
    if wants_json(format_):
        print_json(diff_json(found))
    else:
        print_diff(found)


@app.command()
def save(
    name: Annotated[str, typer.Argument(help="Small letters, digits and _: reply_to_refunds.")],
    file: Annotated[str, typer.Argument(help="A text file, or - for standard input.")],
    note: Annotated[str, typer.Option(help="What is new in it.")] = "",
    model: Annotated[str | None, typer.Option(help="provider:model it is for; by default as before.")] = None,
    owner: Annotated[str | None, typer.Option(help="Who answers for it; by default as before.")] = None,
    names_ok: Annotated[bool, typer.Option("--names-ok", help="The names in it are no customers'.")] = False,
    expect: Expect = None,
    by: By = "",
    format_: FormatOption = None,
) -> None:
    """Save a version of a prompt of your own; nothing goes live by it.

    Plain text, or a text with # System and # User. {{ message }} is a variable. Personal data are replaced
    by placeholders; keys and passwords are refused.
    """
    text, person = _read(file), acting(by)
    with _hinting():
        saved = with_services(
            lambda services: services.prompts.save(
                name, text, person, note=note, model=model, owner=owner, names_ok=names_ok, expected=expect
            )
        )
    if wants_json(format_):
        findings = [finding_json(finding) for finding in saved.findings]
        print_json({**version_json(saved.version), "new": saved.new, "findings": findings})
        return
    reference = saved.version.reference
    say(f"Saved as {reference}." if saved.new else f"Nothing new: {reference} says exactly this.")
    for finding in saved.findings:
        say(f"  {finding}")


@app.command()
def promote(
    prompt: Asked,
    label: Label = "production",
    experiment: Annotated[str, typer.Option(help="The one whose verdict speaks for it: EX-31.")] = "",
    override: Annotated[str, typer.Option(help="Why it goes to production without a verdict.")] = "",
    alone: Annotated[
        str, typer.Option(help="Why you may review your own, where nobody else works; recorded.")
    ] = "",
    reason: Annotated[str, typer.Option(help="Anything else to remember.")] = "",
    expect: Expect = None,
    by: By = "",
    format_: FormatOption = None,
) -> None:
    """Put a label on a version: production is what your product reads.

    It needs somebody who did not write the version, and for production an experiment that says ship (or no
    difference, and cheaper) for exactly this version. Names here are taken on trust and kept in the log.
    """
    person = acting(by)
    with _hinting():
        move = with_services(
            lambda services: services.prompts.promote(
                prompt,
                person,
                label=label,
                reason=reason,
                experiment=experiment,
                override=override,
                alone=alone,
                expected=expect,
            )
        )
    if wants_json(format_):
        print_json(move_json(move))
        return
    came = f", before {move.name}@{move.from_version}" if move.from_version else ""
    say(f"{move.name}@{move.to_version} is in {move.label}{came}.")
    if move.alone:
        say(f"Nobody but its author looked at it; the log says so, and why: {move.alone}", style="yellow")


@app.command()
def rollback(
    name: Annotated[str, typer.Argument(metavar="PROMPT", help="Its name: reply.")],
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[to VERSION] because REASON", help="By default to the one before."),
    ] = None,
    label: Label = "production",
    expect: Expect = None,
    by: By = "",
    format_: FormatOption = None,
) -> None:
    """Put a label back where it was: `plumb prompt rollback reply to 3 because tone`."""
    from bot.domain.prompts.wording import parse_rollback

    back, person = parse_rollback(" ".join(words or [])), acting(by)
    move = with_services(
        lambda services: services.prompts.rollback(
            name, person, back.reason, to=back.version, label=label, expected=expect
        )
    )
    if wants_json(format_):
        print_json(move_json(move))
    else:
        say(f"{name}@{move.to_version} is in {label} again, {name}@{move.from_version} is not.")


@app.command()
def render(
    prompt: Asked,
    var: Annotated[
        list[str] | None, typer.Option("--var", help="name=value; repeatable.", show_default=False)
    ] = None,
    vars_file: Annotated[
        str, typer.Option("--vars", help="A JSON file with an object of values, or -.")
    ] = "",
    format_: FormatOption = None,
) -> None:
    """Fill a prompt in and show what a model would get; nothing is sent."""
    values = {**_values(vars_file), **_pairs(var or [])}
    version = with_services(lambda services: services.prompts.get(prompt))
    rendered = version.render(values)
    if wants_json(format_):
        about = {"prompt": str(version.reference), "fingerprint": version.fingerprint}
        print_json({**about, "system": rendered.system, "user": rendered.user})
        return
    if rendered.system:
        say(f"# System\n{rendered.system}\n\n# User")
    say(rendered.user)


@app.command()
def log(
    name: Annotated[str, typer.Argument(metavar="[PROMPT]", help="By default all.")] = "",
    label: Annotated[str, typer.Option(help="Only this one.")] = "",
    format_: FormatOption = None,
) -> None:
    """Show who moved which label, when, and why; oldest first."""
    moves = with_services(lambda services: services.prompts.log(name or None, label or None))
    if wants_json(format_):
        print_json([move_json(move) for move in moves])
    else:
        print_log(moves)


@contextmanager
def _hinting() -> Iterator[None]:
    """What to do next, in options of the command line."""
    try:
        yield
    except PlumblineError as error:
        error.hint = HINTS.get(error.code, error.hint)
        raise


def _read(file: str) -> str:
    path = Path(file)
    if file != "-" and not path.is_file():
        raise InputError(f"There is no file {file}.", hint="Check the path.", code="not_found")
    try:
        data = sys.stdin.buffer.read(LARGEST + 1) if file == "-" else _beginning(path)
        text = data.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise InputError(f"{file} cannot be read as text.", hint="Save it as UTF-8.") from None
    if len(data) > LARGEST:
        raise InputError(
            f"{file} is larger than {LARGEST:,} bytes.", hint="A prompt is a text of a page or two."
        )
    return text


def _beginning(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(LARGEST + 1)


def _values(file: str) -> Mapping[str, Any]:
    if not file:
        return {}
    try:
        values = json.loads(_read(file))
    except (ValueError, RecursionError):
        raise InputError(f"{file} is no JSON.", hint='It holds an object: {"message": "…"}.') from None
    if not isinstance(values, dict):
        raise InputError(f"{file} holds no object of values.", hint='For example {"message": "…"}.')
    return values


def _pairs(pairs: list[str]) -> dict[str, str]:
    values = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise InputError(f"--var {pair[:60]!r} is not of the form name=value.", hint='--var message="…"')
        values[name.strip()] = value
    return values
