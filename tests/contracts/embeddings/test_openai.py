"""The real SDK against a local server that speaks /embeddings as OpenAI documents it."""

import json
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import numpy as np
import pytest

from bot.embeddings.openai import OpenAIEmbedder
from bot.errors import (
    ModelAnswerInvalid,
    ModelError,
    ModelRateLimited,
    ModelRejected,
    ModelUnavailable,
)

Reply = tuple[int, dict[str, str], bytes]
Behaviour = Callable[[dict[str, Any]], Reply]


def vector_of(text: str) -> list[float]:
    """Not of unit length, so that the embedder's own scaling shows."""
    return [float(len(text)), 2.0, float(text.count("e"))]


def documented(body: dict[str, Any]) -> Reply:
    if not body["input"] or any(not text for text in body["input"]) or len(body["input"]) > 2048:
        return 400, {}, b'{"error": {"message": "invalid input", "code": "invalid_request_error"}}'
    data = [
        {"object": "embedding", "index": i, "embedding": vector_of(text)}
        for i, text in enumerate(body["input"])
    ]
    return 200, {}, json.dumps({"object": "list", "model": body["model"], "data": data[::-1]}).encode()


class Server:
    """Plays behaviours one a request, the last one for good; keeps what it was asked."""

    def __init__(self) -> None:
        self.behaviours: list[Behaviour] = [documented]
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                outer.asked.append(body)
                outer.keys.append(self.headers["Authorization"])
                play = outer.behaviours.pop(0) if len(outer.behaviours) > 1 else outer.behaviours[0]
                status, headers, content = play(body) if self.path == "/v1/embeddings" else (404, {}, b"{}")
                self.send_response(status)
                for name, value in {"Content-Length": str(len(content)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: Any) -> None:
                """Keep quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.close()


@pytest.fixture
def embedder(server: Server) -> Iterator[OpenAIEmbedder]:
    embedder = OpenAIEmbedder("text-embedding-3-small", api_key="sk-canary", base_url=server.url, timeout=5)
    yield embedder
    embedder.close()


def failing(status: int, code: str = "", **headers: str) -> Behaviour:
    body = json.dumps({"error": {"message": "the ticket said: canary", "code": code or None}}).encode()
    return lambda _: (status, {**headers, "Retry-After-Ms": "1"}, body)


def saying(content: bytes) -> Behaviour:
    return lambda _: (200, {"Content-Type": "application/json"}, content)


def test_vectors_are_unit_rows_in_the_order_of_the_texts(embedder: OpenAIEmbedder, server: Server) -> None:
    texts = ["where is my card", "refund", "where is my card", "eee"]

    vectors = embedder.embed(texts)

    for text, vector in zip(texts, vectors, strict=True):
        expected = np.array(vector_of(text)) / np.linalg.norm(vector_of(text))
        np.testing.assert_allclose(vector, expected, rtol=1e-6)
    assert vectors.dtype == np.float32
    assert server.keys == ["Bearer sk-canary"]
    assert server.asked[0]["model"] == "text-embedding-3-small"
    assert sorted(server.asked[0]["input"]) == ["eee", "refund", "where is my card"]


def test_many_and_long_texts_are_sent_in_several_bounded_requests(
    embedder: OpenAIEmbedder, server: Server
) -> None:
    texts = [f"{i} " + "word " * 5_000 for i in range(40)] + [str(i) for i in range(400)]
    heard: list[tuple[int, int]] = []

    vectors = embedder.embed(texts, lambda done, total: heard.append((done, total)))

    assert vectors.shape == (440, 3)
    assert all(len(body["input"]) <= 256 for body in server.asked)
    assert all(sum(map(len, body["input"])) <= 200_000 for body in server.asked)
    assert all(len(text) <= 8_000 for body in server.asked for text in body["input"])
    assert heard[-1] == (440, 440)
    assert heard == sorted(heard)


def test_nothing_is_asked_for_nothing_and_empty_texts_are_not_sent_empty(
    embedder: OpenAIEmbedder, server: Server
) -> None:
    assert len(embedder.embed([])) == 0
    assert not server.asked
    assert np.linalg.norm(embedder.embed(["", "  \n"]), axis=1) == pytest.approx([1, 1])


@pytest.mark.parametrize("status", [408, 409, 429, 500, 503])
def test_passing_failures_are_tried_again(embedder: OpenAIEmbedder, server: Server, status: int) -> None:
    server.behaviours = [failing(status), failing(status), documented]

    assert embedder.embed(["refund"]).shape == (1, 3)
    assert len(server.asked) == 3


@pytest.mark.parametrize(
    ("behaviour", "kind"),
    [
        (failing(401), ModelRejected),
        (failing(404), ModelRejected),
        (failing(400), ModelRejected),
        (failing(302, Location="http://127.0.0.1:9/elsewhere"), ModelRejected),
        (failing(429), ModelRateLimited),
        (failing(429, code="insufficient_quota"), ModelRejected),
        (failing(500), ModelUnavailable),
        (saying(b"<html>Welcome to nginx!</html>"), ModelAnswerInvalid),
        (saying(b'{"data": []}'), ModelAnswerInvalid),
        (saying(b'{"data": [{"index": 1, "embedding": [1.0]}]}'), ModelAnswerInvalid),
        (saying(b'{"data": [{"index": 0, "embedding": []}]}'), ModelAnswerInvalid),
        (saying(b'{"data": [{"index": 0, "embedding": [0.0, 0.0]}]}'), ModelAnswerInvalid),
        (saying(b'{"data": [{"index": 0, "embedding": [1e999]}]}'), ModelAnswerInvalid),
    ],
)
def test_failures_become_our_kinds_and_quote_nobody(
    embedder: OpenAIEmbedder, server: Server, behaviour: Behaviour, kind: type[ModelError]
) -> None:
    server.behaviours = [behaviour]

    with pytest.raises(kind) as caught:
        embedder.embed(["refund"])

    assert type(caught.value) is kind
    assert caught.value.hint
    assert "canary" not in str(caught.value) + caught.value.hint


def test_vectors_of_different_lengths_are_refused(embedder: OpenAIEmbedder, server: Server) -> None:
    server.behaviours = [
        saying(b'{"data": [{"index": 0, "embedding": [1.0]}, {"index": 1, "embedding": [1.0, 2.0]}]}')
    ]

    with pytest.raises(ModelAnswerInvalid, match="different lengths"):
        embedder.embed(["a", "b"])


def test_a_server_that_is_not_there(server: Server) -> None:
    url = server.url.replace("/v1", "")
    server.close()
    embedder = OpenAIEmbedder("m", api_key="k", base_url=url, timeout=1)
    embedder._client = embedder._client.with_options(max_retries=0)

    with pytest.raises(ModelUnavailable, match="does not answer"):
        embedder.embed(["refund"])
    embedder.close()


def test_the_environment_cannot_redirect_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/stolen")
    embedder = OpenAIEmbedder("m", api_key="k")

    assert str(embedder._client.base_url) == "https://api.openai.com/v1/"
    assert embedder.name == "openai:m"
    embedder.close()
