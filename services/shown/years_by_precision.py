"""The financial years of the published programme: how precise their dates are, and by when they are to be confirmed."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from models import Activity
from reports.words import date_in_words, plural
from services.casework.precision import Precision, confirmation_due, first_stage_days
from services.casework.steps import LIVING
from services.days.weeks import financial_year
from services.programme import policy_of


@dataclass(frozen=True)
class YearLine:
    """A financial year ('FY2006-07'), how many activities that are not over begin in it, and how precise they are."""

    year: str
    due_on: date
    num_by_precision: tuple[tuple[str, int], ...]

    @property
    def num_indicative(self) -> int:
        """How many are still to be confirmed."""
        return dict(self.num_by_precision).get(Precision.INDICATIVE, 0)

    def in_words(self) -> str:
        """'FY2006-07: 3 activities indicative, 1 activity final; to be confirmed by 31 December 2005'."""
        counts = ", ".join(
            f"{plural(number, 'activity', 'activities')} {level}" for level, number in self.num_by_precision
        )
        return f"{self.year}: {counts}; to be confirmed by {date_in_words(self.due_on)}"


def years_to_confirm(session: Session) -> tuple[YearLine, ...]:
    """Every year in which a published activity begins, in order (R016, R018)."""
    first_days, rules = first_stage_days(session), policy_of(session).confirmation
    query = select(Activity).where(col(Activity.precision).is_not(None), col(Activity.state).in_(LIVING))
    counted: dict[str, Counter[str]] = {}
    for row in session.exec(query):
        if row.code in first_days:
            counted.setdefault(financial_year(first_days[row.code]), Counter())[row.precision or ""] += 1
    return tuple(
        YearLine(
            year,
            confirmation_due(year, rules),
            tuple((level.value, levels[level.value]) for level in Precision if levels[level.value]),
        )
        for year, levels in sorted(counted.items())
    )
