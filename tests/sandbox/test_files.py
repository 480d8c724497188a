"""Files: three steps in, the token out, and how the page may show them."""

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Person, Sandbox
from bot.sandbox.seed import BEN, GENERAL
from bot.sandbox.uploads import safe_name
from tests.sandbox.test_web_api import refused


async def test_upload_share_download_delete(client: AsyncWebClient, sandbox: Sandbox, ada: Person) -> None:
    root = (await ada.post(GENERAL, "export please"))["ts"]
    answer = await client.files_upload_v2(
        channel=GENERAL, thread_ts=root, filename="stories.md", content="# Stories", title="Stories",
        initial_comment="Here they are",
    )  # fmt: skip
    file = answer["file"]
    reply = (await ada.messages(GENERAL, root))[-1]
    assert (reply["text"], reply["files"][0]["id"], reply["subtype"]) == (
        "Here they are",
        file["id"],
        "file_share",
    )
    info = (await client.files_info(file=file["id"]))["file"]
    assert (info["size"], info["title"], info["shares"]["public"][GENERAL][0]["ts"]) == (
        9,
        "Stories",
        reply["ts"],
    )
    assert [one["id"] for one in (await client.files_list(channel=GENERAL))["files"]] == [file["id"]]
    async with aiohttp.ClientSession() as session:
        async with session.get(info["url_private_download"]) as nobody:
            assert nobody.status == 403
        headers = {"Authorization": f"Bearer {sandbox.bot_token}"}
        async with session.get(info["url_private_download"], headers=headers) as download:
            assert await download.read() == b"# Stories"
            assert download.headers["X-Content-Type-Options"] == "nosniff"
            assert download.headers["Content-Disposition"].startswith("attachment")
    await client.files_delete(file=file["id"])
    assert await refused(client.files_info(file=file["id"])) == "file_not_found"
    assert "files" not in (await ada.messages(GENERAL, root))[-1]


async def test_the_upload_address_answers_plain_text(client: AsyncWebClient) -> None:
    url = (await client.files_getUploadURLExternal(filename="a.csv", length=3))["upload_url"]
    async with aiohttp.ClientSession() as session, session.post(url, data=b"a,b") as answer:
        assert (answer.content_type, await answer.text()) == ("text/plain", "OK - 3")


async def test_uploads_are_refused_as_slack_refuses(client: AsyncWebClient) -> None:
    assert await refused(client.files_getUploadURLExternal(filename="a", length=0)) == "invalid_arguments"
    started = await client.files_getUploadURLExternal(filename="a", length=1)
    complete = client.files_completeUploadExternal(files=[{"id": started["file_id"], "title": "a"}])
    assert await refused(complete) == "file_upload_not_complete"
    assert await refused(client.files_completeUploadExternal(files=[{"id": "F0NO"}])) == "file_not_found"


async def test_a_person_uploads_and_the_app_reads(
    client: AsyncWebClient, sandbox: Sandbox, ada: Person
) -> None:
    held = await ada.upload("tickets.csv", b"id,text\n1,dry\n")
    file = held["files"][0]
    assert (file["user"], file["size"]) == ("U0ADA", 14)
    posted = await ada.post(GENERAL, "see file", files=[file["id"]])
    assert posted["message"]["files"][0]["url_private"] == file["url_private"]
    headers = {"Authorization": f"Bearer {sandbox.bot_token}"}
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.get(file["url_private"]) as download,
    ):
        assert await download.read() == b"id,text\n1,dry\n"
    async with sandbox.person(BEN) as ben:
        assert (await ben.post(GENERAL, "mine", files=[file["id"]]))["error"] == "file_not_found"


@pytest.mark.parametrize(
    ("name", "kind", "shown", "disposition"),
    [
        ("a.png", "image/png", "image/png", "inline"),
        ("a.pdf", "application/pdf", "application/pdf", "inline"),
        ("a.html", "text/html", "text/plain", "inline"),
        ("a.svg", "image/svg+xml", "application/octet-stream", "attachment"),
        ("a.exe", "application/x-msdownload", "application/octet-stream", "attachment"),
    ],
)
async def test_nothing_runs_in_a_preview(
    sandbox: Sandbox, ada: Person, name: str, kind: str, shown: str, disposition: str
) -> None:
    file = (await ada.upload(name, b"<script>alert(1)</script>", content_type=kind))["files"][0]
    url = f"{sandbox.url}/page/file/{file['id']}"
    async with aiohttp.ClientSession() as session, session.get(url, params={"user": "U0ADA"}) as answer:
        assert answer.content_type == shown
        assert answer.headers["Content-Disposition"].split(";")[0] == disposition
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "script-src" not in answer.headers["Content-Security-Policy"]
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\x\\a.txt", "a.txt"),
        ('a"\r\nb.txt', "ab.txt"),
        ("..", ".."),
        ("", "file"),
    ],
)
def test_names_of_files_are_tame(given: str, kept: str) -> None:
    assert safe_name(given) == kept
