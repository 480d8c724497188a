"""Detectors of drift: one module for each kind of series."""
