"""Promptfoo configs."""
