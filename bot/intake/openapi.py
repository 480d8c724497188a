"""The OpenAPI document: what FastAPI cannot see because bodies are read by us, and how to get in."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from bot.intake import schemas

REF = "#/components/schemas/{model}"
SENT = (schemas.Interaction, schemas.Feedback, schemas.Number)
KEY: list[dict[str, list[str]]] = [{"key": []}]
WHY = {
    400: "The body is not what it is said to be, or did not arrive whole.",
    401: "The key is missing, wrong or revoked.",
    404: "There is no such thing.",
    408: "The body took too long to arrive.",
    409: "A moment lies before 1990 or in the future, by the clock of this server.",
    413: "The body is larger than is taken at once, or unpacks to too much.",
    415: "A Content-Type or Content-Encoding that is not read here.",
    422: "Records cannot be used; each is named with its field.",
    429: "This key sends too much, or the process is full: wait as long as Retry-After says.",
    500: "Something went wrong here; the log has the rest under the reference.",
    503: "The database or a worker did not answer: try again after Retry-After seconds.",
}
RETRIED = (429, 503)


def failures(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Answers that say no, by status; all that a sender can get by default."""
    chosen = statuses or (400, 401, 408, 409, 413, 415, 422, 429, 500, 503)
    return {status: _failure(status) for status in chosen}


def _failure(status: int) -> dict[str, Any]:
    told: dict[str, Any] = {"model": schemas.FailureAnswer, "description": WHY[status]}
    if status in RETRIED:
        seconds = {"schema": {"type": "integer", "minimum": 1}, "description": "Seconds to wait."}
        told["headers"] = {"Retry-After": seconds}
    if status == 401:
        told["headers"] = {"WWW-Authenticate": {"schema": {"type": "string"}}}
    return told


def body_of(model: type[BaseModel], *, lines: bool = False) -> dict[str, Any]:
    """One object or a list, in JSON; ``lines``: also one object to a line."""
    one = {"$ref": REF.format(model=model.__name__)}
    content: dict[str, Any] = {
        "application/json": {
            "schema": {"oneOf": [one, {"type": "array", "items": one, "maxItems": schemas.MOST}]},
            "example": example(model),
        }
    }
    if lines:
        content["application/x-ndjson"] = {"schema": {"type": "string"}, "itemSchema": one}
    return {"requestBody": {"required": True, "content": content}, "security": KEY}


def example(model: type[BaseModel]) -> dict[str, Any]:
    """Of the examples of its fields."""
    return {name: field.examples[0] for name, field in model.model_fields.items() if field.examples}


def document(app: FastAPI) -> dict[str, Any]:
    """The whole of it."""
    made = get_openapi(
        title=app.title,
        version=app.version,
        summary=app.summary,
        description=app.description,
        routes=app.routes,
        tags=app.openapi_tags,
    )
    _, sent = models_json_schema([(model, "validation") for model in SENT], ref_template=REF)
    components = made.setdefault("components", {})
    components["schemas"] = dict(sorted({**components.get("schemas", {}), **sent["$defs"]}.items()))
    components["securitySchemes"] = {
        "key": {
            "type": "http",
            "scheme": "bearer",
            "description": "A feature's key: plumb key create FEATURE",
        },
        "token": {"type": "http", "scheme": "bearer", "description": "PLUMB_API_TOKEN, for prompts"},
    }
    return made
