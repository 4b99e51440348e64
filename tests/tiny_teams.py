"""Tiny random team problems with fixed dates."""

from datetime import date
from random import Random

from scheduler.values.problem import (
    Absence,
    Activity,
    Area,
    Inspector,
    JointPlace,
    Location,
    PastReview,
    Period,
    Place,
    Problem,
    Published,
    Stage,
    StageRef,
    Team,
    TeamPrices,
    WithinLink,
)
from scheduler.values.value import WeekSpan
from tests.adversary.weeks import Dates
from tests.known import known

NUM_WEEKS = 16
SKILLS = ("safeguarding", "camhs", "education")
BODIES = ("Ofsted", "CSCI", "HMIC")


def tiny_teams(seed: int) -> tuple[Problem, Dates]:
    """Three reviews at fixed dates and a few people; every rule and every price matters in some of them."""
    draw = Random(seed)
    areas = tuple(Area(id=f"a{n}", name=f"A{n}", location=_place(draw)) for n in range(3))
    names = [f"i{n}" for n in range(draw.randint(5, 8))]
    reviews = tuple(_review(area, names, draw) for area in areas)
    more = Random(f"more {seed}")
    reviews = tuple(_with_more(review, names, more) for review in reviews)
    visits = tuple(_visit(area) for area in areas)
    problem = Problem(
        name=f"tiny-teams-{seed}",
        first_monday=date(2005, 9, 5),
        num_weeks=NUM_WEEKS,
        areas=areas,
        activities=(*reviews, *visits),
        links=tuple(_together(area) for area in areas),
        inspectors=tuple(_inspector(name, draw) for name in names),
        periods=(
            Period(id="y1", kind="year", span=WeekSpan(first=0, end=6)),
            Period(id="y2", kind="year", span=WeekSpan(first=6, end=16)),
        ),
        team_prices=TeamPrices(
            per_km=draw.choice((0, 1, 1)),
            per_review_over_share=draw.choice((0, 40, 200)),
            fair_share=draw.choice((0, 1)),
            fair_period="year",
            per_person_changed=draw.choice((0, 30, 300)),
        ),
        leader_drafts=more.choice((1, 1, 1, 2)),
        past_reviews=tuple(_past_review(number, names, more) for number in range(more.randint(0, 2))),
    )
    starts: dict[str, tuple[int, ...]] = {}
    for review in reviews:
        first = draw.randint(0, 8)
        starts[review.id] = (first, first + 1 + draw.randint(0, 2))
        starts[f"ca-{review.area}"] = starts[review.id][1:]
    return problem, starts


def _visit(area: Area) -> Activity:
    """A corporate assessment, whose staff fill joint places."""
    stage, window = Stage(id="visit", duration_weeks=1, on_site=True), WeekSpan(first=0, end=NUM_WEEKS)
    return Activity(id=f"ca-{area.id}", area=area.id, kind="ca", stages=(stage,), start_window=window)


def _together(area: Area) -> WithinLink:
    """The assessment visits during the fieldwork."""
    fieldwork = StageRef(activity=f"jar-{area.id}", stage="fieldwork")
    return WithinLink(inner=StageRef(activity=f"ca-{area.id}", stage="visit"), outer=fieldwork)


def _place(draw: Random) -> Location:
    return Location(lat=51 + draw.random() * 2, lon=-draw.random() * 2)


def _review(area: Area, names: list[str], draw: Random) -> Activity:
    analysis = Stage(id="analysis", duration_weeks=1, uses_team=True)
    fieldwork = Stage(
        id="fieldwork", duration_weeks=draw.choice((1, 2)), lag_max_weeks=2, uses_team=True, on_site=True
    )
    demand = draw.choice(((1, 0, 0), (1, 1, 0), (0, 2, 0), (0, 1, 1)))
    places = tuple(Place(skill=s, count=n) for s, n in zip(SKILLS, demand, strict=True) if n)
    announced = tuple(draw.sample(names, 2)) if draw.random() < 0.5 else ()
    return Activity(
        id=f"jar-{area.id}",
        area=area.id,
        kind="jar",
        stages=(analysis, fieldwork),
        start_window=WeekSpan(first=0, end=NUM_WEEKS),
        team=Team(
            places=places,
            needs_leader=draw.random() < 0.8,
            min_bodies=draw.choice((1, 2, 2, 3)),
            min_members=1,
        ),
        published=Published(starts=(0, 2), members=announced) if announced else None,
    )


def _with_more(review: Activity, names: list[str], draw: Random) -> Activity:
    """Drafting weeks, perhaps a joint place and somebody who was there the last time."""
    visit = StageRef(activity=f"ca-{review.area}", stage="visit")
    joint = JointPlace(skill="management", beside=visit, body=draw.choice((*BODIES, "AC")))
    team = known(review.team).model_copy(
        update={
            "drafting_weeks": draw.choice((0, 6, 9)),
            "joint": (joint,) if draw.random() < 0.6 else (),
        }
    )
    previous = (draw.choice(names),) if draw.random() < 0.2 else ()
    return review.model_copy(update={"team": team, "previous_team": previous})


def _past_review(number: int, names: list[str], draw: Random) -> PastReview:
    last = draw.randint(-3, 1)
    members = tuple(draw.sample(names, 2))
    return PastReview(
        id=f"past-{number}",
        area="a0",
        team_weeks=(last - 2, last),
        members=members,
        leader=members[0],
        drafting_end=draw.choice((None, last + 4, last + 9)),
    )


def _inspector(name: str, draw: Random) -> Inspector:
    away = draw.randrange(NUM_WEEKS)
    return Inspector(
        id=name,
        body=draw.choice(BODIES),
        skills=tuple(draw.sample(SKILLS, draw.choice((1, 2)))),
        is_leader=draw.random() < 0.5,
        home=_place(draw),
        trained_from=draw.choice((0, 0, 0, 5)),
        percent=draw.choice((100, 100, 80, 60)),
        absences=(Absence(span=WeekSpan(first=away, end=away + 2), percent_available=draw.choice((0, 80))),),
        rest_weeks=draw.choice((0, 1, 2)),
        max_reviews=draw.choice(({}, {}, {"year": 1}, {"year": 2})),
        conflicts=("a0",) if draw.random() < 0.1 else (),
        previous_areas=("a1",) if draw.random() < 0.1 else (),
    )
