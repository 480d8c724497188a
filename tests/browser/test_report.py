"""An experiment's report in a browser: it opens from a file, answers mouse and keys, and obeys no output."""

import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, ConsoleMessage, Locator, Page, Request, expect

from bot.domain.experiments.report import ExperimentReport
from bot.reports import render
from tests.browser.conftest import PATIENCE_MS
from tests.unit.reports import sample
from tests.unit.reports.hostile import HOSTILE, hostile_texts

pytestmark = pytest.mark.asyncio(loop_scope="package")

ODD = (sample.one_arm, sample.all_errors, sample.no_cases, sample.many_arms)


@pytest.fixture(scope="module")
def support(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("support"), sample.support())


def written(folder: Path, report: ExperimentReport) -> Path:
    path = folder / "report.html"
    path.write_text(render(report, "html"), encoding="utf-8")
    return path


@asynccontextmanager
async def reading(browser: Browser, path: Path, place: str = "", **looks: object) -> AsyncIterator[Page]:
    """The page, opened. Leaving it fails the test if it complained or asked for anything but its own file."""
    shape = {"viewport": {"width": 1440, "height": 900}, "reduced_motion": "reduce", **looks}
    context = await browser.new_context(**shape)  # type: ignore[arg-type]  # playwright spells out every option
    page = await context.new_page()
    complaints: list[str] = []
    asked: list[str] = []

    def said(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            complaints.append(message.text)

    def wants(request: Request) -> None:
        asked.append(request.url.split("#")[0])

    page.set_default_timeout(PATIENCE_MS)
    page.on("console", said)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", wants)
    try:
        await page.goto(path.as_uri() + place)
        yield page
    finally:
        await context.close()
    assert complaints == []
    assert set(asked) == {path.as_uri()}


@pytest_asyncio.fixture(loop_scope="package")
async def page(browser: Browser, support: Path) -> AsyncIterator[Page]:
    async with reading(browser, support) as page:
        await page.locator("#cases").scroll_into_view_if_needed()
        yield page


async def count(page: Page, text: str) -> None:
    await expect(page.locator("#count")).to_have_text(text)


def chosen(page: Page, name: str) -> Locator:
    return page.locator(f"#selects select[data-name={name}]")


async def focused(page: Page) -> str:
    return str(
        await page.evaluate("document.activeElement.closest('.row')?.querySelector('.row-id').textContent")
    )


async def test_the_verdict_and_its_picture_come_first(page: Page) -> None:
    verdict = page.locator("#verdict")
    await expect(verdict.locator(".badge")).to_have_text("SHIP")
    await expect(verdict.locator(".sentence")).to_contain_text("Ship reply@4 · gpt-b: it is 20 points better")
    rows = verdict.get_by_role("row").filter(has=page.locator(".lane"))
    await expect(rows).to_have_count(2)
    zero = await verdict.locator(".zero").first.bounding_box()
    bars = [await row.locator(".span").bounding_box() for row in await rows.all()]
    assert zero is not None
    assert bars[0] is not None
    assert bars[1] is not None
    assert bars[0]["x"] > zero["x"], "the interval of a proven gain stands right of zero"
    assert bars[1]["x"] < zero["x"] < bars[1]["x"] + bars[1]["width"]


async def test_filters_show_what_they_say(page: Page) -> None:
    report = sample.support()
    by_case = {
        case.id: [cell for cell in report.cells if cell.key.case == case.id] for case in report.plan.cases
    }
    scores = {name: {cell.score for cell in cells if not cell.error} for name, cells in by_case.items()}
    differ = sum(len(found) > 1 for found in scores.values())
    errors = sum(any(cell.error for cell in cells) for cells in by_case.values())
    await count(page, "60 cases")
    await page.locator("#show [data-kind=differ]").click()
    await count(page, f"{differ} of 60 cases")
    await page.locator("#show [data-kind=errors]").click()
    await count(page, f"{errors} of 60 cases")
    await page.locator("#show [data-kind=all]").click()
    await chosen(page, "slice").select_option("topic: plants")
    await count(page, "12 of 60 cases")
    await page.get_by_label("Search in cases and outputs").fill("LAVENDER")
    await count(page, "1 of 60 cases")
    await expect(page.locator(".row mark.found").first).to_have_text("lavender")
    await page.get_by_label("Search in cases and outputs").fill("no such words")
    await expect(page.locator("#none")).to_have_text("No case is like that.")


async def test_failing_arm_and_order(page: Page) -> None:
    report = sample.support()
    small = [cell for cell in report.cells if cell.key.arm == "reply@4 · small-b"]
    await chosen(page, "failing").select_option("C · reply@4 · small-b")
    await count(page, f"{sum(not cell.passed for cell in small)} of 60 cases")
    await chosen(page, "failing").select_option("any or none")
    await chosen(page, "order").select_option("slowest")
    slowest = max(report.cells, key=lambda cell: cell.latency_ms or 0)
    await expect(page.locator(".row .row-id").first).to_have_text(slowest.key.case)


async def test_arms_can_be_put_aside(page: Page) -> None:
    first = page.locator(".row").first
    await expect(first.locator(".outcome")).to_have_count(3)
    await (
        page.get_by_role("group", name="Arms side by side")
        .get_by_role("button", name="reply@4 · gpt-b")
        .click()
    )
    await expect(first.locator(".outcome .letter")).to_have_text(["A", "C"])


async def test_the_keyboard_walks_opens_searches_and_explains(page: Page) -> None:
    await page.keyboard.press("j")
    await page.keyboard.press("j")
    assert await focused(page) == "T-902"
    await page.keyboard.press("Enter")
    opened = page.locator(".row.is-open")
    await expect(opened.locator(".checks").first).to_contain_text("icontains-all")
    await expect(opened.locator(".chip").first).to_have_text("topic: refunds")
    assert await focused(page) == "T-902"
    await page.keyboard.press("k")
    assert await focused(page) == "T-901"
    await page.keyboard.press("j")
    await page.keyboard.press("Escape")
    await expect(opened).to_have_count(0)
    await page.keyboard.press("/")
    await page.keyboard.type("jk?")
    await expect(page.locator("#search")).to_have_value("jk?")
    await page.keyboard.press("Escape")
    await page.keyboard.press("?")
    await expect(page.get_by_role("dialog")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_be_hidden()


async def test_an_open_case_shows_the_prompt_filled_in(page: Page) -> None:
    await page.locator(".row-open").first.click()
    details = page.locator(".row.is-open details", has_text="Prompt of A")
    await details.locator("summary").click()
    await expect(details.locator("var")).to_have_text(sample.cases()[0].vars["question"])


async def test_a_link_opens_its_case_whatever_the_filter(browser: Browser, support: Path) -> None:
    async with reading(browser, support, "#case=T-957") as page:
        opened = page.locator(".row.is-open")
        await expect(opened.locator(".row-id")).to_have_text("T-957")
        await expect(opened).to_be_in_viewport()
        await chosen(page, "slice").select_option("topic: refunds")
        await expect(opened).to_have_count(0)
        await page.evaluate("location.hash = '#case=T-930'")
        await expect(page.locator(".row.is-open .row-id")).to_have_text("T-930")


async def test_a_slice_shows_its_cases(page: Page) -> None:
    await page.get_by_role("button", name="delivery").first.click()
    await count(page, "12 of 60 cases")
    await expect(page.locator("#cases")).to_be_in_viewport()


async def test_changed_words_are_marked(browser: Browser, tmp_path: Path) -> None:
    report = sample.support()
    first = report.cells[0]
    texts = ("We refund within 14 days of the return.", "We refund within 30 days of the safe return.")
    cells = [first.__class__(key, text, passed=passed, score=float(passed)) for key, text, passed in
             zip(list(report.plan.cells())[:2], texts, (False, True), strict=True)]  # fmt: skip
    path = written(tmp_path, sample.report(report.plan, cells))
    async with reading(browser, path) as page:
        lesson = page.locator(".lesson").first
        await lesson.scroll_into_view_if_needed()
        await expect(lesson.locator("mark.gone")).to_have_text(["14"])
        await expect(lesson.locator("mark.new")).to_have_text(["30", "safe "])
        prompt = page.locator("#prompt-1")
        await expect(prompt.locator("mark.new").first).to_be_visible()
        merged = re.sub(r"\s+", " ", await prompt.inner_text())
        assert "Customer: {{question}}" in merged


async def test_nothing_hostile_is_obeyed(browser: Browser, tmp_path: Path) -> None:
    texts = hostile_texts()
    path = written(tmp_path, sample.with_texts(texts))
    async with reading(browser, path) as page:
        page.on("dialog", lambda dialog: pytest.fail(f"a dialog: {dialog.message}"))
        for _ in range(4):
            await page.keyboard.press("j")
            await page.keyboard.press("Enter")
        await expect(page.locator(".row.is-open")).to_have_count(4)
        assert await page.evaluate("window.pwned") is None
        assert (
            await page.locator(
                "img, iframe, object, embed, base, link, form[action], [onclick], [onload]"
            ).count()
            == 0
        )
        assert await page.locator("script").count() == 2
        shown = await page.locator(".row").first.inner_text()
        assert HOSTILE[0] in shown
        await page.evaluate(
            "name => { location.hash = '#case=' + encodeURIComponent(name) }", f"14 {HOSTILE[14]}"
        )
        await expect(page.locator(".odd", has_text="ESC").first).to_be_visible()


async def test_thousands_of_cells_open_at_once_and_are_drawn_when_needed(
    browser: Browser, tmp_path: Path
) -> None:
    path = written(tmp_path, sample.many())
    async with reading(browser, path) as page:
        await count(page, "1,667 cases")
        assert await page.locator(".row:not(.is-pending)").count() < 60
        await page.evaluate("location.hash = '#case=T-1600'")
        await expect(page.locator(".row.is-open")).to_be_in_viewport()
        await page.keyboard.press("j")
        assert await focused(page) == "T-1601"
        assert await page.locator(".row:not(.is-pending)").count() < 200


@pytest.mark.parametrize("make", [sample.support, *ODD], ids=lambda make: make.__name__)
async def test_it_fits_every_window(
    browser: Browser, tmp_path: Path, make: Callable[[], ExperimentReport]
) -> None:
    async with reading(browser, written(tmp_path, make())) as page:
        for width in (1600, 900, 400):
            await page.set_viewport_size({"width": width, "height": 900})
            await expect(page.locator("#verdict .sentence")).to_be_visible()
            assert await page.evaluate("document.documentElement.scrollWidth") <= width


CONTRAST = Path(__file__).with_name("contrast.js").read_text("utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_every_word_has_contrast_enough(browser: Browser, support: Path, scheme: str) -> None:
    """WCAG 2.2, 1.4.3 (level AA), for all text as if it were small."""
    async with reading(browser, support, "#case=T-904", color_scheme=scheme) as page:
        await expect(page.locator(".row.is-open")).to_be_visible()
        assert await page.evaluate(CONTRAST) == []


async def test_it_is_whole_on_paper(browser: Browser, support: Path) -> None:
    async with reading(browser, support) as page:
        await page.emulate_media(media="print")
        await page.evaluate("dispatchEvent(new Event('beforeprint'))")
        await expect(page.locator(".row:not(.is-pending)")).to_have_count(60)
        await expect(page.locator("#filters")).to_be_hidden()
        assert len(await page.pdf()) > 20_000


async def test_without_javascript_the_verdict_is_still_there(browser: Browser, support: Path) -> None:
    async with reading(browser, support, java_script_enabled=False) as page:
        await expect(page.locator(".sentence")).to_be_visible()
        await expect(page.locator("table.arms tbody tr")).to_have_count(3)
        await expect(page.locator("#filters")).to_be_hidden()
