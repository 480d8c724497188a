"""The shipped sentence embedding model, run with onnxruntime."""

from collections.abc import Callable, Sequence
from importlib import resources
from itertools import islice, pairwise

import numpy as np
import onnxruntime  # type: ignore[import-untyped]  # ships no stubs
from tokenizers import Encoding, Tokenizer

from bot.ports import Vectors

OnProgress = Callable[[int, int], None]
"""Called with (texts done, texts in all)."""

WINDOW = 128
"""Tokens the model reads at once."""
WINDOWS = 2
"""Windows read of a long text, some 190 words. On long complaints (CFPB) two find as many neighbours of the
same product as one and more than four: later windows say what complaints share, not what sets them apart."""
_READ = 4_000
"""Characters read of a text: more than two windows of any Latin script, and no more work for a blob."""
_TOKENS_PER_BATCH = 512  # small enough for the processor's cache: a fifth faster than 4,096
_ROWS_PER_BATCH = 64


class MiniLM:
    """all-MiniLM-L6-v2, int8, on ``threads`` threads.

    A text longer than 128 tokens is read in up to two windows, whose vectors are averaged by their length.
    The model quantises each batch by its own range, so that a vector moves by about 0.01 with its neighbours
    in the batch; batches are therefore made from the sorted set of texts, whatever order they come in.
    """

    name = "minilm-l6-v2-int8"
    dim = 384

    def __init__(self, threads: int = 2) -> None:
        folder = resources.files("bot.embeddings") / "minilm_l6_v2"
        self._tokenizer = Tokenizer.from_str((folder / "tokenizer.json").read_text("utf-8"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(WINDOW)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        with resources.as_file(folder / "model.int8.onnx") as path:
            self._session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])

    def embed(self, texts: Sequence[str], on_progress: OnProgress | None = None) -> Vectors:
        """Unit vectors, float32, shape (len(texts), 384). Identical texts are computed once."""
        unique = sorted(set(texts))
        row = {text: i for i, text in enumerate(unique)}
        return self._embed_unique(unique, on_progress)[[row[text] for text in texts]]

    def _embed_unique(self, texts: Sequence[str], on_progress: OnProgress | None) -> Vectors:
        owners, windows = self._windows(texts)
        order = sorted(range(len(windows)), key=lambda i: len(windows[i]))
        sums = np.zeros((len(texts), self.dim), np.float32)
        for start, stop in pairwise(_cuts([len(windows[i]) for i in order])):
            batch = order[start:stop]
            lengths = np.array([[len(windows[i])] for i in batch], np.float32)
            np.add.at(sums, [owners[i] for i in batch], lengths * self._run([windows[i] for i in batch]))
            if on_progress is not None:
                on_progress(len(texts) * stop // len(windows), len(texts))
        sums /= np.linalg.norm(sums, axis=1, keepdims=True)
        return sums

    def _windows(self, texts: Sequence[str]) -> tuple[list[int], list[list[int]]]:
        """Token ids of every window, and which text each belongs to."""
        owners: list[int] = []
        windows: list[list[int]] = []
        encoded: list[Encoding] = self._tokenizer.encode_batch_fast([text[:_READ] for text in texts])
        for owner, encoding in enumerate(encoded):
            for window in (encoding, *islice(encoding.overflowing, WINDOWS - 1)):
                owners.append(owner)
                windows.append(window.ids)
        return owners, windows

    def _run(self, batch: Sequence[Sequence[int]]) -> Vectors:
        ids = np.zeros((len(batch), max(map(len, batch))), np.int64)
        mask = np.zeros_like(ids)
        for row, tokens in enumerate(batch):
            ids[row, : len(tokens)] = tokens
            mask[row, : len(tokens)] = 1
        outputs = self._session.run(["emb"], {"input_ids": ids, "attention_mask": mask})
        vectors: Vectors = np.asarray(outputs[0], np.float32)
        return vectors


def _cuts(lengths: Sequence[int]) -> list[int]:
    """Where batches of ascending lengths begin and end: bounded by tokens (memory) and by rows."""
    cuts = [0]
    for i, length in enumerate(lengths):
        rows = i - cuts[-1]
        if rows and (rows == _ROWS_PER_BATCH or (rows + 1) * length > _TOKENS_PER_BATCH):
            cuts.append(i)
    if lengths:
        cuts.append(len(lengths))
    return cuts
