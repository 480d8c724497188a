"""POST /v1/traces: OTLP in either encoding, answered as exporters expect; the messages are read by the
official classes."""

import gzip
from collections.abc import Mapping
from typing import Any

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)

from bot.intake.traces import Partial, field, varint
from tests.conftest import FixedClock
from tests.intake.conftest import Office

PROTOBUF = {"Content-Type": "application/x-protobuf"}
GENAI: Mapping[str, str] = {"gen_ai.operation.name": "chat", "gen_ai.request.model": "gpt-4o-mini"}


def request(clock: FixedClock, *spans: Mapping[str, str]) -> ExportTraceServiceRequest:
    """One span for each set of attributes."""
    made = ExportTraceServiceRequest()
    scope = made.resource_spans.add().scope_spans.add()
    begun = int(clock.now().timestamp() * 1e9)
    for number, attributes in enumerate(spans, 1):
        span = scope.spans.add(
            name="call", start_time_unix_nano=begun, end_time_unix_nano=begun + 830_000_000
        )
        span.trace_id, span.span_id = number.to_bytes(16, "big"), number.to_bytes(8, "big")
        for name, value in attributes.items():
            span.attributes.add(key=name).value.string_value = value
    return made


async def export(office: Office, body: bytes, headers: Mapping[str, str]) -> tuple[int, bytes, str]:
    response = await office.post("/v1/traces", body, headers=dict(headers))
    return response.status_code, response.content, response.headers["content-type"].partition(";")[0]


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
async def test_spans_of_models_are_interactions(office: Office, clock: FixedClock, packed: bool) -> None:
    body = request(clock, GENAI, {"http.method": "GET"}).SerializeToString()
    headers = {**PROTOBUF, "Content-Encoding": "gzip"} if packed else PROTOBUF
    for _ in range(2):  # exporters send again what they heard no answer to
        status, answer, kind = await export(office, gzip.compress(body) if packed else body, headers)
        assert (status, kind) == (200, "application/x-protobuf")
        assert not ExportTraceServiceResponse.FromString(answer).HasField("partial_success")
    (found,) = await office.services.interactions.by_trace(f"{1:032X}")
    assert (found.model, found.latency_ms, found.at) == ("gpt-4o-mini", 830.0, clock.now())
    assert await office.count() == 1


async def test_json_is_answered_in_json(office: Office) -> None:
    body = b'{"resourceSpans": []}'
    assert await export(office, body, {}) == (200, b"{}", "application/json")
    status, answer, kind = await export(office, b"{", {})
    assert (status, kind) == (400, "application/json")
    assert b'"code":3' in answer


async def test_failures_are_a_status_in_protobuf(office: Office) -> None:
    cases: list[tuple[bytes, dict[str, Any], int, int]] = [
        (b"\xff\xff", {}, 400, 3),
        (b"", {"Authorization": "Bearer no"}, 401, 16),
        (b" " * 5_000_001, {}, 413, 3),
    ]
    for body, headers, status, code in cases:
        found, answer, kind = await export(office, body, {**PROTOBUF, **headers})
        assert (found, kind) == (status, "application/x-protobuf")
        assert answer.startswith(bytes([8, code, 18])), "fields 1 (code) and 2 (message) of google.rpc.Status"
        assert answer[4 if answer[3] < 128 else 5 :].decode().endswith(".")


def test_partial_success_is_what_the_official_classes_read() -> None:
    made = ExportTraceServiceResponse.FromString(Partial(300, "Zürich").as_protobuf()).partial_success
    assert (made.rejected_spans, made.error_message) == (300, "Zürich")
    assert Partial(300, "x").as_json() == {"partialSuccess": {"rejectedSpans": "300", "errorMessage": "x"}}
    assert (Partial(0, "").as_protobuf(), Partial(0, "").as_json()) == (b"", {})
    assert varint(300) == b"\xac\x02", "the example of the specification of protobuf"
    assert field(2, "") == b""
