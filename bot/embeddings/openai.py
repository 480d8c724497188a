"""Embeddings from OpenAI, and from every server that speaks its /embeddings."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from typing import NoReturn

import httpx2
import numpy as np
import openai
from pydantic import BaseModel, Field, ValidationError

from bot.embeddings.minilm import OnProgress
from bot.errors import ModelAnswerInvalid, ModelError, ModelRateLimited, ModelRejected, ModelUnavailable
from bot.ports import Vectors

DEFAULT_URL = "https://api.openai.com/v1"
CHARACTERS = 8_000
"""Characters read of a text: below the 8,191 tokens of an input whatever the script."""
_INPUTS = 256
_CHARACTERS_PER_REQUEST = 200_000
_RETRIES = 4
_NOTHING = "-"
"""Stands for an empty text, which the API refuses."""


class _Embedding(BaseModel):
    index: int = Field(ge=0)
    embedding: list[float] = Field(min_length=1)


class _Answer(BaseModel):
    """What we need of an answer; compatible servers leave out much of the rest."""

    data: list[_Embedding]


class OpenAIEmbedder:
    """One embedding model by name at ``base_url`` ("" for OpenAI itself); ``timeout`` in seconds per read.

    The SDK tries again on 408, 409, 429, 5xx and dropped connections, four times, honouring Retry-After.
    """

    def __init__(self, model: str, *, api_key: str, base_url: str = "", timeout: float = 60.0) -> None:
        self.name = f"openai:{model}@{base_url}" if base_url else f"openai:{model}"
        self._model = model
        self._client = openai.OpenAI(
            api_key=api_key,
            # Always given, so that OPENAI_BASE_URL in the environment cannot pass by the allow-list.
            base_url=base_url or DEFAULT_URL,
            timeout=timeout,
            max_retries=_RETRIES,
            http_client=openai.DefaultHttpxClient(follow_redirects=False, timeout=timeout),
        )

    def embed(self, texts: Sequence[str], on_progress: OnProgress | None = None) -> Vectors:
        """Unit vectors, float32, shape (len(texts), dim). Identical texts are sent once.

        Raises:
            ModelError: of the kind that fits, when the API fails or its answer does not fit the request.
        """
        unique = sorted({text[:CHARACTERS].strip() or _NOTHING for text in texts})
        if not unique:
            return np.empty((0, 0), np.float32)
        found: list[list[float]] = []
        for start, stop in pairwise(_cuts([len(text) for text in unique])):
            found += self._request(unique[start:stop])
            if on_progress is not None:
                on_progress(stop, len(unique))
        vectors = _unit(found)
        row = {text: i for i, text in enumerate(unique)}
        return vectors[[row[text[:CHARACTERS].strip() or _NOTHING] for text in texts]]

    def close(self) -> None:
        self._client.close()

    def _request(self, batch: Sequence[str]) -> list[list[float]]:
        with _translated():
            # Raw, because the SDK trusts whatever answers; floats, because some servers know nothing else.
            response = self._client.embeddings.with_raw_response.create(
                model=self._model, input=list(batch), encoding_format="float"
            )
            content = response.http_response.content
        try:
            data = sorted(_Answer.model_validate_json(content).data, key=lambda item: item.index)
        except ValidationError:
            raise _invalid("does not have the documented form") from None
        if [item.index for item in data] != list(range(len(batch))):
            raise _invalid(f"holds {len(data)} vectors where {len(batch)} were asked for")
        return [item.embedding for item in data]


def _unit(found: Sequence[Sequence[float]]) -> Vectors:
    if len({len(vector) for vector in found}) > 1:
        raise _invalid("holds vectors of different lengths")
    vectors = np.asarray(found, np.float32)
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    if not np.isfinite(norms).all() or not norms.all():
        raise _invalid("holds a vector without direction")
    vectors /= norms
    return vectors


def _cuts(lengths: Sequence[int]) -> list[int]:
    """Where requests begin and end: bounded by inputs and by characters."""
    cuts, characters = [0], 0
    for i, length in enumerate(lengths):
        if i > cuts[-1] and (i - cuts[-1] == _INPUTS or characters + length > _CHARACTERS_PER_REQUEST):
            cuts.append(i)
            characters = 0
        characters += length
    return [*cuts, len(lengths)]


def _invalid(what: str) -> ModelAnswerInvalid:
    return ModelAnswerInvalid(
        f"The embeddings server's answer {what}.", hint="Check the model and the base URL."
    )


@contextmanager
def _translated() -> Iterator[None]:
    """Turn whatever the SDK raises into our own kinds, without the vendor's text: it may quote a ticket."""
    try:
        yield
    except (openai.OpenAIError, httpx2.HTTPError) as error:
        _raise(_kind(error), error)


def _raise(error: ModelError, cause: Exception) -> NoReturn:
    error.add_note(f"vendor error: {type(cause).__name__}")
    raise error from None


def _kind(error: Exception) -> ModelError:
    match error:
        case openai.RateLimitError(code="insufficient_quota"):
            return ModelRejected(
                "The embeddings account has no credit left.", hint="Check the account's billing."
            )
        case openai.RateLimitError():
            return ModelRateLimited(
                "The embeddings server limits how often it may be called.",
                hint="Wait a little, run it again.",
            )
        case openai.APIStatusError() if error.status_code in (408, 409) or error.status_code >= 500:
            return ModelUnavailable(
                f"The embeddings server answered with status {error.status_code}.", hint="Run it again later."
            )
        case openai.APIStatusError():
            return ModelRejected(
                f"The embeddings server rejected the request with status {error.status_code}.",
                hint="Check the API key, the model's name and the base URL.",
            )
        case openai.APIConnectionError() | httpx2.HTTPError():
            return ModelUnavailable(
                "The embeddings server does not answer.",
                hint="Check the network and the base URL, run it again.",
            )
        case _:
            return ModelRejected(
                "The embeddings client refused the request.", hint="Check the key and settings."
            )
