"""The packages of package.json, installed once for each version of it."""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from filelock import FileLock

HERE = Path(__file__).parent
MODULES = HERE / "node_modules"
INSTALL = ("install", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts")
NODE, NPM = shutil.which("node"), shutil.which("npm")
PATIENCE = 120  # seconds


def install() -> None:
    """Skips the test where there is no Node, but in CI."""
    missing = [name for name, path in (("node", NODE), ("npm", NPM)) if path is None]
    if missing:
        message = f"the Node packages were not tried: {' and '.join(missing)} not found"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(message)
    wanted = hashlib.sha256((HERE / "package.json").read_bytes()).hexdigest()
    with FileLock(HERE / ".install.lock", timeout=PATIENCE):
        installed = MODULES / ".installed"
        if not installed.exists() or installed.read_text() != wanted:
            call(NPM, *INSTALL)
            installed.write_text(wanted)


def call(program: str | None, *arguments: str, given: str | None = None, **environment: str) -> str:
    """What the program prints; a failed assertion with its errors where it fails."""
    done = subprocess.run(  # noqa: S603  node and npm, as found on the path
        [str(program), *arguments],
        cwd=HERE, env={**os.environ, **environment}, input=given,
        capture_output=True, text=True, timeout=PATIENCE,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout
