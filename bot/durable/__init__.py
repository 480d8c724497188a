"""Durable jobs: stored before they are promised, run once, resumed after a crash from where they were."""

from bot.durable.databases import job_files
from bot.durable.engine import migrate
from bot.durable.jobs import Durable
from bot.durable.replicas import Pulse

__all__ = ["Durable", "Pulse", "job_files", "migrate"]
