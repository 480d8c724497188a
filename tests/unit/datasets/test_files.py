"""Files of cases: what columns mean, and one clear sentence for each that cannot be used."""

import gzip
import io
import json

import pytest

from bot.domain.datasets.columns import Columns
from bot.domain.experiments.cells import Case
from bot.domain.scoring import Assertion
from bot.errors import ImportRefused
from bot.services.datasets.files import CaseFile, read_file
from tests.paths import SHARED_DATA, needs_shared_data

CSV = """id,message,language,expected,slice_plan,customer,threshold,note
1,Where is it?,en,parcel,pro,Ann,,
2,Money back!,en,contains: refund,free,Bob,0.5,angry
"""
FLAT, NESTED = '{"input": "x", "expected": "y", "slice_a": "b"}', '{"vars": {"input": "z"}, "note": "n"}'
Q = {"vars": {"q": "x"}}
PASSWORDS = "file:///etc/passwd"


def _read(data: str | bytes, filename: str = "set.csv", **columns: object) -> CaseFile:
    raw = data.encode() if isinstance(data, str) else data
    return read_file(io.BytesIO(raw), filename=filename, columns=Columns(**columns))  # type: ignore[arg-type]  # as given


def _cases(found: CaseFile) -> list[Case]:
    return [raw.case for raw in found.cases]


def test_columns_are_variables_but_for_those_that_have_a_meaning() -> None:
    first, second = _read(CSV).cases
    assert first.case == Case(
        "1", {"message": "Where is it?", "language": "en"}, slices={"plan": "pro"}, expected="parcel"
    )
    assert first.customer == "Ann"
    assert second.case.assertions == (Assertion("contains", "refund"),)
    assert (second.case.threshold, second.case.description, second.case.expected) == (0.5, "angry", "")


def test_columns_can_be_mapped_and_sliced_by() -> None:
    found = _read(CSV, mapping={"input": "message", "expected": "slice_plan"}, slices=("language",))
    assert _cases(found)[0].vars == {"input": "Where is it?"}
    assert _cases(found)[0].slices == {"language": "en"} | {"plan": "pro"}
    with pytest.raises(ImportRefused, match=r"set\.csv has no column 'nope'"):
        _read(CSV, slices=("nope",))


def test_promptfoo_tables_mean_what_they_mean_there() -> None:
    header = "q,__expected,__expected2,__threshold,__description,__metadata:cat"
    table = f'{header}\nx,Paris,"icontains-any: a, b",0.5,d1,geo\n'
    (case,) = _cases(_read(table))
    assert case.assertions == (Assertion("equals", "Paris"), Assertion("icontains-any", ["a", "b"]))
    assert (case.expected, case.threshold, case.description, case.slices) == (
        "Paris",
        0.5,
        "d1",
        {"cat": "geo"},
    )


def test_promptfoo_tests_in_yaml_make_a_case_for_each_combination() -> None:
    text = """
tests:
  - description: greets
    vars: {name: [Ann, Bob], city: Rome}
    assert:
      - {type: contains, value: hello, weight: 2}
      - type: assert-set
        assert: [{type: is-json}]
  - vars: {name: [x, y]}
    options: {disableVarExpansion: true}
"""
    cases = _cases(_read(text, "promptfooconfig.yaml"))
    assert [case.vars for case in cases] == [
        {"name": "Ann", "city": "Rome"}, {"name": "Bob", "city": "Rome"}, {"name": ["x", "y"]},
    ]  # fmt: skip
    inner = Assertion("assert-set", members=(Assertion("is-json"),))
    assert cases[0].assertions == (Assertion("contains", "hello", weight=2), inner)
    assert cases[0].description == "greets"


@pytest.mark.parametrize("filename", ["a.yaml", "a.json"])
def test_what_a_config_says_beside_its_tests_is_told_not_to_count(filename: str) -> None:
    config = {"defaultTest": {"assert": [{"type": "is-json"}]}, "tests": [{"vars": {"q": "x"}}]}
    found = _read(json.dumps(config), filename)
    assert found.notes == (f"defaultTest of {filename} is not applied: only its tests are read",)


@needs_shared_data
def test_a_table_of_promptfoo_itself_is_read() -> None:
    path = SHARED_DATA / "scorers" / "suites" / "h07_csv_expected" / "t.csv"
    found = read_file(path, filename="t.csv", columns=Columns())
    types = [[each.type for each in case.assertions] for case in _cases(found)]
    assert types[:3] == [["equals", "contains"], ["contains-any", "not-contains"], ["icontains", "regex"]]
    assert found.problems == []


