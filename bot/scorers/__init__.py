"""Scorers, one file each; SCORERS lists them."""
