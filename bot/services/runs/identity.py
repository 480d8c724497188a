"""What a run is known by: everything of its plan that decides its cells."""

import hashlib
import json
from dataclasses import fields, is_dataclass, replace
from typing import Any

from bot.domain.experiments.plan import Plan

_WITHOUT_EFFECT = {"concurrency": 1, "unsupported": (), "description": "", "cache": True, "delay_ms": 0}


def plan_hash(plan: Plan) -> str:
    """sha256 in hex. Another concurrency or description is the same run."""
    plain = replace(plan, **_WITHOUT_EFFECT)  # type: ignore[arg-type]  # one mapping for fields of several types
    text = json.dumps(_plain(plain), sort_keys=True, default=_plain)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, frozenset | set):
        return sorted(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in fields(value)}  # no copy, unlike asdict
    return str(value)
