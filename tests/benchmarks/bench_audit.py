"""What the audit costs and finds: `python -m tests.benchmarks.bench_audit [TICKETS]` (default 200,000).

Prints CPU microseconds per ticket, the growth of resident memory, how many of the near duplicates that
comparing all pairs finds are found, misspelt tickets against a corpus's own marks, and the grades of the
shared corpora.
"""

import csv
import random
import resource
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import numpy as np
from rapidfuzz import fuzz, process

from bot.domain.audit import Auditor, fingerprint
from bot.domain.audit.minhash import BANDS
from bot.domain.audit.near import ALIKE, near_duplicates
from bot.domain.audit.typos import typo_rate
from bot.domain.tickets import Ticket
from tests.paths import SHARED_DATA

NOW = datetime(2026, 11, 21, tzinfo=UTC)
CORPORA = ("banking77", "clinc150", "bitext27", "multidogo_conv", "cfpb_narr")
BATCH = 1_000


def rows(corpus: str) -> list[dict[str, str]]:
    csv.field_size_limit(1 << 24)
    with (SHARED_DATA / "tickets" / f"{corpus}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def short_tickets(count: int) -> Iterator[list[Ticket]]:
    """Batches of distinct short tickets: real questions with a few words of another one mixed in."""
    rng = random.Random(1)
    texts = [row["text"] for corpus in CORPORA[:3] for row in rows(corpus)]
    for begin in range(0, count, BATCH):
        batch = []
        for number in range(begin, min(begin + BATCH, count)):
            words = rng.choice(texts).split() + rng.choice(texts).split()[:4]
            batch.append(
                Ticket(
                    f"ticket-{number}",
                    " ".join(words),
                    NOW - timedelta(minutes=number),
                    f"{rng.randrange(count // 3):016x}",
                    {"plan": rng.choice(["free", "pro"]), "channel": "web"},
                    {"EMAIL": 1} if rng.random() < 0.1 else {},
                )
            )
        yield batch


def cost(count: int) -> None:
    warm = Auditor(now=NOW)
    warm.add(next(short_tickets(500)))
    warm.report()
    auditor, printing, adding, characters = Auditor(now=NOW), 0.0, 0.0, 0
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for batch in short_tickets(count):
        characters += sum(len(ticket.text) for ticket in batch)
        start = time.process_time()
        prints = fingerprint([ticket.text for ticket in batch])
        middle = time.process_time()
        auditor.add_prints(batch, prints)
        printing, adding = printing + middle - start, adding + time.process_time() - middle
    start = time.process_time()
    report = auditor.report()
    reporting = time.process_time() - start
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    each = 1e6 / count
    print(f"{count:,} tickets of {characters / count:.0f} characters, CPU µs a ticket:")
    print(
        f"  fingerprint {printing * each:.1f}, add {adding * each:.1f}, report {reporting * each:.1f}", end=""
    )
    print(f", together {(printing + adding + reporting) * each:.1f}; the report takes {reporting:.1f} s")
    print(f"  peak memory grew by {grown:.0f} MB; near duplicates {report.near_duplicates}")


def recall(corpus: str) -> None:
    prints = fingerprint(list(dict.fromkeys(row["text"] for row in rows(corpus))))
    words = list(dict.fromkeys(print_.words for print_ in prints))[:4_000]
    keys = np.frombuffer(b"".join({p.words: p.keys for p in prints}[text] for text in words), np.uint32)
    scores = process.cdist(words, words, scorer=fuzz.ratio, dtype=np.float32, score_cutoff=ALIKE)
    truth = np.triu(scores >= ALIKE, 1).any(axis=0)
    found = near_duplicates(keys.reshape(-1, BANDS), words, np.arange(len(words))).earlier >= 0
    print(
        f"  {corpus}: {int((found & truth).sum())} of {int(truth.sum())} near duplicates found"
        f" ({(found & truth).sum() / truth.sum():.3f}), {int((found & ~truth).sum())} wrongly"
    )


def misspelt() -> None:
    marked = rows("bitext27")
    typos = typo_rate(row["text"] for row in marked)
    share = sum("Z" in row["tags"] for row in marked) / len(marked)
    assert typos is not None
    found = float(typos.tickets)
    print(f"  bitext27: {found:.3f} of tickets; the corpus marks {share:.3f} as misspelt or misspaced")


def grades() -> None:
    for corpus in CORPORA:
        auditor = Auditor(now=NOW)
        auditor.add([Ticket(row["id"], row["text"]) for row in rows(corpus)])
        report = auditor.report(kind="csv")
        reasons = ", ".join(f"{reason.code} ({reason.severity})" for reason in report.reasons)
        print(f"  {corpus}: {report.grade} of {report.accepted:,}: {reasons}")


if __name__ == "__main__":
    if not SHARED_DATA.is_dir():
        sys.exit("shared development data are not here (set PLUMB_SHARED_DATA)")
    cost(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
    print("near duplicates against all pairs:")
    for name in CORPORA[:4]:
        recall(name)
    print("misspelt tickets:")
    misspelt()
    print("grades:")
    grades()
