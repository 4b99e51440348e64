"""Dates: the cheapest weeks for all stages of all areas, with a proven bound."""
