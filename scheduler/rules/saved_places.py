"""Option 2: less effort shortly after a corporate assessment (R033)."""

from collections.abc import Iterator

from scheduler.rules.facts import Facts, violation
from scheduler.values.violations import Violation


def saves_places_for_a_reason(facts: Facts) -> Iterator[Violation]:
    """A team does without seats only where the activity that saves them has ended before it begins (R033)."""
    for activity, _ in facts.dated():
        weeks = facts.team_weeks.get(activity.id)
        for place in activity.team.saved if activity.team and weeks else ():
            run = facts.run_of(place.after)
            if weeks and run is not None and run[1] > weeks[0]:
                yield violation(
                    "saved_place",
                    facts.place(activity),
                    f"does without {place.count} {place.skill} seat after {place.after.activity}, which ends in "
                    f"{facts.week(run[1] - 1)}, but begins in {facts.week(weeks[0])}.",
                    "R033",
                )
