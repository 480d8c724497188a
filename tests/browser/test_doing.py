"""What a person does at the sandbox's page, and what the app hears of it."""

import re

import pytest
from playwright.async_api import expect
from slack_bolt.async_app import AsyncApp

from bot.sandbox import Sandbox
from tests.browser.blocks import CHOICES, STORY
from tests.browser.conftest import Seat
from tests.browser.hands import DROP, actions, message, open_form, say

pytestmark = pytest.mark.asyncio(loop_scope="package")


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
