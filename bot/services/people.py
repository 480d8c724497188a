"""Who may do what: roles are looked up when something is done, never taken from what Slack was shown."""

from collections.abc import Mapping

from bot.domain.people import Person, Role, role_of
from bot.errors import NotAllowed
from bot.ports import Clock
from bot.store import Store


class PeopleService:
    """Roles of one team. ``default`` is that of a full member to whom no admin gave another."""

    def __init__(self, store: Store, clock: Clock, default: Role) -> None:
        self._store = store
        self._clock = clock
        self._default = default

    async def role(self, person: Person) -> Role:
        """The role in force."""
        async with self._store.read() as unit:
            return role_of(person, await unit.roles.get(person.id), self._default)

    async def all(self) -> Mapping[str, Role]:
        """Roles that were given, by user id."""
        async with self._store.read() as unit:
            return await unit.roles.all()

    async def give(self, user: str, role: Role, by: Person) -> None:
        """An admin or owner gives somebody a role.

        Raises:
            NotAllowed: too low a role for it, the role is above the giver's own, or its bearer stands above.
        """
        giver = await self.role(by)
        require(giver, Role.ADMIN, "Giving roles")
        if role > giver:
            raise NotAllowed(f"You are {_a(giver)} and cannot make anybody {_a(role)}.")
        async with self._store.write() as unit:
            now_has = await unit.roles.get(user)
            if now_has is not None and now_has > giver:
                raise NotAllowed(f"<@{user}> is {_a(now_has)}; you are {_a(giver)} and cannot change that.")
            await unit.roles.give(user, role, by.id, self._clock.now())

    def require(self, role: Role, wanted: Role, what: str) -> None:
        """Raises NotAllowed, with a sentence that says who can help, where ``role`` does not carry as far as
        ``what`` ("Approving a story")."""
        require(role, wanted, what)


def require(role: Role, wanted: Role, what: str) -> None:
    """See PeopleService.require."""
    if role >= wanted:
        return
    if role is Role.NONE:
        raise NotAllowed(
            f"{what} needs the {wanted.name.lower()} role; guests and people from outside have none."
        )
    helper = "An owner" if wanted is Role.OWNER else "An admin"
    raise NotAllowed(
        f"{what} needs the {wanted.name.lower()} role; you are {_a(role)}.",
        hint=f"{helper} of this workspace can do it.",
    )


def _a(role: Role) -> str:
    name = role.name.lower()
    return f"an {name}" if name[0] in "ao" else f"a {name}"
