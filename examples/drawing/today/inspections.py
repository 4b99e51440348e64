"""The real inspections published before September 2025, and what is in doubt about each."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from drawing.table_files import TODAYS_SOURCES, read_source
from services.days.working_days import add_working_days

SINGLE, STANDARD, SHORT = "sif", "ilacs_standard", "ilacs_short"
CHILDREN, SEND, TARGETED = "ilacs", "area_send", "jtai"
SINGLE_ENDED_ON = date(2018, 6, 30)
"""The single inspection framework ended in 2017; what it found was out by then."""

USUAL_WORKING_DAYS = {CHILDREN: 30, SEND: 42}
"""From the last day on site to publication: half of the reports are faster."""

SLOW_AFTER = timedelta(days=120)
"""Three times as long as usual from the last day to publication: one of the two days was perhaps misread."""


@dataclass(frozen=True)
class Inspection:
    """A published inspection as it was read from its report; days that could not be read are None.

    `row` is the row of `sources/inspections.csv`, `result` the overall grade, the outcome or the theme.
    """

    row: int
    area: str
    name: str
    kind: str
    start_on: date | None
    end_on: date | None
    published_on: date
    result: str

    @property
    def counts_as(self) -> str:
        """The kind that it is the last of: what the single framework is said to have done later is an ILACS."""
        is_later = self.kind == SINGLE and self.published_on > SINGLE_ENDED_ON
        return CHILDREN if self.kind in (STANDARD, SHORT) or is_later else self.kind

    @property
    def ended_on(self) -> date | None:
        """Its last day, or where that is unknown the usual time before publication; None of other kinds."""
        if self.end_on is not None or self.counts_as not in USUAL_WORKING_DAYS:
            return self.end_on
        return add_working_days(self.published_on, -USUAL_WORKING_DAYS[self.counts_as])


def inspections() -> list[Inspection]:
    """All of them, in the order of the file."""
    rows = read_source("inspections.csv", TODAYS_SOURCES)
    return [_inspection(number, row) for number, row in enumerate(rows, start=2)]


def _inspection(number: int, row: dict[str, str]) -> Inspection:
    return Inspection(
        row=number,
        area=row["dfe_code"],
        name=row["authority"],
        kind=row["kind"],
        start_on=_day(row["start_on"]),
        end_on=_day(row["end_on"]),
        published_on=date.fromisoformat(row["published_on"]),
        result=row["overall"] or row["outcome"] or row["theme"],
    )


def doubts(known: Iterable[Inspection]) -> dict[int, str]:
    """What is in doubt, by row; rows in which nothing is are left out."""
    rows = list(known)
    found = {row.row: "; ".join([*_alone(row), *_beside(row, rows)]) for row in rows}
    return {number: words for number, words in found.items() if words}


def _alone(row: Inspection) -> Iterator[str]:
    """What is odd about a row by itself."""
    if row.kind == SINGLE and row.published_on > SINGLE_ENDED_ON:
        yield "its framework had ended, so it is taken for an ILACS"
    if row.end_on is None and row.counts_as in USUAL_WORKING_DAYS:
        days = USUAL_WORKING_DAYS[row.counts_as]
        yield f"its days are unknown, and its last day is taken to be {days} working days before publication"
    if row.start_on is not None and row.end_on is None:
        yield "its last day is unknown"
    if row.start_on is not None and row.end_on is not None and row.end_on < row.start_on:
        yield "it ends before it starts"
    last_on = row.end_on or row.start_on
    if last_on is not None and row.published_on - last_on < timedelta(days=7):
        yield "it was published less than a week after its last known day"
    if row.end_on is not None and row.published_on - row.end_on > SLOW_AFTER:
        yield f"it was published {(row.published_on - row.end_on).days} days after its last day"
    if not row.result and row.kind in (STANDARD, SHORT):
        yield "its overall grade could not be read"


def _beside(row: Inspection, others: Iterable[Inspection]) -> Iterator[str]:
    """Another inspection of the area whose days overlap with its own."""
    for other in others:
        if other.row == row.row or other.area != row.area or None in (other.start_on, other.end_on):
            continue
        if row.start_on is None or row.end_on is None or other.start_on is None or other.end_on is None:
            continue
        if row.start_on <= other.end_on and other.start_on <= row.end_on:
            yield f"its days overlap with those of row {other.row}"


def last_ones(known: Iterable[Inspection], kind: str) -> dict[str, Inspection]:
    """The last one of a kind by area."""
    found: dict[str, Inspection] = {}
    for row in known:
        ended_on = row.ended_on if row.counts_as == kind else None
        before = found[row.area].ended_on if row.area in found else None
        if ended_on is not None and (before is None or ended_on > before):
            found[row.area] = row
    return found


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
