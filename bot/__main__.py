"""The `plumb` command: composes the commands and turns every failure into words and an exit code."""

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.cli.slack import SlackSide

# Numeric libraries read these when first imported; two cores are what a small machine has.
os.environ.setdefault("OMP_NUM_THREADS", "2")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")


def main() -> None:
    """Entry point of the console script; worker processes import this module and need none of the rest."""
    from bot.cli.app import run

    sys.exit(run(sys.argv[1:], reach_slack=_slack))


def _slack() -> "SlackSide":
    from handlers import entry

    return entry


if __name__ == "__main__":
    main()
