"""Stories as files: one module per format with ``export(stories)``, all of them in EXPORTERS.

Text in a story comes from tickets and models. It is data: each format escapes it, so that nothing in it is
obeyed.
"""

from collections.abc import Mapping

from bot.exporters import csv, gherkin, github, jira_csv, json, markdown
from bot.exporters._export import Export, Exporter

EXPORTERS: Mapping[str, Exporter] = {
    "markdown": markdown,
    "json": json,
    "csv": csv,
    "jira-csv": jira_csv,
    "github": github,
    "gherkin": gherkin,
}

__all__ = ["EXPORTERS", "Export", "Exporter"]
