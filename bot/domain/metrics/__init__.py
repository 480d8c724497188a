"""Metrics of a feature under watch: which there are, and what interactions say of them."""

from bot.domain.metrics.catalogue import METRICS, Layer, Metric, Unit, metric_named

__all__ = ["METRICS", "Layer", "Metric", "Unit", "metric_named"]
