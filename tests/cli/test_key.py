"""`plumb key`: made, listed, revoked."""

import json

from tests.cli.conftest import Plumb


def test_a_key_is_shown_once_and_can_be_revoked(plumb: Plumb) -> None:
    missing = plumb("key", "create", "reply")
    assert missing.code == 3
    assert "no feature 'reply'" in missing.out
    assert plumb("feature", "add", "reply").code == 0
    made = json.loads(plumb("key", "create", "reply", "--name", "web shop", "--by", "ada").out)
    assert made["secret"].startswith(made["prefix"])
    assert len(made["secret"]) == 47
    (listed,) = json.loads(plumb("key", "list").out)
    assert listed == {name: value for name, value in made.items() if name != "secret"}
    assert (listed["name"], listed["created_by"], listed["revoked_at"]) == ("web shop", "ada", None)
    assert json.loads(plumb("key", "revoke", str(made["id"])).out)["revoked_at"]
    assert plumb("key", "revoke", "99").code == 3
