"""Why an activity stays where a plan has it: it is over, has begun, is confirmed or pinned (R016, R017, R019, R043)."""

from collections.abc import Iterator
from datetime import date

from sqlmodel import Session, select

from models import Activity
from reports.words import date_in_words
from scheduler.values.problem import Activity as ProblemActivity
from services.days.weeks import week_monday
from services.doors import CALL_OFF_AGAIN, PIN_WEEK, SOLVE, UNPIN_WEEK
from services.errors import Objection
from services.plans.source_versions import Source
from services.problem.published_dates import LEVELS
from services.problem.standing import Standing, standings
from services.programme import rules_of


class Immovable:
    """What of a version may not be changed by hand on a day; the tables are read once.

    A notice that is given keeps nothing that a planner names: a publication asks for the name again, and new notice.
    """

    def __init__(self, session: Session, source: Source, as_of: date) -> None:
        self._source, self._as_of = source, as_of
        self._rows = {row.code: row for row in session.exec(select(Activity))}
        self._standing = standings(session)
        self._frozen_from = LEVELS.index(rules_of(session).policy.confirmation.frozen_from)
        self._planned = {activity.id: activity for activity in source.problem.activities}
        self._starts = source.plan.starts()

    def row(self, code: str) -> Activity:
        """The activity with a code."""
        return self._rows[code]

    def planned(self, row: Activity) -> ProblemActivity | None:
        """An activity as the problem of the version has it; None if it has none, or no dates for it."""
        return self._planned.get(row.code) if row.code in self._starts else None

    def about_activity(self, row: Activity) -> Iterator[Objection]:
        """Why neither dates nor people of an activity may be changed."""
        if row.state == "cancelled":
            yield Objection(row.code, "it is called off.", "Name another activity.")
        elif self._standing.get(row.code, Standing.OPEN).is_begun:
            is_done = self._standing[row.code] is Standing.DONE
            message = "it is done." if is_done else "it has begun, and stays as it is."
            advice = "Name another activity." if is_done else CALL_OFF_AGAIN.advise(_ANEW, code=row.code)
            yield Objection(row.code, message, advice, "R019, R043")
        elif self.planned(row) is None:
            message = f"plan {self._source.version} has no dates for it."
            yield Objection(row.code, message, SOLVE.advise("Solve again"))
        elif self.begins_on(row) < self._as_of:
            day = date_in_words(self.begins_on(row))
            message = f"plan {self._source.version} has it begin on {day}, which is past."
            is_known = row.plan_version is not None
            advice = CALL_OFF_AGAIN.advise(_ANEW, code=row.code) if is_known else SOLVE.advise("Solve again")
            yield Objection(row.code, message, advice, "R019")

    def about_dates(self, row: Activity, monday: date | None = None) -> Iterator[Objection]:
        """Why the dates of an activity may not be changed; a pin to the week that is wanted does not keep it."""
        if found := list(self.about_activity(row)):
            yield from found
            return
        activity = self._planned[row.code]
        published = activity.published
        if row.pinned_on is not None and row.pinned_on != monday:
            message = f"it is pinned to the week of {date_in_words(row.pinned_on)}."
            yield Objection(
                row.code, message, UNPIN_WEEK.advise("Take that back first", code=row.code), "R043"
            )
        elif row.pinned_on is None and activity.pinned_starts is not None:
            message = f"its dates are fixed in the problem of plan {self._source.version}."
            yield Objection(row.code, message, SOLVE.advise("Solve again, then change the new plan"), "R043")
        elif row.pinned_on is None and (
            self._is_firm(row) or (published is not None and published.is_frozen)
        ):
            message = f"its dates are {row.precision or 'confirmed'}, so they stay."
            advice = PIN_WEEK.advise("Pin it to the other week, then solve again", code=row.code)
            yield Objection(row.code, message, advice, "R016, R017")

    def begins_on(self, row: Activity) -> date:
        """The Monday on which an activity begins in the version."""
        return week_monday(self._source.problem.first_monday, self._starts[row.code][0])

    def _is_firm(self, row: Activity) -> bool:
        return row.precision is not None and LEVELS.index(row.precision) >= self._frozen_from


_ANEW = "To plan it anew, call it off"
