"""What must not get out of a draft: live markup, links nobody sent, orders to a machine, hidden characters.

Detection is the second line. The first is that models have no tools, that ids and counts come from code and
that every surface escapes. So this looks for plain signs only, in the fields a drafter worded.
"""

import re
from collections.abc import Iterator, Mapping

from bot.domain.checks.text import Lint, any_of, excerpt, finding, prose, quotes
from bot.domain.stories import Finding, StoryBody

Tickets = Mapping[str, str]

_TAGS = any_of(
    """script, img, iframe, a, svg, style, object, embed, form, input, b, i, br, div, span, h[1-6], table,
    details"""
)
_MARKUP = re.compile(
    r"<[!@#][^>\s]|<(?:https?|mailto|tel|file|skype)[:|]|@(?:channel|here|everyone|group)\b"  # Slack
    r"|!?\[[^\]]*\]\([^)]*\)|^\s*\[[^\]]+\]:\s*(?:https?:|//|www\.)|```|~~~"  # Markdown
    rf"|</?{_TAGS}\b|<!--"  # HTML
    r"|\{\{|\{%",  # templates
    re.IGNORECASE | re.MULTILINE,
)
_ENDINGS = any_of(
    "com, net, org, io, co, dev, app, ai, me, info, biz, ru, cn, xyz, top, site, online, link, click, example"
)
_LINK = re.compile(
    r"(?:\b[a-z][a-z0-9+.-]{1,15}://|\bwww\.)[^\s<>\"'”’)\]]+"
    r"|\b(?:mailto|tel|javascript|data):[^\s<>]+"
    rf"|(?<![\w@.-])(?:[a-z0-9-]{{1,63}}\.){{1,6}}{_ENDINGS}(?:/[^\s<>\"'”’)\]]*|\b)",
    re.IGNORECASE,
)
_DISOBEY = any_of(
    r"ignore, disregard, forget, override, bypass, vergiss, ignorier\w*, ignora, olvida, ignorez, oubliez"
)
_RULES = any_of(
    """instructions?, prompts?, guidelines, your rules, all rules, previous rules, prior rules, safety rules,
    everything above, everything before, all above, text above, anweisungen, instrucciones, istruzioni"""
)
_TO_A_MACHINE = any_of(
    r"""system prompts?, system-prompts?, initial prompts?, hidden prompts?, developer prompts?, you are
    now an?, you are now in, you are now the, from now on you, as an ai model, as an ai language model,
    developer mode, dan mode, god mode, jailbr\w+, pretend to be, pretend you are, pretend that you, new
    instructions?, new task for the assistant, new task for the ai, note to the ai, notes? to the
    assistant, note to the model, end of customer data"""
)
_ORDER = re.compile(
    rf"\b{_DISOBEY}\b[^.\n]{{0,40}}\b{_RULES}\b|\b{_TO_A_MACHINE}\b"
    r"|\b(?:reveal|print|repeat|show|output) (?:me )?(?:your|the) (?:\w+ )?(?:prompt|instructions)\b"
    r"|\[/?INST\]|<\|[\w ]+\|>|^\s*(?:system|assistant|user|human)\s*:\s*\S",
    re.IGNORECASE | re.MULTILINE,
)
_HIDDEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # controls
    r"\u200b\u2060-\u2064\ufeff\u034f\u115f\u1160\u3164"  # without width, fillers
    r"\u200e\u200f\u202a-\u202e\u2066-\u206f"  # direction
    r"\U000e0000-\U000e0fff]"  # tags
)


def markup(body: StoryBody, _: Tickets) -> Iterator[Finding]:
    """Slack, Markdown, HTML or template markup in drafted words."""
    for path, text in prose(body):
        match = _MARKUP.search(text)
        if match:
            message = f"Holds markup (“{excerpt(match.group(), 40)}”). Write plain words."
            yield finding("safety.markup", path, "error", message)


def links(body: StoryBody, tickets: Tickets) -> Iterator[Finding]:
    """Links that stand in no ticket."""
    for path, text in prose(body):
        strange = [m.group() for m in _LINK.finditer(text) if not _was_sent(m.group(), tickets)]
        if strange:
            message = f"Holds a link that is in no ticket (“{excerpt(strange[0], 40)}”). Leave it out."
            yield finding("safety.link", path, "error", message)


def orders(body: StoryBody, _: Tickets) -> Iterator[Finding]:
    """Text that orders a machine about: an error in drafted words, a warning in a quote."""
    for path, text in prose(body):
        match = _ORDER.search(text)
        if match:
            message = f"Reads as an order to a machine (“{excerpt(match.group(), 40)}”). Say what is needed."
            yield finding("safety.instruction", path, "error", message)
    for path, _id, text in quotes(body):
        if _ORDER.search(text):
            message = "This ticket tries to order a machine about. Choose another as evidence."
            yield finding("safety.quoted_instruction", path, "warning", message)


def hidden(body: StoryBody, _: Tickets) -> Iterator[Finding]:
    """Control, zero-width, direction-changing and tag characters."""
    for path, text in prose(body):
        match = _HIDDEN.search(text)
        if match:
            message = f"Holds an invisible character (U+{ord(match.group()):04X}). Type the text anew."
            yield finding("safety.hidden", path, "error", message)


LINTS: tuple[Lint, ...] = (markup, links, orders, hidden)


def _was_sent(link: str, tickets: Tickets) -> bool:
    bare = link.rstrip(".,;:!?").lower()
    return any(bare in text.lower() for text in tickets.values())
