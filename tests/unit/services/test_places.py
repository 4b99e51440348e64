"""A place in a published team is offered, accepted or declined; a declined one goes to the planner (R055-R062)."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from models import Delivery, PlannedStage, PlanVersion, TeamPlace, session
from services.casework.offered_places import places_in_teams
from services.errors import AlreadySo, NotFound, Refused
from services.plans.leave import enter_leave
from services.plans.pinning import pin_off
from services.plans.places import accept_place, decline_place
from services.problem.build import build_problem
from services.shown.attention import concerns
from services.solves.declining import decline
from services.solves.stand_ins import stand_ins_for
from tests.tables import PLANNED_ON, published
from tests.told import INSPECTOR, move, publish_york, send, text_of
from tests.york import word

DAY = date(2005, 9, 1)
JAR = "sheffield-jar"


@pytest.fixture
def opened(engine: Engine) -> Iterator[Session]:
    """Three areas with a published plan: each has its own team of four."""
    published(engine)
    with session(engine) as opened:
        yield opened


def state_of(opened: Session, inspector: str) -> str:
    return next(place.state for place in places_in_teams(opened) if place.inspector == inspector)


def test_every_place_of_a_published_team_is_offered_until_somebody_answers(opened: Session) -> None:
    places = places_in_teams(opened)
    assert len(places) == 12
    assert {place.state for place in places} == {"offered"}
    assert len(places_in_teams(opened, "wigan")) == 4
    assert accept_place(opened, JAR, "Inspector 0.1", word(DAY)).state == "accepted"
    assert decline_place(opened, "Sheffield", "sheffield-2", word(DAY, "a holiday is booked")).why
    assert (state_of(opened, "sheffield-1"), state_of(opened, "sheffield-2")) == ("accepted", "declined")


def test_declining_needs_a_reason_and_a_place(opened: Session) -> None:
    with pytest.raises(Refused, match="needs a reason"):
        decline_place(opened, JAR, "sheffield-1", word(DAY))
    with pytest.raises(NotFound, match="has no place in a published team there"):
        decline_place(opened, JAR, "wigan-1", word(DAY, "why"))
    accept_place(opened, JAR, "sheffield-1", word(DAY))
    with pytest.raises(AlreadySo, match="accepted it on 1 September 2005"):
        accept_place(opened, JAR, "sheffield-1", word(DAY))
    assert decline_place(opened, JAR, "sheffield-1", word(DAY, "ill")).state == "declined"


def test_a_place_is_offered_anew_where_its_dates_move(opened: Session) -> None:
    accept_place(opened, JAR, "sheffield-1", word(DAY))
    query = select(PlannedStage).where(PlannedStage.activity_code == JAR, PlannedStage.stage == "analysis")
    opened.exec(query).one().start_on = date(2006, 1, 2)
    opened.flush()
    assert state_of(opened, "sheffield-1") == "offered"


def test_the_planner_hears_of_a_declined_place_until_somebody_else_has_it(opened: Session) -> None:
    decline_place(opened, JAR, "sheffield-1", word(DAY, "ill"))
    assert "declined" in {concern.kind for concern in concerns(opened, DAY)}
    query = select(TeamPlace).where(TeamPlace.inspector_code == "sheffield-1")
    opened.exec(query).one().inspector_code = "wigan-3"
    opened.flush()
    assert "declined" not in {concern.kind for concern in concerns(opened, DAY)}


def test_stand_ins_have_the_skill_are_free_and_are_ranked_by_the_way_they_come(opened: Session) -> None:
    found = stand_ins_for(opened, JAR, "sheffield-3")
    assert len(found) == 5
    assert [person.km for person in found] == sorted(person.km for person in found)
    assert "sheffield-1" not in {person.inspector for person in found}
    assert {person.other_reviews for person in found} == {1}
    assert stand_ins_for(opened, "sheffield-ca", "sheffield-3") == ()


def test_who_declined_is_no_stand_in(opened: Session) -> None:
    first = stand_ins_for(opened, JAR, "sheffield-3")[0].inspector
    seat = opened.exec(
        select(TeamPlace).where(TeamPlace.inspector_code == "sheffield-2", TeamPlace.activity_code == JAR)
    ).one()
    seat.inspector_code = first
    opened.flush()
    decline_place(opened, JAR, first, word(DAY, "too far"))
    assert first not in {person.inspector for person in stand_ins_for(opened, JAR, "sheffield-3")}


def test_who_entered_leave_since_the_plan_is_no_stand_in(opened: Session) -> None:
    first, second = (person.inspector for person in stand_ins_for(opened, JAR, "sheffield-3")[:2])
    enter_leave(opened, first, date(2006, 1, 9), date(2006, 2, 10), 0, word(DAY))
    pin_off(opened, second, "sheffield", word(DAY))
    assert not {first, second} & {person.inspector for person in stand_ins_for(opened, JAR, "sheffield-3")}


def test_the_next_plan_gives_nobody_again_what_they_declined(opened: Session) -> None:
    accept_place(opened, JAR, "sheffield-2", word(DAY))
    assert not opened.get_one(PlanVersion, 1).is_stale
    decline_place(opened, JAR, "sheffield-1", word(DAY, "ill"))
    assert opened.get_one(PlanVersion, 1).is_stale
    review = next(activity for activity in build_problem(opened, 3).activities if activity.id == JAR)
    assert review.previous_team == ("sheffield-1",)


def test_who_is_offered_a_place_hears_once_by_when_to_answer_and_how(engine: Engine) -> None:
    """R055: the first of August 2005 and ten working days; who has answered is not asked again."""
    publish_york(engine)
    text = text_of(send(engine, PLANNED_ON)[INSPECTOR])
    assert "Please say by 15 August 2005 whether you take this place." in text
    assert "- https://reviews.example.org/people/sheffield-1/place?activity=sheffield-jar\n" in text
    assert "jarcycle" not in text
    with session(engine) as opened:
        accept_place(opened, JAR, "sheffield-1", word(DAY))
    assert send(engine, DAY) == {}
    later = date(2005, 9, 5)
    move(engine, date(2006, 6, 12), later)
    text = text_of(send(engine, later)[INSPECTOR])
    assert "Please say by 19 September 2005 whether you take your place on these dates." in text


def test_who_has_answered_already_is_told_the_dates_alone(engine: Engine) -> None:
    publish_york(engine)
    with session(engine) as opened:
        accept_place(opened, JAR, "sheffield-1", word(PLANNED_ON))
    assert "Please say" not in text_of(send(engine, PLANNED_ON)[INSPECTOR])


def test_operations_hear_of_a_declined_place_with_who_could_stand_in(opened: Session) -> None:
    found = decline(opened, JAR, "sheffield-3", word(DAY, "a holiday is booked."))
    assert len(found.stand_ins) == 5
    [message] = opened.exec(select(Delivery)).all()
    assert (message.recipient, message.state) == ("operations@ofsted.example", "waiting")
    assert message.subject == "A place in a team was declined: Sheffield, Inspector 0.3"
    assert "Why: a holiday is booked.\n" in message.body
    lines = [line for line in message.body.splitlines() if line.startswith("- ")]
    assert [person.name in line for person, line in zip(found.stand_ins, lines, strict=True)] == [True] * 5
