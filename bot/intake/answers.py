"""Routes whose failures end as an answer in one shape: {"error": {"code", "message", "hint", "problems"}}."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute

from bot.intake.bodies import read_past
from bot.intake.figures import Figures
from bot.intake.refusals import Refusal, refusal


async def as_response(_request: Request, error: Exception) -> Response:
    """Where the framework itself says no."""
    told = refusal(error)
    return JSONResponse(told.as_json(), told.status, headers=told.headers)


class Answering(APIRoute):
    """A route whose failures end here: nobody sees a traceback."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def answer(request: Request) -> Response:
            try:
                return await handle(request)
            except Exception as error:  # noqa: BLE001  the boundary
                told = refusal(error)
            figures: Figures = request.app.state.figures
            figures.refused[told.code] += 1
            response = self.say_no(request, told)
            if not await read_past(request):
                response.headers["Connection"] = "close"
            return response

        return answer

    def say_no(self, request: Request, told: Refusal) -> Response:
        return JSONResponse(told.as_json(), told.status, headers=told.headers)
