"""A product as teams have them: a vendor's SDK, an instrumentation package, the OpenTelemetry SDK.

``python -m tests.contracts.otel_product INSTRUMENTATION MODELS TRACES [KEY]`` asks a model three times: for
a whole answer, for a streamed one, and in vain. All it says of Plumbline is where traces go, the version of
its prompt, and what its numbers may be split by.
"""

import sys
from collections.abc import Callable
from contextvars import ContextVar
from importlib import import_module
from typing import Any

from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import Span, SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor

INSTRUMENTATIONS = {
    "openai": "opentelemetry.instrumentation.openai.OpenAIInstrumentor",
    "anthropic": "openinference.instrumentation.anthropic.AnthropicInstrumentor",
}
QUESTION, INSTRUCTIONS = "Where is my parcel?", "Answer kindly."
OURS = {"plumbline.prompt": "reply@3", "plumbline.user": "ada", "plumbline.segment.plan": "pro"}
Ask = Callable[[str, bool], None]


KNOWN: ContextVar[dict[str, str]] = ContextVar("what is known of this call", default={})  # noqa: B039  never changed


class Marks(SpanProcessor):
    """As in the README: what the product knows of a call stands on every span that begins meanwhile. (Baggage
    would do too, but may travel on to the model's vendor.)"""

    def on_start(self, span: Span, parent_context: Context | None = None) -> None:
        span.set_attributes(KNOWN.get())


def main(vendor: str, models: str, traces: str, key: str = "") -> None:
    provider = TracerProvider(resource=Resource({"service.name": "shop", "service.version": "1.2"}))
    headers = {"authorization": f"Bearer {key}"} if key else {}
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(f"{traces}/v1/traces", headers=headers)))
    provider.add_span_processor(Marks())
    module, _, name = INSTRUMENTATIONS[vendor].rpartition(".")
    getattr(import_module(module), name)().instrument(tracer_provider=provider)
    ask = {"openai": openai, "anthropic": anthropic}[vendor](models)
    tracer = provider.get_tracer("shop")
    for model, stream in (("whole", False), ("streamed", True), ("broken", False)):
        if vendor == "openai":  # on a span around the call
            with tracer.start_as_current_span("POST /ask", attributes=OURS):
                ask(model, stream)
        else:  # on every span
            token = KNOWN.set(OURS)
            ask(model, stream)
            KNOWN.reset(token)
    provider.shutdown()


def openai(origin: str) -> Ask:
    from openai import APIStatusError, OpenAI

    client = OpenAI(base_url=f"{origin}/v1", api_key="none", max_retries=0)
    said: Any = [{"role": "system", "content": INSTRUCTIONS}, {"role": "user", "content": QUESTION}]

    def ask(model: str, stream: bool) -> None:
        try:
            answer = client.chat.completions.create(model=model, messages=said, stream=stream)
            if stream:
                list(answer)
        except APIStatusError:
            return

    return ask


def anthropic(origin: str) -> Ask:
    from anthropic import Anthropic, APIStatusError

    client = Anthropic(base_url=origin, api_key="none", max_retries=0)
    said: Any = [{"role": "user", "content": QUESTION}]

    def ask(model: str, stream: bool) -> None:
        try:
            answer = client.messages.create(
                model=model, system=INSTRUCTIONS, max_tokens=99, messages=said, stream=stream
            )
            if stream:
                list(answer)
        except APIStatusError:
            return

    return ask


if __name__ == "__main__":
    main(*sys.argv[1:])
