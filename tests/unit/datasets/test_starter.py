"""The first twenty: a share for each theme, typical ones, no two alike."""

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.datasets.starter import OTHER, first_inputs, shares
from bot.domain.themes import Member, Theme, Trend
from bot.domain.tickets import Ticket

SIZES = {"parcel": 60, "refund": 25, "login": 10}
REST = 5


def _log() -> tuple[list[Theme], list[Ticket], np.ndarray[tuple[int, ...], np.dtype[np.float32]]]:
    dice = np.random.default_rng(7)
    tickets: list[Ticket] = []
    rows: list[np.ndarray[tuple[int, ...], np.dtype[np.float64]]] = []
    themes: list[Theme] = []
    for place, (name, size) in enumerate([*SIZES.items(), ("", REST)]):
        centre = np.eye(8)[place]
        for n in range(size):
            tickets.append(
                Ticket(
                    f"{name or 'x'}-{n}", f"a ticket about {name} number {n}", requester=f"p{len(rows) % 40}"
                )
            )
            rows.append(centre + dice.normal(size=8) * (0.15 + 0.3 * n / size))
        if name:
            members = tuple(Member(f"{name}-{n}", 1 - n / size, 0.1) for n in range(size))
            themes.append(Theme(name, name, (), "", f"{name}-0", members, size, Trend()))
    vectors = np.array(rows, np.float32)
    return themes, tickets, vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_themes_get_their_share_and_the_rest_too() -> None:
    picks = first_inputs(*_log())
    assert len(picks) == len({pick.ticket.ticket_id for pick in picks}) == 20
    # one seat each, and 16 by size: 60 %, 25 %, 10 %, 5 % of 16 are 9.6, 4, 1.6, 0.8
    assert Counter(pick.theme for pick in picks) == {"parcel": 10, "refund": 5, "login": 3, OTHER: 2}
    assert [pick.theme for pick in picks[:10]] == ["parcel"] * 10


def test_the_most_typical_comes_first_and_the_others_differ() -> None:
    themes, tickets, vectors = _log()
    picks = first_inputs(themes, tickets, vectors)
    assert picks[0].ticket.ticket_id == "parcel-0"
    place = {ticket.ticket_id: row for row, ticket in enumerate(tickets)}
    chosen = vectors[[place[pick.ticket.ticket_id] for pick in picks if pick.theme == "parcel"]]
    central = vectors[[place[f"parcel-{n}"] for n in range(len(chosen))]]

    def mean_likeness(rows: np.ndarray[tuple[int, ...], np.dtype[np.float32]]) -> float:
        likeness = rows @ rows.T
        return float((likeness.sum() - len(rows)) / (len(rows) ** 2 - len(rows)))

    assert mean_likeness(chosen) < mean_likeness(central) - 0.05
    assert all(int(pick.ticket.ticket_id.split("-")[1]) < 30 for pick in picks if pick.theme == "parcel")


def test_the_same_text_and_the_same_person_come_once() -> None:
    same = [Ticket(f"t{n}", "where is my parcel", requester=f"p{n}") for n in range(5)]
    assert len(first_inputs([], same, np.tile(np.eye(4, dtype=np.float32)[0], (5, 1)))) == 1
    people = [Ticket(f"t{n}", f"words of mine {n}", requester="a" if n < 3 else "b") for n in range(4)]
    picks = first_inputs([], people, np.eye(4, dtype=np.float32), 2)
    assert {pick.ticket.requester for pick in picks} == {"a", "b"}


def test_too_short_and_too_long_stay_out() -> None:
    tickets = [Ticket("a", "hi"), Ticket("b", "x " * 3_000), Ticket("c", "where is it")]
    picks = first_inputs([], tickets, np.eye(3, dtype=np.float32))
    assert [pick.ticket.ticket_id for pick in picks] == ["c"]
    assert first_inputs([], [], np.zeros((0, 3), np.float32)) == []


@given(st.lists(st.integers(1, 500), max_size=40), st.integers(0, 60))
def test_seats_are_all_given_and_never_more_than_there_are(sizes: list[int], n: int) -> None:
    given_seats = shares(sizes, n)
    assert sum(given_seats) == min(n, sum(sizes))
    assert all(0 <= seats <= size for seats, size in zip(given_seats, sizes, strict=True))
    if len(sizes) <= n:
        assert all(seats >= 1 for seats in given_seats)
