"""Keys that products send with: made and revoked by admins, shown once, looked up at every request."""

import hmac
import re
import secrets
from collections import OrderedDict
from datetime import timedelta
from hashlib import sha256
from time import monotonic

from bot.domain.people import Person, Role
from bot.domain.redaction import redact_structured
from bot.errors import InputError, NotFound
from bot.ports import Clock
from bot.services.people import PeopleService
from bot.store import Store
from bot.store.keys import Key

PREFIX = "plk_"
SHOWN = len(PREFIX) + 6  # characters of a secret that people know it by
LONGEST_NAME = 80
USED = timedelta(minutes=10)  # how exactly the last use is known
_SECRET = re.compile(rf"{PREFIX}[A-Za-z0-9_-]{{43}}")


class KeyCache:
    """Who holds a secret, remembered for seconds; shared by all teams of a process. What is revoked here is
    forgotten at once, what is revoked elsewhere when its time is over."""

    def __init__(self, fresh: float = 5.0, most: int = 4_096) -> None:
        self._fresh = fresh
        self._most = most
        self._found: OrderedDict[str, tuple[Key | None, float]] = OrderedDict()

    def get(self, hash_: str) -> tuple[Key | None] | None:
        """The key in a tuple, (None,) for a secret that is none; None where it has to be looked up."""
        found = self._found.get(hash_)
        return (found[0],) if found is not None and monotonic() < found[1] else None

    def put(self, hash_: str, key: Key | None) -> None:
        self._found[hash_] = (key, monotonic() + self._fresh)
        self._found.move_to_end(hash_)
        if len(self._found) > self._most:
            self._found.popitem(last=False)

    def forget(self, hash_: str) -> None:
        self._found.pop(hash_, None)


class KeyService:
    """Keys of one team; ``holder`` knows those of all."""

    def __init__(self, store: Store, clock: Clock, people: PeopleService, cache: KeyCache) -> None:
        self._store = store
        self._clock = clock
        self._people = people
        self._cache = cache

    async def create(self, feature: str, name: str, by: Person | str) -> tuple[Key, str]:
        """A new key for a feature, and its secret, which nobody can be shown again. ``by`` is a person, whose
        role is looked up, or the name of whoever sits at the machine.

        Raises:
            NotAllowed: less than an admin.
            NotFound: there is no such feature under watch.
            InputError: the name is too long.
        """
        await self._require(by, "Making a key")
        name = redact_structured(" ".join(name.split()))
        if len(name) > LONGEST_NAME:
            raise InputError(f"Please name the key in at most {LONGEST_NAME} characters.")
        secret = PREFIX + secrets.token_urlsafe(32)
        async with self._store.write() as unit:
            if await unit.features.get(feature) is None:
                raise NotFound(
                    f"There is no feature {feature[:60]!r} under watch.",
                    hint="Set it up first: plumb feature add",
                )
            key = await unit.keys.add(
                feature, name, secret[:SHOWN], _hash(secret), _id(by), self._clock.now()
            )
        return key, secret

    async def revoke(self, id_: int, by: Person | str) -> Key:
        """From now on the key opens nothing: in this process at once, in others within seconds.

        Raises:
            NotAllowed: less than an admin.
            NotFound: there is no such key.
        """
        await self._require(by, "Revoking a key")
        async with self._store.write() as unit:
            await unit.keys.revoke(id_, self._clock.now())
            key = await unit.keys.get(id_)
        if key is None:
            raise NotFound(f"There is no key {id_}.", hint="plumb key list shows those there are.")
        self._cache.forget(key.hash)
        return key

    async def all(self) -> list[Key]:
        """Also those that were revoked, in the order they were made."""
        async with self._store.read() as unit:
            return await unit.keys.all()

    async def holder(self, secret: str) -> Key | None:
        """The key that a secret opens, of any team; None for what is none or was revoked."""
        if not _SECRET.fullmatch(secret):
            return None
        hash_ = _hash(secret)
        known = self._cache.get(hash_)
        if known is not None:
            return known[0]
        async with self._store.read() as unit:
            key = await unit.keys.holder(hash_)
        if key is not None and not hmac.compare_digest(key.hash, hash_):
            key = None
        if key is not None:
            await self._note_use(key)
        self._cache.put(hash_, key)
        return key

    async def any_opens(self) -> bool:
        """Whether there is a key, of any team, that is not revoked."""
        async with self._store.read() as unit:
            return await unit.keys.any_opens()

    async def _note_use(self, key: Key) -> None:
        now = self._clock.now()
        if key.last_used_at is None or now - key.last_used_at >= USED:
            async with self._store.for_team(key.team).write() as unit:
                await unit.keys.used(key.id, now)

    async def _require(self, by: Person | str, what: str) -> None:
        if isinstance(by, Person):
            self._people.require(await self._people.role(by), Role.ADMIN, what)


def _id(by: Person | str) -> str:
    return by.id if isinstance(by, Person) else by


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
