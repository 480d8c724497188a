"""Configs written to a folder of a test, and read."""

from pathlib import Path
from textwrap import dedent

from bot.domain.experiments.plan import Plan
from bot.promptfoo import load_plan


def plan_of(folder: Path, config: str, **files: str) -> Plan:
    """``files``: their names with __ for the dot before the ending."""
    for name, text in files.items():
        path = folder / name.replace("__", ".")
        path.write_bytes(dedent(text).encode("utf-8"))
    path = folder / "promptfooconfig.yaml"
    path.write_bytes(dedent(config).encode("utf-8"))
    return load_plan(path)


def case_of(folder: Path, test: str) -> Plan:
    """A plan with one prompt, echo, and one test in flow style."""
    return plan_of(folder, f"prompts: ['{{{{x}}}}']\nproviders: [echo]\ntests: [{test}]\n")
