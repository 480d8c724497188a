"""``python -m bot.sandbox``: the sandbox alone, until stopped."""

import argparse
import asyncio
import json
import signal
import sys
from contextlib import suppress
from pathlib import Path

from bot.sandbox.errors import BadRequest
from bot.sandbox.server import Sandbox


class Unusable(Exception):
    """The address cannot be listened on."""


def port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65_535:
        raise argparse.ArgumentTypeError("a port is a number from 0 to 65535")
    return int(text)


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bot.sandbox", description="A Slack workspace on this machine."
    )
    parser.add_argument("--host", default="127.0.0.1", help="127.0.0.1, ::1 or localhost")
    parser.add_argument("--port", type=port, default=3900, help="0 takes a free one (default 3900)")
    parser.add_argument("--manifest", type=Path, help="an app manifest (JSON) to install at the start")
    parser.add_argument("--request-url", default="", help="deliver over signed HTTP to this URL")
    parser.add_argument("--state", type=Path, help="keep the workspace in this file from one run to the next")
    parser.add_argument("--rate-limits", action="store_true", help="hold Slack's rate limits")
    parser.add_argument("--json", action="store_true", help="print the addresses as one line of JSON")
    return parser


async def run(options: argparse.Namespace) -> None:
    sandbox = Sandbox(
        host=options.host, port=options.port, state=options.state, rate_limits=options.rate_limits
    )
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):
            asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    try:
        await sandbox.start()
    except OSError as error:
        reason = f"Port {options.port} on {options.host} cannot be used: {error.strerror}"
        raise Unusable(reason) from error
    try:
        if options.manifest:
            answer = await sandbox.install(_read(options.manifest), options.request_url)
            if not answer["ok"]:
                raise BadRequest(f"the manifest was refused: {answer['error']}")
        announce(sandbox, as_json=options.json)
        await stopped.wait()
    finally:
        await sandbox.stop()


def _read(path: Path) -> dict[str, object]:
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BadRequest(f"{path} cannot be read as a manifest in JSON") from error
    if not isinstance(manifest, dict):
        raise BadRequest(f"{path} is not a manifest: a JSON object is wanted")
    return manifest


def announce(sandbox: Sandbox, *, as_json: bool) -> None:
    facts = {
        "page": f"{sandbox.url}/",
        "api": sandbox.api_url,
        "bot_token": sandbox.bot_token,
        "app_token": sandbox.app_token,
        "signing_secret": sandbox.signing_secret,
    }
    if as_json:
        print(json.dumps(facts), flush=True)
    else:
        lines = [f"{name.replace('_', ' '):<16}{value}" for name, value in facts.items()]
        print("\n".join(["A Slack workspace is standing:", *lines, "Stop it with Ctrl-C."]), flush=True)


def main() -> int:
    options = parser().parse_args()
    try:
        asyncio.run(run(options))
    except Unusable as error:
        print(f"{error}.", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"The state was not kept: {error.filename}: {error.strerror}.", file=sys.stderr)
        return 1
    except BadRequest as error:
        print(f"{error}.", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
