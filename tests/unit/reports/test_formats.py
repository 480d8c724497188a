"""Every format, with a believable experiment, odd ones, and texts that want to be obeyed."""

import importlib
import json
import pkgutil
import re
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest
from markdown_it import MarkdownIt

import bot.reports
from bot.domain.experiments.report import ExperimentReport
from bot.errors import InputError
from bot.reports import REPORTS, _page, render
from tests.unit.reports import sample
from tests.unit.reports.hostile import HOSTILE, hostile_texts

PICTURES = {"chain", "digest"}  # of something else than an experiment
ODD = (sample.one_arm, sample.all_errors, sample.no_cases, sample.many_arms, sample.odd)


@pytest.fixture(scope="module")
def support() -> ExperimentReport:
    return sample.support()


@pytest.fixture(scope="module")
def hostile() -> ExperimentReport:
    return sample.with_texts(hostile_texts())


def test_every_module_that_renders_is_listed() -> None:
    modules = (module.name for module in pkgutil.iter_modules(bot.reports.__path__))
    names = [name for name in modules if name[0] != "_" and name not in PICTURES]
    assert sorted(f"bot.reports.{name}" for name in names) == sorted(REPORTS.values())
    assert all(callable(importlib.import_module(path).render) for path in REPORTS.values())


def test_every_part_of_the_page_is_in_it() -> None:
    styles = sorted(path.stem for path in (_page.PAGE / "css").glob("*.css"))
    assert styles == sorted(_page.STYLES)
    scripts = {path.stem: path.read_text("utf-8") for path in (_page.PAGE / "js").glob("*.js")}
    assert sorted(scripts) == sorted(_page.SCRIPTS)
    for at, name in enumerate(_page.SCRIPTS):
        imported = set(re.findall(r'from "\./(\w+)\.js"', scripts[name]))
        assert imported <= set(_page.SCRIPTS[:at]), f"{name}.js stands before what it imports"


def test_an_unknown_format_is_named(support: ExperimentReport) -> None:
    with pytest.raises(InputError, match="no report format 'pdf'") as caught:
        render(support, "pdf")
    assert "markdown" in caught.value.hint


@pytest.mark.parametrize("format_", REPORTS)
@pytest.mark.parametrize("make", ODD, ids=lambda make: make.__name__)
def test_odd_experiments_have_every_report(make: object, format_: str) -> None:
    assert callable(make)
    assert render(make(), format_).strip()


@pytest.mark.parametrize("format_", REPORTS)
def test_hostile_texts_have_every_report_and_it_can_be_written(
    hostile: ExperimentReport, format_: str
) -> None:
    assert render(hostile, format_).encode("utf-8")


def test_json_keeps_its_contract(support: ExperimentReport) -> None:
    told = json.loads(render(support, "json"), parse_constant=pytest.fail)
    assert len(told["cells"]) == 180
    keys = {"arm", "case", "repeat", "output", "pass", "score", "named_scores", "latency_ms", "cost", "error"}
    assert all(set(cell) == keys for cell in told["cells"])
    first = support.cells[0]
    assert told["cells"][0]["output"] == first.output
    assert told["verdict"] == "ship"
    assert told["needed_cases"] is None
    compared, expected = told["comparison"], support.conclusion.comparisons[0]
    assert compared["candidate"] == "reply@4 · gpt-b"
    assert (compared["wins"], compared["losses"], compared["ties"]) == (
        expected.wins,
        expected.losses,
        expected.ties,
    )
    assert expected.interval is not None
    assert compared["interval"] == [expected.interval.low, expected.interval.high]
    assert {"difference", "p", "e_value", "level"} <= set(compared)
    assert [arm["arm"] for arm in told["arms"]] == [planned.arm.id for planned in support.plan.arms]
    assert len(told["comparisons"]) == len(told["verdicts"]) == 2
    assert told["spent"] == support.spent


def test_json_says_errors_and_what_is_not_supported() -> None:
    told = json.loads(render(sample.all_errors(), "json"))
    assert {(cell["pass"], cell["error"]) for cell in told["cells"]} == {
        (None, "401 Unauthorized: the key of openai was refused")
    }
    assert json.loads(render(sample.no_cases(), "json"))["unsupported"] == [
        "tests[0].assert[1]: type webhook is not supported"
    ]


def test_junit_has_a_suite_per_arm_and_a_case_per_cell(support: ExperimentReport) -> None:
    root = ET.fromstring(render(support, "junit"))  # noqa: S314  our own output
    suites = root.findall("testsuite")
    assert [suite.get("name") for suite in suites] == [planned.arm.id for planned in support.plan.arms]
    for suite in suites:
        cells = [cell for cell in support.cells if cell.key.arm == suite.get("name")]
        assert suite.get("tests") == str(len(suite.findall("testcase"))) == str(len(cells)) == "60"
        failed = [cell for cell in cells if cell.passed is False]
        assert suite.get("failures") == str(len(suite.findall("testcase/failure"))) == str(len(failed))
        assert suite.get("errors") == str(len(suite.findall("testcase/error")))
        messages = [failure.get("message") or "" for failure in suite.findall("testcase/failure")]
        assert [message.split(" [")[0] for message in messages] == [
            cell.reason.split(" [")[0] for cell in failed
        ]
    assert suites[0].findtext("testcase/system-out") == support.cells[0].output


