"""Inspectors in a list, and one of them with their weeks: what they can do, where they work, when they are away."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session, col, select

from models import Body, Inspector, InspectorSkill
from services.days.weeks import financial_year, monday_of
from services.naming.people import find_inspector
from services.problem.people import pro_rata
from services.programme import policy_of
from services.shown.presence import Away, Weeks, days_away, joined, weeks_there
from services.shown.work_of_teams import Work, skill_names, team_work

LOOK_AHEAD = timedelta(weeks=8)
"""How far ahead a list looks for the days on which somebody is away."""


@dataclass(frozen=True)
class PersonLine:
    """An inspector as a list shows them.

    `weeks_ahead` are those of work from this week on. `reviews` counts what they begin in the financial year `year`,
    of `most_reviews` at most (R062). `away` are the next days on which they are not there at all, if any soon.
    """

    code: str
    name: str
    email: str
    body: str
    body_code: str
    skills: tuple[str, ...]
    is_leader: bool
    weeks_ahead: int
    reviews: int
    most_reviews: int
    year: str
    next_work: Work | None
    away: Away | None

    @property
    def is_full(self) -> bool:
        """Whether they may begin no more reviews in the year."""
        return self.reviews >= self.most_reviews


@dataclass(frozen=True)
class PersonPage:
    """One inspector: their line, the Mondays of the programme's weeks, and in which they work or are not there."""

    line: PersonLine
    work: tuple[Work, ...]
    weeks: Weeks | None
    at_work: tuple[bool, ...]
    there: tuple[bool, ...]
    away: tuple[Away, ...]


def people_lines(session: Session, as_of: date) -> tuple[PersonLine, ...]:
    """Every inspector by name."""
    work: dict[str, list[Work]] = defaultdict(list)
    for place in team_work(session):
        work[place.inspector].append(place)
    away = days_away(session, as_of, as_of + LOOK_AHEAD)
    skills, bodies = _skills(session), _bodies(session)
    people = session.exec(select(Inspector).order_by(col(Inspector.name), col(Inspector.code)))
    return tuple(
        _line(
            person,
            bodies,
            skills.get(person.code, ()),
            work.get(person.code, []),
            joined(away.get(person.code, ()), as_of + LOOK_AHEAD),
            as_of,
        )
        for person in people
    )


def person_page(session: Session, as_of: date, text: str) -> PersonPage:
    """The inspector of a code, a name or a mail address; NotFound with those that are similar."""
    person = find_inspector(session, text)
    places = team_work(session)
    work = [place for place in places if place.inspector == person.code]
    days = [day for place in places for day in (place.first_on, place.last_on)]
    weeks = Weeks.around(days) if days else None
    until = as_of + timedelta(days=366)
    spans = days_away(session, min([as_of, *days]), max([until, *days]), person.code).get(person.code, [])
    ahead = joined([span for span in spans if span.end_on > as_of], until)
    busy = {monday for place in work for monday in place.weeks}
    min_percent = policy_of(session).programme.min_percent
    return PersonPage(
        line=_line(person, _bodies(session), _skills(session).get(person.code, ()), work, ahead, as_of),
        work=tuple(work),
        weeks=weeks,
        at_work=() if weeks is None else tuple(monday in busy for monday in weeks.mondays()),
        there=() if weeks is None else weeks_there(person, spans, weeks, min_percent),
        away=ahead,
    )


def _line(
    person: Inspector,
    bodies: dict[str, str],
    skills: tuple[str, ...],
    work: list[Work],
    away: tuple[Away, ...],
    as_of: date,
) -> PersonLine:
    year, this_week = financial_year(as_of), monday_of(as_of)
    ahead = [place for place in work if place.last_on >= as_of]
    gone = [span for span in away if span.percent_available == 0 and span.first_on <= as_of + LOOK_AHEAD]
    return PersonLine(
        code=person.code,
        name=person.name,
        email=person.email,
        body=bodies.get(person.body_code, person.body_code),
        body_code=person.body_code,
        skills=skills,
        is_leader=person.is_leader,
        weeks_ahead=len({monday for place in ahead for monday in place.weeks if monday >= this_week}),
        reviews=len({place.activity for place in work if financial_year(place.first_on) == year}),
        most_reviews=pro_rata(person.max_reviews_per_year, person.percent),
        year=year.removeprefix("FY"),
        next_work=ahead[0] if ahead else None,
        away=gone[0] if gone else None,
    )


def _skills(session: Session) -> dict[str, tuple[str, ...]]:
    names, found = skill_names(session), defaultdict[str, list[str]](list)
    for row in session.exec(select(InspectorSkill).order_by(col(InspectorSkill.skill_code))):
        found[row.inspector_code].append(names.get(row.skill_code, row.skill_code))
    return {code: tuple(skills) for code, skills in found.items()}


def _bodies(session: Session) -> dict[str, str]:
    return {row.code: row.name for row in session.exec(select(Body))}
