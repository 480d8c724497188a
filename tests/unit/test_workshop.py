"""The workshop: real tasks in a child process, killed, cancelled and left alone."""

import asyncio
import json
import os
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.errors import DraftingStopped, ImportRefused, NotFound, WorkStopped
from bot.settings import Settings
from bot.workshop import Workshop

SOON = 60.0
SECRET = "xoxb-nobody-may-read-this"


# One child serves most tests: it takes seconds to start.
pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(data_dir=tmp_path_factory.mktemp("data"), workers=0, secret=SECRET)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def workshop(settings: Settings) -> AsyncIterator[Workshop]:
    workshop = Workshop(settings)
    yield workshop
    await workshop.close()


def a_log(folder: Path, rows: int) -> dict[str, Any]:
    """A log of ``rows`` different messages, as the payload of an import."""
    path = folder / f"log-{rows}.jsonl"
    needs = ("reset my password", "export the invoices", "change the delivery address", "cancel the order")
    with path.open("w") as log:
        for number in range(rows):
            text = f"Hello, I cannot {needs[number % 4]} since update {number}, please help me soon."
            log.write(json.dumps({"id": f"T{number}", "message": text, "requester": f"u{number}"}) + "\n")
    return {"path": str(path), "filename": path.name, "source": "log", "channel": "C1"}


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(SOON):
        while not condition():  # noqa: ASYNC110  other processes set no event
            await asyncio.sleep(0.01)


async def test_from_a_file_to_stories_in_one_child(
    workshop: Workshop, settings: Settings, tmp_path: Path
) -> None:
    stages: list[str] = []

    async def watch(stage: str, done: int, total: int | None) -> None:
        stages.append(stage)

    taken = await workshop.run("T1", "import", a_log(tmp_path, 40), watch)
    child = workshop.pid
    assert (taken["accepted"], taken["tickets"], taken["source"]) == (40, 40, "log")
    assert {"grade", "failed", "reasons", "problems", "notes", "skipped", "duplicates"} <= set(taken)
    assert all({"severity", "sentence", "fix"} == set(reason) for reason in taken["reasons"])
    assert "Storing" in stages

    found = await workshop.run("T1", "themes", {"source": "log"})
    assert found["tickets"] == 40
    assert found["themes"]
    assert {"id", "name", "quote", "quote_id", "tickets", "requesters", "trend"} <= set(found["themes"][0])
    report = await workshop.run("T1", "audit", {"source": "log"})
    assert report["grade"] == taken["grade"]

    named = [theme["id"] for theme in found["themes"]][:1]
    drafted = await workshop.run("T1", "draft", {"source": "log", "theme_ids": named, "override": "a test"})
    assert [len(drafted["stories"]), drafted["failures"]] == [1, []]
    with closing(sqlite3.connect(settings.data_dir / "plumbline.db")) as rows:
        assert rows.execute("SELECT channel FROM source WHERE team = 'T1'").fetchall() == [("C1",)]
        assert rows.execute("SELECT count(*) FROM theme_run").fetchone() == (1,)  # drafting grouped nothing
    with pytest.raises(NotFound):  # another team sees none of it
        await workshop.run("T2", "draft", {"source": "log"})
    assert workshop.pid == child


async def test_messages_are_imported_like_a_file(workshop: Workshop) -> None:
    messages = [
        {"id": "1.1", "text": "The export stops halfway", "created_at": 1_763_000_000.5, "requester": "U1"},
        {"id": "1.2", "text": "Mail me at ann@example.com", "created_at": "2026-11-01T09:00:00"},
        {"id": "1.3", "text": "  "},
    ]
    taken = await workshop.run("T1", "import_messages", {"messages": messages, "source": "chat"})
    assert (taken["accepted"], taken["kind"]) == (2, "messages")
    with pytest.raises(ImportRefused) as raised:
        await workshop.run("T1", "import_messages", {"messages": messages[2:], "source": "chat"})
    assert raised.value.code == "no_rows"


