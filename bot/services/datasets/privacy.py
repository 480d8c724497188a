"""Personal data out of cases before they are stored. Pure and picklable: worker processes do it."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.domain.datasets.answers import LABEL_WORDS, without_default_check
from bot.domain.datasets.columns import RawCase
from bot.domain.datasets.model import case_id_of
from bot.domain.experiments.cells import Case
from bot.domain.pseudonyms import hash_requester
from bot.domain.redaction import log_vocabulary, redact, redact_structured
from bot.domain.scoring import Assertion
from bot.domain.storable import storable

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BETWEEN = "\n\n\u241e\n\n"  # what no text of a case holds: its texts are redacted as one, placeholders agree


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A case fit to be stored, and how often which type of personal data was taken out of it."""

    row: int
    case: Case
    removed: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """``common``: words that are nobody's name; ``labels``: answers that come again and again."""

    common: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()


def tidy(text: str) -> str:
    """Text that databases, files and terminals take: without control characters."""
    return _CONTROLS.sub("", storable(text))


def vocabulary(cases: Sequence[RawCase]) -> Vocabulary:
    """What many rows of one file share is no person's."""
    texts = [(text, raw.customer or f"row {raw.row}") for raw in cases for text in _strings(raw.case.vars)]
    answers = Counter(raw.case.expected for raw in cases)
    labels = (text for text, n in answers.items() if n > 1 and len(text.split()) <= LABEL_WORDS)
    return Vocabulary(log_vocabulary(texts), frozenset(labels))


def clean_batch(batch: Sequence[RawCase], key: bytes, words: Vocabulary) -> list[Cleaned]:
    """Redact every text; a customer becomes a keyed hash, as a ticket's requester does."""
    return [_clean(raw, key, words) for raw in batch]


def _clean(raw: RawCase, key: bytes, words: Vocabulary) -> Cleaned:
    case = without_default_check(raw.case) if raw.default_check else raw.case
    is_label = case.expected in words.labels
    texts = _Texts()
    _walk(case, texts.note, is_label=is_label)
    clean, removed = texts.redacted((raw.customer,) if raw.customer else (), words.common)
    done = _walk(case, lambda text: clean[tidy(text)], is_label=is_label)
    cluster = _cluster(raw, key)
    name = _short(case.id) or case_id_of(done.vars)
    return Cleaned(raw.row, replace(done, id=name, cluster=cluster), removed)


def _cluster(raw: RawCase, key: bytes) -> str:
    """Two addresses as placeholders would be one cluster: what is personal is hashed instead."""
    named = tidy(raw.case.cluster)
    if named and named == _short(named):
        return named
    personal = named or raw.customer
    return hash_requester(personal, key) if personal else ""


class _Texts:
    """The texts of one case, redacted together so that one person gets one placeholder."""

    def __init__(self) -> None:
        self._texts: dict[str, None] = {}

    def note(self, text: str) -> str:
        self._texts.setdefault(tidy(text))
        return text

    def redacted(
        self, known: Sequence[str], common: frozenset[str]
    ) -> tuple[Mapping[str, str], Mapping[str, int]]:
        texts = list(self._texts)
        done = redact(_BETWEEN.join(texts), known=known, common=common)
        parts = done.text.split(_BETWEEN)
        removed = Counter(span.type for span in done.spans)
        if len(parts) != len(texts):  # a text of theirs holds the mark, or a find reached across it
            apart = [redact(text, known=known, common=common) for text in texts]
            parts = [each.text for each in apart]
            removed = Counter(span.type for each in apart for span in each.spans)
        return dict(zip(texts, parts, strict=True)), removed


def _walk(case: Case, change: Callable[[str], str], *, is_label: bool) -> Case:
    """The case with every text of a person's put through ``change``; segments and labels, as with tickets,
    lose only what has a telling shape."""
    return replace(
        case,
        vars={tidy(name): _deep(value, change) for name, value in case.vars.items()},
        expected=_short(case.expected) if is_label else change(case.expected),
        assertions=tuple(_in_assertion(each, change) for each in case.assertions),
        description=change(case.description),
        slices={tidy(name): _short(value) for name, value in case.slices.items()},
        origin=_short(case.origin),
        options=_deep(case.options, _structured),
    )


def _in_assertion(assertion: Assertion, change: Callable[[str], str]) -> Assertion:
    """Code and patterns are kept as they are: a placeholder in them would change what they check."""
    code = assertion.type.removeprefix("not-") in {
        "javascript",
        "python",
        "regex",
        "is-json",
        "contains-json",
    }
    return replace(
        assertion,
        value=_deep(assertion.value, _structured if code else change),
        members=tuple(_in_assertion(each, change) for each in assertion.members),
    )


def _deep(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {tidy(str(name)): _deep(each, change) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_deep(each, change) for each in value]
    return value


def _strings(value: Any) -> Iterable[str]:
    found: list[str] = []

    def keep(text: str) -> str:
        found.append(text)
        return text

    _deep(value, keep)
    return found


def _structured(text: str) -> str:
    return redact_structured(tidy(text))


def _short(value: str) -> str:
    value = tidy(value)
    return redact_structured(value) if "@" in value or len(value) > 40 else value
