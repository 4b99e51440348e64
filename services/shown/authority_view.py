"""What an area's authority sees of itself: its announced reviews, what waits for its side, and whom to ask (R068)."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlmodel import Session

from models import Area
from services.casework.contact_points import PointOfActivity, points_of
from services.casework.contacts import Contacts
from services.casework.reporting.report_versions import versions_of
from services.naming.steps import find_activities
from services.programme import rules_of
from services.shown.outlook import StepLine, step_lines
from services.shown.shown_plan import Audience
from services.shown.waiting_list import Waiting, waiting


@dataclass(frozen=True)
class OwnArea:
    """The steps of each announced activity, the actions of the authority's side, and contact points by activity.

    `reports` has the number of each activity of which a version of the report was sent to them (R066).
    """

    activities: tuple[tuple[StepLine, ...], ...]
    required: tuple[Waiting, ...]
    points: dict[str, PointOfActivity]
    reports: dict[str, int]

    @property
    def theirs(self) -> frozenset[tuple[str, str]]:
        """The activity and the step of every action of the authority's side."""
        return frozenset((item.action.activity, item.action.step) for item in self.required)

    @property
    def num_late(self) -> int:
        """How many steps are late."""
        return sum(line.is_late for steps in self.activities for line in steps)


def own_area(session: Session, area: Area, as_of: date) -> OwnArea:
    """Nothing of what is not announced, of other areas, or of inspectors' time."""
    lines = step_lines(session, as_of, area.code, Audience.AUTHORITY)
    shown = {line.activity for line in lines}
    rows = {row.code: row for row in find_activities(session, area.code) if row.code in shown}
    contacts = Contacts(session, rules_of(session))
    required = [
        item
        for item in waiting(session, as_of, area.code)
        if item.action.activity in rows
        and not contacts.is_inside(rows[item.action.activity], item.action.role)
    ]
    first = {line.activity: line.first_on for line in reversed(lines)}
    lines.sort(key=lambda line: (first[line.activity], line.activity))
    activities = (tuple(steps) for _code, steps in groupby(lines, lambda line: line.activity))
    points = {point.activity: point for point in points_of(session, area.code) if point.activity in shown}
    sent = {code: row.id or 0 for code, row in rows.items() if versions_of(session, row)}
    return OwnArea(tuple(activities), tuple(required), points, sent)
