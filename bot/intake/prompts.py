"""The live prompt for a team's product: GET /v1/prompts/{name}, cheap to ask again and again."""

import hmac
from collections.abc import Awaitable, Callable
from typing import Any

from pydantic import SecretStr
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot.domain.prompts import PRODUCTION, PromptVersion, check_label, check_name
from bot.errors import InputError, NotFound, PlumblineError
from bot.logs import log_failure
from bot.services.prompts import PromptService

LIVE = "private, no-cache"  # ask each time: a rollback counts at once, and 304 costs next to nothing
FOREVER = "private, max-age=31536000, immutable"

OfKey = Callable[[str], Awaitable[PromptService | None]]
"""The prompts of the team whose key a secret is; None for what is none."""


async def _nobodys(_secret: str) -> PromptService | None:
    return None


def prompt_routes(prompts: PromptService, token: SecretStr | None) -> list[BaseRoute]:
    """The one address alone, for whoever holds ``token``; without one it refuses everybody."""
    return [Route("/v1/prompts/{name}", prompt_answer(prompts, token), methods=["GET"])]


def prompt_answer(
    prompts: PromptService, token: SecretStr | None, of_key: OfKey = _nobodys
) -> Callable[[Request], Awaitable[Response]]:
    """Answers for whoever holds ``token``, from ``prompts``, or a key, from those of the key's team.

    Who asks is looked at first; failures become one sentence with a status.
    """

    async def answer(request: Request) -> Response:
        try:
            given = _bearer(request)
            readable = await of_key(given)
            if readable is None and token is not None and _same(given, token.get_secret_value()):
                readable = prompts
            return _stranger(given, token) if readable is None else await _show(request, readable)
        except NotFound as error:
            return _failure(404, error.code, error.message, error.hint)
        except InputError as error:
            return _failure(400, error.code, error.message, error.hint)
        except PlumblineError as error:
            return _failure(503, error.code, error.message, error.hint, {"Retry-After": "5"})
        except Exception as error:  # noqa: BLE001  the boundary: nobody sees a traceback
            hint = f"The bot's log has the rest under reference {log_failure(error)}."
            return _failure(500, "unexpected", "Something went wrong that should not have.", hint)

    return answer


async def _show(request: Request, prompts: PromptService) -> Response:
    name, label, version = _asked(request)
    found = await prompts.get(f"{name}@{label or version}")
    if version is not None and found.version != version:
        raise NotFound(f"{name}@{version} is not in {label}: {name}@{found.version} is.", hint="Ask by one.")
    etag = _etag(found, label)
    headers = {
        "ETag": etag,
        "Cache-Control": FOREVER if version and not label else LIVE,
        "Vary": "Authorization",
    }
    if _knows(request, etag):
        return Response(status_code=304, headers=headers)
    return JSONResponse(_as_json(found, label), headers=headers)


def _stranger(given: str, token: SecretStr | None) -> Response:
    if token is None and not given.startswith("plk_"):
        return _failure(
            403, "no_token", "This bot gives prompts to nobody: it has no token.", "Set PLUMB_API_TOKEN."
        )
    return _failure(
        401,
        "wrong_token",
        "The bearer token is missing or wrong.",
        "Send the header Authorization: Bearer …, with the bot's PLUMB_API_TOKEN or a feature's key.",
        {"WWW-Authenticate": 'Bearer realm="plumbline"'},
    )


def _bearer(request: Request) -> str:
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    return given.strip() if scheme.lower() == "bearer" else ""


def _same(given: str, token: str) -> bool:
    """Compared in constant time."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), token.encode())


def _asked(request: Request) -> tuple[str, str, int | None]:
    """(name, label, version): a version, else a label, by default production; both where the version has to
    be in the label still."""
    name = check_name(request.path_params["name"])
    label, version = request.query_params.get("label", ""), request.query_params.get("version", "")
    if not version:
        return name, check_label(label or PRODUCTION), None
    if not (version.isascii() and version.isdigit() and 0 < len(version) < 10 and int(version)):
        raise InputError("That is neither a label nor a version.", hint="?label=production, or ?version=3.")
    return name, check_label(label) if label else "", int(version)


def _as_json(found: PromptVersion, label: str) -> dict[str, Any]:
    """``label`` is the one asked by, null where a version was asked for."""
    return {
        "name": found.name,
        "version": found.version,
        "label": label or None,
        "system": found.prompt.system,
        "user": found.prompt.user,
        "inputs": list(found.inputs),
        "model": found.model,
        "fingerprint": found.fingerprint,
    }


def _etag(found: PromptVersion, label: str) -> str:
    """Strong: name, version and label decide every byte, and the fingerprint the text."""
    return f'"{found.fingerprint}.{found.version}.{label}"'


def _knows(request: Request, etag: str) -> bool:
    """If-None-Match is compared weakly: a proxy that compresses may have put W/ before it."""
    known = [each.strip().removeprefix("W/") for each in request.headers.get("if-none-match", "").split(",")]
    return etag in known or "*" in known


def _failure(
    status: int, code: str, message: str, hint: str, headers: dict[str, str] | None = None
) -> Response:
    error = {"code": code, "message": message, "hint": hint}
    return JSONResponse({"error": error}, status, headers={"Cache-Control": "no-store", **(headers or {})})
