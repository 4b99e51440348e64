"""A framework tried out: activities from every Monday of a year, whose dates may contradict the order of its steps."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from config.applying import alternatives
from config.framework import Framework
from reports.words import date_in_words
from services.casework.dated_steps import Step
from services.casework.review_timetable import timetable
from services.days.weeks import monday_of

WEEKS = 52


@dataclass(frozen=True)
class Clash:
    """A step that would be due before one that it comes after, from so many of the year's Mondays."""

    step: str
    comes_after: str
    mondays: int
    day: date
    other_day: date

    @property
    def is_always(self) -> bool:
        """Whether it clashes whenever the activity starts."""
        return self.mondays == WEEKS

    @property
    def words(self) -> str:
        """'it is due on 5 January 2005, before analysis on 7 January 2005, which it comes after'."""
        days = f"{date_in_words(self.day)}, before {self.comes_after} on {date_in_words(self.other_day)}"
        return f"it is due on {days}, which it comes after"


def try_out(framework: Framework) -> list[Clash]:
    """Steps whose dates contradict their order (R043), in the framework's order; the days are those of the first.

    Each due day that depends on a condition is tried in place of the usual one.
    """
    return list(dict.fromkeys(clash for other in alternatives(framework) for clash in _clashes(other)))


def _clashes(framework: Framework) -> list[Clash]:
    found: dict[tuple[str, str], list[tuple[date, date]]] = defaultdict(list)
    first = monday_of(framework.valid_from)
    for week in range(WEEKS):
        steps = {step.id: step for step in timetable(framework, first + timedelta(weeks=week))}
        for rule in framework.steps:
            for name in rule.after:
                day, other = _first(steps[rule.id]), steps[name].day
                if day < other:
                    found[rule.id, name].append((day, other))
    return [Clash(step, name, len(days), *days[0]) for (step, name), days in found.items()]


def _first(step: Step) -> date:
    return step.start or step.day
