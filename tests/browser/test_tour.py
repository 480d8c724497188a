"""The tour at the page: the bot as it is, and somebody in front of it who draws stories from tickets."""

import json
import re
from collections.abc import AsyncIterator
from typing import NamedTuple

import pytest
import pytest_asyncio
from playwright.async_api import Browser, FilePayload, Locator, Page, expect

from handlers.demo.workplace import open_workplace
from tests.browser.conftest import Seat, sitting
from tests.browser.hands import message
from tests.paths import SHARED_DATA
from tests.slack.office import ADA, BEN, MOSS, PATIENCE, SUPPORT, Office, is_card, small_log, value_of

pytestmark = pytest.mark.asyncio(loop_scope="package")

DRAFTING_MS = 30_000
TITLE = "Let buyers follow a parcel without writing in"


class Card(NamedTuple):
    """A story's card in Ada's direct conversation with the bot."""

    channel: str
    ts: str
    story: str


@pytest_asyncio.fixture(scope="module", loop_scope="package")
async def office(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    folder = tmp_path_factory.mktemp("tour")
    async with open_workplace(folder=folder) as place:
        await place.furnished
        yield Office(place.sandbox, place.bot, folder)


@pytest_asyncio.fixture(scope="module", loop_scope="package")
async def card(office: Office) -> Card:
    return await drafted(office, "parcels.csv", small_log(mark="pa"))


@pytest_asyncio.fixture(loop_scope="package")
async def ada(browser: Browser, office: Office) -> AsyncIterator[Seat]:
    """Ada in front of the page."""
    async with sitting(browser, office.sandbox) as seat:
        yield seat


async def drafted(office: Office, name: str, log: bytes) -> Card:
    """The first story of a log that Ada shares in #support, drafted without the page."""
    direct = await office.direct(ADA)
    async with office.person(ADA) as person:
        await person.upload(name, log, channel=SUPPORT)
        before = person.mark
        await person.command(SUPPORT, f"/plumb story draft from {name} top 1")
        told = await person.wait_for_message(is_card, PATIENCE, channel=direct, after=before)
    await office.settled()
    return Card(direct, told["ts"], value_of(told, "story_trace"))


async def submit(form: Locator, label: str) -> None:
    """Sends the modal that is open and waits until it is gone."""
    await form.get_by_role("button", name=label, exact=True).click()
    await expect(form).to_have_count(0)


async def say(page: Page, text: str) -> None:
    field = page.locator(".main .composer-field")
    await field.fill(text)
    await field.press("Enter")


async def test_a_form_takes_a_file_and_ends_in_cards(ada: Seat, office: Office) -> None:
    page = await ada.go(await office.direct(ADA))
    welcome = page.locator(".main .message", has_text="Hello, I am Plumbline")
    await expect(welcome.get_by_role("button", name="Draft from the sample")).to_be_visible()
    field = page.locator(".main .composer-field")
    await field.fill("/pl")
    offered = page.locator(".complete .option").first
    await expect(offered).to_contain_text("/plumb")
    await expect(offered).to_contain_text("story draft")
    await field.press("Tab")
    await expect(page.locator(".main .composer-hint")).to_contain_text("story draft")
    await field.press_sequentially("story draft")
    await field.press("Enter")
    form = page.get_by_role("dialog")
    await expect(form.locator("[data-input=top]")).to_contain_text("3 stories")
    chosen = FilePayload(name="lamps.csv", mimeType="text/csv", buffer=small_log(mark="la"))
    await form.locator("[data-input=file] input[type=file]").set_input_files(chosen)
    await expect(form.locator(".held-files")).to_contain_text("lamps.csv")
    await page.evaluate(WATCH)
    await submit(form, "Draft")
    plan = page.locator(".message", has=page.locator(".block-plan"))
    await expect(plan).to_contain_text("Every quote stands word for word", timeout=DRAFTING_MS)
    await expect(plan.locator(".task-row.is-complete")).to_have_count(5)
    await expect(plan).to_contain_text("60 tickets")
    cards = page.locator(".message", has=page.get_by_role("button", name="Edge cases"))
    await expect(cards).to_have_count(3)
    assert set(await page.evaluate("[...window.seen]")) == {"is-pending", "is-in_progress", "is-complete"}


WATCH = """() => {
  window.seen = new Set();
  const look = () => document.querySelectorAll('.main .task-row').forEach((row) =>
    window.seen.add([...row.classList].find((name) => name.startsWith('is-'))));
  new MutationObserver(look).observe(document.getElementById('main'), { childList: true, subtree: true });
}"""


async def test_a_story_is_edited_then_approved_under_a_name(ada: Seat, card: Card) -> None:
    page = await ada.go(card.channel)
    row = message(page, card.ts)
    await row.get_by_role("button", name="Edit", exact=True).click()
    form = page.get_by_role("dialog")
    title = form.locator("[data-input=title] input")
    await expect(title).not_to_have_value("")
    await title.fill("")
    await form.get_by_role("button", name="Save").click()
    await expect(form.locator("[data-input=title] .input-error")).to_be_visible()
    await title.fill(TITLE)
    await submit(form, "Save")
    await expect(row.locator(".header-text")).to_have_text(f"{card.story} · {TITLE}")
    await row.get_by_role("button", name="Approve").click()
    await expect(row.locator(".block-context").first).to_contain_text("approved by @Ada Okafor")
    await expect(row.get_by_role("button", name="Approve")).to_have_count(0)
    await expect(row.get_by_role("button", name="Export…")).to_be_visible()


async def test_edge_cases_and_trace_open_in_the_thread(ada: Seat, card: Card) -> None:
    page = await ada.go(f"{card.channel}/{card.ts}")
    row, side = message(page, card.ts), page.locator("#side")
    await row.get_by_role("button", name="Edge cases").click()
    await expect(side.locator(".header-text", has_text=f"Edge cases of {card.story}")).to_be_visible()
    await row.get_by_role("button", name="Trace").click()
    trace = side.locator(".message", has_text=f"What {card.story} stands on")
    await expect(trace).to_contain_text("redacted before storing")
    await expect(trace).to_contain_text("word for word")
    await expect(row.locator(".replies")).to_contain_text("2 replies", timeout=DRAFTING_MS)


async def test_one_votes_by_emoji_and_says_what_was_wrong(ada: Seat, office: Office, card: Card) -> None:
    page = await ada.go(card.channel)
    row = message(page, card.ts)
    await row.hover()
    await row.get_by_role("button", name="React with +1").click()
    await expect(row.locator("[data-reaction='+1']")).to_have_text("👍1")
    await expect(row.locator(".block-context").last).to_contain_text("👍 1 👎 0")
    await row.get_by_role("button", name="Not useful").click()
    form = page.get_by_role("dialog")
    await form.get_by_label("Missed the point").check()
    await form.locator("[data-input=correction] textarea").fill("Name the day the parcel comes.")
    await submit(form, "Send")
    await expect(row.locator(".block-context").last).to_contain_text("👍 0 👎 1")
    await office.settled()
    (vote,) = await office.bot.services.feedback.votes(f"story:{card.story}")
    assert (vote.reasons, vote.correction) == (("missed_the_point",), "Name the day the parcel comes.")


async def test_a_shared_story_is_there_for_ben(
    ada: Seat, browser: Browser, office: Office, card: Card
) -> None:
    page = await ada.go(card.channel)
    await message(page, card.ts).get_by_role("button", name="Share in channel").click()
    form = page.get_by_role("dialog")
    await form.locator("[data-input=to] .select").click()
    await page.get_by_role("option", name="product-moss").click()
    await submit(form, "Share")
    async with sitting(browser, office.sandbox) as ben:
        seen = await ben.go(MOSS, user=BEN)
        shared = seen.locator(".main .message:not(.ephemeral)", has_text=f"{card.story} · ")
        await expect(shared.get_by_role("button", name="Trace")).to_be_visible()
        await expect(shared.locator("blockquote")).to_have_count(0)  # no ticket's words in a channel


async def test_home_shows_stories_tickets_and_limits(ada: Seat, card: Card) -> None:
    page = await ada.go(f"{card.channel}?home")
    home = page.locator(".home")
    titles = ["Your queue", "Stories", "Tickets", "Settings", "What I cannot do"]
    await expect(home.locator(".header-text")).to_contain_text(["Good to see you", *titles])
    await expect(home).to_contain_text("parcels 60 tickets · audit grade")
    await home.get_by_role("button", name="All stories").click()
    await page.get_by_role("tab", name="Messages").click()
    listed = page.locator(".message", has=page.get_by_role("heading", name="Stories", exact=True))
    await expect(listed.last).to_contain_text(card.story)


async def test_a_message_becomes_a_story_and_a_shortcut_opens_the_form(ada: Seat, office: Office) -> None:
    page = await ada.go(SUPPORT)
    row = page.locator(".message", has_text="same refill twice")
    await row.hover()
    await row.get_by_role("button", name="More actions").click()
    await page.get_by_role("menuitem", name="Make a story from this").click()
    form = page.get_by_role("dialog")
    await expect(form.locator("blockquote")).to_contain_text("same refill twice")
    await submit(form, "Draft")
    await page.get_by_role("button", name="Shortcuts").click()
    await page.get_by_role("menuitem", name="Draft user stories").click()
    await expect(form.locator("[data-input=file]")).to_be_visible()
    await form.get_by_role("button", name="Cancel").click()
    await page.locator(".room", has_text="Plumbline").click()
    await page.get_by_role("tab", name="Messages").click()
    made = page.locator(".message", has=page.get_by_role("button", name="Edge cases"))
    await expect(made.filter(has_text="same refill twice")).to_be_visible(timeout=DRAFTING_MS)


async def test_an_export_is_a_file_one_can_look_into(ada: Seat, card: Card) -> None:
    page = await ada.go(card.channel)
    await say(page, f"/plumb story approve {card.story}")
    await expect(message(page, card.ts).get_by_role("button", name="Export…")).to_be_visible()
    await say(page, f"/plumb story export {card.story} as markdown")
    file = page.locator(".message .file-card").last
    await expect(file.locator(".file-look")).to_contain_text("**As a** ")
    await file.get_by_role("button", name=re.compile("^Open")).click()
    await expect(page.get_by_role("dialog")).to_contain_text("approved by Ada Okafor (U0ADA)")
    await expect(page.get_by_role("dialog")).to_contain_text("## Examples")
    await page.keyboard.press("Escape")
    await expect(message(page, card.ts).locator(".block-context").first).to_contain_text("exported")


async def test_two_sample_prompts_are_compared_at_a_click(ada: Seat, office: Office) -> None:
    page = await ada.go(await office.direct(ADA))
    welcome = page.locator(".main .message", has_text="Hello, I am Plumbline")
    await expect(welcome).to_contain_text("/plumb exp quick reply@1 reply@2 set questions")
    await welcome.get_by_role("button", name="Compare two prompts").click()
    card = page.locator(".main .message", has=page.get_by_role("button", name="Where they differ"))
    await expect(card).to_contain_text("Ship reply@2", timeout=DRAFTING_MS)
    await expect(card).to_contain_text("2 arms on 20 cases")
    await card.get_by_role("button", name="Where they differ").click()
    await card.locator(".replies").click()
    side = page.locator("#side")
    await expect(side).to_contain_text("where the arms differ")
    await expect(side).to_contain_text("until Thursday at midnight")


async def test_what_arrives_below_is_announced(ada: Seat, card: Card) -> None:
    page = await ada.go(card.channel)
    await page.locator(".messages-inner").evaluate("inner => inner.parentElement.scrollTo({ top: 0 })")
    below = page.locator(".main .jump")
    await expect(below).to_have_text("↓ Newest")
    await page.get_by_role("button", name="What can you do?").click()
    await expect(below).to_have_text("↓ New messages")
    await below.click()
    await expect(below).to_be_hidden()
    await expect(page.get_by_text("For what can stand behind one of them").last).to_be_in_viewport()


OWN_ATTACKS = (
    "<!channel> <!here> <@U0BEN> <#C0LEADS>",
    "<https://evil.example/x|my invoice>",
    "[my invoice](https://evil.example/y)",
    "![pixel](https://evil.example/p.png)",
    "<img src=x onerror=boom()> <script>boom()</script>",
    "https://evil.example/plain",
    "@channel @here",
)
LIVE = ":is(.mention, a[href]:not([download]), img, script, iframe, svg[onload])"


def attacks() -> list[str]:
    """Ours, and the development set of hostile Slack markup where it is."""
    path = SHARED_DATA / "injection" / "slack_markup_dev.jsonl"
    lines = path.read_text("utf-8").splitlines() if path.is_file() else []
    return [*OWN_ATTACKS, *(" ".join(json.loads(line)["text"].split()) for line in lines)]


def hostile_log() -> bytes:
    """Sixty tickets of one need, each with an attack in it."""
    rows = ["ticket_id,created_at,requester_email,message"]
    hostile = attacks()
    for number in range(60):
        text = f"My parcel A-{number} has not arrived. {hostile[number % len(hostile)]}".replace('"', '""')
        rows.append(f'ho{number},2026-10-{1 + number % 28:02}T09:00:00Z,p{number}@example.com,"{text}"')
    return "\n".join(rows).encode()


async def test_hostile_tickets_stay_dead(ada: Seat, office: Office) -> None:
    asked: list[str] = []
    ada.page.on("request", lambda request: asked.append(request.url))
    hostile = await drafted(office, "hostile.csv", hostile_log())
    page = await ada.go(hostile.channel)
    await page.evaluate("() => { window.boom = () => { window.boomed = true; }; }")
    row, side = message(page, hostile.ts), page.locator("#side")
    await row.get_by_role("button", name="Edge cases").click()
    await expect(row.locator(".replies")).to_contain_text("1 reply", timeout=DRAFTING_MS)
    await row.get_by_role("button", name="Trace").click()
    await expect(row.locator(".replies")).to_contain_text("2 replies", timeout=DRAFTING_MS)
    await row.locator(".replies").click()
    quotes = side.locator(".message", has_text="word for word")
    await expect(quotes).to_contain_text("evil")
    await side.get_by_role("button", name="Show all").click()
    await expect(side.locator(".message", has_text="How it is tested")).to_be_visible()
    await say(page, "/plumb story themes hostile")
    themes = page.locator(".main .message", has_text="What hostile is about")
    await expect(themes).to_be_visible(timeout=DRAFTING_MS)
    for shown in (row, side, themes):
        assert await live(shown) == []
    page = await ada.go(SUPPORT)
    file = page.locator(".file-card", has_text="hostile.csv")
    await expect(file.locator("td").first).to_be_visible()
    assert await live(file) == []
    assert await page.evaluate("window.boomed") is None
    assert {url.split("/")[2] for url in asked} == {page.url.split("/")[2]}


async def live(shown: Locator) -> list[str]:
    """What in it could be followed, loaded or run, or calls somebody."""
    found = shown.locator(LIVE)
    return [str(each) for each in await found.evaluate_all("all => all.map((one) => one.outerHTML)")]
