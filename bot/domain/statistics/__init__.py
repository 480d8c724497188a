"""Intervals, paired tests, sequential tests, agreement, sizes. Plain arrays in, named values out."""
