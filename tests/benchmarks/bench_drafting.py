"""The offline drafter on labelled corpora: what it cites, how distinct its criteria are, what form they have.

    python -m tests.benchmarks.bench_drafting [corpus ...] [--by-label] [--show N]

Corpora are files of ../shared/data/tickets. Themes come from this bench's own grouping (nearest neighbours
and Leiden), so that drafting is measured apart from the product's; ``--by-label`` takes the gold labels as
themes: what the drafter does when grouping is perfect. ``--show N`` prints the first N drafts as JSON.

Per corpus: purity of the themes (its complement is what grouping alone puts off theme), quotes that are
verbatim, cited tickets whose label is not their theme's majority label, criteria that stay alone once all
numbers and the words of title and want are taken out (exactly, and by token_sort_ratio < 90), drafts without
error and without any finding, labels cited, round-trip@1 (the story's text against the mean vector of each
theme's uncited tickets; with and without its quotes) and process CPU seconds of drafting.
"""

import argparse
import csv
import re
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import graspologic_native  # type: ignore[import-untyped]  # ships no types
import numpy as np
from rapidfuzz import fuzz, process

from bot.domain.checks import check_story
from bot.domain.drafting import draft_story
from bot.domain.stories import Criterion, StoryBody
from bot.domain.themes import Member, Theme, ThemeEvidence, Trend
from bot.domain.tickets import Ticket
from bot.embeddings.minilm import MiniLM
from bot.ports import Vectors
from tests.paths import SHARED_DATA

CORPORA = ("banking77", "clinc150", "bitext27", "multidogo_conv", "cfpb_narr")
SEGMENTS = ("domain", "Product", "Company", "category")
NEIGHBOURS, RESOLUTION, BACKGROUND = 15, 9.0, 300


@dataclass(frozen=True, slots=True)
class Corpus:
    """Tickets with their gold labels and vectors, in one order."""

    name: str
    tickets: list[Ticket]
    labels: list[str]
    vectors: Vectors


def read_corpus(name: str, embedder: MiniLM) -> Corpus:
    """Distinct texts of one file."""
    with (SHARED_DATA / "tickets" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["text"].strip(): row for row in csv.DictReader(file) if row["text"].strip()}
    tickets = [
        Ticket(
            row["id"],
            text,
            created_at=_date(row.get("created_at", "")),
            fields={name: row[name] for name in SEGMENTS if row.get(name)},
        )
        for text, row in rows.items()
    ]
    labels = [row["label"] for row in rows.values()]
    return Corpus(name, tickets, labels, embedder.embed([t.text for t in tickets]))


def _date(text: str) -> datetime | None:
    return datetime.fromisoformat(text).replace(tzinfo=UTC) if text else None


def grouped(corpus: Corpus) -> list[int]:
    """A community for each ticket: kNN graph, cosine squared as weight, Leiden with a fixed seed."""
    similar = corpus.vectors @ corpus.vectors.T
    np.fill_diagonal(similar, -1)
    k = min(NEIGHBOURS, len(similar) - 1)
    weights: dict[tuple[int, int], float] = {}
    for i, nearest in enumerate(np.argpartition(-similar, k, axis=1)[:, :k]):
        for j in nearest.tolist():
            weights[min(i, j), max(i, j)] = max(float(similar[i, j]), 0.0) ** 2 + 1e-6
    edges = [(str(i), str(j), weight) for (i, j), weight in weights.items()]
    found = graspologic_native.leiden(
        edges, resolution=RESOLUTION if len(similar) > 500 else 2.0, seed=7, iterations=5, randomness=0.001,
        use_modularity=True, starting_communities=None, trials=1,
    )  # fmt: skip
    communities = found[1] if isinstance(found, tuple) else found
    return [communities[str(i)] for i in range(len(similar))]


def themes_of(corpus: Corpus, groups: Sequence[object]) -> list[ThemeEvidence]:
    """Evidence as the product builds it: centrality, margin, neighbours and a background sample."""
    names = sorted(set(groups), key=str)
    rows = {name: [i for i, group in enumerate(groups) if group == name] for name in names}
    centres = np.stack([corpus.vectors[rows[name]].mean(axis=0) for name in names])
    centres /= np.linalg.norm(centres, axis=1, keepdims=True)
    nearness = corpus.vectors @ centres.T
    between = centres @ centres.T
    np.fill_diagonal(between, -1)
    themes = [_theme(corpus, rows[name], nearness, column, between) for column, name in enumerate(names)]
    order = np.random.default_rng(0).permutation(len(corpus.tickets)).tolist()
    tickets = {ticket.ticket_id: ticket for ticket in corpus.tickets}
    return [
        ThemeEvidence(
            theme,
            [tickets[member.ticket_id] for member in theme.members],
            [themes[int(near)] for near in theme.neighbours],
            [corpus.tickets[i] for i in order if groups[i] != name][:BACKGROUND],
            (corpus.name,),
        )
        for theme, name in zip(themes, names, strict=True)
    ]


def _theme(corpus: Corpus, rows: list[int], nearness: Vectors, column: int, between: Vectors) -> Theme:
    own = nearness[rows, column]
    others = nearness[rows].copy()
    others[:, column] = -1
    margins = own - others.max(axis=1)
    order = np.argsort(-own, kind="stable").tolist()
    members = tuple(
        Member(corpus.tickets[rows[i]].ticket_id, float(own[i]), float(margins[i])) for i in order
    )
    first = corpus.tickets[rows[order[0]]]
    near = tuple(str(i) for i in np.argsort(-between[column])[:2].tolist())
    return Theme(str(column), "", (), first.text, first.ticket_id, members, 0, Trend(), neighbours=near)


