"""A product as teams have them: a vendor's SDK, an instrumentation package, the OpenTelemetry SDK.

``python -m tests.contracts.otel_product INSTRUMENTATION MODELS TRACES [KEY]`` asks a model three times: for
a whole answer, for a streamed one, and in vain. All it says of Plumbline is where traces go, the version of
its prompt, and what its numbers may be split by.
"""

import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor

INSTRUMENTATIONS = {
    "openai": "opentelemetry.instrumentation.openai.OpenAIInstrumentor",
    "anthropic": "openinference.instrumentation.anthropic.AnthropicInstrumentor",
}
QUESTION, INSTRUCTIONS = "Where is my parcel?", "Answer kindly."
Ask = Callable[[str, bool], None]


def main(vendor: str, models: str, traces: str, key: str = "") -> None:
    provider = TracerProvider(resource=Resource({"service.name": "shop", "service.version": "1.2"}))
    headers = {"authorization": f"Bearer {key}"} if key else {}
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(f"{traces}/v1/traces", headers=headers)))
    module, _, name = INSTRUMENTATIONS[vendor].rpartition(".")
    getattr(import_module(module), name)().instrument(tracer_provider=provider)
    ask = {"openai": openai, "anthropic": anthropic}[vendor](models)
    tracer = provider.get_tracer("shop")
    ours = {"plumbline.prompt": "reply@3", "enduser.id": "ada", "plumbline.segment.plan": "pro"}
    for model, stream in (("whole", False), ("streamed", True), ("broken", False)):
        with tracer.start_as_current_span("POST /ask", attributes=ours):
            ask(model, stream)
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
