"""Who may talk to the sandbox: clients on this machine, and no page of another site through a browser."""

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

from bot.sandbox.errors import BadRequest

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})
NAVIGABLE = ("/", "/oauth/v2/authorize")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; frame-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuses foreign Host headers (DNS rebinding) and requests that another site's page made."""
    host = urlsplit(f"//{request.headers.get('Host', '')}").hostname or ""
    if host not in HOSTS:
        return web.json_response({"ok": False, "error": "foreign_host"}, status=403)
    if _is_cross_site(request):
        return web.json_response({"ok": False, "error": "cross_site"}, status=403)
    try:
        return await handler(request)
    except BadRequest as error:
        return web.json_response({"ok": False, "error": "bad_request", "message": str(error)}, status=400)


def _is_cross_site(request: web.Request) -> bool:
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("Host"):
        return True
    came_from = request.headers.get("Sec-Fetch-Site", "none")
    return came_from not in ("none", "same-origin") and request.path not in NAVIGABLE


def loopback(host: str) -> bool:
    return host in HOSTS
