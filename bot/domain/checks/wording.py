"""Words that two readers understand differently: a warning each, with what to write instead.

The families follow Femmer et al., "Rapid quality assurance with Requirements Smells", Journal of Systems and
Software 123 (2017): subjective language, vague adverbs, open ends, loopholes, comparatives without a base.
"""

import re
from collections.abc import Iterator, Mapping

from bot.domain.checks.text import Lint, any_of, finding, prose, without_quotes, words
from bot.domain.stories import Finding, StoryBody

SHARE_USING, MIN_USING = 0.2, 2

SMELLS: Mapping[str, str] = {
    "give a number with a unit": """
        fast, faster, fastest, quick, quicker, quickly, swift, swiftly, rapid, rapidly, slow, promptly,
        timely, soon, shortly, in a timely manner, as soon as possible, asap, instant, instantly, in no
        time, long enough, large enough, scalable, performant, high quality, high-quality, low latency""",
    "say what a person can see or check": """
        easy, easier, easily, user-friendly, user friendly, intuitive, intuitively, seamless, seamlessly,
        smooth, smoothly, simple, simply, convenient, conveniently, friendly, helpful, nice, nicely, good,
        great, excellent, amazing, modern, state-of-the-art, state of the art, world-class, robust,
        flexible, efficient, efficiently, effective, effectively, meaningful, satisfactory, satisfying,
        delightful, frictionless, elegant""",
    "say which, by what rule": """
        appropriate, appropriately, suitable, suitably, adequate, adequately, sufficient, sufficiently,
        proper, properly, reasonable, reasonably, acceptable, relevant information, as needed, as required,
        as necessary, if needed, if necessary, if possible, where possible, when possible, as far as
        possible, accordingly, in general, generally, normally, usually, mostly, ideally""",
    "say compared with what, and by how much": """
        better, best, improved, improve, improves, improving, enhance, enhanced, enhances, optimal, optimize,
        optimise, optimized, optimised, streamline, streamlined, maximize, maximise, minimize, minimise""",
    "list them all": """
        etc, and so on, and so forth, and more, among others, and the like, but not limited to, various""",
}
_PATTERNS = {
    advice: re.compile(rf"(?<![\w-]){any_of(found)}(?![\w-])", re.IGNORECASE)
    for advice, found in SMELLS.items()
}
_NOT_OURS = ("non_goals", "criteria[", "confidence")
_KEPT_CRITERION_FIELDS = (".given", ".when", ".then")


def vague(body: StoryBody, tickets: Mapping[str, str]) -> Iterator[Finding]:
    """Unambiguous: one warning a field, naming every vague word in it.

    Words inside double quotes are somebody's speech; a capital within a sentence is a name (Faster Payments);
    a word that a fifth of the tickets use is what they are about ("improve my credit score").
    """
    for path, text in prose(body):
        if path.startswith(_NOT_OURS) and not path.endswith(_KEPT_CRITERION_FIELDS):
            continue
        said = without_quotes(text)
        for advice, pattern in _PATTERNS.items():
            found = [m.group() for m in pattern.finditer(said) if not _is_name(said, m)]
            own = [word for word in dict.fromkeys(found) if not _is_theirs(word, tickets)]
            if own:
                listed = ", ".join(f"“{word}”" for word in own)
                yield finding("wording.vague", path, "warning", f"{listed}: {advice} instead.")


LINTS: tuple[Lint, ...] = (vague,)


def _is_theirs(word: str, tickets: Mapping[str, str]) -> bool:
    using = sum(word.lower() in words(text) for text in tickets.values())
    return using >= max(MIN_USING, SHARE_USING * len(tickets))


def _is_name(text: str, match: re.Match[str]) -> bool:
    starts_sentence = not text[: match.start()].rstrip() or text[: match.start()].rstrip()[-1] in ".!?:;→"
    return match.group()[0].isupper() and not starts_sentence
