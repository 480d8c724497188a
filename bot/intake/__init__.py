"""What comes in over HTTP besides Slack: health, readiness, metrics, and the live prompts of a product."""

from bot.intake.health import Probe, health_routes, probes, watch
from bot.intake.metrics import Metrics
from bot.intake.prompts import prompt_routes
from bot.intake.server import HttpServer, until_stopped

__all__ = [
    "HttpServer",
    "Metrics",
    "Probe",
    "health_routes",
    "probes",
    "prompt_routes",
    "until_stopped",
    "watch",
]
