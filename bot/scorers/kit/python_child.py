"""Runs users' Python in a child process, with a time limit. The child has all the user's rights."""

import asyncio
import json
import os
import signal
import sys
from contextlib import suppress
from typing import Any

from bot.errors import InputError
from bot.scorers.verdicts import ScriptFailed

_CHILD = """
import asyncio, inspect, json, sys
answers = sys.stdout
sys.stdout = sys.stderr
asked = json.load(sys.stdin)
module = {"__name__": "assertion"}
exec(compile(asked["source"], "assertion.py", "exec"), module)
said = module[asked["function"]](*asked["arguments"])
if inspect.isawaitable(said):
    said = asyncio.run(said)
json.dump(said, answers)
"""
_MOST_SAID = 1024 * 1024  # bytes


async def call(source: str, function: str, arguments: list[Any], time_limit_s: float) -> Any:
    """What the function gives back, over JSON both ways. Raises ScriptFailed, InputError past the limit."""
    asked = json.dumps({"source": source, "function": function, "arguments": arguments}).encode()
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", _CHILD),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        start_new_session=True,
    )
    try:
        said, errors = await asyncio.wait_for(child.communicate(asked), time_limit_s)
    except TimeoutError:
        raise InputError(f"The Python code was stopped: it takes longer than {time_limit_s:g} s.") from None
    finally:
        with suppress(ProcessLookupError):  # also what it started itself
            os.killpg(child.pid, signal.SIGKILL)
        await child.wait()
    if child.returncode:
        raise ScriptFailed(errors.decode(errors="replace").strip().rpartition("\n")[2][:300])
    if len(said) > _MOST_SAID:
        raise ScriptFailed("it gives back too much")
    return json.loads(said)
