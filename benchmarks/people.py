"""Synthetic inspectors of nine bodies: skills, release to rounds of reviews, leave, conflicts."""

from dataclasses import dataclass
from random import Random

from benchmarks.english_weeks import Round
from scheduler.values.problem import Absence, Area, Inspector, Location
from scheduler.values.value import WeekSpan

BODIES_BY_SKILL: dict[str, tuple[str, ...]] = {
    "safeguarding": ("CSCI", "Ofsted"),
    "looked_after": ("CSCI",),
    "youth_justice": ("HMI Probation", "HMI Prisons"),
    "camhs": ("Healthcare Commission",),
    "education": ("Ofsted",),
    "early_years": ("Ofsted",),
    "further_education": ("ALI", "Ofsted"),
    "social_care": ("CSCI",),
    "child_health": ("Healthcare Commission",),
    "police_protection": ("HMIC",),
    "court_services": ("HMMCSI", "HMI Probation"),
    "governance": ("Audit Commission",),
}
"""The twelve skills and the bodies whose inspectors have them."""

SCARCE_SKILLS = ("safeguarding", "looked_after", "youth_justice", "camhs")
ABUNDANT_SKILLS = tuple(skill for skill in BODIES_BY_SKILL if skill not in SCARCE_SKILLS)

SHARES: dict[str, float] = {
    "leader": 0.165,
    "safeguarding": 0.165,
    "looked_after": 0.095,
    "youth_justice": 0.083,
    "camhs": 0.07,
}
"""Share of the inspectors in each scarce group; the rest have two or three abundant skills."""


@dataclass(frozen=True)
class Release:
    """How inspectors are lent to reviews.

    The scarce groups are lent in `share` of the half-terms, the others in `abundant_share`. People who are
    lent by round come for the weeks in which a team works (analysis, fieldwork) and go back to their own
    body in between, half of them in the first round of a half-term and half in the second; so a free
    person is one who could really join a team. The rest are lent for whole half-terms.
    """

    share: float = 0.5
    abundant_share: float = 0.6
    is_by_round: bool = True
    is_abundant_by_round: bool = True
    max_reviews: int = 4


def _groups(num_inspectors: int) -> list[str]:
    """The main group of each inspector, scarce groups first, at least two people in each."""
    groups = [g for g, share in SHARES.items() for _ in range(max(2, round(share * num_inspectors)))]
    rest = max(len(ABUNDANT_SKILLS), num_inspectors - len(groups))
    return groups + [ABUNDANT_SKILLS[i % len(ABUNDANT_SKILLS)] for i in range(rest)]


def _skills(group: str, draw: Random) -> tuple[str, ...]:
    if group == "leader":
        return (draw.choice(ABUNDANT_SKILLS),)
    if group in SCARCE_SKILLS:
        return (group, draw.choice(ABUNDANT_SKILLS)) if draw.random() < 0.4 else (group,)
    others = draw.sample([s for s in ABUNDANT_SKILLS if s != group], draw.choice((1, 2)))
    return (group, *others)


def _released_weeks(number: int, is_scarce: bool, release: Release, rounds: tuple[Round, ...]) -> set[int]:
    """Weeks in which the `number`-th member of a group is lent to reviews."""
    weeks: set[int] = set()
    share = release.share if is_scarce else release.abundant_share
    is_by_round = release.is_by_round if is_scarce else release.is_abundant_by_round
    for half_term in sorted({r.half_term for r in rounds}):
        if ((number + half_term + half_term // 6) * share) % 1 >= share:
            continue
        its_rounds = [r for r in rounds if r.half_term == half_term]
        turn = (number // 2 + half_term // 2) % 2
        if not is_by_round:
            weeks |= set(range(its_rounds[0].analysis, its_rounds[-1].fieldwork + 2))
        elif turn < len(its_rounds):
            weeks |= set(its_rounds[turn].weeks())
    return weeks


def _absences(free: set[int], num_weeks: int) -> tuple[Absence, ...]:
    """The complement of the free weeks, as spans."""
    away = [week for week in range(num_weeks) if week not in free]
    starts = [w for w in away if w - 1 not in away]
    ends = [w + 1 for w in away if w + 1 not in away]
    return tuple(Absence(span=WeekSpan(first=a, end=b)) for a, b in zip(starts, ends, strict=True))


def _missed_weeks(week: int, rounds: tuple[Round, ...]) -> set[int]:
    """The whole half-term of the next round: who misses a part of it cannot join a team at all."""
    half_term = next((r.half_term for r in rounds if r.analysis >= week), None)
    its_rounds = [r for r in rounds if r.half_term == half_term]
    return set(range(its_rounds[0].analysis, its_rounds[-1].fieldwork + 2)) if its_rounds else set()


def inspectors(
    num_inspectors: int,
    areas: tuple[Area, ...],
    rounds: tuple[Round, ...],
    num_weeks: int,
    release: Release,
    draw: Random,
) -> tuple[Inspector, ...]:
    """Draw the inspectors.

    Leave lies outside the released weeks, except for one person in 25, who misses one half-term. A twelfth is
    trained later, a twelfth works four days a week.
    """
    people = []
    seen: dict[str, int] = {}
    for index, group in enumerate(_groups(num_inspectors)):
        number = seen[group] = seen.get(group, -1) + 1
        is_scarce = group in SHARES
        skills = _skills(group, draw)
        free = _released_weeks(number, is_scarce, release, rounds)
        if draw.random() < 0.04:
            free -= _missed_weeks(draw.randrange(num_weeks), rounds)
        home = draw.choice(areas).location
        is_part_time = draw.random() < 1 / 12
        people.append(
            Inspector(
                id=f"inspector-{index + 1:03d}",
                body=draw.choice(BODIES_BY_SKILL[skills[0]]),
                skills=skills,
                is_leader=group == "leader",
                home=Location(
                    lat=round(home.lat + draw.uniform(-0.2, 0.2), 4),
                    lon=round(home.lon + draw.uniform(-0.3, 0.3), 4),
                ),
                trained_from=draw.choice((8, 24)) if number % 12 == 11 else 0,
                percent=80 if is_part_time else 100,
                absences=_absences(free, num_weeks),
                rest_weeks=1,
                max_reviews={"financial_year": release.max_reviews - int(is_part_time)},
                conflicts=tuple(sorted(a.id for a in draw.sample(areas, draw.choice((0, 1, 2))))),
                previous_areas=(draw.choice(areas).id,) if draw.random() < 0.3 else (),
            )
        )
    return tuple(people)
