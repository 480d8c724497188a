"""What a visitor sees and does at the sandbox's page, with a real server and a real Bolt app."""

import re
from typing import Any

import pytest
from playwright.async_api import Browser, Locator, Page, expect
from slack_bolt.async_app import AsyncApp

from bot.sandbox import Sandbox
from tests.browser.blocks import CHOICES, FORM, JSON, MESSAGES, PICTURES, STORY
from tests.browser.conftest import Seat, sitting

pytestmark = pytest.mark.asyncio(loop_scope="package")

DROP = """([area, kind, name, text]) => {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([text], name));
  document.querySelector(area).dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true }));
}"""


async def say(app: AsyncApp, text: str = "words", channel: str = "C0GENERAL", **more: Any) -> str:
    answer = await app.client.chat_postMessage(channel=channel, text=text, **more)
    return str(answer["ts"])


def message(page: Page, ts: str) -> Locator:
    return page.locator(f'.main .message[data-ts="{ts}"]')


async def actions(page: Page, sandbox: Sandbox, count: int) -> list[JSON]:
    """The block actions the app was sent, once there are `count` of them."""
    for _ in range(400):
        sent = [one["payload"] for one in sandbox.log.since(kind="delivery")]
        found = [payload["actions"][0] for payload in sent if payload.get("type") == "block_actions"]
        if len(found) >= count:
            return found
        await page.wait_for_timeout(25)
    raise AssertionError(f"{len(found)} actions came, {count} were awaited")


# --- what is shown ---------------------------------------------------------------------------------------
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
        " :+1::skin-tone-3: &lt;b&gt; &amp;amp; snake_case_name <!date^1795000000^{date_num}|then>\n• one\n> said\n```x *y*```"
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
    await expect(row.locator(".chart-line path").first).to_have_count(1)
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
    await expect(side.locator(".status-line")).to_contain_text("Plumbline is thinking…")
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


# --- commands and modals ---------------------------------------------------------------------------------
async def test_a_command_is_completed_and_answered_in_private(seat: Seat, app: AsyncApp) -> None:
    page = await seat.go("C0GENERAL")
    field = page.locator(".main .composer-field")
    await field.fill("/pl")
    suggestion = page.locator(".complete .option").first
    await expect(suggestion).to_contain_text("story draft | help")
    await expect(suggestion).to_contain_text("Stories and digests")
    await field.press("Tab")
    await expect(field).to_have_value("/plumb ")
    await expect(page.locator(".main .composer-hint")).to_contain_text("/plumb story draft | help")
    await field.press_sequentially("help")
    await field.press("Enter")
    answer = page.locator(".message.ephemeral")
    await expect(answer).to_contain_text("Only visible to you")
    await expect(answer.locator("strong", has_text="Ask")).to_be_visible()
    await answer.hover()
    await answer.get_by_role("button", name="Dismiss message").click()
    await expect(answer).to_have_count(0)


async def open_form(page: Page) -> Locator:
    field = page.locator(".main .composer-field")
    await field.fill("/plumb story draft")
    await field.press("Enter")
    form = page.get_by_role("dialog")
    await expect(form.locator(".modal-title")).to_contain_text("New story")
    return form


async def test_a_modal_is_checked_by_page_and_app_and_submitted(seat: Seat, app: AsyncApp) -> None:
    page = await seat.go("C0GENERAL")
    form = await open_form(page)
    submit = form.get_by_role("button", name="Draft")
    await submit.click()
    await expect(form.locator("[data-input=title] .input-error")).to_be_visible()
    await expect(form.locator("[data-input=kind] .input-error")).to_be_visible()
    await expect(form.locator("[data-input=need] .input-error")).to_be_hidden()
    await form.locator("[data-input=title] input").fill("Tiny")
    await expect(form.locator("[data-input=title] .counter")).to_have_text("56")
    await form.locator("[data-input=kind] .select").click()
    await page.get_by_role("option", name="Wish").click()
    await submit.click()
    await expect(form.locator("[data-input=title] .input-error")).to_have_text("At least five letters.")
    await form.locator("[data-input=title] input").fill("Refund status")
    await page.evaluate(DROP, [".drop-area", "drop", "notes.pdf", "no"])
    await expect(form.locator("[data-input=log] .file-input .input-error")).to_contain_text("notes.pdf")
    await page.evaluate(DROP, [".drop-area", "drop", "log.csv", "a,b\n1,2"])
    await expect(form.locator(".held-files")).to_contain_text("7 B")
    await submit.click()
    await expect(form).to_have_count(0)
    await expect(page.locator(".message").last).to_contain_text("Drafted Refund status (wish) ['log.csv']")


