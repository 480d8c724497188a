"""Themes on labelled corpora (agreement, coverage) and on large logs (time, memory).

    python -m tests.benchmarks.bench_themes                  labelled corpora and random parts of them
    python -m tests.benchmarks.bench_themes --tickets 10000  as many short made-up variants of real tickets

Texts are redacted first, as in the product. Times are process CPU seconds; two threads embed.
"""

import argparse
import csv
import resource
import time
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bot.domain.clustering import build_themes, group_tickets
from bot.domain.redaction import redact
from bot.domain.tickets import Ticket
from bot.embeddings.minilm import MiniLM
from bot.ports import Vectors
from bot.sample.build import build
from tests.paths import SHARED_DATA

CORPORA = ("banking77", "clinc150", "bitext27", "multidogo_conv", "sample")
Labels = npt.NDArray[np.intp]


class Corpus(NamedTuple):
    """Redacted tickets with their vectors and gold labels."""

    tickets: list[Ticket]
    vectors: Vectors
    gold: Labels

    def part(self, rows: Labels) -> "Corpus":
        return Corpus([self.tickets[row] for row in rows], self.vectors[rows], self.gold[rows])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--tickets", type=int, default=0, help="size of a large log instead of the corpora")
    parser.add_argument("--draws", type=int, default=3, help="random parts of each kind")
    arguments = parser.parse_args()
    if not SHARED_DATA.is_dir():
        print("skipped: the shared development data are not here (set PLUMB_SHARED_DATA)")
    elif arguments.tickets:
        large(arguments.tickets)
    else:
        labelled(arguments.draws)


def labelled(draws: int) -> None:
    """One line per corpus and kind of part: means over the draws."""
    model = MiniLM()
    titles = ("tickets", "gold", "themes", "NMI", "ARI", "coverage", "cpu s")
    print(f"{'corpus':16}{'part':14}" + "".join(f"{title:>9}" for title in titles))
    for name in CORPORA:
        corpus = load(name, model)
        for kind, parts in _parts(name, corpus, draws):
            measured = np.array([_measured(part) for part in parts]).mean(axis=0)
            n, gold, themes, nmi, ari, coverage, seconds = measured
            print(
                f"{name:16}{kind:14}{n:9.0f}{gold:9.0f}{themes:9.0f}"
                f"{nmi:9.3f}{ari:9.3f}{coverage:9.3f}{seconds:9.1f}",
                flush=True,
            )


def large(n: int) -> None:
    """Distinct short tickets: real ones with a word put in, which no cache or duplicate makes cheaper."""
    texts = [row["text"] for name in CORPORA[:3] for row in _rows(name)]
    rng = np.random.default_rng(0)
    words = sorted({word for text in texts for word in text.split()})
    log = []
    for i in range(n):
        said = texts[i % len(texts)].split()
        if i >= len(texts):
            said.insert(int(rng.integers(len(said) + 1)), words[int(rng.integers(len(words)))])
        log.append(Ticket(f"t{i}", " ".join(said)))
    wall, cpu = time.perf_counter(), time.process_time()
    vectors = MiniLM().embed([ticket.text for ticket in log])
    embedded = time.process_time()
    grouping = group_tickets(log, vectors)
    grouped = time.process_time()
    themes = build_themes(log, vectors, grouping)
    end, peak = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{n:,} tickets: {len(themes)} themes, {time.perf_counter() - wall:.0f} s wall; CPU s: embedding "
        f"{embedded - cpu:.0f}, grouping {grouped - embedded:.0f}, "
        f"themes {end - grouped:.0f}; peak {peak:,.0f} MB"
    )


def load(name: str, model: MiniLM) -> Corpus:
    rows = _rows(name)
    tickets = [Ticket(row["id"], redact(row["text"]).text) for row in rows]
    gold = np.unique([row["label"] for row in rows], return_inverse=True)[1]
    return Corpus(tickets, model.embed([ticket.text for ticket in tickets]), gold)


