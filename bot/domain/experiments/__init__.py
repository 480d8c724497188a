"""Experiments: cases, arms, cells, comparisons, the verdict. Pure values and functions."""
