"""Dates and people together, where people are scarce."""