@pytest.mark.parametrize(
    ("filename", "text"),
    [
        ("a.jsonl", f"{FLAT}\n{NESTED}\n"),
        ("a.json", f"[{FLAT}, {NESTED}]"),
        ("a.json", f'{{"tests": [{FLAT}, {NESTED}]}}'),
        ("a.yaml", "- {input: x, expected: y, slice_a: b}\n- {vars: {input: z}, note: n}\n"),
    ],
)  # fmt: skip
def test_objects_may_be_flat_or_have_vars(filename: str, text: str) -> None:
    one = Case("", {"input": "x"}, slices={"a": "b"}, expected="y")
    assert _cases(_read(text, filename)) == [one, Case("", {"input": "z"}, description="n")]


@pytest.mark.parametrize(
    ("row", "field", "reason"),
    [
        ({**Q, "threshold": "high"}, "threshold", "'high' is no number"),
        ({**Q, "assert": "no"}, "assert", "it is not valid JSON"),
        ({**Q, "assert": {"type": "x"}}, "assert", "it must be a list"),
        ({**Q, "assert": [{"value": 1}]}, "assert", "each check is an object with a type"),
        ({**Q, "assert": [{"type": "a", "weight": "b"}]}, "assert.weight", "'b' is no number"),
        ({**Q, "assert": [{"type": "contains", "value": PASSWORDS}]}, "assert.value", "file://"),
        ({"vars": {"q": PASSWORDS}}, "vars", "file:// is not followed"),
        ({**Q, "expected": "file://run.py"}, "expected", "file:// is not followed"),
        ({**Q, "provider": "openai:gpt"}, "provider", "nothing named 'provider'"),
        ({**Q, "options": {"config": {"apiBaseUrl": "http://x"}}}, "options.config", "a set keeps"),
        ({**Q, "expected": ["a"]}, "expected", "it must be text"),
        ({**Q, "synthetic": "perhaps"}, "synthetic", "neither yes nor no"),
        ({"vars": {"q": ["a"] * 40, "r": ["b"] * 40}}, "vars", "its lists make 1,600 cases"),
        ({"vars": {"q": ""}}, "vars", "no input"),
        ({"__providerOutput": "x", "q": "y"}, "__providerOutput", "no outputs"),
    ],
)  # fmt: skip
def test_a_row_that_is_no_case_is_told_with_its_field(
    row: dict[str, object], field: str, reason: str
) -> None:
    lines = "\n".join(json.dumps(each) for each in ({"q": "fine"}, row, {"q": "fine too"}))
    found = _read(lines, "set.jsonl")
    assert [raw.row for raw in found.cases] == [1, 3]
    ((problem),) = found.problems
    assert (problem.row, problem.code) == (2, field)
    assert reason in problem.reason


@pytest.mark.parametrize(
    ("filename", "data", "sentence"),
    [
        ("a.csv", b"", "is empty"),
        ("a.csv", b"input,expected\n", "holds no case"),
        ("a.csv", b"input,input\nx,y\n", "more than one column named 'input'"),
        ("a.csv", b"<!doctype html><html><body>Sign in</body></html>", "is a web page"),
        ("a.csv", b"PK\x03\x04broken", "broken zip"),
        ("a.txt", b"just some words\nand more of them\n", "is no table and no list of cases"),
        ("a.json", b'{"tests": [', "is not valid JSON"),
        ("a.json", b"[" * 100_000, "nested too deeply"),
        ("a.yaml", b"tests: [unclosed", "is not valid YAML"),
        ("a.yaml", b"just words", "holds no list of tests"),
        ("a.yaml", b"- \xff\xfe", "is not UTF-8 text"),
        ("a.yaml", b"- !!python/object/apply:os.system [ls]", "is not valid YAML"),
        ("a.yaml", b"- vars: {a: &a [x, *a]}", ""),
        ("a.jsonl", b'{"vars": {"q": ""}}\n', "row 1, vars: it has no input"),
        ("bomb.csv.gz", gzip.compress(b"input\n" + b"x" * 40_000_000), "unpacks to more than"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_is_one_sentence(filename: str, data: bytes, sentence: str) -> None:
    with pytest.raises(ImportRefused) as caught:
        _read(data, filename)
    assert filename.removesuffix(".gz") in caught.value.message
    assert sentence in caught.value.message
    assert "\n" not in caught.value.message


def test_aliases_of_yaml_cannot_blow_up() -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
    for before, name in zip("abcdefg", "bcdefgh", strict=True):
        lines.append(f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]")
    text = "- vars: {q: fine}\n- vars:\n   q:\n" + "\n".join(f"    {line}" for line in lines)
    found = _read(text, "bomb.yaml")
    assert len(found.cases) == 1
    assert found.problems[0].reason == "it holds too many values"


def test_too_many_cases_are_refused_while_reading() -> None:
    rows = "input\n" + "".join(f"case {n}\n" for n in range(20_001))
    with pytest.raises(ImportRefused, match="more than 20,000 cases"):
        _read(rows)


def test_words_that_pandas_would_lose_stay() -> None:
    found = _read("input,expected\nNaN,NULL\nN/A,None\n")
    assert [(case.vars["input"], case.expected) for case in _cases(found)] == [
        ("NaN", "NULL"),
        ("N/A", "None"),
    ]
