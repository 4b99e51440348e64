"""What begins in another week, or has other people, in one plan than in another: as a list, and counted by how far."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from reports.columns import ColumnChart
from reports.words import plural
from scheduler.values.plan import Plan
from scheduler.values.problem import Problem
from services.naming.people import names_of_inspectors
from services.plans.plan_store import load_plan
from services.shown.plan_lines import moved


@dataclass(frozen=True)
class Shift:
    """A distance in weeks, both ends included; negative is earlier. `code` names it in an address."""

    code: str
    first: int
    last: int
    words: str

    def holds(self, weeks: int) -> bool:
        """Whether a move of so many weeks is of this distance."""
        return self.first <= weeks <= self.last


FAR = 10_000
SHIFTS = (
    Shift("earlier-27", -FAR, -27, "27 or more weeks earlier"),
    Shift("earlier-14", -26, -14, "14 to 26 weeks earlier"),
    Shift("earlier-5", -13, -5, "5 to 13 weeks earlier"),
    Shift("earlier-1", -4, -1, "1 to 4 weeks earlier"),
    Shift("same", 0, 0, "the same week"),
    Shift("later-1", 1, 4, "1 to 4 weeks later"),
    Shift("later-5", 5, 13, "5 to 13 weeks later"),
    Shift("later-14", 14, 26, "14 to 26 weeks later"),
    Shift("later-27", 27, FAR, "27 or more weeks later"),
)
"""From far earlier to far later."""

SAME = SHIFTS[4]


@dataclass(frozen=True)
class Move:
    """An activity with another week or other people; `weeks` later are positive, `left` and `joined` are names."""

    activity: str
    area_code: str
    area: str
    region: str
    kind: str
    before: date
    after: date
    weeks: int
    left: tuple[str, ...]
    joined: tuple[str, ...]

    @property
    def shift(self) -> Shift:
        """How far it moves."""
        return shift_of(self.weeks)


def shift_of(weeks: int) -> Shift:
    """The distance to which a number of weeks belongs."""
    return next(shift for shift in SHIFTS if shift.holds(weeks))


def moves_between(session: Session, _as_of: date, before: int, after: int) -> tuple[Move, ...]:
    """What moves from one version to another, the longest way first; NotFound if there is no such version."""
    old, new = load_plan(session, before), load_plan(session, after)
    people = names_of_inspectors(session)
    areas = {area.id: area for area in old.problem.areas}
    area_of = {activity.id: areas[activity.area] for activity in old.problem.activities}
    return tuple(
        Move(
            activity=found.activity,
            area_code=area_of[found.activity].id,
            area=found.area_name,
            region=area_of[found.activity].region,
            kind=found.kind.upper(),
            before=found.before,
            after=found.after,
            weeks=found.weeks,
            left=tuple(people.get(code, code) for code in found.left),
            joined=tuple(people.get(code, code) for code in found.joined),
        )
        for found in moved(old.problem, old.plan, new.plan)
    )


def shift_chart(problem: Problem, before: Plan, after: Plan, titles: tuple[str, str]) -> ColumnChart:
    """How many activities of both plans move how far; `titles` are what the plans are called."""
    both = before.starts().keys() & after.starts().keys()
    weeks = [found.weeks for found in moved(problem, before, after) if found.weeks]
    counts = [sum(shift.holds(number) for number in weeks) for shift in SHIFTS]
    counts[SHIFTS.index(SAME)] = len(both) - len(weeks)
    return ColumnChart(
        columns=tuple((shift.words, count) for shift, count in zip(SHIFTS, counts, strict=True)),
        title=_finding(titles, weeks, counts, len(both)),
    )


def _finding(titles: tuple[str, str], weeks: Sequence[int], counts: Sequence[int], total: int) -> str:
    """'Against Option 1, 210 of 350 activities of Option 4 begin in another week, most often 1 to 4 weeks later'."""
    before, after = titles
    if not weeks:
        return f"Against {before}, every activity of {after} begins in the same week"
    most, _count = max(
        ((shift, count) for shift, count in zip(SHIFTS, counts, strict=True) if shift is not SAME),
        key=lambda pair: pair[1],
    )
    begin = "begins" if len(weeks) == 1 else "begin"
    return (
        f"Against {before}, {len(weeks)} of {plural(total, 'activity', 'activities')} of {after} {begin} in another "
        f"week, most often {most.words}"
    )
