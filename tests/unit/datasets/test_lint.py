"""What is wrong with a set, slice counts, and what a number of cases can show."""

from dataclasses import replace

import pytest

from bot.domain.datasets.lint import lint
from bot.domain.datasets.sizes import size_advice
from bot.domain.datasets.slices import slice_counts
from bot.domain.experiments.cells import Case
from bot.domain.scoring import Assertion

TOPICS = ("parcel", "refund", "login", "invoice", "address", "voucher", "shoes", "garden", "piano", "coffee")
CANNOT = Case(
    "no", {"input": "please delete all my neighbours data"}, (Assertion("is-refusal"),), slices={"kind": "x"}
)


def _codes(cases: list[Case]) -> list[str]:
    return [flaw.code for flaw in lint(cases)]


def _fresh(n: int, **fields: object) -> list[Case]:
    topics = [f"{a}{b}" for a in TOPICS for b in TOPICS]
    return [Case(f"f{i}", {"input": f"{topics[i]} {topics[-i - 1]} {i}"}, **fields) for i in range(n)]  # type: ignore[arg-type]  # as given


def test_two_answers_to_one_input() -> None:
    one = Case("1", {"input": "Where  is it?"}, expected="parcel")
    found = [
        flaw
        for flaw in lint([one, replace(one, id="2", vars={"input": "where is IT?"}, expected="refund")])
        if flaw.code == "contradiction"
    ]
    assert found[0].cases == ("1", "2")
    assert "2 different answers" in found[0].sentence
    assert "contradiction" not in _codes([one, replace(one, id="2", expected="Parcel")])


def test_an_answer_that_stands_in_the_input() -> None:
    leak = Case("1", {"input": "Say it takes five working days, ok?"}, expected="It takes five working days")
    assert "leak" in _codes([leak])
    labels = [Case(str(n), {"input": f"refund {n} please"}, expected="refund") for n in range(3)]
    assert "leak" not in _codes(labels)


def test_near_duplicates_but_not_what_was_made_of_a_case() -> None:
    one = Case("1", {"input": "My parcel still has not arrived, it has been nine days"})
    near = Case("2", {"input": "my parcel still has not arrived, it has been 9 days"})
    assert "near_duplicates" in _codes([one, near])
    assert "near_duplicates" not in _codes([one, replace(near, synthetic=True)])


def test_one_answer_for_all() -> None:
    cases = _fresh(20, expected="refund")
    (flaw,) = [flaw for flaw in lint(cases) if flaw.code == "one_answer"]
    assert "passes 100 %" in flaw.sentence
    mixed = [replace(case, expected="parcel") for case in cases[:5]] + cases[5:]
    assert "one_answer" not in _codes(mixed)


def test_cannot_do_unanswered_made_up_and_few() -> None:
    found = _codes(_fresh(3, synthetic=True))
    assert {"no_cannot_do", "needs_answer", "synthetic", "too_few"} <= set(found)
    assert "no_cannot_do" not in _codes([replace(case, slices={"kind": "cannot do"}) for case in _fresh(3)])
    same_person = _fresh(30, cluster="Bob")
    assert "too_few" in _codes(same_person)


def test_one_slice_that_dominates() -> None:
    cases = _fresh(30)
    sliced = [replace(case, slices={"lang": "de" if n < 3 else "en"}) for n, case in enumerate(cases)]
    (flaw,) = [flaw for flaw in lint(sliced) if flaw.code == "dominant_slice"]
    assert flaw.sentence.startswith("90 % of the cases have lang “en”")
    assert "dominant_slice" not in _codes([replace(case, slices={"lang": "en"}) for case in cases])


def test_a_good_set_has_nothing_to_mend() -> None:
    answered = [replace(case, expected=f"{TOPICS[n % 10]} team") for n, case in enumerate(_fresh(30))]
    assert lint([CANNOT, *answered]) == []
    assert _codes([]) == ["too_few"]


def test_slices_count_what_is_independent() -> None:
    cases = [Case(str(n), {}, slices={"lang": "en"}, cluster="Bob" if n < 5 else "") for n in range(15)]
    cases.append(Case("x", {}, slices={"lang": "de", "a": "b"}))
    found = [(x.column, x.value, x.n, x.clusters, x.enough) for x in slice_counts(cases)]
    assert found == [("a", "b", 1, 1, False), ("lang", "en", 15, 11, False), ("lang", "de", 1, 1, False)]


@pytest.mark.parametrize(("n", "detects"), [(1, False), (3, False), (50, True)])
def test_few_cases_prove_nothing(n: int, detects: bool) -> None:
    advice = size_advice(_fresh(n))
    assert (advice.detectable is not None) == detects
    assert ("no difference at all" in advice.sentences[0]) == (not detects)


def test_size_counts_groups_and_says_how_many_more() -> None:
    advice = size_advice(_fresh(60, cluster="Bob")[:20] + _fresh(40), wanted=0.1, repeats=3, candidates=2)
    assert (advice.cases, advice.units) == (60, 41)
    assert "41 groups" in advice.sentences[0]
    assert advice.wanted[0][1] is not None
    assert f"{advice.wanted[0][1] - 41:,} more than now" in advice.sentences[1]
    assert "do not stand in for more cases" in advice.sentences[2]
    assert advice.wanted[0][1] > (size_advice(_fresh(60), wanted=0.1).wanted[0][1] or 0)
