"""What a picture of the trade-off can show; apart from the figures themselves, which need the scheduler."""

from enum import StrEnum


class Across(StrEnum):
    """What the picture shows from left to right."""

    MONTHS = "months"
    BURDEN = "burden"
    PEOPLE = "people"
    KEPT = "kept"


class Up(StrEnum):
    """What the picture shows from bottom to top."""

    COST = "cost"
    URGENCY = "urgency"
