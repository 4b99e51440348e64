"""Inspectors of the two bodies: for visits in pairs, and for inspections in teams. All of them are made up."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from drawing.names import BIRD_OR_PLANT, address, people
from drawing.regime_2009.areas import Area

LEADER = "leader"
SKILLS = {
    "contact_referral": "Contact, referral and assessment",
    "safeguarding": "Safeguarding",
    "looked_after": "Looked-after children",
    "health": "Health services",
}


@dataclass(frozen=True)
class Group:
    """People of one skill: whose they are, how many, and how many activities each may begin in a financial year."""

    skill: str
    body: str
    size: int
    most_a_year: int


GROUPS = (
    Group(LEADER, "Ofsted", 11, 8),
    Group("safeguarding", "Ofsted", 11, 8),
    Group("looked_after", "Ofsted", 11, 8),
    Group("health", "CQC", 9, 8),
    Group("contact_referral", "Ofsted", 36, 14),
)
"""78 in all: an inspection takes one of each of the first four, a visit two of the last."""


@dataclass(frozen=True)
class Person:
    """An inspector, who lives near an area."""

    code: str
    name: str
    group: Group
    home: Area
    lat: float
    lon: float

    @property
    def is_leader(self) -> bool:
        """Whether qualified to lead a team."""
        return self.group.skill == LEADER

    @property
    def skills(self) -> str:
        """The skill, blank for who only leads."""
        return "" if self.is_leader else self.group.skill


def draw_people(areas: Sequence[Area], draw: Random) -> tuple[Person, ...]:
    """All inspectors, at home where many children live."""
    names = people(BIRD_OR_PLANT, draw)
    groups = [group for group in GROUPS for _ in range(group.size)]
    return tuple(
        _person(f"I{number:03d}", next(names), group, areas, draw) for number, group in enumerate(groups, 1)
    )


def _person(code: str, name: str, group: Group, areas: Sequence[Area], draw: Random) -> Person:
    home = draw.choices(areas, [area.population_0_19 for area in areas])[0]
    lat = round(home.lat + draw.uniform(-0.05, 0.05), 4)
    return Person(code, name, group, home, lat, round(home.lon + draw.uniform(-0.08, 0.08), 4))


def rows(persons: Sequence[Person]) -> Iterator[tuple[object, ...]]:
    """Rows of `inspectors.csv`."""
    for person in persons:
        body = person.group.body
        yield (
            person.code, person.name, address(person.name, body.lower()), body, person.skills, person.is_leader,
            person.home.hq_town or person.home.name, person.lat, person.lon, person.group.most_a_year, True,
        )  # fmt: skip


def leave(
    persons: Sequence[Person], holidays: Sequence[tuple[date, date]], draw: Random
) -> Iterator[tuple[str, date, date, int]]:
    """(inspector, first day, last day, percent available): half of the weeks of school holidays, drawn.

    Parameters
    ----------
    holidays
        First Monday and last Friday of each.
    """
    mondays = [
        first + timedelta(weeks=number)
        for first, last in holidays
        for number in range((last - first).days // 7 + 1)
    ]
    for person in persons:
        for monday in sorted(draw.sample(mondays, len(mondays) // 2)):
            yield person.code, monday, monday + timedelta(days=4), 0
