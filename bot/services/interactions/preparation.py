"""What worker processes do to a body: unpack, read, redact, hash, price. Pure and picklable."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import blake2b

from bot.domain.interactions import Interaction, Row, as_row
from bot.domain.pseudonyms import hash_requester, product_user
from bot.domain.redaction import redact
from bot.domain.storable import storable
from bot.importers.interactions import WHOLE, Problem, read
from bot.services.interactions.packing import too_large, unpack
from bot.services.interactions.pricing import cost_of

SHORT = 600  # characters: canned replies and short questions come again and again


@dataclass(frozen=True, slots=True)
class Arrived:
    """A body as it came, and what is to become of it.

    ``share`` in 0-1 is how many of its sessions are kept; ``whole``: one bad record keeps all others out.
    ``most_bytes`` bounds the body unpacked, ``most`` its records.
    """

    body: bytes
    format: str
    feature: str
    now: datetime
    gzipped: bool = False
    whole: bool = True
    share: float = 1.0
    most_bytes: int = 5_000_000
    most: int = 10_000


@dataclass(frozen=True, slots=True)
class Prepared:
    """``rows`` are ready to be stored: redacted, hashed and sampled. ``good`` counts the interactions that
    were read, also those that sampling left out; ``refused`` says why the body as a whole was not read.
    ``size`` is the body's in bytes, unpacked."""

    rows: Sequence[Row] = ()
    good: int = 0
    problems: Sequence[Problem] = ()
    refused: Problem | None = None
    apart: int = 0
    ignored: Mapping[str, int] = field(default_factory=Counter)
    size: int = 0


def prepare(arrived: Arrived, key: bytes) -> Prepared:
    """``key`` is the installation's: people are hashed with it.

    Raises:
        ImportRefused: it is too large, or no gzip where it is said to be.
    """
    body = unpack(arrived.body, arrived.most_bytes) if arrived.gzipped else arrived.body
    if len(body) > arrived.most_bytes:
        raise too_large(arrived.most_bytes)
    found = read(body, arrived.format, arrived.feature, limit=arrived.most, now=arrived.now)
    problems = [problem for problem in found.problems if problem.row != WHOLE]
    counted = Prepared(
        (), len(found.interactions), problems, found.refused, found.apart, found.ignored, len(body)
    )
    if found.refused or (arrived.whole and problems):
        return counted
    kept = [each for each in found.interactions if is_kept(each, arrived.share)]
    return replace(counted, rows=[as_row(without_people(each, key)) for each in kept])


def is_kept(interaction: Interaction, share: float) -> bool:
    """Whether sampling keeps it: by its session, so that one is kept or left out whole, else by its id; the
    same on every machine and however often it is sent."""
    if share >= 1:
        return True
    name = f"{interaction.feature}\n{interaction.session or interaction.id}"
    drawn = blake2b(name.encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(drawn, "big") < share * 2**64


def without_people(interaction: Interaction, key: bytes) -> Interaction:
    """Redacted and hashed, with its cost where tokens tell it."""
    user = interaction.user
    known = (user,) if " " in user else ()  # a name; e-mails and numbers are found by their form
    return replace(
        interaction,
        id=stored_id(interaction.id, key),
        input=redacted(interaction.input, known),
        output=redacted(interaction.output, known),
        final=redacted(interaction.final, known),
        error=redacted(interaction.error, known),
        model=redacted(interaction.model),
        prompt=redacted(interaction.prompt),
        fingerprint=redacted(interaction.fingerprint),
        segment={redacted(name): redacted(value) for name, value in interaction.segment.items()},
        session=hash_requester(interaction.session, key) if interaction.session else "",
        user=product_user(user, key) if user else "",
        cost=cost_of(interaction),
    )


def stored_id(id_: str, key: bytes) -> str:
    """The product's own id, as the readers write it; one that holds an address or words becomes a hash of
    itself."""
    id_ = " ".join(storable(id_).split())
    return hash_requester(id_, key) if "@" in id_ or " " in id_ else id_


def redacted(text: str, known: tuple[str, ...] = ()) -> str:
    if not text:
        return ""
    if len(text) > SHORT or known:
        return redact(text, known=known).text
    return _redacted(text)


@lru_cache(maxsize=16_384)
def _redacted(text: str) -> str:
    return redact(text).text


def warm_up() -> None:
    """What the first body would wait for: the lists of names, and the table of prices."""
    redacted("Anna Smith wrote at 12:30.")
    cost_of(Interaction("", "", datetime.now(UTC), model="gpt-4o-mini", input_tokens=1, output_tokens=1))