async def test_a_modal_is_updated_in_place_and_stacked(seat: Seat, app: AsyncApp) -> None:
    page = await seat.go("C0GENERAL")
    form = await open_form(page)
    await form.locator("[data-input=title] input").fill("Kept")
    await form.get_by_role("button", name="Update").click()
    await expect(form.locator(".alert-success")).to_have_text("Updated in place.")
    await expect(form.locator("[data-input=title] input")).to_have_value("Kept")
    await form.get_by_role("button", name="Push").click()
    await expect(form.locator(".modal-title")).to_contain_text("Second")
    await form.get_by_role("button", name="Back").click()
    await expect(form.locator("[data-input=title] input")).to_have_value("Kept")
    await page.reload()
    await expect(form.locator(".modal-title")).to_contain_text("New story")
    await form.get_by_role("button", name="Cancel").click()
    await expect(form).to_have_count(0)


# --- elements --------------------------------------------------------------------------------------------
async def test_choices_reach_the_app_and_stay_chosen(seat: Seat, app: AsyncApp, sandbox: Sandbox) -> None:
    page = await seat.go("C0GENERAL")
    row = message(page, await say(app, blocks=CHOICES))
    await row.locator("[data-action=model]").click()
    await page.get_by_role("option", name="Large").click()
    await row.locator("[data-action=theme]").click()
    await page.get_by_role("option", name="Pumps").click()
    await row.locator("[data-action=people]").click()
    for name in ("Ben Lindqvist", "Emi Tanaka"):
        await page.get_by_role("option", name=name).click()
    await page.keyboard.press("Escape")
    await row.get_by_label("Build").check()
    await row.get_by_label("Cost").check()
    await row.locator("[data-action=day]").fill("2026-12-24")
    found = {one["action_id"]: one for one in await actions(page, sandbox, 6)}
    assert found["model"]["selected_option"]["value"] == "large"
    assert found["theme"]["selected_option"]["value"] == "pumps"
    assert found["people"]["selected_users"] == ["U0BEN", "U0EMI"]
    assert found["profile"]["selected_option"]["value"] == "build"
    assert [one["value"] for one in found["alerts"]["selected_options"]] == ["cost"]
    assert found["day"]["selected_date"] == "2026-12-24"
    await expect(row.locator("[data-action=model]")).to_have_text("Large")
    await expect(row.locator("[data-action=people] .chip")).to_have_text(["Ben Lindqvist", "Emi Tanaka"])


async def test_buttons_ask_where_asked_to_and_votes_are_marked(
    seat: Seat, app: AsyncApp, sandbox: Sandbox
) -> None:
    page = await seat.go("C0GENERAL")
    row = message(page, await say(app, blocks=STORY))
    await row.get_by_role("button", name="Drop").click()
    question = page.get_by_role("dialog")
    await expect(question).to_contain_text("For good.")
    await question.get_by_role("button", name="Keep").click()
    await row.get_by_role("button", name="Approve").click()
    assert [one["action_id"] for one in await actions(page, sandbox, 1)] == ["approve"]
    await row.get_by_role("button", name="More options").click()
    await page.get_by_role("menuitem", name="Merge").click()
    down = row.get_by_role("button", name="Bad")
    await down.click()
    await expect(down).to_have_attribute("aria-pressed", "true")
    await expect(row.get_by_role("button", name="Good")).to_have_attribute("aria-pressed", "false")
    found = await actions(page, sandbox, 3)
    assert found[1]["selected_option"]["value"] == "merge"
    assert found[2]["value"] == "down"


# --- conversation ----------------------------------------------------------------------------------------
async def test_files_are_dropped_looked_at_and_sent(seat: Seat, app: AsyncApp) -> None:
    page = await seat.go("C0SUPPORT")
    await page.evaluate(DROP, [".channel-body", "dragenter", "log.csv", ""])
    await expect(page.locator(".drop-veil")).to_contain_text("Upload to support")
    await page.evaluate(DROP, [".channel-body", "drop", "log.csv", 'id,text\nT-1,"a, b"\nT-2,c'])
    await expect(page.locator(".shelf td")).to_have_text(["T-1", "a, b", "T-2", "c"])
    await page.locator(".main .composer-field").fill("This week")
    await page.locator(".main .composer-field").press("Enter")
    card = page.locator(".message .file-card")
    await expect(card.locator("td")).to_have_text(["T-1", "a, b", "T-2", "c"])
    await expect(page.locator(".shelf")).to_be_empty()
    async with page.expect_download() as loading:
        await card.get_by_role("link", name="Download log.csv").click()
    assert (await loading.value).suggested_filename == "log.csv"
    await card.get_by_role("button", name="Open log.csv").click()
    await expect(page.get_by_role("dialog").locator("td")).to_have_count(4)


