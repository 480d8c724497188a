"""Drift over what somebody has on file: histories read, replayed week by week, falls explained."""
