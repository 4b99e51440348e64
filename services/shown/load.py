"""How much is asked of whom, by skill and week: how many are asked for and how many are there, over and under."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby

from sqlmodel import Session, select

from config.team_rule import DEPUTY
from models import Inspector, InspectorSkill
from reports.words import per_cent, period_in_words, plural
from scheduler.values.value import LEADER
from services.days.weeks import WEEK, monday_of
from services.programme import policy_of
from services.shown.presence import Weeks, attendance_of
from services.shown.work_of_teams import Work, skill_names, team_work

FEWEST_IDLE_WEEKS = 6
"""From so many weeks in a row on it is worth saying that people are hardly asked for."""

HARDLY = 0.25
"""Share of those who are there below which people count as hardly asked for."""


class Demand(StrEnum):
    """How much of those who are there is asked for; over: more than are there."""

    NONE = "none"
    QUARTER = "quarter"
    HALF = "half"
    MOST = "most"
    ALL = "all"
    OVER = "over"


@dataclass(frozen=True)
class WeekOfSkill:
    """A week of a skill: places asked for, people there who have it, places of them without anybody."""

    monday: date
    asked: int
    there: int
    uncovered: int

    @property
    def level(self) -> Demand:
        """How much is asked for."""
        if self.asked > self.there or self.uncovered:
            return Demand.OVER
        if not self.asked:
            return Demand.NONE
        quarters = -(-4 * self.asked // self.there)
        return (Demand.QUARTER, Demand.HALF, Demand.MOST, Demand.ALL)[quarters - 1]


@dataclass(frozen=True)
class SkillLoad:
    """A skill with its weeks, all of the same weeks as every other; `num_people` have it."""

    skill: str
    name: str
    num_people: int
    weeks: tuple[WeekOfSkill, ...]

    @property
    def share(self) -> float:
        """Person weeks asked for of those that are there."""
        there = sum(week.there for week in self.weeks)
        return sum(week.asked for week in self.weeks) / there if there else 0.0


@dataclass(frozen=True)
class Stretch:
    """Weeks in a row of which the same is to be said; `first_on` and `last_on` are days, both included."""

    skill: str
    skill_name: str
    first_on: date
    last_on: date
    words: str


@dataclass(frozen=True)
class Load:
    """All skills that teams ask for; `over` and `under` from this week on, by day."""

    skills: tuple[SkillLoad, ...]
    over: tuple[Stretch, ...]
    under: tuple[Stretch, ...]


def load_of(session: Session, as_of: date) -> Load:
    """The load of the published teams, from their first week to their last; empty before the first publication.

    Somebody with several skills is there for each of them. Leave and absences are those of today, so that a plan may be
    over in a week in which it was not when it was made.
    """
    places = team_work(session)
    if not places:
        return Load((), (), ())
    weeks = Weeks.around(day for place in places for day in (place.first_on, place.last_on))
    skills = tuple(_skill_loads(session, places, weeks))
    over = sorted(
        (s for skill in skills for s in _over(skill, as_of)), key=lambda s: (s.first_on, s.skill_name)
    )
    under = sorted(
        (s for skill in skills for s in _under(skill, as_of)), key=lambda s: (s.first_on, s.skill_name)
    )
    return Load(skills, tuple(over), tuple(under))


def _skill_loads(session: Session, places: Sequence[Work], weeks: Weeks) -> Iterator[SkillLoad]:
    people = list(session.exec(select(Inspector)))
    min_percent = policy_of(session).programme.min_percent
    attendance, holders = attendance_of(session, people, weeks, min_percent), _holders(session, people)
    asked: dict[str, Counter[date]] = defaultdict(Counter)
    empty: dict[str, Counter[date]] = defaultdict(Counter)
    for place in places:
        for monday in place.weeks:
            asked[place.skill][monday] += 1
            empty[place.skill][monday] += not place.inspector
    for skill, name in skill_names(session).items():
        if skill in asked:
            there = [sum(week) for week in zip(*(attendance[code] for code in holders[skill]), strict=True)]
            there = there or [0] * weeks.num_weeks
            found = (
                WeekOfSkill(monday, asked[skill][monday], count, empty[skill][monday])
                for monday, count in zip(weeks.mondays(), there, strict=True)
            )
            yield SkillLoad(skill, name, len(holders[skill]), tuple(found))


def _holders(session: Session, people: Sequence[Inspector]) -> dict[str, list[str]]:
    """Codes of the people who have a skill; whoever leads may be a leader or a deputy (R057)."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in session.exec(select(InspectorSkill)):
        found[row.skill_code].append(row.inspector_code)
    leaders = [person.code for person in people if person.is_leader]
    found[LEADER], found[DEPUTY] = leaders, leaders
    return found


def _over(skill: SkillLoad, as_of: date) -> Iterator[Stretch]:
    """Weeks in which more are asked for than are there, or a place is uncovered."""
    ahead = [week for week in skill.weeks if week.monday >= monday_of(as_of)]
    key = {week.monday: (week.asked, week.there, week.uncovered) for week in ahead}
    for (is_over, _figures), run in groupby(ahead, lambda w: (w.level is Demand.OVER, key[w.monday])):
        if is_over:
            found = list(run)
            yield _stretch(skill, found, _lack(found[0]))


def _lack(week: WeekOfSkill) -> str:
    """'5 asked for, 4 there', '2 of 5 places uncovered'."""
    if week.asked > week.there:
        return f"{week.asked} asked for, {week.there or 'none'} there"
    return f"{week.uncovered} of {plural(week.asked, 'place')} uncovered"


def _under(skill: SkillLoad, as_of: date) -> Iterator[Stretch]:
    """All weeks to come where hardly anybody is asked for in them, else long stretches in which nobody is."""
    ahead = [week for week in skill.weeks if week.monday >= monday_of(as_of)]
    asked, there = sum(week.asked for week in ahead), sum(week.there for week in ahead)
    if there and asked <= HARDLY * there:
        share = (
            f"{per_cent(asked / there)} of the weeks of work that there are" if asked else "nobody asked for"
        )
        yield _stretch(skill, ahead, share)
        return
    for is_idle, run in groupby(ahead, lambda week: not week.asked):
        found = list(run)
        if is_idle and len(found) >= FEWEST_IDLE_WEEKS and any(week.there for week in found):
            yield _stretch(
                skill, found, f"nobody asked for, at most {max(week.there for week in found)} there"
            )


def _stretch(skill: SkillLoad, weeks: Sequence[WeekOfSkill], words: str) -> Stretch:
    last = weeks[-1].monday + timedelta(days=4)
    return Stretch(skill.skill, skill.name, weeks[0].monday, last, words)


def stretch_in_words(stretch: Stretch) -> str:
    """'8 to 19 May 2006'."""
    return period_in_words(stretch.first_on, stretch.last_on + WEEK / 7)
