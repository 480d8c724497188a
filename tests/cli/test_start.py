"""`plumb --help` answers at once: what takes long to import waits until it is needed."""

import json
import subprocess
import sys

LATER = {
    "slack_sdk", "slack_bolt", "aiohttp", "sqlalchemy", "dbos", "numpy", "pandas", "onnxruntime", "openai",
    "anthropic", "starlette", "uvicorn", "pydantic_settings",
}  # fmt: skip
ON_DEMAND = {
    "scipy",
    "matplotlib",
    "fastapi",
    "pandas",
    "openai",
    "anthropic",
    "onnxruntime",
    "opentelemetry",
}
HELP = """
import json, sys
sys.argv = ["plumb", "--help"]
from bot.__main__ import main
try:
    main()
except SystemExit:
    sys.stderr.write(json.dumps(sorted(sys.modules)))
"""


def test_help_imports_nothing_heavy() -> None:
    done = subprocess.run(  # noqa: S603  fixed command
        [sys.executable, "-c", HELP], capture_output=True, text=True, check=True
    )
    assert "manifest" in done.stdout
    loaded = {name.partition(".")[0] for name in json.loads(done.stderr)}
    assert loaded & LATER == set()
    assert "handlers" not in loaded


def test_the_bot_starts_without_what_only_some_work_needs() -> None:
    code = "import json, sys, handlers.running; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(  # noqa: S603  fixed command
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    loaded = {name.partition(".")[0] for name in json.loads(done.stdout)}
    assert loaded & ON_DEMAND == set()
