"""Experiments as reports: one module per format with ``render(report) -> str``, all of them in REPORTS.

Outputs, variables and reasons come from models and other people. They are data: each format escapes them, so
that nothing in them is obeyed.
"""

from collections.abc import Mapping
from importlib import import_module
from typing import Protocol, cast

from bot.domain.experiments.report import ExperimentReport
from bot.errors import InputError

REPORTS: Mapping[str, str] = {
    name: f"bot.reports.{name}" for name in ("table", "json", "junit", "markdown", "html")
}


class Report(Protocol):
    """A module of this folder."""

    def render(self, report: ExperimentReport) -> str: ...


def render(report: ExperimentReport, format: str) -> str:  # noqa: A002  the command line's own word for it
    """The report as text. Raises InputError for a format that is not in REPORTS."""
    if format not in REPORTS:
        raise InputError(
            f"There is no report format {format!r}.", hint=f"Choose one of: {', '.join(REPORTS)}."
        )
    module = cast("Report", import_module(REPORTS[format]))  # rich and jinja2 only when needed
    return (
        module.render(report).encode("utf-8", "replace").decode()
    )  # half a surrogate pair could not be written
