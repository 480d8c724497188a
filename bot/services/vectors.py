"""Vectors of tickets: what the store has is not computed again."""

import asyncio
from collections.abc import Callable, Sequence

import numpy as np

from bot.ports import Embedder, Vectors
from bot.services.progress import Progress, silent
from bot.store import Store
from bot.store.repositories import in_batches, text_hash

CHUNK = 4_096  # texts embedded, and then kept, at a time: a stopped run loses no more


class Vectorizer:
    """Embeds texts off the event loop and keeps the vectors by text."""

    def __init__(self, store: Store, embedder: Callable[[], Embedder]) -> None:
        self._store = store
        self._embedder = embedder

    async def vectors(self, texts: Sequence[str], progress: Progress = silent) -> Vectors:
        """Unit vectors, float32, shape (len(texts), dim)."""
        embedder = await asyncio.to_thread(self._embedder)
        keys = [text_hash(text) for text in texts]
        async with self._store.read() as unit:
            known = await unit.embeddings.get(embedder.name, list(dict.fromkeys(keys)))
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        done = len(known)
        for batch in in_batches(missing.items(), CHUNK):
            progress("Reading for meaning", done, len(known) + len(missing))
            found = await asyncio.to_thread(embedder.embed, [text for _, text in batch])
            fresh = {key: vector for (key, _), vector in zip(batch, found.astype(np.float16), strict=True)}
            async with self._store.write() as unit:
                await unit.embeddings.put(embedder.name, fresh)
            known |= fresh
            done += len(batch)
        return _unit([known[key] for key in keys])


def _unit(rows: Sequence[np.ndarray[tuple[int], np.dtype[np.float16]]]) -> Vectors:
    vectors = np.array(rows, np.float32)
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9) if rows else vectors
