"""Questionnaires about inspections: rounds that are sent, answers, conferences, counts, and what is done about it."""
