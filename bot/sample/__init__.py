"""The invented support log that the demo imports."""
