"""What comes in over HTTP besides Slack: health, readiness and metrics."""

from bot.intake.health import Probe, health_routes, probes, watch
from bot.intake.metrics import Metrics

__all__ = ["Metrics", "Probe", "health_routes", "probes", "watch"]
