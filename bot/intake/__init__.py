"""What comes in over HTTP besides Slack: what products send, live prompts, health, readiness, metrics.

server   the routes on one address          api      the application of all that products call
desk     a body, its key and its limits      routes   interactions, feedback, numbers     traces   OTLP
answers  refusals   what is said when it is not done
schemas  openapi  docs   what callers are shown   records  access  bodies  limits  figures   parts of these
"""

from bot.intake.health import Probe, database_probe, health_routes, probes, watch
from bot.intake.metrics import Metrics
from bot.intake.prompts import prompt_routes
from bot.intake.server import HttpServer, api_routes, until_stopped, warming

__all__ = [
    "HttpServer",
    "Metrics",
    "Probe",
    "api_routes",
    "database_probe",
    "health_routes",
    "probes",
    "prompt_routes",
    "until_stopped",
    "warming",
    "watch",
]
