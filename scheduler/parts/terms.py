"""The names of the terms of the cost of dates."""

from typing import Literal

Term = Literal[
    "urgency", "stretch", "sequencing", "co_ordination", "burden", "evenness", "partners", "stability"
]
"""The terms of the cost of dates, in the order of reports."""
