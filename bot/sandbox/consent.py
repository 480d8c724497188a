"""/oauth/v2/authorize: the page on which a person lets the app into a workspace."""

from html import escape
from urllib.parse import urlencode, urlsplit

from aiohttp import web

from bot.sandbox.errors import BadRequest
from bot.sandbox.guard import loopback
from bot.sandbox.hub import Hub
from bot.sandbox.methods.oauth import CLIENT_ID, grant
from bot.sandbox.model import Team, User

POLICY = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'"
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Install {app}</title>
<h1>Install {app}?</h1><p>It asks for: {scopes}</p><ul>{teams}</ul>"""


async def authorize(hub: Hub, request: web.Request) -> web.Response:
    """Without ``&team=``: the workspaces to choose from; with it: the redirect that carries the code."""
    query = request.query
    if query.get("client_id") != CLIENT_ID:
        raise BadRequest(f"`client_id` is {CLIENT_ID}")
    redirect = query.get("redirect_uri", "")
    if not loopback(urlsplit(redirect).hostname or ""):
        raise BadRequest("`redirect_uri` is an address on this machine")
    chosen = hub.world.teams.get(query.get("team", ""))
    if chosen is None:
        return web.Response(
            text=_choice(hub, request), content_type="text/html", headers={"Content-Security-Policy": POLICY}
        )
    code = grant(hub, chosen, _installer(hub, chosen).id, query.get("scope", ""))
    joint = "&" if urlsplit(redirect).query else "?"
    location = redirect + joint + urlencode({"code": code, "state": query.get("state", "")})
    return web.Response(status=302, headers={"Location": location})


def _installer(hub: Hub, team: Team) -> User:
    people = [user for user in hub.world.people(team.id) if not user.is_bot]
    if not people:
        raise BadRequest("nobody is in this workspace")
    return next((user for user in people if user.is_owner), people[0])


def _choice(hub: Hub, request: web.Request) -> str:
    links = "".join(
        f'<li><a href="{escape(str(request.rel_url.update_query(team=team.id)))}">{escape(team.name)}</a>'
        for team in hub.world.teams.values()
    )
    scopes = escape(request.query.get("scope", "").replace(",", ", "))
    return PAGE.format(app=escape(hub.app.name), scopes=scopes, teams=links)
