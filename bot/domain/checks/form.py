"""Form of the sentence: the criteria of QUS that a program can see.

Lucassen, Dalpiaz, van der Werf, Brinkkemper: "Improving agile requirements: the Quality User Story framework
and tool", Requirements Engineering 21 (2016). Precision before recall: an error stops a story, so only plain
facts are errors; what needs a reader's judgement is a warning.
"""

import re
from collections.abc import Iterator, Mapping

from bot.domain.checks.text import Lint, any_of, excerpt, finding, prose, without_quotes, words
from bot.domain.stories import Finding, Severity, StoryBody

MAX_ROLE, MAX_WANT, MAX_BENEFIT, MAX_TITLE = 15, 30, 30, 16  # words

Tickets = Mapping[str, str]

_VERB = any_of(
    """accept, access, activate, add, allow, apply, approve, ask, attach, avoid, block, book, buy,
    cancel, change, check, choose, claim, close, combine, compare, complete, confirm, connect, contact,
    copy, correct, create, deactivate, decide, delete, deposit, disable, disconnect, dispute, download,
    edit, enable, exchange, explain, export, extend, file, find, finish, fix, follow, freeze, get, give,
    have, hear, import, increase, install, join, keep, know, leave, let, link, lock, log, make, manage,
    merge, move, open, order, pay, pick, place, prevent, print, prove, read, receive, recover, reduce,
    refund, register, remove, renew, reopen, replace, reply, report, request, reschedule, reset,
    restore, return, review, save, see, sell, send, set, share, show, skip, split, start, stop, submit,
    switch, sync, talk, tell, top, track, transfer, turn, understand, undo, unlock, unsubscribe, update,
    upgrade, upload, use, verify, view, withdraw, write"""
)
_OBJECT = any_of(
    """a, an, the, my, our, their, its, his, her, it, them, me, us, one, this, that, these, those, what, when,
    where, why, how, who, which, whether, all, any, some, no, in, out, up, off, on, for, to, with, from"""
)
_SECOND_WANT = re.compile(
    r"\b(?:and|or|but|plus|as well as|&|\+)\s+(?:also\s+|then\s+)*"
    rf"(?:to\s+\w+|be\s+\w+|i\s+(?:want|need)|{_VERB}\s+{_OBJECT}\b)",
    re.IGNORECASE,
)
_JOINED = re.compile(
    r"\b(?:and|or|as well as)\b(?!\s+(?:what|when|where|why|how|who|which|whether)\b)|\s[&+]\s"
)
_AND_OR = re.compile(r"\band\s*/\s*or\b", re.IGNORECASE)
_SLASH = re.compile(r"[^\W\d_]{2,}\s*/\s*[^\W\d_]{2,}")
_BRACKETS = re.compile(r"[()\[\]{}⟨⟩]")
_SECOND_SENTENCE = re.compile(r"(?<!\betc)(?<!\be\.g)(?<!\bi\.e)(?<!\bvs)(?<!\bno)[.!?;]\s+\S")
_CLAUSE = re.compile(
    r"\b(?:who|whose|whom|that|which|with|without|waiting|trying|using|when|where|after|before|whether)\b"
)
_LEADERS = {
    "role": r"(?:as\s+an?\b|as\s+the\b|i\s+am\b)",
    "want": r"(?:i\s+(?:want|need|would\s+like)\b|want\s+to\b|as\s+an?\b)",
    "benefit": r"(?:so\s+that\b|so\s+i\b|in\s+order\s+to\b|because\b|i\s+(?:want|need)\b)",
    "given": r"given\b",
    "when": r"when\b",
    "then": r"then\b",
}
_REASON_INSIDE = re.compile(r"\b(?:so that|in order to|because)\b", re.IGNORECASE)
_READS_ON = re.compile(
    r"(?:to|an?|the|my|our|their|its|his|her|every|each|one|no|any|some|someone|more|fewer|less)\b|\w+ing\b",
    re.IGNORECASE,
)
_NO_NEED = re.compile(
    r"(?:to\s+(?:get|have|receive|be\s+given)\s+)?(?:an?\s+|the\s+|some\s+|more\s+|better\s+|good\s+|great\s+)*"
    r"(?:support|help|assistance|service|experience|solution|answers?|feature|response)",
    re.IGNORECASE,
)
_NO_REASON = re.compile(
    r"(?:i|they|we|customers?|users?)\s*(?:am|are|is|feels?|can\s+be|will\s+be|'m|’m)?\s*(?:more\s+|very\s+)?"
    r"(?:satisfied|happy|happier|pleased|content|helped|supported)"
    r"|(?:it|everything)\s+works|my\s+(?:problem|issue)\s+is\s+(?:solved|fixed|resolved)"
    r"|i\s+(?:can\s+)?(?:have|get)\s+a\s+better\s+experience",
    re.IGNORECASE,
)
_GENERIC_ROLE = {"user", "end user", "person", "people", "someone", "stakeholder", "human", "client user"}
_DUMMIES = {"", "tbd", "todo", "to do", "n/a", "xxx", "lorem ipsum"}
_BUILT = any_of(
    """button, drop-?down, check-?box, pop-?up, modal, dialog, tooltip, wizard, web ?page, landing page,
    screen, tab, menu, widget, banner, chat-?bot, plug-?in, micro-?service, web-?hook, database,
    endpoint, api, form field, pipeline, classifier"""
)
_TECHNIQUE = any_of(
    r"""rag, llm, gpt(?:-\w+)?, sql, regex, machine learning, neural network, vector store, vector database,
    fine-?tun\w+"""
)
_SOLUTION = re.compile(
    r"(?:(?:^(?:to\s+)?|\bto\s+)(?:have|get|add|build|create|use|click|press|be\s+given)\s+an?\s+|^an?\s+"
    rf"|\b(?:an?\s+new|another|separate|dedicated)\s+)(?:[\w-]+\s+){{0,2}}{_BUILT}\b|\b{_TECHNIQUE}\b",
    re.IGNORECASE,
)
_STORY = r"(?:the\s+)?(?:\w+\s+)?story"
_DEPENDS = re.compile(
    rf"\b(?:(?:depends|blocked|builds)\s+(?:on|by|upon)\s+{_STORY}|see\s+(?:also\s+)?(?:{_STORY}|above|below)"
    r"|as\s+(?:described|stated)\s+(?:above|before)|(?:previous|next|other)\s+story)\b",
    re.IGNORECASE,
)


