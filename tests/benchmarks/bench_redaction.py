"""Redaction against labelled text: leak-recall, precision, over-redaction, texts per CPU second.

``python -m tests.benchmarks.bench_redaction`` needs the shared development data (see tests/paths.py).
"""

import csv
import json
import runpy
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bot.domain.redaction import Redaction, redact, redact_structured
from tests.paths import SHARED_DATA

GROUPS = ("presidio", "ticket", "ticket_lower", "adversarial", "negative", "wnut")
MAIN = ("presidio", "ticket", "ticket_lower", "negative")


def main() -> None:
    if not SHARED_DATA.is_dir():
        print("shared development data are not here (set PLUMB_SHARED_DATA)")
        return
    labelled()
    corpora()


def labelled() -> None:
    """The scorer's own table over pii/dev.jsonl, by type and group."""
    table: Callable[..., dict[str, Any]] = runpy.run_path(str(SHARED_DATA / "pii" / "score.py"))["table"]
    lines = (SHARED_DATA / "pii" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    gold = {row["id"]: row for row in map(json.loads, lines)}
    redact("Warm up, Anna 1")
    started = time.process_time()
    results = {key: redact(row["text"]) for key, row in gold.items()}
    print(f"{len(gold) / (time.process_time() - started):8.0f} texts/s cold, {len(gold)} labelled texts")
    predicted = {key: {"spans": _spans(result)} for key, result in results.items()}
    for groups in (MAIN, *((group,) for group in GROUPS)):
        print("==", " ".join(groups))
        for kind, row in table(predicted, gold, set(groups)).items():
            print(f"   {kind:<18}", _cells(row))


def corpora() -> None:
    """Ticket corpora: the rows that no training saw, and how many of them names or addresses touch."""
    for name in ("banking77", "clinc150", "bitext27", "cfpb_narr", "multidogo_conv"):
        texts = _texts(SHARED_DATA / "tickets" / f"{name}.csv")[1::2][:3000]
        started = time.process_time()
        results = [redact(text) for text in texts]
        seconds = time.process_time() - started
        started = time.process_time()
        for text in texts:
            redact_structured(text)
        structured = time.process_time() - started
        touched = sum(any(span.type in ("PERSON", "ADDRESS") for span in r.spans) for r in results)
        kinds = Counter(span.type for result in results for span in result.spans)
        print(
            f"{name:15} {len(texts) / seconds:8.0f} texts/s ({len(texts) / structured:.0f} structured only), "
            f"names or addresses in {touched / len(texts):.2%} of {len(texts)}: {dict(kinds)}"
        )


def _spans(result: Redaction) -> list[dict[str, Any]]:
    return [{"type": span.type, "start": span.start, "end": span.end} for span in result.spans]


def _cells(row: Any) -> str:
    if not isinstance(row, dict):
        return str(row)
    return "  ".join(f"{key} {row[key]}" for key in ("n", "leak_recall", "typed", "pred", "precision"))


def _texts(path: Path) -> Sequence[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return [row["text"] for row in csv.DictReader(file)]


if __name__ == "__main__":
    main()