def nmi(a: Labels, b: Labels) -> float:
    """Normalised mutual information, arithmetic mean of the entropies."""
    table = _contingency(a, b) / len(a)
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    seen = table > 0
    information = (table[seen] * np.log(table[seen] / np.outer(rows, columns)[seen])).sum()
    entropies = -(rows * np.log(rows)).sum() - (columns * np.log(columns)).sum()
    return float(2 * information / entropies) if entropies else 1.0


def ari(a: Labels, b: Labels) -> float:
    """Adjusted Rand index (Hubert and Arabie 1985)."""
    table = _contingency(a, b)
    together, rows, columns = (_pairs(counts) for counts in (table, table.sum(axis=1), table.sum(axis=0)))
    expected = rows * columns / (len(a) * (len(a) - 1) / 2)
    return float((together - expected) / ((rows + columns) / 2 - expected))


def _measured(corpus: Corpus) -> tuple[float, ...]:
    start = time.process_time()
    grouping = group_tickets(corpus.tickets, corpus.vectors)
    themes = build_themes(corpus.tickets, corpus.vectors, grouping)
    seconds = time.process_time() - start
    row = {ticket.ticket_id: i for i, ticket in enumerate(corpus.tickets)}
    found = np.array([(row[i], t) for t, theme in enumerate(themes) for i in theme.ticket_ids])
    gold, theirs = corpus.gold[found[:, 0]], found[:, 1]
    coverage = len(found) / len(corpus.tickets)
    return (
        len(corpus.tickets), len(set(corpus.gold.tolist())), len(themes),
        nmi(gold, theirs), ari(gold, theirs), coverage, seconds,
    )  # fmt: skip


def _parts(name: str, corpus: Corpus, draws: int) -> Iterator[tuple[str, list[Corpus]]]:
    """The whole, random rows, random labels, uneven labels; MultiDoGO also trade by trade."""
    rng = np.random.default_rng(len(name))
    n, labels = len(corpus.gold), int(corpus.gold.max()) + 1
    yield "all", [corpus]
    for share in (0.5, 0.25, 0.1):
        yield (
            f"rows {share:.0%}",
            [corpus.part(np.sort(rng.choice(n, int(n * share), replace=False))) for _ in range(draws)],
        )
    for share in (0.5, 0.2):
        chosen = [rng.choice(labels, max(5, int(labels * share)), replace=False) for _ in range(draws)]
        yield (
            f"labels {share:.0%}",
            [corpus.part(np.flatnonzero(np.isin(corpus.gold, keep))) for keep in chosen],
        )
    yield "uneven", [corpus.part(_uneven(corpus.gold, labels, rng)) for _ in range(draws)]
    if name == "multidogo_conv":
        trades = np.array([row["domain"] for row in _rows(name)])
        yield "one trade", [corpus.part(np.flatnonzero(trades == trade)) for trade in np.unique(trades)]


def _uneven(gold: Labels, labels: int, rng: np.random.Generator) -> Labels:
    """Rows kept so that label sizes fall off as 1 / rank."""
    keep = 1 / (1 + rng.permutation(labels)) ** 0.7
    return np.flatnonzero(rng.random(len(gold)) < keep[gold])


def _contingency(a: Labels, b: Labels) -> npt.NDArray[np.float64]:
    rows, columns = (np.unique(x, return_inverse=True)[1] for x in (a, b))
    table = np.zeros((rows.max() + 1, columns.max() + 1))
    np.add.at(table, (rows, columns), 1)
    return table


def _pairs(counts: npt.NDArray[np.float64]) -> float:
    return float((counts * (counts - 1) / 2).sum())


def _rows(name: str) -> Sequence[dict[str, str]]:
    if name == "sample":
        said = ((row.ticket_id, f"{row.subject}\n{row.message}".strip(), need) for row, need in build())
        return [{"id": ticket_id, "text": text, "label": need} for ticket_id, text, need in said]
    with (SHARED_DATA / "tickets" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    main()
