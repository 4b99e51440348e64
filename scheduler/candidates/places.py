"""For a place of a team every person: what they would cost in it, or the rule that keeps them away."""

from collections.abc import Sequence

from scheduler.candidates.plan_state import PlanState
from scheduler.candidates.values import PersonCandidate, PlaceCandidates
from scheduler.people.bodies import people_of_enough_bodies
from scheduler.people.work_weeks import team_weeks
from scheduler.values.plan import TeamMember
from scheduler.values.problem import Activity
from scheduler.values.value import Week


class UnknownPlace(ValueError):
    """The team of an activity has no such place, or the person has none there; `places` are those that it has."""

    def __init__(self, activity: str, place: str, places: Sequence[str]) -> None:
        self.activity, self.place, self.places = activity, place, tuple(places)
        super().__init__(f"the team of '{activity}' has no place '{place}'.")


def place_candidates(
    state: PlanState, activity: str, skill: str, leaving: str | None = None
) -> PlaceCandidates:
    """Every inspector for a place, ranked; all dates and all other places stay as they are.

    Parameters
    ----------
    skill
        'leader', or the skill that the place needs.
    leaving
        Who gives the place up, where several have one of this skill; by default an open one is filled, else the
        place of the first of them.

    Raises
    ------
    UnknownActivity
        If the plan has no such activity.
    UnknownPlace
        If its team has no such place, or `leaving` none of this skill.
    """
    review = state.activity(activity)
    places = {} if review.team is None else review.team.seats_by_skill()
    team = state.members_of([activity])
    holders = [member.inspector for member in team if member.skill == skill]
    if skill not in places or (leaving is not None and leaving not in holders):
        raise UnknownPlace(activity, skill if leaving is None else f"{skill} {leaving}", list(places))
    if leaving is None and len(holders) == places[skill]:
        leaving = holders[0]
    return _Place(state, review, skill, leaving, team).ranked()


class _Place:
    def __init__(
        self,
        state: PlanState,
        review: Activity,
        skill: str,
        leaving: str | None,
        team: tuple[TeamMember, ...],
    ) -> None:
        self.state, self.review, self.skill, self.leaving = state, review, skill, leaving
        self.starts = state.situation.starts[review.id]
        self.weeks: tuple[Week, ...] = team_weeks(review, self.starts)
        self.team = team
        self.left = [member for member in team if (member.skill, member.inspector) != (skill, leaving)]
        self.others: dict[str, set[str]] = {}
        for member in state.plan.members:
            if member.activity != review.id:
                self.others.setdefault(member.inspector, set()).add(member.activity)

    def ranked(self) -> PlaceCandidates:
        """All inspectors, with the one who leaves taken out of the place."""
        board, leaving = self.state.layout.board, [m for m in self.team if m not in self.left]
        board.put(self.review, self.starts, leaving, sign=-1)
        try:
            people = [self._candidate(number) for number in range(len(self.state.staff.rests))]
        finally:
            board.put(self.review, self.starts, leaving)
        return PlaceCandidates(
            activity=self.review.id,
            skill=self.skill,
            leaving=self.leaving,
            weeks=self.weeks,
            people=tuple(sorted(people, key=_rank)),
        )

    def _candidate(self, number: int) -> PersonCandidate:
        state, inspector = self.state, self.state.problem.inspectors[number].id
        why_not = state.layout.board.why_not(number, self.review, self.skill, self.weeks)
        lacks_bodies = why_not is None and not self._is_of_enough_bodies(number)
        may_have_it = why_not is None and not lacks_bodies
        return PersonCandidate(
            inspector=inspector,
            is_present=inspector == self.leaving,
            rise=self._rise(inspector) if may_have_it else None,
            km=int(state.people_cost.km(self.review.id)[number]),
            other_reviews=len(self.others.get(inspector, ())),
            why_not=why_not,
            lacks_bodies=lacks_bodies,
        )

    def _is_of_enough_bodies(self, number: int) -> bool:
        """Whether the team, with this person, could still be right; open places may bring other bodies (R056, R144)."""
        staff, team = self.state.staff, self.review.team
        seated = [[staff.number[member.inspector]] for member in self.left]
        open_seats = (0 if team is None else team.seats()) - len(seated) - 1
        return people_of_enough_bodies(team, [*seated, [number]], staff.bodies, open_seats) is not None

    def _rise(self, inspector: str) -> int:
        newcomer = TeamMember(activity=self.review.id, skill=self.skill, inspector=inspector)
        starts = self.state.situation.starts
        return self.state.people_cost.rise(self.team, [*self.left, newcomer], starts, starts)


def _rank(candidate: PersonCandidate) -> tuple[bool, int, int, int, str]:
    """Who may have the place first, the cheapest and then the least busy first; who lacks the skill comes last."""
    lacks_skill = candidate.why_not is not None and candidate.why_not.why == "no_skill"
    rise = candidate.rise if candidate.rise is not None else 0
    return (candidate.rise is None, int(lacks_skill), rise, candidate.other_reviews, candidate.inspector)