def blank(body: StoryBody, _: Tickets) -> Iterator[Finding]:
    """Complete: a field of white space or of a dummy word is not filled in."""
    for path, text in prose(body):
        if text.strip(" .-–—…\t\n").lower() in _DUMMIES:
            yield finding("form.blank", path, "error", "Nothing is said here. Fill it in.")


def uniform(body: StoryBody, _: Tickets) -> Iterator[Finding]:
    """Uniform: the template's own words are added when shown, so a field must not repeat them."""
    leaders = [(name, name, getattr(body, name)) for name in ("role", "want", "benefit")]
    for i, criterion in enumerate(body.criteria):
        leaders += [(n, f"criteria[{i}].{n}", getattr(criterion, n)) for n in ("given", "when", "then")]
    for name, path, text in leaders:
        match = re.match(_LEADERS[name], text.strip(), re.IGNORECASE)
        if match:
            message = f"Starts with “{match.group()}”, which the template adds. Leave it out."
            yield finding("form.uniform", path, "error", message)


def atomic(body: StoryBody, _: Tickets) -> Iterator[Finding]:
    """Atomic: one role, one want."""
    head = _CLAUSE.split(body.role, maxsplit=1)[0]
    if _JOINED.search(head):
        message = f"Names more than one role: “{excerpt(head)}”. Write one story for each."
        yield finding("form.atomic", "role", "error", message)
    want = re.split(r"\bwhether\b", body.want, maxsplit=1)[0]  # "whether to wait or to cancel" is one want
    second = _SECOND_WANT.search(want)
    if second:
        message = f"Asks for a second thing: “{excerpt(second.group())}”. Split it into two stories."
        yield finding("form.atomic", "want", "error", message)
    elif _JOINED.search(want):
        message = "“and”/“or” may join two wants. If one can be had without the other, split the story."
        yield finding("form.conjunction", "want", "warning", message)


