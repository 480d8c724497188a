"""The HTTP API that a team's product calls, as one application; imported only where HTTP is on."""

from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

import bot
from bot.intake import schemas
from bot.intake.answers import as_response
from bot.intake.desk import Desk, TeamServices
from bot.intake.docs import page
from bot.intake.metrics import Metrics
from bot.intake.openapi import document, failures
from bot.intake.prompts import prompt_answer
from bot.intake.routes import sending_routes
from bot.intake.traces import trace_routes
from bot.services.prompts import PromptService
from bot.settings import Settings

ABOUT = (
    "Send what your AI features did and what became of it, read their live prompts. Everything is redacted "
    "before it is stored, and acknowledged once it is committed: an answer of 200 is kept, anything else is "
    "not. Sending the same again does no harm."
)
HIDDEN = "default-src 'none'; style-src 'unsafe-inline'"


def build_api(services: TeamServices, settings: Settings, metrics: Metrics | None = None) -> FastAPI:
    """The application; ``metrics`` are told what it counts."""
    desk = Desk(services, settings)
    if metrics is not None:
        desk.figures.show(metrics)
    app = _Api(
        title="Plumbline",
        version=bot.__version__,
        summary="What your product sends to Plumbline, and the prompts it reads from it.",
        description=ABOUT,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        exception_handlers={HTTPException: as_response, Exception: as_response},
        openapi_tags=[{"name": "Sending"}, {"name": "Reading"}],
    )
    app.state.figures = desk.figures
    app.include_router(sending_routes(desk))
    app.include_router(trace_routes(desk))
    app.include_router(_prompts(services, settings))
    app.add_route("/docs", _docs(app), include_in_schema=False)
    return app


class _Api(FastAPI):
    def openapi(self) -> dict[str, Any]:
        if self.openapi_schema is None:
            self.openapi_schema = document(self)
        return self.openapi_schema


def _docs(app: FastAPI) -> Any:
    async def docs(_request: Request) -> Response:
        """Made here, of the document alone: nothing is loaded from elsewhere."""
        return HTMLResponse(page(app.openapi()), headers={"Content-Security-Policy": HIDDEN})

    return docs


def _prompts(services: TeamServices, settings: Settings) -> APIRouter:
    router = APIRouter(tags=["Reading"])

    async def of_key(secret: str) -> PromptService | None:
        key = await services.keys.holder(secret)
        return None if key is None else services.for_team(key.team).prompts

    answer = prompt_answer(services.prompts, settings.api_token, of_key)

    async def read_prompt(request: Request) -> Response:
        """The version that a label stands at now, or one version by its number. Ask as often as you like:
        with If-None-Match an unchanged prompt is 304."""
        return await answer(request)

    path = "/v1/prompts/{name}"
    not_sent = {304: {"description": "It is what you know."}, **failures(400, 401, 404, 500, 503)}
    router.add_api_route(
        path,
        read_prompt,
        methods=["GET"],
        summary="Read a live prompt",
        response_model=schemas.LivePrompt,
        responses={**not_sent, 403: {**failures(401)[401], "description": "The bot has no token."}},
        openapi_extra={"parameters": PARAMETERS, "security": [{"token": []}, {"key": []}]},
    )
    router.add_api_route(path, read_prompt, methods=["HEAD"], include_in_schema=False)
    return router


NAME, LABEL = r"^[a-z][a-z0-9_]{0,47}$", r"^[a-z][a-z0-9_-]{0,31}$"  # as domain.prompts checks them
PARAMETERS = [
    {
        "name": "name",
        "in": "path",
        "required": True,
        "schema": {"type": "string", "pattern": NAME},
        "example": "reply",
    },
    {
        "name": "label",
        "in": "query",
        "schema": {"type": "string", "pattern": LABEL},
        "description": "By default production.",
    },
    {
        "name": "version",
        "in": "query",
        "schema": {"type": "integer", "minimum": 1, "maximum": 999_999_999},
        "description": "Instead of a label.",
    },
    {"name": "If-None-Match", "in": "header", "schema": {"type": "string"}, "description": "An ETag."},
]
