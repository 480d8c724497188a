"""Themes over several runs: order, counts, ids that stay, and edits that stick."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest

from bot.domain.clustering import Grouping, ThemeEdit, build_themes, group_tickets, remember, theme_evidence
from bot.domain.themes import Theme
from bot.domain.tickets import Ticket
from bot.ports import Vectors
from tests.unit.themes.blobs import NOUNS, blobs, tickets

SIZES = [50, 40, 30, 20]


@pytest.fixture
def log() -> tuple[list[Ticket], Vectors, npt.NDArray[np.intp]]:
    vectors, truth = blobs(SIZES)
    return tickets(truth), vectors, truth


Log = tuple[list[Ticket], Vectors, npt.NDArray[np.intp]]


def run(log: Log, previous: list[Theme] | None = None, edits: list[ThemeEdit] | None = None) -> list[Theme]:
    rows, vectors, _ = log
    grouping = group_tickets(rows, vectors)
    return build_themes(rows, vectors, grouping, previous=previous or [], edits=edits or [])


def test_themes_are_complete_and_in_order(log: Log) -> None:
    themes = run(log)

    assert [theme.id for theme in themes] == ["TH-1", "TH-2", "TH-3", "TH-4"]
    assert [theme.tickets for theme in themes] == SIZES
    by_id = {ticket.ticket_id: ticket for ticket in log[0]}
    for group, theme in enumerate(themes):
        assert NOUNS[group] in theme.name.casefold()
        assert theme.quote == by_id[theme.quote_id].text
        assert theme.requesters == 2
        assert len(theme.trend.weekly) == 8
        assert [m.centrality for m in theme.members] == sorted(
            (m.centrality for m in theme.members), reverse=True
        )
        assert all(member.margin > 0 for member in theme.members)
        assert set(theme.neighbours) == {f"TH-{i}" for i in range(1, 5)} - {theme.id}
        assert not theme.emerging
        assert theme.parent is None


def test_unknown_requesters_are_not_counted_as_one_person(log: Log) -> None:
    rows, vectors, truth = log
    rows = [replace(ticket, requester=None) if i % 3 else ticket for i, ticket in enumerate(rows)]

    themes = run((rows, vectors, truth))

    assert [theme.requesters for theme in themes] == [2, 2, 2, 2]
    nobody = run(([replace(ticket, requester=None) for ticket in rows], vectors, truth))
    assert [theme.requesters for theme in nobody] == [0, 0, 0, 0]


def test_small_themes_are_emerging() -> None:
    rows = tickets(np.repeat([0, 1, 2], [996, 3, 4]))
    vectors = blobs([996, 3, 4])[0]
    grouping = Grouping(np.repeat([0, 2, 1], [996, 3, 4]))

    themes = build_themes(rows, vectors, grouping)

    assert [(theme.tickets, theme.emerging) for theme in themes] == [(996, False), (4, False), (3, True)]


def test_above_forty_themes_there_is_a_second_level() -> None:
    vectors, truth = blobs([20] * 45, dim=60)
    rows = tickets(truth)
    themes = build_themes(rows, vectors, Grouping(truth))

    parents = {theme.parent for theme in themes} - {None}
    assert 2 <= len(parents) <= 15
    assert sum(theme.parent is not None for theme in themes) > 30
    assert len({theme.name.casefold() for theme in themes}) == 45


def test_ids_stay_when_the_log_grows_and_shrinks(log: Log) -> None:
    rows, vectors, truth = log
    previous = run(log)
    more_vectors, more_truth = blobs([*SIZES, 90])
    grown = (tickets(more_truth), more_vectors, more_truth)

    for later in (grown, (rows[5:100], vectors[5:100], truth[5:100])):
        themes = run(later, previous)
        by_id = {theme.id: theme for theme in themes}
        for group in range(3):
            assert f"t{[0, 50, 90][group] + 9:05}" in by_id[f"TH-{group + 1}"].ticket_ids
    assert {theme.id for theme in run(grown, previous)} == {"TH-1", "TH-2", "TH-3", "TH-4", "TH-5"}


def test_a_split_theme_keeps_its_id_in_the_larger_part(log: Log) -> None:
    rows, vectors, truth = log
    previous = run(log)
    split = truth.copy()
    split[:15] = 4

    themes = build_themes(rows, vectors, Grouping(split), previous=previous)

    assert {theme.id: theme.tickets for theme in themes} == {
        "TH-1": 35, "TH-2": 40, "TH-3": 30, "TH-4": 20, "TH-5": 15,
    }  # fmt: skip


def test_edits_stick_through_every_later_run(log: Log) -> None:
    first = run(log)
    wanted = [
        ThemeEdit("rename", "TH-2", name="Money back"),
        ThemeEdit("merge", "TH-3", into="TH-1"),
        ThemeEdit("move", "TH-1", into="TH-2", ticket_ids=("t00000", "t00001", "gone")),
        ThemeEdit("exclude", "TH-2", ticket_ids=("t00060",)),
        ThemeEdit("exclude", "TH-4"),
    ]
    edits = [remember(edit, first) for edit in wanted]

    themes = first
    for _ in range(3):
        themes = run(log, themes, edits)

        assert {theme.id: theme.tickets for theme in themes} == {"TH-1": 50 + 30 - 2, "TH-2": 40 + 2 - 1}
        by_id = {theme.id: theme for theme in themes}
        assert by_id["TH-2"].name == "Money back"
        assert {"t00000", "t00001"} <= set(by_id["TH-2"].ticket_ids)
        assert set(by_id["TH-2"].neighbours) == {"TH-1"}
        assert all("t00060" not in theme.ticket_ids for theme in themes)


def test_the_last_rename_holds_and_edits_of_unknown_themes_do_nothing(log: Log) -> None:
    edits = [
        ThemeEdit("rename", "TH-1", name="First"),
        ThemeEdit("rename", "TH-1", name="Second"),
        ThemeEdit("rename", "TH-2", name="  "),
        ThemeEdit("merge", "TH-99", into="TH-1"),
        ThemeEdit("merge", "TH-1", into="TH-98"),
        ThemeEdit("move", "TH-1", into="TH-97", ticket_ids=("t00000",)),
    ]

    themes = run(log, run(log), edits)

    assert [theme.tickets for theme in themes] == SIZES
    assert themes[0].name == "Second"
    assert themes[1].name


def test_an_edited_id_is_never_given_to_another_theme(log: Log) -> None:
    edits = [ThemeEdit("rename", "TH-7", name="Gone")]

    assert "Gone" not in {theme.name for theme in run(log, [], edits)}


def test_nothing_in_nothing_out() -> None:
    empty = np.empty((0, 8), np.float32)

    assert build_themes([], empty, group_tickets([], empty)) == []


def test_evidence_holds_the_theme_its_neighbours_and_a_spread_of_the_rest(log: Log) -> None:
    themes = run(log)
    by_id = {ticket.ticket_id: ticket for ticket in log[0]}

    evidence = theme_evidence(themes[1], themes, by_id, sources=("july.csv",), background=30)

    assert [ticket.ticket_id for ticket in evidence.tickets] == list(themes[1].ticket_ids)
    assert [theme.id for theme in evidence.neighbours] == list(themes[1].neighbours)
    others = [set(theme.ticket_ids) for theme in themes if theme is not themes[1]]
    assert [sum(t.ticket_id in members for t in evidence.background) for members in others] == [10, 10, 10]
    assert evidence.sources == ("july.csv",)
    assert evidence.weeks == 8
    undated = {key: replace(ticket, created_at=None) for key, ticket in by_id.items()}
    assert theme_evidence(themes[1], themes, undated).weeks is None
