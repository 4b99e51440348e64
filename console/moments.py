"""Instants as people in England read them."""

from datetime import datetime

from config.clock import ENGLAND
from reports.words import date_in_words


def in_england(at: datetime) -> str:
    """'7 September 2006, 14:05', as the clocks in England had it."""
    local = at.astimezone(ENGLAND)
    return f"{date_in_words(local.date())}, {local:%H:%M}"
