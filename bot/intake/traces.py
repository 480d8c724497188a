"""POST /v1/traces: OTLP over HTTP, in protobuf or JSON, answered in the encoding it came in."""

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from bot.intake.answers import Answering
from bot.intake.bodies import media_type, wrong_type
from bot.intake.desk import Desk
from bot.intake.openapi import KEY, failures
from bot.intake.refusals import NO_STORE, Refusal
from bot.intake.routes import count
from bot.services.interactions.service import Recorded

PROTOBUF, JSON = "application/x-protobuf", "application/json"
FORMATS = {PROTOBUF: "otlp", JSON: "otlp-json"}
SPECIFIED = "https://opentelemetry.io/docs/specs/otlp/"
# Codes of google.rpc.Status, by HTTP status.
RPC = {400: 3, 401: 16, 404: 5, 408: 4, 413: 3, 415: 3, 422: 3, 429: 8, 500: 13, 503: 14}
UNKNOWN = 2


@dataclass(frozen=True, slots=True)
class Partial:
    """How many spans were not taken, and why the first of them."""

    rejected: int
    message: str

    def as_protobuf(self) -> bytes:
        """An ExportTraceServiceResponse."""
        inner = field(1, self.rejected) + field(2, self.message)
        return field(1, inner) if inner else b""

    def as_json(self) -> dict[str, Any]:
        """The same; 64-bit integers are strings in it."""
        if not self.rejected:
            return {}
        return {"partialSuccess": {"rejectedSpans": str(self.rejected), "errorMessage": self.message}}


class AnsweringTraces(Answering):
    """Failures are google.rpc.Status, as exporters expect."""

    def say_no(self, request: Request, told: Refusal) -> Response:
        message = f"{told.message} {told.hint}".strip()
        code = RPC.get(told.status, UNKNOWN)
        if media_type(request) == PROTOBUF:
            status = field(1, code) + field(2, message)
            return Response(status, told.status, headers=told.headers, media_type=PROTOBUF)
        return JSONResponse({"code": code, "message": message}, told.status, headers=told.headers)


def trace_routes(desk: Desk) -> APIRouter:
    """The one address, as OTEL_EXPORTER_OTLP_ENDPOINT makes it."""
    router = APIRouter(route_class=AnsweringTraces, tags=["Sending"])

    @router.post(
        "/v1/traces",
        summary="Send OpenTelemetry traces",
        response_class=JSONResponse,
        responses=_answers(),
        openapi_extra=_body(),
    )
    async def send_traces(request: Request) -> Response:
        """OTLP over HTTP, protobuf or JSON, gzip is read. Calls of models (GenAI semantic conventions, or
        OpenInference) are kept as interactions; other spans are passed over. Spans that cannot be used are
        named in partial_success, the others are kept."""
        async with desk.parcel(request) as parcel:
            media = media_type(request)
            if media not in FORMATS:
                raise wrong_type(" or ".join(FORMATS))
            done = await parcel.services.interactions.record(
                parcel.key.feature,
                parcel.body,
                FORMATS[media],
                gzipped=parcel.gzipped,
                whole=False,
                most_bytes=desk.most_bytes,
            )
            parcel.records, parcel.size = done.accepted + done.apart, done.size
        count(desk, done)
        partial = _partial(done)
        if media == PROTOBUF:
            return Response(partial.as_protobuf(), headers=NO_STORE, media_type=PROTOBUF)
        return JSONResponse(partial.as_json(), headers=NO_STORE)

    return router


def _partial(done: Recorded) -> Partial:
    if not done.problems:
        return Partial(0, "")
    first = done.problems[0]
    return Partial(len({problem.row for problem in done.problems}), f"{first.message} {first.hint}".strip())


def field(number: int, value: int | str | bytes) -> bytes:
    """One field of a protobuf message; nothing for a default value."""
    if not value:
        return b""
    if isinstance(value, int):
        return bytes([number << 3]) + varint(value)
    data = value.encode() if isinstance(value, str) else value
    return bytes([number << 3 | 2]) + varint(len(data)) + data


def varint(value: int) -> bytes:
    """Seven bits a byte, the lowest first."""
    parts = bytearray()
    while value > 0x7F:
        parts.append(value & 0x7F | 0x80)
        value >>= 7
    parts.append(value)
    return bytes(parts)


def _body() -> dict[str, Any]:
    request = {"description": f"An ExportTraceServiceRequest: {SPECIFIED}"}
    content = {
        PROTOBUF: {"schema": {"type": "string", "format": "binary", **request}},
        JSON: {
            "schema": {"type": "object", "properties": {"resourceSpans": {"type": "array"}}, **request},
            "example": {"resourceSpans": []},
        },
    }
    return {"requestBody": {"required": True, "content": content}, "security": KEY}


def _answers() -> dict[int | str, dict[str, Any]]:
    binary = {"schema": {"type": "string", "format": "binary"}}
    partial = {
        "type": "object",
        "properties": {
            "partialSuccess": {
                "type": "object",
                "properties": {"rejectedSpans": {"type": "string"}, "errorMessage": {"type": "string"}},
            }
        },
    }
    status = {
        "type": "object",
        "description": "google.rpc.Status",
        "required": ["code", "message"],
        "properties": {"code": {"type": "integer"}, "message": {"type": "string"}},
    }
    told = {number: {k: v for k, v in each.items() if k != "model"} for number, each in failures().items()}
    for each in told.values():
        each["content"] = {JSON: {"schema": status}, PROTOBUF: binary}
    ok = {
        "description": "An ExportTraceServiceResponse.",
        "content": {JSON: {"schema": partial}, PROTOBUF: binary},
    }
    return {200: ok, **told}
