"""`plumb key`: the keys that products send with."""

import getpass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.output import FormatOption, print_json, print_table, wants_json
from bot.cli.running import with_services

if TYPE_CHECKING:
    from bot.store.keys import Key

app = typer.Typer(no_args_is_help=True, help="Keys that your product sends its interactions with.")

By = Annotated[str, typer.Option("--by", help="Who does it; by default your user name.", show_default=False)]


@app.command()
def create(
    feature: Annotated[str, typer.Argument(help="A feature under watch: plumb feature list.")],
    name: Annotated[str, typer.Option(help="What sends with it: web shop.")] = "",
    by: By = "",
    format_: FormatOption = None,
) -> None:
    """Make a key for a feature. Its secret is shown once, here; kept is only a hash of it."""
    key, secret = with_services(lambda services: services.keys.create(feature, name, by or getpass.getuser()))
    if wants_json(format_):
        print_json({**_as_json(key), "secret": secret})
        return
    typer.echo(f"Key {key.id} for {key.feature}. It is shown this once:\n\n  {secret}\n")
    typer.echo("Your product sends it as Authorization: Bearer …; with OpenTelemetry set:\n")
    typer.echo(f'  OTEL_EXPORTER_OTLP_HEADERS="Authorization=Bearer%20{secret}"')


@app.command("list")
def list_(format_: FormatOption = None) -> None:
    """List the keys, those that were revoked too."""
    keys = with_services(lambda services: services.keys.all())
    if wants_json(format_):
        print_json([_as_json(key) for key in keys])
        return
    rows = [
        (key.id, key.feature, key.name, f"{key.prefix}…", _day(key.created_at), key.created_by, _state(key))
        for key in keys
    ]
    print_table("Keys", ("#ID", "Feature", "Name", "Begins", "Made", "By", "State"), rows)


@app.command()
def revoke(
    id_: Annotated[int, typer.Argument(metavar="ID", help="As plumb key list shows it.")],
    by: By = "",
    format_: FormatOption = None,
) -> None:
    """Revoke a key: within seconds it opens nothing any more."""
    key = with_services(lambda services: services.keys.revoke(id_, by or getpass.getuser()))
    if wants_json(format_):
        print_json(_as_json(key))
    else:
        typer.echo(f"Key {key.id} of {key.feature} is revoked. Running bots refuse it within 5 seconds.")


def _state(key: "Key") -> str:
    if key.revoked_at is not None:
        return f"revoked {_day(key.revoked_at)}"
    return f"last used {_day(key.last_used_at)}" if key.last_used_at else "not used yet"


def _day(moment: Any) -> str:
    return f"{moment:%Y-%m-%d}"


def _as_json(key: "Key") -> dict[str, Any]:
    moments = ("created_at", "revoked_at", "last_used_at")
    return {
        **{name: getattr(key, name) for name in ("id", "feature", "name", "prefix", "created_by")},
        **{name: value.isoformat() if (value := getattr(key, name)) else None for name in moments},
    }
