"""Roles: denied by default, given by admins, never above oneself."""

import pytest

from bot.domain.people import Person, Role
from bot.errors import NotAllowed
from bot.services.people import PeopleService, require
from bot.store import Store
from tests.conftest import FixedClock

OWNER = Person("U1", is_owner=True)
ADMIN = Person("U2", is_admin=True)
MEMBER = Person("U3")


@pytest.fixture
def people(store: Store, clock: FixedClock) -> PeopleService:
    return PeopleService(store, clock, Role.REVIEWER)


async def test_a_role_in_force_is_the_one_given(people: PeopleService) -> None:
    assert await people.role(MEMBER) is Role.REVIEWER
    await people.give("U3", Role.VIEWER, ADMIN)
    assert await people.role(MEMBER) is Role.VIEWER
    await people.give("U3", Role.CONTRIBUTOR, OWNER)
    assert await people.role(MEMBER) is Role.CONTRIBUTOR
    assert await people.all() == {"U3": Role.CONTRIBUTOR}


async def test_no_given_role_lets_outsiders_in_or_owners_down(people: PeopleService) -> None:
    await people.give("U9", Role.ADMIN, OWNER)
    assert await people.role(Person("U9", outside=True)) is Role.NONE
    assert await people.role(Person("U9", is_bot=True)) is Role.NONE
    await people.give("U1", Role.VIEWER, OWNER)
    assert await people.role(OWNER) is Role.OWNER


async def test_only_admins_and_owners_give_roles(people: PeopleService) -> None:
    with pytest.raises(NotAllowed, match=r"^Giving roles needs the admin role; you are a reviewer\.$"):
        await people.give("U4", Role.VIEWER, MEMBER)
    assert await people.all() == {}


async def test_nobody_gives_or_changes_what_is_above_them(people: PeopleService) -> None:
    with pytest.raises(NotAllowed, match="You are an admin and cannot make anybody an owner"):
        await people.give("U4", Role.OWNER, ADMIN)
    await people.give("U4", Role.OWNER, OWNER)
    with pytest.raises(NotAllowed, match="<@U4> is an owner; you are an admin"):
        await people.give("U4", Role.VIEWER, ADMIN)
    assert await people.all() == {"U4": Role.OWNER}


async def test_an_admin_who_lost_the_role_gives_no_more(people: PeopleService) -> None:
    await people.give("U2", Role.VIEWER, OWNER)
    with pytest.raises(NotAllowed, match="you are a viewer"):
        await people.give("U2", Role.ADMIN, ADMIN)


async def test_roles_stay_in_their_team(people: PeopleService, store: Store, clock: FixedClock) -> None:
    await people.give("U3", Role.ADMIN, OWNER)
    other = PeopleService(store.for_team("team-b"), clock, Role.NONE)
    assert await other.role(MEMBER) is Role.NONE
    assert await other.all() == {}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("wanted", Role)
def test_a_role_carries_as_far_as_it_says(role: Role, wanted: Role) -> None:
    if role.value >= wanted.value:
        require(role, wanted, "Approving a story")
        return
    with pytest.raises(NotAllowed) as caught:
        require(role, wanted, "Approving a story")
    assert caught.value.message.startswith(f"Approving a story needs the {wanted.name.lower()} role; ")


def test_a_refusal_says_who_can_help() -> None:
    with pytest.raises(NotAllowed) as caught:
        require(Role.CONTRIBUTOR, Role.REVIEWER, "Approving a story")
    assert caught.value.message == "Approving a story needs the reviewer role; you are a contributor."
    assert caught.value.hint == "An admin of this workspace can do it."
