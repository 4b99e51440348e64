"""Reasons in a planner's words: dates for weeks, names for codes."""
