"""Dates as the reasons take them."""

from scheduler.value import Week

Starts = dict[str, tuple[Week, ...]]
"""Start weeks of the stages of every activity, by its identifier."""