def minimal(body: StoryBody, _: Tickets) -> Iterator[Finding]:
    """Minimal: a role, a want, a benefit, and nothing in brackets, after a slash or in a second sentence."""
    for name in ("role", "want", "benefit", "title"):
        text = getattr(body, name)
        severity: Severity = "warning" if name == "title" else "error"
        if _AND_OR.search(text):
            yield finding(
                "form.and_or", name, "error", "“and/or” leaves the choice open. Say which is meant."
            )
        elif _SLASH.search(text):
            yield finding(
                "form.slash", name, "warning", "A slash leaves the choice open. Say which is meant."
            )
        if _BRACKETS.search(text):
            message = "A note in brackets is extra. Move it to the criteria or the edge cases."
            yield finding("form.brackets", name, severity, message)
        if _SECOND_SENTENCE.search(text):
            message = "More than one sentence. Keep the first; the rest belongs in criteria or examples."
            yield finding("form.minimal", name, severity, message)


def well_formed(body: StoryBody, _: Tickets) -> Iterator[Finding]:
    """Well-formed, full sentence: the parts read on from "As", "I want", "so that"."""
    if not _READS_ON.match(body.want.strip()):
        message = "Reads as a label after “I want”. Start with “to …” and a verb: what the person gets to do."
        yield finding("form.full_sentence", "want", "warning", message)
    if _NO_NEED.fullmatch(body.want.strip(" .")):
        message = "Names no need. Say what the person is told, gets or can do, in the tickets' own terms."
        yield finding("form.no_need", "want", "error", message)
    role = re.sub(r"^(?:an?|the)\s+", "", body.role.strip().lower())
    if role in _GENERIC_ROLE:
        message = (
            f"“{role}” is anyone. Say who writes these tickets: what they bought, did or are waiting for."
        )
        yield finding("form.role", "role", "warning", message)
    if len(words(body.title)) < 2:
        yield finding(
            "form.title",
            "title",
            "warning",
            "One word is a label. Say whose need it is, and what goes wrong.",
        )


def conceptually_sound(body: StoryBody, _: Tickets) -> Iterator[Finding]:
    """Conceptually sound: the want is the means, the benefit is the reason, and neither hides the other."""
    reason = _REASON_INSIDE.search(body.want)
    if reason:
        message = f"The reason is inside the want (“{reason.group()}”). Move it to the benefit."
        yield finding("form.conceptual", "want", "error", message)
    if _NO_REASON.fullmatch(body.benefit.strip(" .")):
        message = "Every story could say this. Say what the person can decide or do afterwards."
        yield finding("form.no_reason", "benefit", "error", message)
    if words(body.benefit) == words(body.want):
        yield finding("form.conceptual", "benefit", "error", "Repeats the want. Say what it is good for.")


def problem_oriented(body: StoryBody, _: Tickets) -> Iterator[Finding]:
    """Problem-oriented, negotiable: the need, not what is to be built for it."""
    for name in ("want", "benefit"):
        match = _SOLUTION.search(getattr(body, name))
        if match:
            message = (
                f"“{excerpt(match.group())}” is a solution. Say what the person needs; how is the team's"
                " choice."
            )
            yield finding("form.solution", name, "warning", message)


def independent(body: StoryBody, _: Tickets) -> Iterator[Finding]:
    """Independent: it can be read and built without another story."""
    for path, text in prose(body):
        if path.startswith("non_goals"):
            continue
        match = _DEPENDS.search(without_quotes(text))
        if match:
            message = f"Leans on another story (“{match.group()}”). Say here what is needed."
            yield finding("form.independent", path, "warning", message)


def short(body: StoryBody, _: Tickets) -> Iterator[Finding]:
    """Estimable, small: a sentence that has to be read twice hides more than one story."""
    limits = {"role": MAX_ROLE, "want": MAX_WANT, "benefit": MAX_BENEFIT, "title": MAX_TITLE}
    for name, limit in limits.items():
        count = len(words(getattr(body, name)))
        if count > limit:
            message = f"{count} words; keep it to {limit}. Details belong in the examples and criteria."
            yield finding("form.long", name, "warning", message)


LINTS: tuple[Lint, ...] = (
    blank,
    uniform,
    atomic,
    minimal,
    well_formed,
    conceptually_sound,
    problem_oriented,
    independent,
    short,
)