def cited(body: StoryBody) -> set[str]:
    return {citation.ticket_id for citation in body.citations}


def stripped(criterion: Criterion, body: StoryBody) -> str:
    """A criterion without its numbers and without any word of the story's title and want, in any number."""
    own = {word.rstrip("s") for word in re.findall(r"[a-z]+", f"{body.title} {body.want}".lower())}
    said = re.findall(r"[a-z]+", f"{criterion.given} {criterion.when} {criterion.then}".lower())
    return " ".join(word for word in said if word.rstrip("s") not in own)


def distinct(bodies: Sequence[StoryBody]) -> tuple[float, float]:
    """Shares of criteria alone in the whole set: exactly, and by likeness under 90."""
    texts = [stripped(criterion, body) for body in bodies for criterion in body.criteria]
    counts = Counter(texts)
    likeness = process.cdist(texts, texts, scorer=fuzz.token_sort_ratio)
    np.fill_diagonal(likeness, 0)
    return sum(counts[text] == 1 for text in texts) / len(texts), float((likeness.max(axis=1) < 90).mean())


def words_of(body: StoryBody, *, with_quotes: bool) -> str:
    parts = [body.title, body.role, body.want, body.benefit]
    for example in body.examples:
        parts += [example.input, example.expected] if with_quotes else [example.expected]
    parts += [f"{criterion.given} {criterion.then}" for criterion in body.criteria]
    return " ".join(parts)


def round_trip(
    bodies: Sequence[StoryBody],
    themes: Sequence[ThemeEvidence],
    corpus: Corpus,
    embedder: MiniLM,
    quotes: bool,
) -> float:
    """Share of stories whose text lies nearest to their own theme's uncited tickets."""
    row = {ticket.ticket_id: i for i, ticket in enumerate(corpus.tickets)}
    targets = []
    for body, theme in zip(bodies, themes, strict=True):
        ids = [t.ticket_id for t in theme.tickets]
        rest = [i for i in ids if i not in cited(body)] or ids
        mean = corpus.vectors[[row[i] for i in rest]].mean(axis=0)
        targets.append(mean / np.linalg.norm(mean))
    stories = embedder.embed([words_of(body, with_quotes=quotes) for body in bodies])
    best = (stories @ np.stack(targets).T).argmax(axis=1)
    return float((best == np.arange(len(bodies))).mean())


def measure(corpus: Corpus, themes: Sequence[ThemeEvidence], embedder: MiniLM) -> list[StoryBody]:
    gold = {t.ticket_id: label for t, label in zip(corpus.tickets, corpus.labels, strict=True)}
    started = time.process_time()
    bodies = [draft_story(theme) for theme in themes]
    spent = time.process_time() - started
    majority = [Counter(gold[t.ticket_id] for t in theme.tickets).most_common(1)[0] for theme in themes]
    totals: dict[str, int] = defaultdict(int)
    covered: set[str] = set()
    firm: set[str] = set()
    for body, theme, (label, _) in zip(bodies, themes, majority, strict=True):
        texts = {t.ticket_id: t.text for t in theme.tickets}
        quotes = [(c.ticket_id, c.quote) for c in body.citations]
        quotes += [(e.ticket_id, e.quote) for e in body.edge_cases]
        totals["quotes"] += len(quotes)
        totals["verbatim"] += sum(quote in texts[i] for i, quote in quotes)
        totals["cited"] += len(cited(body))
        totals["off"] += sum(gold[i] != label for i in cited(body))
        findings = check_story(body, texts)
        totals["clean"] += not any(f.severity == "error" for f in findings)
        totals["silent"] += not findings
        covered |= {gold[i] for i in cited(body)}
        firm |= {label} if any(gold[i] == label for i in cited(body)) else set()
    exact, apart = distinct(bodies)
    purity = sum(count for _, count in majority) / len(corpus.tickets)
    n, kinds = len(bodies), len(set(corpus.labels))
    print(
        f"{corpus.name}: {len(corpus.tickets)} tickets, {n} themes, purity {purity:.3f}, drafted in"
        f" {spent:.1f} s CPU\n"
        f"  verbatim {totals['verbatim']}/{totals['quotes']}, off theme {totals['off']}/{totals['cited']}"
        f" = {totals['off'] / totals['cited']:.3f}\n"
        f"  criteria alone {exact:.3f}, alone by likeness {apart:.3f}; no error {totals['clean'] / n:.3f},"
        f" no finding {totals['silent'] / n:.3f}\n"
        f"  labels cited {len(covered)}/{kinds}, cited by the story they lead {len(firm)}/{kinds}\n"
        f"  round-trip@1 {round_trip(bodies, themes, corpus, embedder, True):.3f}, without quotes"
        f" {round_trip(bodies, themes, corpus, embedder, False):.3f}"
    )
    return bodies


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the offline drafter on labelled corpora.")
    parser.add_argument("corpora", nargs="*", default=CORPORA)
    parser.add_argument("--by-label", action="store_true", help="take the gold labels as themes")
    parser.add_argument("--show", type=int, default=0, help="print the first N drafts")
    options = parser.parse_args()
    if not SHARED_DATA.is_dir():
        print("The shared development data are not here (set PLUMB_SHARED_DATA).")
        return
    embedder = MiniLM(threads=1)
    for name in options.corpora:
        corpus = read_corpus(name, embedder)
        groups: Sequence[object] = corpus.labels if options.by_label else grouped(corpus)
        bodies = measure(corpus, themes_of(corpus, groups), embedder)
        for body in bodies[: options.show]:
            print(body.model_dump_json(indent=2))


if __name__ == "__main__":
    main()
