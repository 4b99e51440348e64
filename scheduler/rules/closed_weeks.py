"""Stages keep out of closed weeks (R028)."""

from collections.abc import Iterator

from scheduler.rules.facts import Facts, violation
from scheduler.values.violations import Violation


def avoids_closed_weeks(facts: Facts) -> Iterator[Violation]:
    """No week of a stage is closed in any of its calendars: school holidays, bank holidays, blackouts (R028)."""
    closures = {calendar.id: calendar.closures for calendar in facts.problem.calendars}
    for activity, stage, first, end in facts.runs():
        own = [(name, closure) for name in stage.calendars for closure in closures.get(name, ())]
        for week in range(first, end):
            why = sorted({closure.reason or name for name, closure in own if week in closure.span})
            if why:
                yield violation(
                    "closed_week",
                    facts.place(activity),
                    f"{stage.id} runs in {facts.week(week)}, which is closed: {', '.join(why)}.",
                    "R028",
                )
