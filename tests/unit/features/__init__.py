"""Tests of features under watch and their metrics."""
