"""Inspectors: what they can do, where they live, and the rounds for which their bodies lend them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random

from drawing.areas import Area
from drawing.bodies import BODIES_BY_SKILL, LEADERS_FROM, SECOND_SKILLS
from drawing.english_calendar import Round, monday, week_of
from drawing.names import BIRD_OR_PLANT, address, people

LEADER = "leader"
OTHERS = "others"
LENT_PER_REVIEW: dict[str, float] = {
    LEADER: 1.0,
    "safeguarding": 1.0,
    "looked_after": 1.0,
    "special_needs": 1.0,
    "management": 0.72,
    "education": 0.45,
    "child_health": 0.4,
}
"""People whom the bodies lend for each review that a round can hold: the first four have a place in every review
(R057, R080, R081), the others in larger ones. Groups that are not named are lent together."""

OTHERS_PER_REVIEW = 0.8
MORE_SKILLS = (75, 25)

GROUP_SIZES: dict[str, int] = {
    LEADER: 26,
    "safeguarding": 26,
    "looked_after": 26,
    "special_needs": 26,
    "management": 15,
    "education": 14,
    "child_health": 10,
    "youth_justice": 9,
    "camhs": 6,
    "early_years": 4,
    "post_16": 4,
    "youth_support": 3,
    "family_courts": 2,
}
"""People by main skill: 171 in all."""

MAX_REVIEWS_PER_YEAR = 4
LONGEST_PAUSE_WEEKS = 36


@dataclass
class Person:
    """An inspector while the example is drawn."""

    code: str
    name: str
    group: str
    body: str
    skills: tuple[str, ...]
    home: Area
    lat: float
    lon: float
    trained_from: date | None
    percent: int
    rounds: list[Round] = field(default_factory=list)

    @property
    def is_leader(self) -> bool:
        """Whether qualified to lead a team."""
        return self.group == LEADER

    @property
    def email(self) -> str:
        """A mail address that nobody has."""
        return address(self.name, self.body.lower())

    @property
    def first_week(self) -> int:
        """The first week of deployment."""
        return 0 if self.trained_from is None else week_of(self.trained_from)


def draw_people(areas: Sequence[Area], draw: Random) -> list[Person]:
    """All inspectors, not yet lent to any round."""
    names = people(BIRD_OR_PLANT, draw)
    found: list[Person] = []
    for group, size in GROUP_SIZES.items():
        for number in range(size):
            found.append(_person(f"I{len(found) + 1:03d}", next(names), group, number, areas, draw))
    return found


def _person(code: str, name: str, group: str, number: int, areas: Sequence[Area], draw: Random) -> Person:
    body = draw.choice(LEADERS_FROM if group == LEADER else BODIES_BY_SKILL[group])
    home = draw.choices(areas, [area.population_0_19 for area in areas])[0]
    return Person(
        code=code,
        name=name,
        group=group,
        body=body,
        skills=_skills(group, body, draw),
        home=home,
        lat=round(home.lat + draw.uniform(-0.05, 0.05), 4),
        lon=round(home.lon + draw.uniform(-0.08, 0.08), 4),
        trained_from=_trained_from(number, draw),
        percent=80 if draw.random() < 1 / 12 else 100,
    )


def _skills(group: str, body: str, draw: Random) -> tuple[str, ...]:
    """The main skill, and up to two more that the body's inspectors have."""
    main = () if group == LEADER else (group,)
    others = [skill for skill in SECOND_SKILLS[body] if skill not in main]
    if group in LENT_PER_REVIEW:
        others = [skill for skill in others if skill not in LENT_PER_REVIEW]
        more = draw.choices((0, 1), MORE_SKILLS)[0]
    else:
        more = draw.choices((0, 1, 2), (30, 50, 20))[0]
    return (*main, *draw.sample(others, min(more, len(others))))


def _trained_from(number: int, draw: Random) -> date | None:
    """A third is trained before the start, a third by January 2006, some later (R014, R062)."""
    if number % 3 == 0:
        return None
    if number % 9 == 5:
        return monday(draw.choice((30, 34, 50)))
    return monday(draw.choice((3, 8, 14)))


def rounds_by_group(rounds: Sequence[Round], draw: Random) -> Iterator[tuple[Round, dict[str, int]]]:
    """How many of each group the bodies lend for each round: for four to six reviews, fewer in autumn 2005."""
    for number, visit in enumerate(rounds):
        size = 3 if visit.analysis < 15 else 4 if visit.analysis < 30 else (5, 5, 4, 5, 6)[number % 5]
        lent = {group: int(size * share + draw.random()) for group, share in LENT_PER_REVIEW.items()}
        yield visit, lent | {OTHERS: round(OTHERS_PER_REVIEW * size)}


def lend(persons: Sequence[Person], rounds: Sequence[Round], draw: Random) -> None:
    """Lend people to rounds, the least used first; nobody twice within the rest after a round."""
    for visit, wanted in rounds_by_group(rounds, draw):
        for group, count in wanted.items():
            members = [p for p in persons if _pool(p) == group]
            free = [p for p in members if _may_be_lent(p, visit)]
            free.sort(key=lambda p: (not _is_forgotten(p, visit), len(p.rounds) + draw.random(), p.code))
            for person in free[:count]:
                person.rounds.append(visit)


def _pool(person: Person) -> str:
    return person.group if person.group in LENT_PER_REVIEW else OTHERS


def _may_be_lent(person: Person, new: Round) -> bool:
    if new.analysis < person.first_week:
        return False
    if any(visit.occupied & new.occupied for visit in person.rounds):
        return False
    year = [visit for visit in person.rounds if _financial_year(visit) == _financial_year(new)]
    return len(year) < MAX_REVIEWS_PER_YEAR * person.percent // 100


def _is_forgotten(person: Person, new: Round) -> bool:
    """Whether somebody would otherwise be away from reviews for most of a year."""
    last = person.rounds[-1].fieldwork if person.rounds else person.first_week
    return new.analysis - last > LONGEST_PAUSE_WEEKS


def _financial_year(visit: Round) -> int:
    day = monday(visit.analysis)
    return day.year if day.month >= 4 else day.year - 1