async def test_reactions_threads_edits_and_shortcuts(seat: Seat, app: AsyncApp) -> None:
    page = await seat.go("C0GENERAL")
    row = message(page, await say(app, "A fine message"))
    await row.hover()
    await row.get_by_role("button", name="Find another reaction").click()
    await page.get_by_label("Search all emoji").fill("ticket")
    await page.get_by_label("Search all emoji").press("Enter")
    ticket = row.locator("[data-reaction=ticket]")
    await expect(ticket).to_have_text("🎫1")
    await expect(ticket).to_have_attribute("data-tip", "You reacted with :ticket:")
    await ticket.click()
    await expect(ticket).to_have_count(0)
    await row.get_by_role("button", name="Reply in thread").click()
    side = page.locator("#side")
    await side.locator(".composer-field").fill("A *reply*")
    await side.locator(".composer-field").press("Enter")
    await expect(side.locator(".message strong", has_text="reply")).to_be_visible()
    await expect(row.locator(".replies")).to_contain_text("1 reply")
    mine = side.locator(".message").last
    await mine.hover()
    await mine.get_by_role("button", name="More actions").click()
    await page.get_by_role("menuitem", name="Edit message").click()
    await page.get_by_role("dialog").locator("textarea").fill("Changed")
    await page.get_by_role("dialog").get_by_role("button", name="Save").click()
    await expect(mine).to_contain_text("Changed(edited)")
    await page.get_by_role("button", name="Close the thread").click()
    await expect(side).to_be_hidden()
    await row.hover()
    await row.get_by_role("button", name="More actions").click()
    await page.get_by_role("menuitem", name="Make a story").click()
    await expect(page.locator(".message.ephemeral")).to_contain_text("From: A fine message")


async def test_app_home_is_published_for_who_looks(seat: Seat, app: AsyncApp) -> None:
    page = await seat.go("C0GENERAL")
    await page.locator(".room", has_text="Plumbline").click()
    await expect(page.locator(".home .header-text")).to_have_text("ST-14")
    await page.locator(".home").get_by_role("button", name="Refresh").click()
    await expect(page.locator(".home .header-text")).to_have_text("Fresh")
    await page.get_by_role("tab", name="About").click()
    await expect(page.locator(".about")).to_contain_text("Stories from support logs")
    await page.get_by_role("tab", name="Messages").click()
    await expect(page.locator(".main .composer-field")).to_be_visible()


async def test_other_people_see_what_is_theirs(seat: Seat, app: AsyncApp) -> None:
    page = await seat.go("C0SUPPORT")
    await app.client.chat_postEphemeral(channel="C0SUPPORT", user="U0ADA", text="For Ada alone")
    await expect(page.locator(".message.ephemeral")).to_contain_text("For Ada alone")
    await expect(page.locator(".room", has_text="leads")).to_be_visible()
    await page.get_by_role("button", name="You act as Ada Okafor").click()
    await page.get_by_role("menuitemradio", name=re.compile("Frank Weiss.*Guest")).click()
    await expect(page.locator(".me")).to_contain_text("Frank Weiss")
    await expect(page.locator(".message", has_text="12-pot frame")).to_be_visible()
    await expect(page.locator(".room", has_text="leads")).to_have_count(0)
    await expect(page.locator(".message.ephemeral")).to_have_count(0)
    await page.locator(".main .composer-field").fill("Frank here")
    await page.locator(".main .composer-field").press("Enter")
    await expect(page.locator('.message[data-author="U0FRANK"]').last).to_contain_text("Frank here")
    await page.reload()
    await expect(page.locator(".me")).to_contain_text("Frank Weiss")


async def test_unread_marks_come_and_go(seat: Seat, app: AsyncApp) -> None:
    page = await seat.go("C0GENERAL")
    room = page.locator(".room", has_text="support")
    await room.click()
    await page.locator(".room", has_text="general").click()
    await expect(room.locator(".count")).to_have_count(0)
    await say(app, channel="C0SUPPORT")
    await expect(room.locator(".count")).to_have_text("1")
    await room.click()
    await expect(room.locator(".count")).to_have_count(0)


# --- looks, hands, guards --------------------------------------------------------------------------------
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
    await expect(page.get_by_role("menuitem", name="Copy text")).to_be_focused()
    await keys.press("Escape")
    await expect(page.get_by_role("menu")).to_have_count(0)


async def test_without_an_app_it_says_so(seat: Seat, sandbox: Sandbox) -> None:
    page = await seat.go("C0GENERAL")
    await expect(page.locator(".workspace")).to_contain_text("No app connected yet")
    await expect(page.locator(".welcome")).to_contain_text("Connect an app")
    await page.locator(".main .composer-field").fill("/nobody home")
    await page.locator(".main .composer-field").press("Enter")
    await expect(page.locator(".toast")).to_contain_text("/nobody")
