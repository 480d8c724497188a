"""Which names are read as what, and a record's values as an interaction."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from bot.domain.interactions import Interaction, Outcome
from bot.importers.interactions import values
from bot.importers.interactions.contract import FAR, MOST_SEGMENTS, Asked, Row, Rules
from bot.importers.interactions.text import loaded
from bot.importers.interactions.values import Taker, Wrong
from bot.importers.reading.vocabulary import key

_ALIASES = {
    "id": "interaction id,request id,response id,message id,generation id,run id,uuid",
    "feature": "feature name,ai feature",
    "at": "timestamp,created at,created,start time,started at,time,date,datetime,ts",
    "input": "question,user input,input text,user message,query,request,messages,inputs",
    "output": "answer,response,completion,output text,assistant message,reply,generation,outputs",
    "model": "model name,model id,response model,llm",
    "prompt": "prompt name,prompt ref,prompt reference,prompt id,prompt template",
    "prompt_version": "template version,prompt template version",
    "fingerprint": "prompt fingerprint,prompt hash",
    "latency_ms": "latency,duration ms,duration,response time ms,response time,elapsed ms",
    "latency_s": "latency seconds,latency sec,duration s,duration seconds,elapsed s,elapsed seconds",
    "cost": "cost usd,total cost,price usd,usd",
    "input_tokens": "prompt tokens,tokens in,usage input tokens,usage prompt tokens",
    "output_tokens": "completion tokens,tokens out,usage output tokens,usage completion tokens",
    "confidence": "confidence score,probability",
    "outcome": "disposition,decision",
    "final": "final text,final output,edited output,corrected output,human output",
    "error": "error message,error type,exception",
    "session": "session id,conversation id,conversation,thread id,chat id",
    "user": "user id,end user,end user id,customer id,customer,account id",
    "trace": "trace id",
    "span": "span id",
    "segment": "segments,metadata,tags,attributes",
}
ALIASES: Mapping[str, Sequence[str]] = MappingProxyType(
    {field: also.split(",") for field, also in _ALIASES.items()}
)
"""What else each field may be called; case, underscores, dots and camelCase make no difference."""

_TAKERS: Mapping[str, Taker] = {
    "id": values.name(200),
    "feature": values.name(200),
    "at": values.moment,
    "input": values.text_in,
    "output": values.text_out,
    "model": values.name(200),
    "prompt": values.reference,
    "prompt_version": values.name(80),
    "fingerprint": values.name(128),
    "latency_ms": values.number(0, 1e9),
    "latency_s": values.number(0, 1e9, scale=1000.0),
    "cost": values.number(0, 1e6),
    "input_tokens": values.whole,
    "output_tokens": values.whole,
    "confidence": values.number(0, 1),
    "outcome": values.outcome,
    "final": values.text_out,
    "error": values.error,
    "session": values.name(500),
    "user": values.name(500),
    "trace": values.hexadecimal,
    "span": values.hexadecimal,
}
_FIELD_OF = {
    key(word): (field, rank) for field, also in ALIASES.items() for rank, word in enumerate((field, *also))
}
_SEGMENT = re.compile(r"(?:segments?|metadata|tags?)[.:/_ ]\s*(.+)", re.IGNORECASE)
_NEEDED = {"id", "at"}
_LONGEST_NAME = 64
_COMMON_NAMES, _COMMON_CHARACTERS = 100, 2_000  # of a record whose layout is worth remembering
_FUTURE = timedelta(days=1)  # clocks differ; what lies farther ahead is a mistake


@dataclass(frozen=True, slots=True)
class Unusable:
    """Why one value keeps its record out: the name it was sent under, a sentence, what to do."""

    field: str
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Built:
    """An interaction, or why there is none; and the names that were sent and are not kept."""

    interaction: Interaction | None
    problems: Sequence[Unusable] = ()
    ignored: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """Names of a record: (field, name) for what is taken, (segment's name, name), and what is not kept."""

    fields: tuple[tuple[str, str], ...]
    segments: tuple[tuple[str, str], ...]
    ignored: tuple[str, ...]


def layout(names: tuple[str, ...], mapping: tuple[tuple[str, str], ...] = ()) -> Layout:
    """What each name of a record is read as: by ``mapping`` (field, name), then by ``ALIASES``, the field's
    own name before its others, never two for one field."""
    if len(names) > _COMMON_NAMES or sum(map(len, names)) > _COMMON_CHARACTERS:
        return _laid_out(names, mapping)
    return _remembered(names, mapping)


def _laid_out(names: tuple[str, ...], mapping: tuple[tuple[str, str], ...]) -> Layout:
    chosen = {field: name for field, name in mapping if not _SEGMENT.fullmatch(field)}
    segments = {match[1]: name for field, name in mapping if (match := _SEGMENT.fullmatch(field))}
    taken = {*chosen.values(), *segments.values()}
    ranked: dict[str, tuple[int, str]] = {}
    for name in names:
        field, rank = _FIELD_OF.get(key(name), ("", 0))
        if name in taken or field in chosen:
            continue
        if field and (field not in ranked or rank < ranked[field][0]):
            ranked[field] = (rank, name)
        elif not field and (match := _SEGMENT.fullmatch(name)):
            segments.setdefault(match[1][:_LONGEST_NAME], name)
    chosen |= {field: name for field, (_, name) in ranked.items()}
    used = {*chosen.values(), *segments.values()}
    return Layout(
        tuple(chosen.items()),
        tuple(segments.items()),
        tuple(name[:_LONGEST_NAME] for name in names if name not in used),
    )


_remembered = lru_cache(maxsize=1_000)(_laid_out)


def build(record: Row, asked: Asked, rules: Rules) -> Built:
    """A record as an interaction of the feature, or what is wrong with it."""
    names = layout(tuple(record), asked.mapping)
    problems: list[Unusable] = []
    found: dict[str, Any] = {}
    called = dict(names.fields)
    for field, name in names.fields:
        value = _at(record, name)
        if value is None or field == "segment" or (rules.written and value == ""):
            continue
        try:
            found[field] = _TAKERS[field](value, rules)
        except Wrong as wrong:
            if rules.cut and field not in _NEEDED:
                continue
            problems.append(
                Unusable(name[:_LONGEST_NAME], f"{name[:_LONGEST_NAME]} {wrong.what}.", wrong.hint)
            )
    segment = _segment(record, names, rules, problems)
    problems += _missing(found, asked, called, problems)
    if problems:
        return Built(None, problems, names.ignored)
    return Built(_interaction(found, asked, segment), ignored=names.ignored)


def _at(record: Row, name: str) -> Any:
    """The value of that name; of a mapping, also one at that path ("request.body.text")."""
    if name in record or "." not in name:
        return record.get(name)
    value: Any = record
    for part in name.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def _segment(record: Row, names: Layout, rules: Rules, problems: list[Unusable]) -> dict[str, str]:
    """Scalars under "segment" or "metadata", and those of columns such as "segment.plan"."""
    pairs: list[tuple[str, Any]] = [(name, _at(record, column)) for name, column in names.segments]
    column = dict(names.fields).get("segment", "")
    nested = record.get(column) if column else None
    if rules.written or rules.cut:
        nested = loaded(nested)
        nested = {"segment": nested} if isinstance(nested, str) and nested else nested
    if isinstance(nested, Mapping):
        pairs += nested.items()
    elif nested is not None and not rules.cut and nested != "":
        problems.append(
            Unusable(column, f"{column} is no object.", 'Send names and values: {"plan": "pro"}.')
        )
    found = {
        str(name)[:_LONGEST_NAME]: text for name, value in pairs if (text := values.scalar(value)) is not None
    }
    return dict(list(found.items())[:MOST_SEGMENTS])


def _missing(
    found: dict[str, Any], asked: Asked, called: Mapping[str, str], problems: Sequence[Unusable]
) -> list[Unusable]:
    """What an interaction cannot do without, unless its value was found wrong already."""
    wrong = {problem.field for problem in problems}
    more: list[Unusable] = []
    if not found.get("id") and called.get("id") not in wrong:
        more.append(
            Unusable(
                "id", "The record has no id.", "Give each its own, so that sending it twice counts once."
            )
        )
    at = found.get("at")
    if at is None and called.get("at") not in wrong:
        if asked.at is None:
            more.append(
                Unusable(
                    "at",
                    "The record does not say when it happened.",
                    "Send at, in ISO 8601; for a file, map its column or give --at.",
                )
            )
        found["at"] = asked.at
    elif at is not None and asked.now is not None and at > asked.now + _FUTURE:
        more.append(Unusable(called["at"], f"{called['at']} {FAR}.", "Check its unit and zone."))
    if found.get("feature", asked.feature) not in {asked.feature, None}:
        more.append(
            Unusable(
                called["feature"],
                f"The record is of another feature than {asked.feature}.",
                "Send it under that one.",
            )
        )
    return more


def _interaction(found: dict[str, Any], asked: Asked, segment: dict[str, str]) -> Interaction:
    latency, seconds = found.get("latency_ms"), found.get("latency_s")
    return Interaction(
        id=found["id"],
        feature=asked.feature,
        at=found["at"],
        input=found.get("input") or "",
        output=found.get("output") or "",
        model=found.get("model") or "",
        prompt=_reference(found.get("prompt") or "", found.get("prompt_version") or ""),
        fingerprint=found.get("fingerprint") or "",
        latency_ms=seconds if latency is None else latency,
        cost=found.get("cost"),
        input_tokens=found.get("input_tokens"),
        output_tokens=found.get("output_tokens"),
        confidence=found.get("confidence"),
        outcome=found.get("outcome") or Outcome.UNKNOWN,
        final=found.get("final") or "",
        error=found.get("error") or "",
        session=found.get("session") or "",
        user=found.get("user") or "",
        segment=segment,
        trace=found.get("trace") or "",
        span=found.get("span") or "",
    )


def _reference(prompt: str, version: str) -> str:
    """ "reply" and "3" are "reply@3"; either alone stands for itself."""
    if not prompt or not version or "@" in prompt:
        return prompt or version
    return f"{prompt}@{version}"
