"""What happened in the samples of messages about cases."""

from collections.abc import Mapping
from datetime import date

from services.days.weeks import WEEK
from services.messages.triggers import APPEAL, ASSESSMENT, MEETING, QUERY, REPORT, STATEMENT
from services.messages.values import Happened


def happened_in_samples(as_of: date) -> Mapping[str, Happened]:
    """By occasion, what a sample tells of."""
    later = as_of + 2 * WEEK
    return {
        APPEAL: Happened(
            "The rating of 2009",
            as_of,
            step="lodged",
            step_name="lodged",
            next_step="decide",
            due_on=later,
        ),
        QUERY: Happened(
            "The profile of 2009-Q3",
            as_of,
            question="Are both referral units counted?",
            text="Yes, both are counted.",
            by="Ann Field",
        ),
        ASSESSMENT: Happened("APA 2006", as_of, lines=("Overall: 3",)),
        REPORT: Happened("The trust", as_of, step="draft", due_on=later),
        STATEMENT: Happened(
            "statement",
            as_of,
            by="Ann Field",
            received_on=as_of - WEEK,
            lines=("1. Train all staff in safeguarding",),
        ),
        MEETING: Happened("meeting", as_of + WEEK),
    }
