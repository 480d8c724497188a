"""OTLP over HTTP: traces as protobuf or as JSON."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.importers.interactions import genai, plain
from bot.importers.interactions.contract import BodyRefused, Format, Row, Rules
from bot.importers.interactions.spans import ERROR, Span, related

_DEEPEST = 16


def from_protobuf(body: bytes) -> Iterator[Span]:
    """The spans of an ExportTraceServiceRequest."""
    from google.protobuf.message import DecodeError  # type: ignore[import-untyped]  # it has no types
    from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

    request = ExportTraceServiceRequest()
    try:
        request.ParseFromString(body)
    except DecodeError:
        raise BodyRefused(
            "The body is no OTLP message in protobuf.", "Send traces, with the right content type."
        ) from None
    return related(
        _of_protobuf(span, _attributes(each.resource.attributes))
        for each in request.resource_spans
        for scope in each.scope_spans
        for span in scope.spans
    )


def from_json(body: bytes) -> Iterator[Span]:
    """The same in OTLP's JSON."""
    request = plain.parse(body)
    if not isinstance(request, dict) or not isinstance(request.get("resourceSpans", []), list):
        raise BodyRefused("The body is no OTLP message in JSON.", 'Traces come as {"resourceSpans": [...]}.')
    return unfold(request)


def unfold(request: Any) -> Iterator[Span]:
    """The spans of one request in JSON, as a body or as a line of a collector's file; a span as it is."""
    if isinstance(request, Span):
        return iter((request,))
    return related(
        _of_json(span, _pairs(_object(each.get("resource")).get("attributes")))
        for each in _objects(request.get("resourceSpans"))
        for scope in _objects(each.get("scopeSpans"))
        for span in _objects(scope.get("spans"))
    )


def is_request(record: Row) -> bool:
    return isinstance(record.get("resourceSpans"), list)


def _of_protobuf(span: Any, resource: Mapping[str, Any]) -> Span:
    return Span(
        span.trace_id.hex(),
        span.span_id.hex(),
        span.parent_span_id.hex(),
        span.start_time_unix_nano,
        span.end_time_unix_nano,
        _attributes(span.attributes),
        tuple((event.name, _attributes(event.attributes)) for event in span.events),
        span.status.code == ERROR,
        span.status.message if span.status.code == ERROR else "",
        resource,
    )


def _attributes(pairs: Any) -> dict[str, Any]:
    return {pair.key: _value(pair.value) for pair in pairs}


def _value(value: Any) -> Any:
    kind = value.WhichOneof("value")
    if kind == "array_value":
        return [_value(item) for item in value.array_value.values]
    if kind == "kvlist_value":
        return _attributes(value.kvlist_value.values)
    return getattr(value, kind) if kind and kind != "bytes_value" else None


def _of_json(span: Mapping[str, Any], resource: Mapping[str, Any]) -> Span:
    status = _object(span.get("status"))
    failed = status.get("code") in (ERROR, str(ERROR), "STATUS_CODE_ERROR")
    return Span(
        _string(span.get("traceId")).lower(),
        _string(span.get("spanId")).lower(),
        _string(span.get("parentSpanId")).lower(),
        _integer(span.get("startTimeUnixNano")),
        _integer(span.get("endTimeUnixNano")),
        _pairs(span.get("attributes")),
        tuple(
            (_string(event.get("name")), _pairs(event.get("attributes")))
            for event in _objects(span.get("events"))
        ),
        failed,
        _string(status.get("message")) if failed else "",
        resource,
    )


def _pairs(pairs: Any, depth: int = _DEEPEST) -> dict[str, Any]:
    return {_string(pair.get("key")): _json_value(pair.get("value"), depth) for pair in _objects(pairs)}


def _json_value(value: Any, depth: int) -> Any:
    """An AnyValue; 64-bit integers come as strings."""
    value = _object(value)
    if "intValue" in value:
        return _integer(value["intValue"])
    if "arrayValue" in value and depth:
        return [_json_value(item, depth - 1) for item in _objects(_object(value["arrayValue"]).get("values"))]
    if "kvlistValue" in value and depth:
        return _pairs(_object(value["kvlistValue"]).get("values"), depth - 1)
    found = next((value[name] for name in ("stringValue", "boolValue", "doubleValue") if name in value), None)
    return found if isinstance(found, str | bool | int | float) else None


def _object(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _objects(value: Any) -> Iterator[Mapping[str, Any]]:
    return (item for item in value if isinstance(item, dict)) if isinstance(value, list) else iter(())


def _string(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _integer(value: Any) -> int:
    if isinstance(value, str) and len(value) <= 20:
        digits = value.removeprefix("-")
        value = int(value) if digits.isdecimal() and digits.isascii() else 0
    return value if isinstance(value, int) and abs(value) < 2**64 else 0


FORMATS = (
    Format("otlp", from_protobuf, genai.translate, unfold, rules=Rules(cut=True)),
    Format("otlp-json", from_json, genai.translate, unfold, is_request, Rules(cut=True)),
)
