"""What the command line asks of the bot in Slack: bot.__main__ hands this module in."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from bot.cli.checks import Check
from bot.domain.digests import Digest
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


def digest_blocks(digest: Digest, *, brief: bool) -> Mapping[str, Any]:
    """A digest as it would be posted, {"text", "blocks"}; people by their ids."""
    from bot.domain.digests import Profile
    from bot.domain.digests.selection import Selection
    from handlers.views import digests as views
    from handlers.views.digests.post import Frame

    names = tuple(week.feature.name for week in digest.features)
    told = views.digest(
        digest, Frame(Selection(digest.week, Profile.EXEC if brief else Profile.BUILD, names))
    )
    return {"text": told.text, "blocks": list(told.blocks)}


def checks(settings: Settings) -> Sequence[Check]:
    """What `plumb doctor` says about Slack; none of them changes anything."""
    from handlers.checkup import examine

    return examine(settings)
