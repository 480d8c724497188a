"""`plumb serve`: what the bot answers over HTTP, without Slack."""

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.running import load_settings, with_services
from bot.errors import SettingsError

if TYPE_CHECKING:
    from bot.bootstrap import Services


def serve(
    port: Annotated[
        int | None,
        typer.Option(min=0, max=65535, help="Else PLUMB_HTTP_PORT; 0: any.", show_default=False),
    ] = None,
) -> None:
    """Serve /v1, the live prompts of your product, without Slack until stopped.

    `plumb run` serves the same where PLUMB_HTTP_PORT is set.
    """
    settings = load_settings()
    chosen = settings.http_port if port is None else port
    if not chosen and port is None:
        raise SettingsError(
            "There is no port to listen on.", hint="Give --port 8080, or set PLUMB_HTTP_PORT."
        )
    if settings.api_token is None:
        raise SettingsError(
            "There is no token, so nobody could read anything.",
            hint="Set PLUMB_API_TOKEN, 16 characters or more.",
        )

    async def work(services: "Services") -> None:
        from bot.intake import HttpServer, prompt_routes, until_stopped

        routes = prompt_routes(services.prompts, settings.api_token)
        server = HttpServer(routes, host=settings.http_host, port=chosen)
        await server.start()
        typer.echo(f"Serving prompts on http://{settings.http_host}:{server.port}/v1/prompts (Ctrl-C stops).")
        await until_stopped()
        await server.stop()

    with_services(work)
