"""The app manifest: what it says of made-up features and of the real ones, and how it is asked for."""

import json
from typing import Any, get_args

import pytest
import yaml

from bot.errors import InputError
from handlers import entry
from handlers.ask import Ask
from handlers.desk import Desk
from handlers.feature import Feature, Shortcut, Verb
from handlers.features import FEATURES
from handlers.manifest import Transport, as_yaml, manifest, scopes, subscriptions

URL = "https://bot.example.com"


async def work(_ask: Ask, _desk: Desk) -> None: ...


SOME = (
    Feature(
        noun="lot",
        verbs=(Verb("lot draw", "Draw", "lot draw", work), Verb("lot show", "Show", "lot show", work)),
        shortcuts=(Shortcut("draw", "Draw lots", "global", "All at once", work=work),),
        events={"message": work, "reaction_added": work},
        scopes=frozenset({"emoji:read"}),
    ),
    Feature(noun="help", verbs=(Verb("help", "Help", "help", work),), events={"app_mention": work}),
)


def test_it_says_what_is_registered() -> None:
    made = manifest(SOME, command="lot", name="Lots")
    features, settings = made["features"], made["settings"]
    assert features["slash_commands"] == [
        {
            "command": "/lot",
            "description": made["display_information"]["description"],
            "usage_hint": "lot draw | lot show | help",
            "should_escape": True,
        }
    ]
    assert features["shortcuts"] == [
        {"name": "Draw lots", "type": "global", "callback_id": "draw", "description": "All at once"}
    ]
    assert settings["event_subscriptions"] == {"bot_events": ["app_mention", "message.im", "reaction_added"]}
    assert features["app_home"] == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }
    assert features["bot_user"]["display_name"] == made["display_information"]["name"] == "Lots"
    assert "emoji:read" in made["oauth_config"]["scopes"]["bot"]


def test_socket_mode_needs_no_address_and_shows_none() -> None:
    made = manifest(SOME)
    assert made["settings"]["socket_mode_enabled"] is True
    assert "http" not in json.dumps(made)
    assert "redirect_urls" not in made["oauth_config"]


def test_http_names_one_address_for_everything() -> None:
    made = manifest(SOME, transport="http", public_url=URL + "/")
    settings = made["settings"]
    assert settings["socket_mode_enabled"] is False
    addresses = {
        settings["event_subscriptions"]["request_url"],
        settings["interactivity"]["request_url"],
        settings["interactivity"]["message_menu_options_url"],
        made["features"]["slash_commands"][0]["url"],
    }
    assert addresses == {URL + "/slack/events"}
    assert made["oauth_config"]["redirect_urls"] == [URL + "/slack/oauth_redirect"]
    assert {"app_uninstalled", "tokens_revoked"} <= set(settings["event_subscriptions"]["bot_events"])


@pytest.mark.parametrize("transport", get_args(Transport))
def test_one_workspace_at_a_time_and_tokens_that_stay(transport: Transport) -> None:
    settings = manifest(SOME, transport=transport, public_url=URL)["settings"]
    assert settings["org_deploy_enabled"] is False
    assert settings["token_rotation_enabled"] is False
    assert settings["interactivity"]["is_enabled"] is True


@pytest.mark.parametrize(
    "url", ["http://bot.example.com", "bot.example.com", "https://", "https://h/?a=b", "https://h/#a"]
)
def test_an_address_that_slack_would_not_take_is_one_sentence(url: str) -> None:
    with pytest.raises(InputError, match="no address"):
        manifest(SOME, transport="http", public_url=url)


def test_http_without_an_address_says_what_to_do() -> None:
    with pytest.raises(InputError) as caught:
        manifest(SOME, transport="http")
    assert "--url" in caught.value.hint
    assert "PLUMB_PUBLIC_URL" in caught.value.hint


def test_channels_are_read_only_where_a_team_says_so() -> None:
    history = {"channels:history", "groups:history"}
    assert scopes(FEATURES).isdisjoint(history)
    assert scopes(FEATURES, history=True) == scopes(FEATURES) | history


def test_the_bots_own_scopes_are_these_and_no_more() -> None:
    """Written down again: a scope that is added is seen by whoever reviews it."""
    assert sorted(scopes(FEATURES)) == [
        "app_mentions:read",
        "channels:read",
        "chat:write",
        "commands",
        "files:read",
        "files:write",
        "groups:read",
        "im:history",
        "im:write",
        "reactions:read",
        "users:read",
    ]


def test_every_event_that_a_feature_hears_is_subscribed_to() -> None:
    heard = {event for feature in FEATURES for event in feature.events}
    assert {event.split(".")[0] for event in subscriptions(FEATURES)} == heard


def test_every_shortcut_and_verb_is_there() -> None:
    made = manifest(FEATURES)["features"]
    assert {shortcut["callback_id"] for shortcut in made["shortcuts"]} == {
        shortcut.callback_id for feature in FEATURES for shortcut in feature.shortcuts
    }
    hint = made["slash_commands"][0]["usage_hint"]
    for feature in FEATURES:
        for verb in feature.verbs:
            assert verb.name in hint


def test_slacks_own_limits_hold() -> None:
    """docs.slack.dev, app manifest reference."""
    made = manifest(FEATURES, transport="http", public_url=URL)
    display, features = made["display_information"], made["features"]
    assert len(display["name"]) <= 35
    assert len(display["description"]) <= 140
    assert 174 <= len(display["long_description"]) <= 4000
    assert len(features["bot_user"]["display_name"]) <= 80
    assert len(features["slash_commands"]) <= 50
    for kind in ("global", "message"):
        assert len([each for each in features["shortcuts"] if each["type"] == kind]) <= 5
    for shortcut in features["shortcuts"]:
        assert len(shortcut["name"]) <= 24
        assert len(shortcut["callback_id"]) <= 255
        assert 0 < len(shortcut["description"]) <= 150
    for slash in features["slash_commands"]:
        assert len(slash["command"]) <= 32
        assert len(slash["description"]) <= 2000
        assert len(slash["usage_hint"]) <= 1000
    assert len(made["settings"]["event_subscriptions"]["bot_events"]) <= 100


def test_yaml_and_json_say_the_same() -> None:
    asked: dict[str, Any] = {"command": "plumb", "transport": "http", "public_url": URL, "history": True}
    as_json = json.loads(entry.manifest_text(**asked, as_json=True))
    assert yaml.safe_load(entry.manifest_text(**asked, as_json=False)) == as_json
    assert as_json == manifest(FEATURES, transport="http", public_url=URL, history=True)


def test_yaml_reads_as_people_write_it() -> None:
    text = as_yaml(manifest(SOME))
    assert text.startswith("display_information:\n  name: Plumbline\n")
    assert "&id" not in text
    assert "!!" not in text
