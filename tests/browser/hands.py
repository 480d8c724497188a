"""What tests do with the page again and again."""

from typing import Any

from playwright.async_api import Locator, Page, expect
from slack_bolt.async_app import AsyncApp

from bot.sandbox import Sandbox
from tests.browser.blocks import JSON

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


async def open_form(page: Page) -> Locator:
    field = page.locator(".main .composer-field")
    await field.fill("/plumb story draft")
    await field.press("Enter")
    form = page.get_by_role("dialog")
    await expect(form.locator(".modal-title")).to_contain_text("New story")
    return form