async def test_failures_come_back_as_they_were(
    workshop: Workshop, settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "picture.csv").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    payload = {"path": str(tmp_path / "picture.csv"), "filename": "picture.csv", "source": "s"}
    with pytest.raises(ImportRefused) as refused:
        await workshop.run("T1", "import", payload)
    assert "picture.csv" in refused.value.message
    assert refused.value.hint
    with pytest.raises(Exception, match="Something went wrong") as unexpected:
        await workshop.run("T1", "import", {"source": "no path"})
    assert getattr(unexpected.value, "code", "") == "unexpected"
    (reference,) = [word.strip(".") for word in unexpected.value.hint.split() if len(word.strip(".")) == 8]  # type: ignore[attr-defined]
    log = (settings.data_dir / "plumbline.log").read_text()
    assert f"failure {reference}" in log
    assert "KeyError" in log


async def test_a_failed_audit_stops_drafting_until_somebody_says_why(workshop: Workshop) -> None:
    messages = [{"id": str(n), "text": "same"} for n in range(30)]
    taken = await workshop.run("T1", "import_messages", {"messages": messages, "source": "bad"})
    assert taken["failed"]
    with pytest.raises(DraftingStopped):
        await workshop.run("T1", "draft", {"source": "bad"})


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="there is no /proc to look into")
async def test_no_secret_stands_in_arguments_or_environment(workshop: Workshop) -> None:
    with pytest.raises(NotFound):
        await workshop.run("T1", "audit", {"source": "none"})
    arguments, environment, stat = (Path(f"/proc/{workshop.pid}/{x}") for x in ("cmdline", "environ", "stat"))
    assert SECRET.encode() not in arguments.read_bytes() + environment.read_bytes()
    assert int(stat.read_text().rsplit(")", 1)[1].split()[16]) == min(os.nice(0) + 10, 19)


async def test_a_killed_child_is_noticed_at_once_and_the_next_task_gets_a_new_one(
    workshop: Workshop, tmp_path: Path
) -> None:
    begun = asyncio.Event()

    async def watch(stage: str, done: int, total: int | None) -> None:
        begun.set()

    running = asyncio.create_task(workshop.run("T1", "import", a_log(tmp_path, 20_000), watch))
    queued = asyncio.create_task(workshop.run("T1", "import", a_log(tmp_path, 20)))
    await asyncio.wait_for(begun.wait(), SOON)
    killed = workshop.pid
    assert killed
    os.kill(killed, signal.SIGKILL)
    async with asyncio.timeout(2):
        with pytest.raises(WorkStopped):
            await running
    assert (await queued)["tickets"] == 20
    assert workshop.pid != killed
    assert not alive(killed)


async def test_a_cancelled_task_is_dropped_with_its_child(workshop: Workshop, tmp_path: Path) -> None:
    begun = asyncio.Event()

    async def watch(stage: str, done: int, total: int | None) -> None:
        begun.set()

    running = asyncio.create_task(workshop.run("T1", "import", a_log(tmp_path, 20_000), watch))
    waiting = asyncio.create_task(workshop.run("T1", "import", a_log(tmp_path, 10)))
    await asyncio.wait_for(begun.wait(), SOON)
    dropped = workshop.pid
    assert dropped
    waiting.cancel()
    running.cancel()
    assert [type(x) for x in await asyncio.gather(running, waiting, return_exceptions=True)] == [
        asyncio.CancelledError
    ] * 2
    assert not alive(dropped)
    assert workshop.pid is None


async def test_an_idle_child_gives_its_memory_back(settings: Settings) -> None:
    workshop = Workshop(settings, idle_s=0.05)
    with pytest.raises(NotFound):
        await workshop.run("T1", "audit", {"source": "none"})
    child = workshop.pid
    assert child
    await until(lambda: workshop.pid is None and not alive(child))
    await workshop.close()


async def test_the_child_ends_with_its_parent(tmp_path: Path) -> None:
    """The parent is killed, so nobody tells the child; it sees the pipe close."""
    code = f"""
import asyncio, os, signal
from bot.settings import Settings
from bot.workshop import Workshop
async def main():
    workshop = Workshop(Settings(data_dir={str(tmp_path)!r}, workers=0))
    try:
        await workshop.run("T1", "audit", {{"source": "none"}})
    except Exception:
        print(workshop.pid, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
asyncio.run(main())
"""
    parent = await asyncio.create_subprocess_exec(sys.executable, "-c", code, stdout=asyncio.subprocess.PIPE)
    out, _ = await asyncio.wait_for(parent.communicate(), SOON)
    child = int(out)
    await until(lambda: not alive(child))
