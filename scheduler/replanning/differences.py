"""What moved and why: the difference between a published plan and a new one, as data and in words."""

from collections import defaultdict
from collections.abc import Collection, Iterator

from scheduler.people.eligibility import attendance, is_independent
from scheduler.people.work_weeks import team_weeks
from scheduler.values.plan import Plan, TeamMember
from scheduler.values.problem import Activity, Inspector, Problem
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
    """One seat: who leaves it and who takes it (None: nobody), and why."""

    activity: str
    area_name: str
    seat: str
    out: str | None
    into: str | None
    why: str = ""


class Difference(Value):
    """All that differs. `terms` are costs by term, before and after, at the prices after the event."""

    moved: tuple[MovedActivity, ...]
    people: tuple[ChangedPerson, ...]
    uncovered: tuple[int, int]
    terms: dict[str, tuple[int, int]]

    @property
    def num_moved(self) -> int:
        """Published activities with other dates."""
        return sum(not own.is_new for own in self.moved)

    @property
    def num_people(self) -> int:
        """Announced people who are no longer in the team of their activity."""
        stayed = {(own.activity, own.into) for own in self.people}
        return len({(own.activity, own.out) for own in self.people if own.out} - stayed)


def difference(problem: Problem, before: Plan, after: Plan, forced: Collection[str] = ()) -> Difference:
    """What differs between two plans.

    Parameters
    ----------
    problem
        The problem after the event, which `after` solves.
    forced
        Activities that cannot keep their dates.
    """
    moved = tuple(_moved(problem, before, after, forced))
    places = {"uncovered": (before.costs.uncovered_places, after.costs.uncovered_places)}
    return Difference(
        moved=moved,
        people=tuple(_people(problem, before, after, {own.activity for own in moved})),
        uncovered=places["uncovered"],
        terms=_terms(before, after),
    )


def in_words(problem: Problem, found: Difference) -> tuple[str, ...]:
    """One sentence for each move, change of people and term of the cost that changes."""
    lines = [*_moves_in_words(problem, found), *_people_in_words(found)]
    if found.uncovered[0] != found.uncovered[1]:
        lines.append(f"Uncovered places: {found.uncovered[0]} -> {found.uncovered[1]}.")
    changed = [f"{name} {own[1] - own[0]:+d}" for name, own in found.terms.items() if own[0] != own[1]]
    if changed:
        lines.append(f"Costs: {', '.join(changed)}.")
    return tuple(lines) or ("Nothing changes.",)


def _moves_in_words(problem: Problem, found: Difference) -> Iterator[str]:
    for own in found.moved:
        monday = problem.first_monday
        parts = [
            f"{stage.stage} {week_in_words(monday, stage.before)} -> {week_in_words(monday, stage.after)}"
            if stage.before is not None
            else f"{stage.stage} on {week_in_words(monday, stage.after)}"
            for stage in own.stages
        ]
        what = "is new" if own.is_new else "moves"
        why = f" ({own.why})" if own.why else ""
        yield f"{own.area_name}: {own.activity} {what}: {', '.join(parts)}{why}."


def _people_in_words(found: Difference) -> Iterator[str]:
    for own in found.people:
        why = f" ({own.why})" if own.why else ""
        change = f"{own.out or 'nobody'} -> {own.into or 'NOBODY'}"
        yield f"{own.area_name}: {own.activity}, {own.seat}: {change}{why}."


def _moved(problem: Problem, before: Plan, after: Plan, forced: Collection[str]) -> Iterator[MovedActivity]:
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
            why=_why_moved(activity, was, forced),
        )


def _why_moved(activity: Activity, was: tuple[Week, ...] | None, forced: Collection[str]) -> str:
    if was is None:
        return "made for the event"
    if activity.id in forced:
        return "it cannot keep its dates"
    return "to make room for others or to keep its team whole"


def _people(problem: Problem, before: Plan, after: Plan, moved: Collection[str]) -> Iterator[ChangedPerson]:
    old, new = _seats(before.members), _seats(after.members)
    names = {area.id: area.name for area in problem.areas}
    reasons = _Reasons(problem, after, moved)
    for activity in problem.activities:
        for seat in sorted({skill for name, skill in {**old, **new} if name == activity.id}):
            key = (activity.id, seat)
            left = [own for own in old.get(key, []) if own not in new.get(key, [])]
            came = [own for own in new.get(key, []) if own not in old.get(key, [])]
            for number in range(max(len(left), len(came))):
                out = left[number] if number < len(left) else None
                into = came[number] if number < len(came) else None
                why = reasons.of(activity, seat, out)
                yield ChangedPerson(
                    activity=activity.id,
                    area_name=names[activity.area],
                    seat=seat,
                    out=out,
                    into=into,
                    why=why,
                )


class _Reasons:
    """Why people leave a team."""

    def __init__(self, problem: Problem, after: Plan, moved: Collection[str]) -> None:
        self.problem, self.moved, self.starts = problem, moved, after.starts()
        self.present = attendance(problem)
        self.number = {own.id: index for index, own in enumerate(problem.inspectors)}
        self.teams: dict[str, set[str]] = defaultdict(set)
        for member in after.members:
            self.teams[member.inspector].add(member.activity)

    def of(self, activity: Activity, seat: str, person: str | None) -> str:
        """In a few words; empty where nobody leaves or no reason is known."""
        if person is None or person not in self.number:
            return ""
        inspector: Inspector = self.problem.inspectors[self.number[person]]
        weeks = team_weeks(activity, self.starts[activity.id])
        if not is_independent(inspector, activity):
            return f"{person} may not work in this area"
        if not self.present[self.number[person], list(weeks)].all():
            return f"{person} is not there in all of its weeks"
        if activity.id in self.teams[person]:
            return f"{person} takes another seat"
        busy = [other for other in sorted(self.teams[person]) if self._clashes(other, weeks, inspector)]
        return f"{person} works on {', '.join(busy)}" if busy else ""

    def _clashes(self, other: str, weeks: tuple[Week, ...], inspector: Inspector) -> bool:
        review = next(own for own in self.problem.activities if own.id == other)
        own = team_weeks(review, self.starts[other])
        rest = inspector.rest_weeks
        return bool(own and weeks and own[0] <= weeks[-1] + rest and weeks[0] <= own[-1] + rest)


def _seats(members: tuple[TeamMember, ...]) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for member in members:
        found[member.activity, member.skill].append(member.inspector)
    return found


def _terms(before: Plan, after: Plan) -> dict[str, tuple[int, int]]:
    old = {**before.costs.date_terms, **before.costs.team_terms}
    new = {**after.costs.date_terms, **after.costs.team_terms}
    return {name: (old.get(name, 0), new.get(name, 0)) for name in dict.fromkeys([*old, *new])}
