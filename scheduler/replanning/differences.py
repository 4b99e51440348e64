"""What moved and why: the difference between a published plan and a new one, as data and in words."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from itertools import zip_longest

from pydantic import Field

from scheduler.nearby.linked_areas import Units
from scheduler.nearby.weeks_moved import weeks_by_activity
from scheduler.people.roster import Roster
from scheduler.people.staff import Staff
from scheduler.people.work_weeks import team_weeks
from scheduler.replanning.reasons import Reasons
from scheduler.values.plan import Plan, TeamMember
from scheduler.values.problem import Activity, Problem
from scheduler.values.value import Value, Week
from scheduler.values.words import week_in_words


class StageMove(Value):
    """A stage that starts in another week; `before` is None if there was none."""

    stage: str
    before: Week | None
    after: Week


class MovedActivity(Value):
    """An activity with other dates than before, and why."""

    activity: str
    area: str
    area_name: str
    kind: str
    stages: tuple[StageMove, ...]
    is_new: bool = False
    why: str = ""


class ChangedPerson(Value):
    """One seat: who leaves it and who takes it (None: nobody), and why who leaves does ('works on another')."""

    activity: str
    area_name: str
    seat: str
    out: str | None
    into: str | None
    why: str = ""


class Difference(Value):
    """All that differs. `terms` are costs by term, before and after, at the prices after the event.

    `weeks` are those by which each published activity that moves does so: as many as its stage that moves furthest.
    """

    moved: tuple[MovedActivity, ...]
    people: tuple[ChangedPerson, ...]
    uncovered: tuple[int, int]
    terms: dict[str, tuple[int, int]]
    weeks: dict[str, int] = Field(default_factory=dict)

    @property
    def num_weeks(self) -> int:
        """Weeks by which published activities move together."""
        return sum(self.weeks.values())

    @property
    def furthest(self) -> int:
        """Weeks by which the activity moves that moves furthest."""
        return max(self.weeks.values(), default=0)

    @property
    def num_moved(self) -> int:
        """Published activities with other dates."""
        return sum(not activity.is_new for activity in self.moved)

    @property
    def num_people(self) -> int:
        """Announced people who are no longer in the team of their activity."""
        stayed = {(change.activity, change.into) for change in self.people}
        return len({(change.activity, change.out) for change in self.people if change.out} - stayed)


def difference(
    problem: Problem,
    before: Plan,
    after: Plan,
    forced: Collection[str] = (),
    units: Units | None = None,
) -> Difference:
    """What differs between two plans.

    Parameters
    ----------
    problem
        The problem after the event, which `after` solves.
    forced
        Activities that cannot keep their dates.
    units
        Those of the problem, if they are made already.
    """
    reasons = Reasons(problem, before, after, forced, units or Units(problem))
    return Difference(
        moved=tuple(_moved(problem, before, after, reasons)),
        people=tuple(_people(problem, before, after)),
        uncovered=(before.costs.uncovered_places, after.costs.uncovered_places),
        terms=_terms(before, after),
        weeks=weeks_by_activity(before.starts(), after.starts()),
    )


def in_words(problem: Problem, found: Difference, people: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """One sentence for each move, change of people and term of the cost that changes.

    Parameters
    ----------
    people
        Names of inspectors by code, where they are known.
    """
    lines = [*_moves_in_words(problem, found), *_people_in_words(found, people or {})]
    if found.uncovered[0] != found.uncovered[1]:
        lines.append(f"Uncovered places: {found.uncovered[0]} -> {found.uncovered[1]}.")
    changed = [
        f"{_spaced(name)} {values[1] - values[0]:+d}"
        for name, values in found.terms.items()
        if values[0] != values[1]
    ]
    if changed:
        lines.append(f"Costs: {', '.join(changed)}.")
    return tuple(lines) or ("Nothing changes.",)


def _moves_in_words(problem: Problem, found: Difference) -> Iterator[str]:
    for activity in found.moved:
        monday = problem.first_monday
        parts = [
            f"{_spaced(stage.stage)} {week_in_words(monday, stage.before)} -> {week_in_words(monday, stage.after)}"
            if stage.before is not None
            else f"{_spaced(stage.stage)} on {week_in_words(monday, stage.after)}"
            for stage in activity.stages
        ]
        what = "is new" if activity.is_new else "moves"
        why = f" ({activity.why})" if activity.why else ""
        yield f"{activity.area_name}: {activity.activity} {what}: {', '.join(parts)}{why}."


def _people_in_words(found: Difference, people: Mapping[str, str]) -> Iterator[str]:
    def called(code: str) -> str:
        return f"{people[code]} ({code})" if code in people else code

    for person in found.people:
        out = called(person.out) if person.out else "nobody"
        into = called(person.into) if person.into else "NOBODY"
        why = f" ({out} {person.why})" if person.why else ""
        yield f"{person.area_name}: {person.activity}, {_spaced(person.seat)}: {out} -> {into}{why}."


def _spaced(name: str) -> str:
    return name.replace("_", " ")


def _moved(problem: Problem, before: Plan, after: Plan, reasons: Reasons) -> Iterator[MovedActivity]:
    old, new = before.starts(), after.starts()
    names = {area.id: area.name for area in problem.areas}
    for activity in problem.activities:
        was, now = old.get(activity.id), new[activity.id]
        if was == now:
            continue
        stages = tuple(
            StageMove(stage=stage.id, before=None if was is None else was[number], after=now[number])
            for number, stage in enumerate(activity.stages)
            if was is None or was[number] != now[number]
        )
        yield MovedActivity(
            activity=activity.id,
            area=activity.area,
            area_name=names[activity.area],
            kind=activity.kind,
            stages=stages,
            is_new=was is None,
            why=reasons.why(activity),
        )


def _people(problem: Problem, before: Plan, after: Plan) -> Iterator[ChangedPerson]:
    old, new = _seats(before.members), _seats(after.members)
    names = {area.id: area.name for area in problem.areas}
    starts = after.starts()
    roster = Roster(Staff(problem), starts, after.members)
    for activity in problem.activities:
        for seat in sorted({skill for name, skill in {**old, **new} if name == activity.id}):
            key = (activity.id, seat)
            left = [person for person in old.get(key, []) if person not in new.get(key, [])]
            came = [person for person in new.get(key, []) if person not in old.get(key, [])]
            for out, into in zip_longest(left, came):
                why = _why_left(roster, activity, seat, team_weeks(activity, starts[activity.id]), out)
                area = names[activity.area]
                yield ChangedPerson(
                    activity=activity.id, area_name=area, seat=seat, out=out, into=into, why=why
                )


def _why_left(roster: Roster, review: Activity, seat: str, weeks: tuple[Week, ...], name: str | None) -> str:
    """Why somebody leaves a team, in a few words; empty where nobody leaves or no reason is known."""
    number = roster.staff.number.get(name) if name is not None else None
    if number is None:
        return ""
    found = roster.why_not(number, review, seat, weeks)
    if found is None:
        return ""
    words = {
        "no_skill": "may not fill this seat any more",
        "not_independent": "may not work in this area",
        "not_trained": "is not there in all of its weeks",
        "away": "is not there in all of its weeks",
        "kept": "has no seat in a team that is at work",
        "same_team": "takes another seat",
        "busy": f"works on {', '.join(found.activities)}",
        "at_maximum": f"has reached the maximum of reviews in {found.period}",
        "drafting": "drafts other reports then",
    }
    return words[found.why]


def _seats(members: tuple[TeamMember, ...]) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for member in members:
        found[member.activity, member.skill].append(member.inspector)
    return found


def _terms(before: Plan, after: Plan) -> dict[str, tuple[int, int]]:
    old = {**before.costs.date_terms, **before.costs.team_terms}
    new = {**after.costs.date_terms, **after.costs.team_terms}
    return {name: (old.get(name, 0), new.get(name, 0)) for name in dict.fromkeys([*old, *new])}