JUNIT = {  # tag: (attributes it must have, it may have, children it may have), as in Jenkins' junit-10.xsd
    "testsuites": (set(), {"name", "time", "tests", "failures", "errors"}, {"testsuite"}),
    "testsuite": (
        {"name", "tests", "failures", "errors"},
        {"time", "skipped", "timestamp"},
        {"properties", "testcase"},
    ),
    "properties": (set(), set(), {"property"}),
    "property": ({"name", "value"}, set(), set()),
    "testcase": ({"name"}, {"time", "classname"}, {"failure", "error", "skipped", "system-out"}),
    "failure": (set(), {"type", "message"}, set()),
    "error": (set(), {"type", "message"}, set()),
    "skipped": (set(), {"type", "message"}, set()),
    "system-out": (set(), set(), set()),
}  # fmt: skip
SUREFIRE_TIME = re.compile(r"(([0-9]{0,3},)*[0-9]{3}|[0-9]{0,3})*(\.[0-9]{0,3})?")


@pytest.mark.parametrize("make", [sample.support, *ODD, lambda: sample.with_texts(HOSTILE)])
def test_junit_is_of_the_form_that_jenkins_reads(make: object) -> None:
    assert callable(make)
    for element in ET.fromstring(render(make(), "junit")).iter():  # noqa: S314  our own output
        must, may, children = JUNIT[element.tag]
        assert must <= set(element.keys()) <= must | may
        assert {child.tag for child in element} <= children
        assert SUREFIRE_TIME.fullmatch(element.get("time", "0.0"))


def test_junit_leaves_out_what_xml_forbids() -> None:
    text = render(sample.with_texts(HOSTILE), "junit")
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", text)
    assert "\x1b" not in text


def test_markdown_says_the_verdict_first(support: ExperimentReport) -> None:
    text = render(support, "markdown")
    assert text.startswith("**SHIP.** Ship reply@&#8203;4")
    assert text.count("<details>") == text.count("</details>") == 5
    assert "| reply@&#8203;3 · gpt-b |" in text


@pytest.mark.parametrize("start", range(0, len(HOSTILE), 3))
def test_nothing_in_markdown_is_obeyed(start: int) -> None:
    """Rendered as on GitHub, but for its own clean-up: no tag, link or picture of a foreign text is live."""
    text = render(sample.with_texts(HOSTILE[start : start + 3]), "markdown")
    page = MarkdownIt("commonmark", {"html": True}).enable("table").render(text)
    tags = set(re.findall(r"<([a-zA-Z!]+)", page))
    known = {
        "p",
        "strong",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "br",
        "details",
        "summary",
        "pre",
        "code",
    }
    assert tags <= known | {"ul", "li"}
    outside_code = re.sub(r"<pre>.*?</pre>", "", page, flags=re.DOTALL)
    assert not re.search(r"(?<![\w&])@\w", outside_code)
    assert page.count("<details>") == page.count("</details>")


def test_markdown_fits_a_comment() -> None:
    assert len(render(sample.odd(), "markdown")) <= 65_536
    assert len(render(sample.with_texts(["x" * 3000] * 60), "markdown")) <= 65_536


def test_the_table_obeys_no_terminal_code_and_keeps_its_width(hostile: ExperimentReport) -> None:
    text = render(hostile, "table")
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", text)
    assert max(len(line) for line in text.splitlines()) <= 140


class Tags(HTMLParser):
    """Collects what a browser would take for markup."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def tags(page: str) -> list[tuple[str, dict[str, str | None]]]:
    parser = Tags()
    parser.feed(page)
    return parser.tags


def test_no_hostile_text_becomes_markup(support: ExperimentReport, hostile: ExperimentReport) -> None:
    known = {tag for tag, _ in tags(render(support, "html"))} | {"ul", "li", "small", "h3"}
    for tag, attributes in tags(render(hostile, "html")):
        assert tag in known, tag
        assert not [
            name for name in attributes if name.startswith("on") or name in ("style", "srcdoc", "src")
        ]
        assert not (attributes.get("href") or "#").strip("#").count(":")
    assert [tag for tag, _ in tags(render(hostile, "html"))].count("script") == 2


def test_the_page_asks_the_network_for_nothing(support: ExperimentReport) -> None:
    page = render(support, "html")
    shell = re.sub(r"<script type=\"application/json\".*?</script>", "", page, flags=re.DOTALL)
    assert not re.search(r"(?:src|href)=\"(?!#)|@import|url\((?!#)|\bfetch\(|XMLHttpRequest|import\(", shell)
    assert set(re.findall(r"https?://[^\s\"']+", shell)) <= {"http://www.w3.org/2000/svg"}
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', page)
    assert "default-src &#39;none&#39;" in policy
    assert "unsafe" not in policy


def test_the_data_cannot_end_their_element() -> None:
    page = render(sample.with_texts(HOSTILE), "html")
    data = page.split('<script type="application/json" id="data">')[1].split("</script>")[0]
    assert not set("<>&\u2028\u2029") & set(data)
    told = json.loads(data)
    assert told["cases"][0]["vars"]["question"] == HOSTILE[0]
    assert len(told["cells"]) == 3 * len(HOSTILE)


@pytest.mark.parametrize("format_", REPORTS)
def test_keys_in_a_config_are_not_shown(support: ExperimentReport, format_: str) -> None:
    assert any("apiKey" in planned.model.config for planned in support.plan.arms)
    assert "sk-hush" not in render(support, format_)


def test_an_output_that_is_too_long_says_how_much_is_left_out() -> None:
    page = render(sample.odd(), "html")
    data = json.loads(page.split('id="data">')[1].split("</script>")[0])
    assert max(cell[4] for cell in data["cells"]) > 90_000
    assert max(len(cell[3]) for cell in data["cells"]) == 50_000
