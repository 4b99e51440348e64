"""Why somebody can't be pinned to a place: every reason, in the words of a planner."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from reports.words import date_in_words, list_in_words
from scheduler.values.problem import Activity, Inspector, Problem, Seated
from scheduler.values.value import LEADER, Week
from services.days.weeks import week_monday
from services.doors import PIN_WEEK, PINS, UNPIN_PLACE
from services.errors import Objection
from services.plans.possible_weeks import timetables


@dataclass(frozen=True)
class Asked:
    """Somebody whom a planner wants in a place: the problem as it is without this pin, and who they are."""

    problem: Problem
    activity: Activity
    skill: str
    code: str
    name: str

    @property
    def place(self) -> str:
        """What a finding is about."""
        return f"{self.activity.id} {self.skill} {self.code}"

    @property
    def who(self) -> str:
        """'Ann Smith (I043)'."""
        return f"{self.name} ({self.code})"

    @property
    def person(self) -> Inspector | None:
        """The inspector, if the problem has them: whoever has no skill and leads nothing is in none."""
        return next((person for person in self.problem.inspectors if person.id == self.code), None)


def objections_to_pin(asked: Asked) -> list[Objection]:
    """Everything that keeps somebody from a place; empty if a plan could have them there."""
    seats = _seats(asked.activity)
    if asked.skill not in seats:
        return [_no_such_place(asked)]
    found = [*_about_seats(asked, seats[asked.skill]), *_about_person(asked)]
    return found or list(_about_weeks(asked))


def objections_to_seat(asked: Asked) -> list[Objection]:
    """What keeps somebody from a place in whatever weeks: no such place, one kept for others, skill, independence."""
    seats = _seats(asked.activity)
    if asked.skill not in seats:
        return [_no_such_place(asked)]
    assert asked.activity.team is not None
    others = [seated for seated in asked.activity.team.reserved if seated.inspector != asked.code]
    free = asked.activity.reserving(others)
    return [*_about_seats(replace(asked, activity=free), seats[asked.skill]), *_about_person(asked)]


def _seats(activity: Activity) -> dict[str, int]:
    return activity.team.seats_by_skill() if activity.team is not None else {}


def _no_such_place(asked: Asked) -> Objection:
    known = " or ".join(map(_words, _seats(asked.activity)))
    advice = f"Name one of its places: {known}." if known else "Name an activity that has a team."
    return _objection(asked, "its team has no such place.", advice)


def objections_to_team(problem: Problem, activity: Activity, names: Mapping[str, str]) -> list[Objection]:
    """Which of those who are pinned to places of an activity can't be there in the weeks that are left to it."""
    held = activity.team.reserved if activity.team is not None else ()
    found: list[Objection] = []
    for seated in held:
        name = names.get(seated.inspector, seated.inspector)
        found += _about_weeks(Asked(problem, activity, seated.skill, seated.inspector, name))
    return found


def _about_seats(asked: Asked, count: int) -> Iterator[Objection]:
    assert asked.activity.team is not None
    reserved = asked.activity.team.reserved
    theirs = next((seated for seated in reserved if seated.inspector == asked.code), None)
    if theirs is not None:
        message = f"{asked.who} is pinned to the {_words(theirs.skill)} place there already."
        yield _objection(asked, message, _unpin(asked.activity.id, asked.code))
    others = [seated.inspector for seated in reserved if seated.skill == asked.skill]
    if theirs is None and len(others) >= count:
        message = f"every {_words(asked.skill)} place is pinned to somebody else: {list_in_words(others)}."
        yield _objection(asked, message, _unpin(asked.activity.id, others[0]))


def _about_person(asked: Asked) -> Iterator[Objection]:
    from scheduler.people.eligibility import has_skill  # with NumPy, as below

    person, activity = asked.person, asked.activity
    if person is None or not has_skill(person, asked.skill):
        lack = "lead teams" if asked.skill == LEADER else f"have the skill {_words(asked.skill)}"
        advice = "Name somebody else, or correct inspectors.csv and import it."
        yield _objection(asked, f"{asked.who} does not {lack}.", advice)
    if person is None:
        return
    if activity.area in person.conflicts:
        message = f"{asked.who} may not work in the area: a conflict of interest or a pin keeps them off."
        advice = PINS.advise("Name somebody else, or see what is pinned")
        yield _objection(asked, message, advice, "R062")
    if activity.area in person.previous_areas or asked.code in activity.previous_team:
        message = f"{asked.who} was in the last team there, or declined a place in this one."
        yield _objection(asked, message, "Name somebody else.", "R062")


def _about_weeks(asked: Asked) -> Iterator[Objection]:
    """There are weeks in which the review could be, and they are there, free of other work, and of other pins."""
    # NumPy takes long to import: only who asks about people pays for it.
    from scheduler.people.roster import Roster
    from scheduler.people.staff import Staff
    from scheduler.people.work_weeks import occupied_weeks, team_weeks

    problem, person = asked.problem, asked.person
    assert person is not None
    staff = Staff(problem)
    roster, number = Roster(staff), staff.number[asked.code]

    def possible(activity: Activity) -> list[tuple[Week, ...]]:
        """The team weeks that an activity could have."""
        every = dict.fromkeys(team_weeks(activity, starts) for starts in timetables(problem, activity))
        return [weeks for weeks in every if weeks]

    def occupied(every: Sequence[tuple[Week, ...]]) -> list[frozenset[Week]]:
        """What those of some team weeks take of this person, with their rest, in which they could be there."""
        free = (weeks for weeks in every if roster.free(weeks)[number])
        return [occupied_weeks(weeks, person.rest_weeks) for weeks in free]

    every = possible(asked.activity)
    here = occupied(every)
    if not here:
        if every:
            yield _objection(asked, f"{asked.who} {_away(problem, person, every)}.", _other_week(asked))
        return
    for other in problem.activities:
        if other.id == asked.activity.id or not _is_theirs(other, asked.code):
            continue
        there = occupied(possible(other))
        if there and not any(weeks.isdisjoint(others) for weeks in here for others in there):
            message = (
                f"{asked.who} is pinned to {other.id} already, in the same weeks or with no rest between."
            )
            yield _objection(asked, message, _unpin(other.id, asked.code))


def _away(problem: Problem, person: Inspector, every: Sequence[tuple[Week, ...]]) -> str:
    """Why somebody is in none of some weeks."""
    if all(weeks[0] < person.trained_from for weeks in every):
        trained_on = date_in_words(week_monday(problem.first_monday, person.trained_from))
        return f"is trained from {trained_on} on, after the last week in which it could be"
    if len(every) == 1:
        first = date_in_words(week_monday(problem.first_monday, every[0][0]))
        return f"is away, or has other work, in its weeks from {first} on"
    return "is away, or has other work, in every week in which it could be"


def _is_theirs(activity: Activity, code: str) -> bool:
    team = activity.team
    held: tuple[Seated, ...] = () if team is None else (*team.reserved, *(team.at_work or ()))
    return any(seated.inspector == code for seated in held)


def _words(skill: str) -> str:
    return skill.replace("_", " ")


def _other_week(asked: Asked) -> str:
    return PIN_WEEK.advise("Name somebody else, or another week", code=asked.activity.id)


def _unpin(activity: str, code: str) -> str:
    return UNPIN_PLACE.advise("Take that back first", code=activity, person=code)


def _objection(asked: Asked, message: str, advice: str, requirement: str = "") -> Objection:
    return Objection(asked.place, message, advice, requirement)
