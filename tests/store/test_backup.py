"""A backup of an embedded bot: its three files, of one moment, while all of them are written to."""

import asyncio
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from bot.durable import Durable, job_files
from bot.errors import StoreError
from bot.ports import Job, JsonObject
from bot.store.backup import backup
from bot.store.database import upgrade
from tests.conftest import FixedClock

FILES = ("plumbline.db", "inbox.db", "durable.db")


def connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=30, isolation_level=None)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three files, the first one long, so that its copy takes a while."""
    for name in FILES:
        with closing(connect(tmp_path / name)) as made:
            made.execute("PRAGMA journal_mode = WAL")
            made.execute("CREATE TABLE entry (n INTEGER PRIMARY KEY)")
            made.execute("CREATE TABLE ballast (b BLOB)")
    with closing(connect(tmp_path / FILES[0])) as first:
        first.execute("INSERT INTO ballast VALUES (randomblob(20000000))")
    return tmp_path


class Writer(threading.Thread):
    """Writes each number into one file after the other, as a job goes from one to the next."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self.enough = threading.Event()
        self.under_way = threading.Event()

    def run(self) -> None:
        files = [connect(self._folder / name) for name in FILES]
        number = 0
        while not self.enough.is_set():
            number += 1
            for file in files:
                file.execute("INSERT INTO entry VALUES (?)", [number])
            self.under_way.set()
        for file in files:
            file.close()


def last(path: Path) -> int:
    with closing(connect(path)) as copied:
        assert copied.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return int(copied.execute("SELECT coalesce(max(n), 0) FROM entry").fetchone()[0])


def test_all_files_are_of_one_moment(folder: Path) -> None:
    url, jobs = f"sqlite+aiosqlite:///{folder / FILES[0]}", [folder / name for name in FILES[1:]]
    writer = Writer(folder)
    writer.start()
    try:
        assert writer.under_way.wait(30)
        for number in range(3):
            files = backup(url, folder / f"copy{number}.db", jobs)
            assert [file.name for file in files] == [
                f"copy{number}.db", f"copy{number}.inbox.db", f"copy{number}.durable.db",
            ]  # fmt: skip
            main, inbox, durable = (last(file) for file in files)
            assert main >= inbox >= durable >= main - 1 >= 0
    finally:
        writer.enough.set()
        writer.join()
    assert last(folder / FILES[0]) > 3  # it went on writing all the while
    assert not list(folder.glob("*.part"))


def test_a_backup_that_fails_leaves_the_older_one_whole(folder: Path) -> None:
    url = f"sqlite+aiosqlite:///{folder / FILES[0]}"
    (older,) = backup(url, folder / "copy.db")
    before = older.read_bytes()
    (folder / "spoilt.db").write_bytes(b"no database" * 1000)
    with pytest.raises(StoreError, match="cannot be written"):
        backup(url, older, [folder / "spoilt.db"])
    assert older.read_bytes() == before
    assert not list(folder.glob("*.part"))


async def test_a_restored_bot_goes_on_with_what_was_not_done(tmp_path: Path, clock: FixedClock) -> None:
    old, new, done = tmp_path / "old", tmp_path / "new", asyncio.Event()
    stuck: list[str] = []

    async def waits(job: Job, payload: JsonObject) -> None:
        stuck.append(str(await job.step("first", asyncio.sleep, 0, "kept")))
        await asyncio.Event().wait()

    async def goes_on(job: Job, payload: JsonObject) -> None:
        assert await job.step("first", asyncio.sleep, 0, "again") == "kept"
        done.set()

    url = f"sqlite+aiosqlite:///{old / 'plumbline.db'}"
    durable = Durable(url, old, clock=clock)
    durable.register("job", waits)
    await durable.start()
    upgrade(url)
    try:
        await durable.enqueue("job", "k", {})
        async with asyncio.timeout(20):
            while not stuck:  # noqa: ASYNC110  the job sets no event that outlives its process
                await asyncio.sleep(0.01)
        files = backup(url, tmp_path / "copy.db", job_files(url, old))
    finally:
        await durable.close()
    new.mkdir()
    for file, name in zip(files, FILES, strict=True):
        file.rename(new / name)
    restored = Durable(f"sqlite+aiosqlite:///{new / 'plumbline.db'}", new, clock=clock)
    restored.register("job", goes_on)
    await restored.start()
    try:
        await asyncio.wait_for(done.wait(), 20)
    finally:
        await restored.close()
