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
    """Serve the HTTP API, which your product sends to and reads its live prompts from, without Slack until
    stopped.

    `plumb run` serves the same where PLUMB_HTTP_PORT is set.
    """
    settings = load_settings()
    chosen = settings.http_port if port is None else port
    if not chosen and port is None:
        raise SettingsError(
            "There is no port to listen on.", hint="Give --port 8080, or set PLUMB_HTTP_PORT."
        )

    async def work(services: "Services") -> None:
        from bot.intake import (
            HttpServer,
            Metrics,
            api_routes,
            database_probe,
            health_routes,
            until_stopped,
            warming,
        )

        if settings.api_token is None and not await services.keys.any_opens():
            raise SettingsError(
                "There is no key and no token, so nobody could send or read anything.",
                hint="Make a key: plumb key create FEATURE. For prompts alone PLUMB_API_TOKEN will do.",
            )
        metrics = Metrics()
        try:
            routes = health_routes([database_probe(services.store)], metrics)
            routes += api_routes(services, settings, metrics)
            server = HttpServer(routes, host=settings.http_host, port=chosen)
            await server.start()
            address = f"http://{settings.http_host}:{server.port}"
            typer.echo(f"Serving {address}/v1, described at {address}/docs (Ctrl-C stops).")
            async with warming(services):
                await until_stopped()
            await server.stop()
        finally:
            metrics.close()

    with_services(work)
