"""What the command line asks of the bot in Slack: bot.__main__ hands this module in."""

import json
from collections.abc import Sequence
from typing import Literal

from bot.cli.checks import Check
from bot.settings import Settings
from handlers.manifest import as_yaml, manifest


def run(settings: Settings) -> int:
    """Serve until stopped."""
    from handlers import running

    return running.run(settings)


def demo(*, port: int, browser: bool) -> int:
    """A workspace in the browser until stopped."""
    from handlers.demo import showing

    return showing.demo(port=port, browser=browser)


def tour(*, as_json: bool) -> int:
    """The demo's tour, printed."""
    from handlers.demo import showing

    return showing.tour(as_json=as_json)


def manifest_text(
    *, command: str, transport: Literal["socket", "http"], public_url: str, history: bool, as_json: bool
) -> str:
    """The manifest of all features. Raises errors.InputError where the address cannot be used."""
    from handlers.features import FEATURES

    made = manifest(FEATURES, command=command, transport=transport, public_url=public_url, history=history)
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n" if as_json else as_yaml(made)


def checks(settings: Settings) -> Sequence[Check]:
    """What `plumb doctor` says about Slack; none of them changes anything."""
    from handlers.checkup import examine

    return examine(settings)
