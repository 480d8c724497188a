"""What a visitor sees at the sandbox's page, with a real server and a real Bolt app."""

import re
from base64 import b64decode
from typing import Any

import pytest
from playwright.async_api import Browser, expect
from slack_bolt.async_app import AsyncApp

from bot.sandbox import Sandbox
from tests.browser.blocks import FORM, MESSAGES, PICTURES
from tests.browser.conftest import Seat, sitting
from tests.browser.hands import DROP, message, say

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_every_block_the_page_knows_is_drawn(seat: Seat, app: AsyncApp, sandbox: Sandbox) -> None:
    page = await seat.go("C0GENERAL")
    known = await page.evaluate("import('/blocks/index.js').then((one) => Object.keys(one.BLOCKS))")
    stamps = [await say(app, blocks=blocks) for blocks in MESSAGES]
    for ts in stamps:
        await expect(message(page, ts)).to_be_visible()
    assert await page.locator(".unknown").count() == 0
    shown = {block["type"] for block in [*FORM, *(block for blocks in MESSAGES for block in blocks)]}
    assert set(known) - shown == {"call", "file"}
    for kind in shown - {"input", "alert"}:
        await expect(page.locator(f".block-{kind.replace('_', '-')}").first).to_be_visible()


async def test_text_in_every_dialect(seat: Seat, app: AsyncApp) -> None:
    page = await seat.go("C0GENERAL")
    text = (
        "*bold* _it_ ~no~ `a_b_c` <https://example.com/x|link> <@U0ADA> <#C0SUPPORT> <!here> :tada:"
        " :+1::skin-tone-3: &lt;b&gt; &amp;amp; snake_case_name <!date^1795000000^{date_num}|then>"
        "\n• one\n> said\n```x *y*```"
    )
    row = message(page, await say(app, text))
    for tag, words in {
        "strong": "bold",
        "em": "it",
        "s": "no",
        "code": "a_b_c",
        "blockquote": "said",
    }.items():
        await expect(row.locator(f".text {tag}").first).to_have_text(words)
    await expect(row.locator("a", has_text="link")).to_have_attribute("href", "https://example.com/x")
    await expect(row.locator("a", has_text="link")).to_have_attribute("rel", re.compile("noopener"))
    await expect(row.locator(".mention")).to_have_text(["@Ada Okafor", "#support", "@here"])
    await expect(row.locator(".text .emoji")).to_have_text(["🎉", "👍🏼"])
    await expect(row.locator("pre")).to_have_text("x *y*")
    await expect(row.locator("time").last).to_have_text("18/11/2026")
    await expect(row).to_contain_text("<b> &amp; snake_case_name")
    row = message(page, await say(app, blocks=PICTURES))
    await expect(row.locator(".md h4")).to_have_text("Verdict")
    await expect(row.locator(".md td")).to_have_text(["reply@4", "88.5 %"])
    await expect(row.locator(".md ol li ul li")).to_have_text("from refunds")
    await expect(row.locator(".md pre")).to_have_text("x = 1 < 2")


async def test_charts_can_be_read_without_seeing_them(seat: Seat, app: AsyncApp) -> None:
    page = await seat.go("C0GENERAL")
    row = message(page, await say(app, blocks=MESSAGES[-2]))
    picture = row.locator("svg[role=img]").first
    await expect(picture).to_have_attribute(
        "aria-label", "line chart: A line chart. reply, draft; 3 points, from -2 to 73."
    )
    await row.locator("summary").first.click()
    await expect(row.locator(".chart-numbers").first.locator("tbody tr")).to_have_text(
        ["W071-2", "W1730", "W2694"]
    )
    await row.locator(".legend-key").first.click()
    await expect(row.locator(".chart-canvas").first.locator(".chart-stroke")).to_have_count(1)
    await expect(row.locator(".legend-key").first).to_have_attribute("aria-pressed", "false")


async def test_a_data_table_sorts_and_turns_its_pages(seat: Seat, app: AsyncApp) -> None:
    page = await seat.go("C0GENERAL")
    table = message(page, await say(app, blocks=MESSAGES[2])).locator(".data-table")
    await expect(table.locator("tbody th")).to_have_text([f"Theme {at}" for at in range(1, 6)])
    await table.get_by_role("button", name="Next page").click()
    await expect(table.locator("tbody th")).to_have_text(["Theme 6", "Theme 7"])
    tickets = table.get_by_role("button", name="Tickets")
    await tickets.click()
    await tickets.click()
    await expect(table.locator("tbody th").first).to_have_text("Theme 7")


