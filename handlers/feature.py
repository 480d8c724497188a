"""What a feature of the bot is made of: registered with Bolt in app.py, listed in the manifest.

A feature is one module with a ``FEATURE``; adding one is that file and a line in ``app.FEATURES``.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from handlers.ask import Ask
from handlers.desk import Desk
from handlers.views.kit import Message

Work = Callable[[Ask, Desk], Awaitable[None]]
"""Durable: stored before the ack, run after it, run again after a crash."""

Opening = Callable[[Ask, Desk], Awaitable[None]]
"""At once, within the three seconds of a trigger id: opens or changes a modal, stores nothing."""

Checking = Callable[[Ask, Desk], Awaitable[Mapping[str, str]]]
"""Looks at a submitted form before the ack; returns errors by block id, empty where all is well."""

Remake = Callable[[Ask, Desk, str, str], Awaitable[Message]]
"""Makes an answer again for a channel (its id last) from what it is about, leaving out what may not be seen
there. Raises PlumblineError where nothing may."""


def long_running(work: Work) -> Work:
    """Marks work that takes more than moments: few run at once, so that quick answers pass them by."""
    LONG.add(work)
    return work


LONG: set[Work] = set()


def _no_words(text: str) -> bool:
    return not text


@dataclass(frozen=True, slots=True)
class Verb:
    """A sub-verb of the root command: "story draft". ``hint`` shows its arguments, ``example`` one use of it.
    ``opens`` opens a form instead of working, when ``opens_for`` says so of the words behind the verb."""

    name: str
    summary: str
    example: str
    work: Work
    hint: str = ""
    opens: Opening | None = None
    opens_for: Callable[[str], bool] = _no_words


@dataclass(frozen=True, slots=True)
class Submission:
    """A modal's submit, by callback id: looked at before the ack, worked on after it."""

    work: Work
    check: Checking | None = None


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A global or message shortcut. It opens a modal at once, or is durable work."""

    callback_id: str
    name: str
    kind: Literal["global", "message"]
    description: str
    opens: Opening | None = None
    work: Work | None = None


@dataclass(frozen=True, slots=True)
class Feature:
    """All that one noun listens to. ``actions`` and ``openings`` are by action id; one that is in both is
    stored and opens a window too. ``shares``: answers that can be shared in a channel, by kind."""

    noun: str
    verbs: Sequence[Verb] = ()
    actions: Mapping[str, Work] = field(default_factory=dict)
    openings: Mapping[str, Opening] = field(default_factory=dict)
    submissions: Mapping[str, Submission] = field(default_factory=dict)
    shortcuts: Sequence[Shortcut] = ()
    events: Mapping[str, Work] = field(default_factory=dict)
    scopes: frozenset[str] = frozenset()
    shares: Mapping[str, Remake] = field(default_factory=dict)
