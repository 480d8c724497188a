"""From one version to the next: added, edited in place, repeated, contradicted, retired."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.datasets import case_id_of, differences, merged, parse_reference, vars_key
from bot.domain.datasets.model import Reference, clustered
from bot.domain.experiments.cells import Case
from bot.domain.scoring import Assertion
from bot.errors import InputError

A = Case("a", {"input": "where is it"}, expected="parcel", origin="ticket T-1")
B = Case("b", {"input": "money back"}, expected="refund")


def test_a_known_id_is_edited_in_place_and_a_new_one_comes_last() -> None:
    edited = replace(A, expected="delivery", origin="file x.csv row 1")
    new = Case("c", {"input": "hello"})
    done = merged([A, B], [new, edited])
    assert [case.id for case in done.cases] == ["a", "b", "c"]
    diff = differences([A, B], done.cases)
    assert (diff.added, diff.removed) == ((new,), ())
    assert [(edit.after.id, edit.fields) for edit in diff.changed] == [("a", ("expected",))]
    assert done.cases[0].origin == "ticket T-1"  # where it first came from


def test_the_same_input_under_another_id_stays_out() -> None:
    again = replace(B, id="z")
    blank = Case("y", dict(B.vars))
    other = replace(B, id="x", expected="money")
    done = merged([A, B], [again, blank, other])
    assert (done.cases, done.duplicates) == ((A, B), 2)
    assert [(each.case.id, each.with_id) for each in done.conflicts] == [("x", "b")]


def test_one_file_may_not_answer_one_input_twice() -> None:
    first, second = Case("c-1", {"input": "q"}, expected="a"), Case("c-1", {"input": "q"}, expected="b")
    done = merged([], [first, second])
    assert (done.cases, len(done.conflicts)) == ((first,), 1)


def test_an_edited_input_frees_the_old_one() -> None:
    moved = replace(A, vars={"input": "new words"})
    taking = Case("c", dict(A.vars), expected="other")
    assert merged([A], [moved, taking]).cases == (moved, taking)


def test_replacing_retires_what_did_not_come() -> None:
    done = merged([A, B], [B], replacing=True)
    assert differences([A, B], done.cases).removed == (A,)


def test_nothing_new_is_no_difference() -> None:
    assert not differences([A, B], merged([A, B], [A, B]).cases)
    assert str(differences([A], [B])) == "1 added, 0 changed, 1 removed"
    checked = replace(A, assertions=(Assertion("contains", "x"),))
    assert differences([A], [checked]).changed[0].fields == ("assertions",)


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("pqrs"), st.sampled_from(["", "x", "y"]))))
def test_a_version_never_holds_an_id_or_an_input_twice(rows: list[tuple[str, str, str]]) -> None:
    incoming = [Case(name, {"input": text}, expected=answer) for name, text, answer in rows]
    done = merged([A], incoming)
    assert len({case.id for case in done.cases}) == len(done.cases)
    assert len({vars_key(case.vars) for case in done.cases}) == len(done.cases)
    assert merged(done.cases, done.cases).cases == done.cases


def test_ids_come_from_the_input_alone() -> None:
    assert case_id_of({"a": "1", "b": "2"}) == case_id_of({"b": "2", "a": "1"})
    assert case_id_of({"a": "1"}) != case_id_of({"a": 1})


def test_references() -> None:
    assert parse_reference(" refunds@2 ") == Reference("refunds", 2)
    assert parse_reference("refunds") == Reference("refunds")
    for wrong in ("", "Refunds", "refunds@", "refunds@0", "refunds@-1", "a b", "x@1@2", "@2", "é", "a" * 61):
        with pytest.raises(InputError, match="is no name of a set"):
            parse_reference(wrong)


def test_made_up_cases_count_with_the_case_they_were_made_from() -> None:
    made = Case("a~typos", {"input": "wehre"}, cluster="a", synthetic=True)
    assert [case.cluster for case in clustered([A, B, made])] == ["a", "", "a"]