async def test_a_stream_grows_and_the_status_is_seen(seat: Seat, app: AsyncApp) -> None:
    root = await say(app, "Ask away")
    page = await seat.go(f"C0GENERAL/{root}")
    side = page.locator("#side")
    await app.client.assistant_threads_setStatus(
        channel_id="C0GENERAL", thread_ts=root, status="is thinking…"
    )
    await expect(side.locator(".status-line")).to_contain_text("Plumbline is thinking")
    stream: dict[str, Any] = {"channel": "C0GENERAL"}
    to: dict[str, Any] = {"recipient_team_id": "T0SILLGROVE", "recipient_user_id": "U0ADA"}
    answer = await app.client.chat_startStream(
        channel="C0GENERAL", thread_ts=root, markdown_text="Three ", **to
    )
    stream["ts"] = answer["ts"]
    growing = side.locator(".message.streaming")
    await expect(growing).to_contain_text("Three")
    await app.client.chat_appendStream(**stream, markdown_text="**themes**")
    await expect(growing.locator("strong", has_text="themes")).to_be_visible()
    await app.client.chat_stopStream(**stream)
    await expect(growing).to_have_count(0)
    await expect(side.locator(".status-line")).to_be_empty()


async def test_it_follows_the_system_and_can_be_told(browser: Browser, sandbox: Sandbox) -> None:
    ground = "getComputedStyle(document.getElementById('main')).backgroundColor"
    async with sitting(browser, sandbox, color_scheme="dark") as seat:
        page = await seat.go()
        assert await page.evaluate(ground) == "rgb(30, 27, 35)"
        await page.get_by_role("button", name="Theme: as the system").click()
        await expect(page.get_by_role("button", name="Theme: light")).to_be_visible()
        assert await page.evaluate(ground) == "rgb(255, 255, 255)"
        await page.reload()
        await page.locator(".channel-head").wait_for()
        assert await page.evaluate(ground) == "rgb(255, 255, 255)"


ATTACKS = (
    "<script>boom()</script>",
    "<img src=x onerror=boom()>",
    "<javascript:boom()|click>",
    "<data:text/html,<script>boom()</script>|click>",
    "*<b onmouseover=boom()>x</b>*",
    '<https://example.com/"onmouseover="boom()|x>',
    "`<svg onload=boom()>`",
    '<@U0ADA"><img src=x onerror=boom()>',
)


async def test_what_people_and_apps_write_stays_text(seat: Seat, app: AsyncApp) -> None:
    page = await seat.go("C0GENERAL")
    await page.evaluate("() => { window.boom = () => { window.boomed = true; }; }")
    for attack in ATTACKS:
        block = {"type": "section", "text": {"type": "mrkdwn", "text": attack}}
        standard = {"type": "markdown", "text": f"{attack} [click](javascript:boom()) ![x](data:text/html,1)"}
        await say(app, attack)
        last = await say(app, attack, blocks=[block, standard])
    await page.locator(".main .composer-field").fill(ATTACKS[1])
    await page.locator(".main .composer-field").press("Enter")
    await page.evaluate(DROP, [".channel-body", "drop", "<img src=x onerror=boom()>.csv", ATTACKS[1]])
    await expect(page.locator(".shelf .draft-file")).to_be_visible()
    await page.locator(".main .composer-field").press("Enter")
    await expect(page.locator(".message .file-card")).to_be_visible()
    await expect(message(page, last)).to_be_visible()
    assert await page.locator(".messages :is(script, img, iframe, b[onmouseover], svg[onload])").count() == 0
    schemes = await page.locator(".messages a[href]").evaluate_all(
        "links => links.map((one) => one.protocol)"
    )
    assert set(schemes) <= {"http:", "https:", "mailto:"}
    for link in await page.locator(".dead-link").all():
        await link.click()
    assert await page.evaluate("window.boomed") is None


