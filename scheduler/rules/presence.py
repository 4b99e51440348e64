"""People are there: absences and part time."""

from collections.abc import Iterator

from scheduler.rules.facts import Facts, violation
from scheduler.values.problem import Inspector
from scheduler.values.value import Week
from scheduler.values.violations import Violation


def percent_in(inspector: Inspector, week: Week) -> int:
    """How much of a week an inspector is there: the usual percentage, or less during an absence."""
    absent = [a.percent_available for a in inspector.absences if a.span.first <= week < a.span.end]
    return min([inspector.percent, *absent])


def is_present(facts: Facts) -> Iterator[Violation]:
    """A seat is filled only in weeks with enough of a week available: no absence, no small part time."""
    for activity, inspector in facts.assigned():
        for week in facts.team_weeks.get(activity.id, []):
            percent = percent_in(inspector, week)
            if percent < facts.problem.min_percent:
                yield violation(
                    "absent",
                    inspector.id,
                    f"is in the team of {activity.id}, but only {percent} per cent available in "
                    f"{facts.week(week)}; {facts.problem.min_percent} are needed.",
                )
