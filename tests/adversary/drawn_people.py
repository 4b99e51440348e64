"""Random inspectors, teams and reviews that are done."""

from random import Random

from scheduler.values.problem import (
    Absence,
    Activity,
    Area,
    BodyQuota,
    Inspector,
    JointPlace,
    Link,
    Location,
    PastReview,
    Place,
    SavedPlace,
    StageRef,
    Team,
    TeamPrices,
)
from tests.adversary.draw import chance, name, some, span

BODIES = ("Ofsted", "CSCI", "Audit Commission")


def inspectors(
    draw: Random, areas: tuple[Area, ...], skills: tuple[str, ...], num_weeks: int, number: int
) -> tuple[Inspector, ...]:
    """So many people, for each skill and from two bodies at least; some are never there, some are barred from areas."""
    return tuple(_inspector(draw, areas, skills, num_weeks, place) for place in range(number))


def _inspector(
    draw: Random, areas: tuple[Area, ...], skills: tuple[str, ...], num_weeks: int, number: int
) -> Inspector:
    names = [area.id for area in areas]
    absences = tuple(
        Absence(span=span(draw, -1, num_weeks, 3), percent_available=draw.choice((0, 0, 60, 90)))
        for _ in range(draw.choice((0, 0, 1, 2)))
    )
    return Inspector(
        id=name(draw, f"I{number}"),
        body=draw.choice(BODIES) if number > 1 else BODIES[number],
        skills=tuple(dict.fromkeys((*some(draw, skills), *(skills if number == 0 else ())))),
        is_leader=number == 1 or chance(draw, 0.3),
        home=Location(lat=51 + 3 * draw.random(), lon=-3 * draw.random()),
        trained_from=draw.choice((0, 0, 0, draw.randint(0, num_weeks // 2))),
        percent=draw.choice((100, 100, 100, 80, 60)),
        absences=absences,
        rest_weeks=draw.choice((0, 0, 1, 2, 3)),
        max_reviews=draw.choice(({}, {}, {"year": 1}, {"year": 2})),
        conflicts=some(draw, names, 1) if chance(draw, 0.15) else (),
        previous_areas=some(draw, names, 1) if chance(draw, 0.15) else (),
    )


def with_team(
    draw: Random,
    activity: Activity,
    activities: list[Activity],
    skills: tuple[str, ...],
    links: tuple[Link, ...],
    people: list[str],
) -> Activity:
    """An activity with the team that its stages use, if any do; else without."""
    if not any(stage.uses_team for stage in activity.stages) or chance(draw, 0.1):
        return activity
    places = tuple(Place(skill=skill, count=draw.choice((1, 1, 1, 2))) for skill in some(draw, skills))
    needs_leader = not places or chance(draw, 0.5)
    seats = needs_leader + sum(place.count for place in places)
    team = Team(
        places=places,
        needs_leader=needs_leader,
        min_bodies=min(seats, draw.choice((1, 1, 2, 2, 3))),
        min_members=draw.choice((1, 1, min(3, seats))),
        max_members=draw.choice((8, 8, 9)),
        drafting_weeks=draw.choice((0, 0, 2, 5)),
        saved=_saved(draw, activity, activities),
        joint=_joint(draw, activity, links),
        quotas=_quotas(draw),
    )
    previous = some(draw, people, 1) if chance(draw, 0.15) else ()
    return activity.model_copy(update={"team": team, "previous_team": previous})


def _quotas(draw: Random) -> tuple[BodyQuota, ...]:
    """For few teams, of one or two bodies."""
    if chance(draw, 0.7):
        return ()
    return tuple(
        BodyQuota(body=body, minimum=draw.choice((0, 1, 1, 2)), maximum=draw.choice((None, None, 1, 2)))
        for body in draw.sample(BODIES, draw.randint(1, 2))
    )


def _saved(draw: Random, activity: Activity, activities: list[Activity]) -> tuple[SavedPlace, ...]:
    others = [other for other in activities if other.area == activity.area and other.id != activity.id]
    if not others or chance(draw, 0.9):
        return ()
    other = draw.choice(others)
    return (
        SavedPlace(
            skill="management",
            count=draw.randint(1, 2),
            after=StageRef(activity=other.id, stage=draw.choice(other.stages).id),
        ),
    )


def _joint(draw: Random, activity: Activity, links: tuple[Link, ...]) -> tuple[JointPlace, ...]:
    """Seats beside a visit that a link keeps within an on-site stage of the team."""
    stages = {stage.id for stage in activity.stages if stage.on_site and stage.uses_team}
    visits = [
        link.inner
        for link in links
        if link.kind == "within" and link.outer.activity == activity.id and link.outer.stage in stages
    ]
    if not visits or chance(draw, 0.3):
        return ()
    return (
        JointPlace(
            skill="management", count=draw.randint(1, 2), beside=draw.choice(visits), body=draw.choice(BODIES)
        ),
    )


def past_reviews(draw: Random, areas: tuple[Area, ...], people: list[str]) -> tuple[PastReview, ...]:
    """Reviews that ended shortly before the horizon, or in its first weeks."""
    return tuple(_past_review(draw, areas, people, place) for place in range(draw.choice((0, 0, 1, 2))))


def _past_review(draw: Random, areas: tuple[Area, ...], people: list[str], number: int) -> PastReview:
    last = draw.randint(-2, 2)
    members = some(draw, people, 3)
    return PastReview(
        id=f"past {number}",
        area=draw.choice(areas).id,
        team_weeks=draw.choice(((last,), (last - 2, last))),
        members=members,
        leader=draw.choice((None, *people)),
        drafting_end=draw.choice((None, last + 3, last + 7)),
    )


def prices(draw: Random) -> TeamPrices:
    """What teams cost."""
    return TeamPrices(
        per_km=draw.choice((0, 1, 1, 2)),
        per_review_over_share=draw.choice((0, 0, 40, 200)),
        fair_share=draw.choice((0, 1, 1)),
        fair_period="year",
        per_person_changed=draw.choice((0, 30, 300)),
    )
