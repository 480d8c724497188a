"""What worker processes do to a chunk of a file: read, sample, redact, hash, pack. They need no database."""

import pickle
import zlib
from collections import Counter
from dataclasses import dataclass

from bot.domain.interactions import Row, as_row
from bot.importers.interactions import Problem
from bot.importers.interactions.files import Chunk
from bot.services.interactions.preparation import is_kept, without_people

KEPT_PROBLEMS = 1_000  # problems listed one by one; the rest is counted


@dataclass(frozen=True, slots=True)
class Piece:
    """What came of a chunk. ``packed`` are its rows, redacted, as bytes: they wait on disk for the end."""

    packed: bytes
    rows: int
    accepted: int
    records: int
    problems: list[Problem]
    put_aside: int
    apart: int
    ignored: Counter[str]


def prepare_chunk(chunk: Chunk, key: bytes, share: float) -> Piece:
    """``key`` is the installation's, ``share`` in 0-1 how much of the feature is kept."""
    found = chunk.read()
    kept = [each for each in found.interactions if is_kept(each, share)]
    rows = [as_row(without_people(each, key)) for each in kept]
    return Piece(
        packed=zlib.compress(pickle.dumps(rows, pickle.HIGHEST_PROTOCOL), 1),
        rows=len(rows),
        accepted=len(found.interactions),
        records=len(chunk.records),
        problems=found.problems[:KEPT_PROBLEMS],
        put_aside=len({problem.row for problem in found.problems}),
        apart=found.apart,
        ignored=found.ignored,
    )


def unpacked(packed: bytes) -> list[Row]:
    rows: list[Row] = pickle.loads(zlib.decompress(packed))  # noqa: S301  our own, packed above
    return rows
