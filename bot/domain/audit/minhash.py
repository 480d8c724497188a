"""MinHash band keys of texts: what lets near duplicates be found without comparing every pair."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

PERMUTATIONS = 128
BANDS = 32
ROWS = PERMUTATIONS // BANDS
SHINGLE = 3
"""Bytes in a shingle. Share of near duplicates (token-sort ratio of 85 or more) that share a key, over three
corpora of short support questions: .98-.99 with 3, .94-.96 with 4, .85-.92 with 5."""
CHUNK = 512
"""Texts hashed together, so that the working arrays stay in the cache."""

_U32 = npt.NDArray[np.uint32]
_seeded = np.random.Generator(np.random.PCG64(128))
_FACTORS: _U32 = _seeded.integers(0, 2**32, PERMUTATIONS, dtype=np.uint32) | np.uint32(1)
_OFFSETS: _U32 = _seeded.integers(0, 2**32, PERMUTATIONS, dtype=np.uint32)
_MIX = np.uint32(0x9E3779B1)


def band_keys(texts: Sequence[str]) -> _U32:
    """One row of ``BANDS`` keys per text; shape (len(texts), BANDS). The same text gives the same row in
    every process and batch.

    Two texts whose shingle sets have Jaccard similarity s share at least one key with probability
    1 - (1 - s^4)^32: .87 at .5, .99 at .6, .26 at .3 (Leskovec, Rajaraman and Ullman, Mining of Massive
    Datasets, 3.4). Written with numpy because neither library fits a stream in worker processes: datasketch
    needs 116 µs a ticket, rensa's digests leave Rust as lists of Python integers (26 µs) and its index takes
    264 MB for 100,000 tickets; this takes about 6 µs and 128 bytes.
    """
    chunks = [_band_keys(texts[begin : begin + CHUNK]) for begin in range(0, len(texts), CHUNK)]
    return np.concatenate(chunks) if chunks else np.empty((0, BANDS), np.uint32)


def _band_keys(texts: Sequence[str]) -> _U32:
    signature = signatures(texts).reshape(BANDS, ROWS, len(texts))
    keys = signature[:, 0].copy()
    for row in range(1, ROWS):
        keys *= _MIX
        keys ^= keys >> np.uint32(15)
        keys += signature[:, row]
    return np.ascontiguousarray(keys.T)


def signatures(texts: Sequence[str]) -> _U32:
    """MinHash signatures, shape (PERMUTATIONS, len(texts)): the share of equal entries in two columns
    estimates the Jaccard similarity of the two texts' sets of shingles (Broder 1997)."""
    hashes, starts = _shingle_hashes(texts)
    signature = np.empty((PERMUTATIONS, len(texts)), np.uint32)
    permuted = np.empty_like(hashes)
    for number, (factor, offset) in enumerate(zip(_FACTORS, _OFFSETS, strict=True)):
        np.multiply(hashes, factor, out=permuted)
        permuted += offset
        np.minimum.reduceat(permuted, starts, out=signature[number])
    return signature


def _shingle_hashes(texts: Sequence[str]) -> tuple[_U32, npt.NDArray[np.intp]]:
    """Hashes of every text's shingles, one after another, and where each text's begin.

    Every text is padded so that it has at least one shingle; shingles that would reach into the next text
    are cut out.
    """
    pad = b" " * (SHINGLE - 1)
    encoded = [text.encode("utf-8", "surrogatepass") or b" " for text in texts]
    lengths = np.fromiter(map(len, encoded), np.intp, len(encoded))
    data = np.frombuffer(pad.join(encoded) + pad, np.uint8).astype(np.uint32)
    hashes = data.copy()
    for ahead in range(1, SHINGLE):
        hashes[:-ahead] = hashes[:-ahead] * _MIX + data[ahead:]
    hashes ^= hashes >> np.uint32(16)
    hashes *= np.uint32(0x85EBCA6B)
    hashes ^= hashes >> np.uint32(13)
    own = np.ones(len(data), bool)
    ends = np.cumsum(lengths + len(pad))
    for back in range(1, SHINGLE):
        own[ends - back] = False
    starts = np.concatenate(([0], np.cumsum(lengths)[:-1])).astype(np.intp)
    return hashes[own], starts
