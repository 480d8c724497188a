"""The engine under durable jobs: DBOS Transact, configured, started, quietened and stopped."""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy
from dbos import DBOS, DBOSConfig, SetWorkflowID, error

from bot.durable.databases import FILE, postgres_engine, psycopg_url, sqlite_engine
from bot.durable.quiet import quieten
from bot.errors import StoreError
from bot.store.database import is_sqlite
from bot.store.inbox import MANY

APPLICATION = "plumbline"
# Fixed: by default it is a hash of the source, and after any edit old work would stay pending for ever.
VERSION = "1"
THREADS = 16
RECOVERIES = 20  # starts that one job may see before it is given up: it may be what kills the process
ENDED = frozenset({"SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"})

Body = Callable[[str, str], Awaitable[None]]

_bodies: list[Body] = []  # DBOS is one per process, and wants its workflow declared before it starts


@DBOS.workflow(name="run", max_recovery_attempts=RECOVERIES)
async def _run(name: str, key: str) -> None:
    await _bodies[-1](name, key)


class Engine:
    """Runs ``body(name, key)`` as one workflow per key: once, and after a crash again from where it was."""

    def __init__(self, app_url: str, folder: Path, executor: str, body: Body) -> None:
        self._app_url = app_url
        self._folder = folder
        self._executor = executor
        self._body = body
        self._database: sqlalchemy.Engine | None = None

    def launch(self) -> None:
        """Start; the running loop becomes the one that jobs run on.

        Raises:
            StoreError: the database cannot be opened, or is not migrated.
        """
        quieten()
        _bodies.append(self._body)
        try:
            DBOS(config=self._config())
            DBOS.launch()
        except (error.DBOSException, sqlalchemy.exc.SQLAlchemyError, OSError) as failure:
            self._discard()
            raise StoreError(
                "The database of durable jobs cannot be opened.",
                hint="Run `plumb db upgrade`, then `plumb doctor`.",
            ) from failure

    async def start(self, name: str, key: str) -> bool:
        """Begin a job; False where its key is known: it is being run, or recovered, or has ended.

        Raises:
            JobEnded: it had ended; nothing will run it again.
        """
        try:
            with SetWorkflowID(key, workflow_id_reuse_policy="reject"):
                await DBOS.start_workflow_async(_run, name, key)
        except error.DBOSWorkflowIDInUseError as known:
            if known.workflow_status in ENDED:
                raise JobEnded(known.workflow_status) from None
            return False
        return True

    async def step(self, label: str, work: Callable[..., Awaitable[Any]], *arguments: Any) -> Any:
        """Run ``work``, a coroutine function, once within the running job; later runs get its result."""
        return await DBOS.run_step_async({"name": label}, work, *arguments)

    async def executors(self) -> set[str]:
        """Whose hands begun jobs are in."""
        running = await DBOS.list_workflows_async(status="PENDING", load_input=False, load_output=False)
        return {workflow.executor_id for workflow in running if workflow.executor_id}

    async def recover(self, dead: Collection[str]) -> None:
        """What these had begun is queued again: whoever is first goes on with it, from where it was."""
        await asyncio.to_thread(DBOS._recover_pending_workflows, sorted(dead))

    async def tidy(self, before: datetime) -> None:
        """Forget jobs that ended before a moment, with all their steps."""
        while True:
            old = await DBOS.list_workflows_async(
                status=sorted(ENDED),
                completed_before=before.isoformat(),
                limit=MANY,
                load_input=False,
                load_output=False,
            )
            if not old:
                return
            await DBOS.delete_workflows_async([workflow.workflow_id for workflow in old])

    async def close(self) -> None:
        """Stop everything. What runs stays pending."""
        # DBOS made its threads the loop's own; whatever still runs here needs others.
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(THREADS))
        await asyncio.to_thread(self._discard)

    def _discard(self) -> None:
        DBOS.destroy()
        _bodies.remove(self._body)
        if self._database is not None:
            self._database.dispose()

    def _config(self) -> DBOSConfig:
        embedded = is_sqlite(self._app_url)
        self._database = sqlite_engine(self._folder / FILE) if embedded else postgres_engine(self._app_url)
        return DBOSConfig(
            name=APPLICATION,
            application_version=VERSION,
            executor_id=self._executor,
            system_database_url=self._database.url.render_as_string(hide_password=False),
            system_database_engine=self._database,
            run_migrations=embedded,
            max_executor_threads=THREADS,
            log_level="WARNING",
            use_listen_notify=False,  # jobs neither send nor receive
            notification_listener_polling_interval_sec=0.25,  # how long stopping waits for that thread
            scheduler_polling_interval_sec=3600.0,  # schedules are not DBOS's here
        )


def migrate(app_url: str) -> None:
    """Bring the engine's own tables to its version: a step of its own, before replicas start. The embedded
    ones do so by themselves.

    Raises:
        StoreError: the database cannot be reached or changed.
    """
    if is_sqlite(app_url):
        return
    quieten()
    try:
        DBOS.migrate(psycopg_url(app_url).render_as_string(hide_password=False))
    except (error.DBOSException, sqlalchemy.exc.SQLAlchemyError, OSError) as failure:
        raise StoreError(
            "The tables of durable jobs cannot be made.", hint="Check PLUMB_DATABASE_URL and its rights."
        ) from failure


class JobEnded(Exception):
    """The job had ended before, as it should (``well``) or given up."""

    def __init__(self, status: str) -> None:
        super().__init__(f"The job had ended before: {status}.")
        self.well = status == "SUCCESS"
