"""What would help where an incident cannot be staffed, or finds no dates: facts, of which words are made elsewhere."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

import numpy as np

from scheduler.events.changes import new_activity_id
from scheduler.events.kinds import AddedReview, CriticalIncident, Event
from scheduler.events.settled import Hold
from scheduler.nearby.people import Schedule
from scheduler.nearby.timetables import Timetables
from scheduler.people.roster import Roster
from scheduler.people.work_weeks import team_weeks
from scheduler.replanning.context import Ground
from scheduler.replanning.lacks import Donor, InTheWay, OpenSeat, StandIn, Unstaffed
from scheduler.replanning.naming_shortages import stand_ins
from scheduler.values.problem import Activity, Problem
from scheduler.values.value import Week, WeekSpan

LATER_WEEKS = 52
"""How far beyond the weeks of the event a later one is looked for."""

MOST_TRIED = 4000
"""Timetables that are tried, of all later weeks or beside what is in the way."""

MOST_LISTED = 6
"""Reviews, or people for a seat, that are listed."""


def asked_for(problem: Problem, event: Event) -> str | None:
    """The activity that an event asks for: the one pulled forward, or the new one, the last of the problem."""
    if isinstance(event, AddedReview):
        return event.review.id
    if not isinstance(event, CriticalIncident):
        return None
    made = [a.id for a in problem.activities if event.like and a.id.startswith(new_activity_id(event))]
    return event.activity or (made[-1] if made else None)


def unstaffed(ground: Ground, event: Event, schedule: Schedule) -> Unstaffed | None:
    """What the review that an incident asks for lacks in a schedule; None if it has a whole team, or needs none."""
    name = asked_for(ground.problem, event)
    review = ground.staff.reviews.get(name or "")
    if name is None or review is None or review.team is None:
        return None
    seated = Counter(member.skill for member in schedule.members if member.activity == name)
    missing = Counter(review.team.seats_by_skill()) - seated
    if not missing:
        return None
    weeks = team_weeks(review, schedule.starts[name])
    return Unstaffed(
        activity=name,
        first_week=schedule.starts[name][0],
        open_seats=tuple(OpenSeat(skill=skill, count=count) for skill, count in missing.items()),
        has_nobody=not seated,
        donors=_donors(ground, schedule, review, weeks, list(missing)),
        stand_ins=_stand_ins(ground, schedule, review, weeks, list(missing)),
        later_week=_later_week(ground, schedule, review),
    )


def in_the_way(ground: Ground, event: Event) -> tuple[InTheWay, ...]:
    """Activities that have to stay, each of which alone leaves what an incident asks for no dates."""
    if isinstance(event, AddedReview):  # it has weeks of its own, which are nobody's to give
        return ()
    name = asked_for(ground.problem, event)
    if name is None:
        return ()
    unit = ground.units.unit_of[name]
    found = ground.timetables(unit)
    activities = ground.problem.activities
    held = [(known.id, hold) for known in activities if (hold := _hold(ground, known)) is not None]
    if not len(found):
        here = {link_end.activity for link in ground.problem.links for link_end in link.ends} & set(
            ground.units.names[unit]
        )
        tied = [(code, hold) for code, hold in held if code in here and code != name]
        return tuple(InTheWay(activity=code, hold=hold) for code, hold in tied)
    return tuple(
        InTheWay(activity=code, hold=hold)
        for code, hold in held
        if ground.units.unit_of[code] != unit and _fits_without(ground, found, code)
    )


def _fits_without(ground: Ground, found: Timetables, name: str) -> bool:
    """Whether some timetable finds room once an activity is gone."""
    gone = ground.units.names[ground.units.unit_of[name]]
    rest = ground.kept.without(gone)
    return next(_with_room(ground, found, rest, range(len(found))), None) is not None


def _with_room(ground: Ground, found: Timetables, rest: Schedule, numbers: Sequence[int]) -> Iterator[int]:
    """Numbers of the timetables for which a schedule leaves room, of the first ones."""
    rows = ground.units.rows
    room = rows.rhs + rows.max_excess - ground.units.usage(rest.starts)
    for number in islice(numbers, MOST_TRIED):
        uses = ground.units.uses(found.unit, found.starts_of(number))
        if all(use <= 0 or use <= room[row] for row, use in uses.items()):
            yield number


def _hold(ground: Ground, activity: Activity) -> Hold | None:
    """Why an activity is not moved: by word, by its weeks, or within the frozen zone."""
    settled, starts = ground.params.settled, ground.before.starts()
    known = settled.keeps(activity.id)
    if known is not None or activity.id not in starts:
        return known
    if starts[activity.id][0] < settled.first_open(ground.params.now_week):
        return "under_way"
    return "frozen" if activity.pinned_starts is not None else None


def _donors(
    ground: Ground, schedule: Schedule, review: Activity, weeks: tuple[Week, ...], skills: list[str]
) -> tuple[Donor, ...]:
    roster = Roster(ground.staff, schedule.starts, schedule.members)
    wanted = [s for s, n in (review.team.seats_by_skill() if review.team else {}).items() for _ in range(n)]
    found = []
    for other in ground.staff.reviews.values():
        people = {person for _, person in roster.seats.get(other.id, ())}
        if other.id == review.id or not people:
            continue
        with roster.without([other.id, review.id]):
            given = tuple(
                s for s in skills if people & set(np.flatnonzero(roster.may_sit(review, s, weeks)).tolist())
            )
            is_enough = bool(given) and roster.people_for(review, wanted, weeks) is not None
        if given:
            hold = _hold(ground, other)
            found.append(Donor(activity=other.id, hold=hold, skills=given, is_enough=is_enough))
    order = [None, "frozen", "notified", "under_way"]
    found.sort(
        key=lambda donor: (not donor.is_enough, order.index(donor.hold), -len(donor.skills), donor.activity)
    )
    return tuple(found[:MOST_LISTED])


def _stand_ins(
    ground: Ground, schedule: Schedule, review: Activity, weeks: tuple[Week, ...], skills: list[str]
) -> tuple[StandIn, ...]:
    """People with the missing skills who could ever come, those first who lack least; whoever is free is no answer."""
    roster = Roster(ground.staff, schedule.starts, schedule.members)
    everybody = len(ground.problem.inspectors)
    listed = (stand_ins(roster, review, skill, weeks, everybody) for skill in skills)
    return tuple(person for people in listed for person in [p for p in people if p.hindrance][:MOST_LISTED])


def _later_week(ground: Ground, schedule: Schedule, review: Activity) -> Week | None:
    """The first later week with room for the review, and a whole team that is free."""
    first = review.start_window.end
    end = min(ground.problem.num_weeks, first + LATER_WEEKS)
    if first >= end:
        return None
    window = {"start_window": WeekSpan(first=first, end=end), "pinned_starts": None}
    later = ground.problem.with_activity(review.id, lambda known: known.model_copy(update=window))
    wider = Ground(later, ground.before, ground.params, ground.progress)
    unit = wider.units.unit_of[review.id]
    found = wider.timetables(unit)
    rest = schedule.without(wider.units.names[unit])
    roster = Roster(wider.staff, rest.starts, rest.members)
    column = found.columns(review.id)[0] if len(found) else 0
    by_week = np.argsort(found.starts[:, column], kind="stable").tolist() if len(found) else []
    for number in _with_room(wider, found, rest, by_week):
        starts = found.starts_of(number)
        if roster.team(wider.staff.reviews[review.id], starts[review.id]) is not None:
            return starts[review.id][0]
    return None