SHAPES = {
    "stars": "*a " * 4000,
    "nested": "*_" * 6000,
    "brackets": "[" * 12000,
    "ticks": "``` `" * 2400,
    "angles": "<a " * 4000,
    "quotes": "> " * 3000 + "a",
    "pipes": ("|" * 100 + "\n") * 100,
    "colons": ":a" * 6000,
    "lists": "\n".join(f"{'  ' * at}- a" for at in range(300)),
    "lone": "\ud800 \u202e \x00",
}
DRAW = """async (text) => {
  const { markdown } = await import('/text/markdown.js');
  const { mrkdwn } = await import('/text/mrkdwn.js');
  const start = performance.now();
  const lengths = [markdown, mrkdwn].map((one) => one(text).textContent.length);
  return [performance.now() - start, ...lengths];
}"""


async def test_text_of_any_shape_is_drawn_in_time(seat: Seat, sandbox: Sandbox) -> None:
    page = await seat.go()
    for shape, text in SHAPES.items():
        milliseconds, standard, slack = await page.evaluate(DRAW, text)
        assert milliseconds < 5000, shape
        assert standard + slack > 0 or shape == "pipes", shape


PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


async def test_pictures_of_this_machine_are_shown_and_no_others(seat: Seat, app: AsyncApp) -> None:
    asked: list[str] = []
    seat.page.on("request", lambda request: asked.append(request.url))
    page = await seat.go("C0SUPPORT")
    answer = await app.client.files_upload_v2(channel="C0SUPPORT", filename="dot.png", content=b64decode(PNG))
    block = {"type": "image", "slack_file": {"id": answer["file"]["id"]}, "alt_text": "A dot"}
    row = message(page, await say(app, channel="C0SUPPORT", blocks=[block]))
    picture = row.get_by_role("img", name="A dot")
    await expect(picture).to_have_js_property("naturalWidth", 1)
    await row.get_by_role("button", name="Enlarge: A dot").click()
    await expect(page.get_by_role("dialog").locator("img")).to_have_js_property("naturalWidth", 1)
    await page.keyboard.press("Escape")
    row = message(page, await say(app, channel="C0SUPPORT", blocks=PICTURES))
    await expect(row.locator(".elsewhere")).to_contain_text("Not loaded from example.com")
    assert {url.split("/")[2] for url in asked} == {page.url.split("/")[2]}


async def test_everything_can_be_done_from_the_keyboard(seat: Seat, app: AsyncApp) -> None:
    page = await seat.go("C0SUPPORT")
    keys = page.keyboard
    await keys.press("Control+k")
    await keys.type("gener")
    await keys.press("Enter")
    await expect(page.locator(".channel-head h2")).to_have_text("general")
    field = page.locator(".main .composer-field")
    await field.focus()
    await keys.type("/plumb story draft")
    await keys.press("Enter")
    form = page.get_by_role("dialog")
    await expect(form.locator("[data-input=title] input")).to_be_focused()
    await keys.type("From the keys")
    for _ in range(6):
        await keys.press("Tab")
    await expect(form.locator("[data-input=kind] .select")).to_be_focused()
    await keys.press("Enter")
    await keys.press("ArrowDown")
    await keys.press("Enter")
    await expect(form.locator("[data-input=kind] .select")).to_have_text("Wish")
    await form.locator("[data-input=title] input").focus()
    await keys.press("Enter")
    await expect(form).to_have_count(0)
    await expect(page.locator(".message").last).to_contain_text("Drafted From the keys (wish)")
    await expect(field).to_be_focused()
    await keys.press("ArrowUp")
    await keys.press("ArrowUp")
    await expect(page.locator(".message").last).to_be_focused()
    await keys.press("Enter")
    await expect(page.get_by_role("menuitem", name="Add a reaction…")).to_be_focused()
    await keys.press("Escape")
    await expect(page.get_by_role("menu")).to_have_count(0)


async def test_without_an_app_it_says_so(seat: Seat, sandbox: Sandbox) -> None:
    page = await seat.go("C0GENERAL")
    await expect(page.locator(".workspace")).to_contain_text("No app connected yet")
    await expect(page.locator(".welcome")).to_contain_text("Connect an app")
    await page.locator(".main .composer-field").fill("/nobody home")
    await page.locator(".main .composer-field").press("Enter")
    await expect(page.locator(".message.ephemeral")).to_contain_text("/nobody")
