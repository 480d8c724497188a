"""Plumbline: the product, without Slack."""

__version__ = "0.1.0"
