"""Feeds of areas, inspectors, leaders and bodies follow every change: numbers only rise, only team weeks are busy."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from icalendar import Calendar, Component
from sqlalchemy import Engine
from sqlmodel import Session, select

from models import Activity, Inspector, TeamPlace, session
from services import audit
from services.audit import Word
from services.plans.cancelling import cancel
from services.plans.publication import publish
from services.shown.exports import Format, export_plan
from services.shown.shown_plan import Selection
from tests import tables
from tests.told import send

Events = dict[str, Component]
MEMBER, STAND_IN, CHIEF = "cheshire-1", "cheshire-2", "cheshire-0"
FIELDWORK = "cheshire-jar-fieldwork@jarcycle.invalid"
DRAFT = "cheshire-jar-draft_report@jarcycle.invalid"


@pytest.fixture
def clock() -> Iterator[datetime]:
    """An hour later each time it is asked."""
    return iter(tables.AT + timedelta(hours=number) for number in range(1, 1000))


def feed(engine: Engine, selection: Selection) -> Events:
    with session(engine, read_only=True) as opened:
        made = export_plan(
            opened, _published(opened), Format.ICS, as_of=tables.PLANNED_ON, selection=selection
        )
    return {str(event["UID"]): event for event in Calendar.from_ical(made.content).walk("VEVENT")}


def sent_to(engine: Engine, inspector: str, day: date) -> Events:
    """The events that a day's message to somebody carries."""
    message = send(engine, day)[f"{inspector}@inspectors.example"]
    [attached] = message.iter_attachments()
    return {str(event["UID"]): event for event in Calendar.from_ical(attached.get_content()).walk("VEVENT")}


def _published(opened: Session) -> int:
    return next(reversed(audit.published_versions(opened)))


def give_seat(opened: Session, version: int, before: str, after: str) -> None:
    query = select(TeamPlace).where(TeamPlace.plan_version == version, TeamPlace.inspector_code == before)
    for place in opened.exec(query):
        place.inspector_code = after
    opened.flush()


def publish_anew(engine: Engine, at: datetime, **seats: str) -> int:
    """A plan with the same dates in which some people have another's seat."""
    with session(engine) as opened:
        version = tables.store(opened)
        for before, after in seats.items():
            give_seat(opened, version, before.replace("_", "-"), after)
        publish(opened, version, "indicative", Word(tables.WHO, at, tables.PLANNED_ON, "replanned"),
                frozenset({"uncovered", "stale_plan"}))  # fmt: skip
    return version


@pytest.fixture
def programme(engine: Engine) -> Engine:
    tables.published(engine, 2, precision="indicative")
    return engine


def test_numbers_only_rise_when_somebody_leaves_and_comes_back(programme: Engine, clock) -> None:
    """The order of the planner's case: absence, publication, another, publication, and the first one is back."""
    mine = Selection(who=MEMBER)
    seen = [feed(programme, mine)[FIELDWORK]]
    for seats in ({"cheshire_1": STAND_IN}, {}, {"cheshire_1": STAND_IN}):
        publish_anew(programme, next(clock), **seats)
        seen.append(feed(programme, mine)[FIELDWORK])
    assert [str(event["STATUS"]) for event in seen] == ["TENTATIVE", "CANCELLED", "TENTATIVE", "CANCELLED"]
    assert all(before["SEQUENCE"] < after["SEQUENCE"] for before, after in pairwise(seen))
    for name in ("DTSTAMP", "LAST-MODIFIED"):
        assert all(before.decoded(name) < after.decoded(name) for before, after in pairwise(seen))


def test_messages_and_feeds_number_an_event_alike_and_the_numbers_rise(programme: Engine, clock) -> None:
    """Whoever leaves a team and comes back takes the mail's event only under a higher number than the last one."""
    seen = []
    for number, seats in enumerate((None, {"cheshire_1": STAND_IN}, {}, {"cheshire_1": STAND_IN})):
        if seats is not None:
            publish_anew(programme, next(clock), **seats)
        attached = sent_to(programme, MEMBER, tables.PLANNED_ON + timedelta(days=number))[FIELDWORK]
        shown = feed(programme, Selection(who=MEMBER))[FIELDWORK]
        assert (attached["SEQUENCE"], attached["STATUS"]) == (shown["SEQUENCE"], shown["STATUS"])
        seen.append(attached)
    assert [str(event["STATUS"]) for event in seen] == ["TENTATIVE", "CANCELLED", "TENTATIVE", "CANCELLED"]
    assert all(before["SEQUENCE"] < after["SEQUENCE"] for before, after in pairwise(seen))


def test_a_cancellation_has_one_number_in_messages_and_feeds(programme: Engine) -> None:
    sent_to(programme, MEMBER, tables.PLANNED_ON)
    with session(programme) as opened:
        word = Word(tables.WHO, tables.AT, tables.PLANNED_ON, "it is not needed")
        cancel(opened, "cheshire-jar", word)
    attached = sent_to(programme, MEMBER, tables.PLANNED_ON + timedelta(days=1))[FIELDWORK]
    shown = feed(programme, Selection(who=MEMBER))[FIELDWORK]
    assert (attached["SEQUENCE"], attached["STATUS"]) == (shown["SEQUENCE"], shown["STATUS"])


def test_a_plan_that_is_published_again_takes_nothing_back(programme: Engine, clock) -> None:
    with session(programme) as opened:
        first = _published(opened)
    publish_anew(programme, next(clock), cheshire_1=STAND_IN)
    left = feed(programme, Selection(who=MEMBER))[FIELDWORK]
    with session(programme) as opened:
        waivers = frozenset({"older_plan", "stale_plan"})
        publish(
            opened, first, "indicative", Word(tables.WHO, next(clock), tables.PLANNED_ON, "back"), waivers
        )
    again = feed(programme, Selection(who=MEMBER))[FIELDWORK]
    assert str(again["STATUS"]) == "TENTATIVE"
    assert again["SEQUENCE"] > left["SEQUENCE"]


def test_nothing_rises_for_those_of_whom_nothing_changed(programme: Engine, clock) -> None:
    mine = Selection(who="cheshire-3")
    before = feed(programme, mine)
    publish_anew(programme, next(clock), cheshire_1=STAND_IN)
    after = feed(programme, mine)
    assert {uid: event["SEQUENCE"] for uid, event in after.items()} == {
        uid: event["SEQUENCE"] for uid, event in before.items()
    }


def test_a_cancelled_review_that_is_taken_up_again_has_a_higher_number(programme: Engine) -> None:
    seen = [feed(programme, Selection())[FIELDWORK]]
    for state in ("cancelled", "planned", "cancelled"):
        with session(programme) as opened:
            opened.exec(select(Activity).where(Activity.code == "cheshire-jar")).one().state = state
        seen.append(feed(programme, Selection())[FIELDWORK])
    assert [str(event["STATUS"]) for event in seen] == ["TENTATIVE", "CANCELLED", "TENTATIVE", "CANCELLED"]
    assert all(before["SEQUENCE"] < after["SEQUENCE"] for before, after in pairwise(seen))


def test_a_former_leader_who_stays_a_member_hears_that_the_leaders_steps_are_off(
    programme: Engine, clock
) -> None:
    assert str(feed(programme, Selection(who=CHIEF))[DRAFT]["STATUS"]) == "TENTATIVE"
    with session(programme) as opened:
        opened.get_one(Inspector, MEMBER).is_leader = True
        version = tables.store(opened)
        seats = opened.exec(select(TeamPlace).where(TeamPlace.plan_version == version)).all()
        swapped = {CHIEF: MEMBER, MEMBER: CHIEF}
        for seat in seats:
            seat.inspector_code = swapped.get(seat.inspector_code, seat.inspector_code)
        opened.flush()
        publish(opened, version, "indicative", Word(tables.WHO, next(clock), tables.PLANNED_ON, "swapped"),
                frozenset({"stale_plan"}))  # fmt: skip
    former = feed(programme, Selection(who=CHIEF))
    assert (str(former[DRAFT]["STATUS"]), str(former[FIELDWORK]["STATUS"])) == ("CANCELLED", "TENTATIVE")
    led = feed(programme, Selection(leader=CHIEF))
    assert {str(event["STATUS"]) for event in led.values()} == {"CANCELLED"}
    assert {str(event["STATUS"]) for event in feed(programme, Selection(leader=MEMBER)).values()} == {
        "TENTATIVE"
    }


def test_only_ones_own_team_weeks_are_busy(programme: Engine) -> None:
    for selection in (Selection(who=CHIEF), Selection(leader=CHIEF)):
        busy = {uid for uid, event in feed(programme, selection).items() if event["TRANSP"] == "OPAQUE"}
        assert busy == {FIELDWORK, "cheshire-jar-analysis@jarcycle.invalid"}
    for selection in (Selection(), Selection(areas=frozenset({"cheshire"})), Selection(body="csci")):
        assert {str(event["TRANSP"]) for event in feed(programme, selection).values()} == {"TRANSPARENT"}


def test_a_bodys_calendar_holds_what_its_inspectors_do_and_takes_back_what_they_left(
    programme: Engine, clock
) -> None:
    before = feed(programme, Selection(body="csci"))
    assert FIELDWORK in before
    assert DRAFT not in before  # no leader is of this body
    assert DRAFT in feed(programme, Selection(body="ofsted"))
    publish_anew(programme, next(clock), cheshire_2="sheffield-0", cheshire_3="sheffield-1")
    after = feed(programme, Selection(body="csci"))[FIELDWORK]
    assert str(after["STATUS"]) == "CANCELLED"
    assert after["SEQUENCE"] > before[FIELDWORK]["SEQUENCE"]


def test_a_word_about_a_review_changes_the_instant_of_its_events(programme: Engine) -> None:
    """What is told may differ though no date has moved."""
    before = feed(programme, Selection())
    at = datetime(2005, 9, 1, 12, tzinfo=UTC)
    with session(programme) as opened:
        audit.record(opened, tables.WHO, at, "waive", "cheshire-jar draft_report")
    after = feed(programme, Selection())
    assert after[DRAFT].decoded("LAST-MODIFIED") == after[DRAFT].decoded("DTSTAMP") == at
    other = "sheffield-jar-fieldwork@jarcycle.invalid"
    assert after[other].decoded("LAST-MODIFIED") == before[other].decoded("LAST-MODIFIED")


def test_file_names_and_identities_hold_for_any_code(engine: Engine) -> None:
    with session(engine) as opened:
        tables.fill(opened, 1)
        opened.add(
            Inspector(
                code="I/0 ö", name="Odd", body_code="csci", home_lat=53, home_lon=-1, max_reviews_per_year=1
            )
        )
        opened.flush()
        version = tables.store(opened)
        made = export_plan(
            opened, version, Format.ICS, as_of=date(2005, 8, 1), selection=Selection(who="I/0 ö")
        )
    assert made.name == f"plan-{version}-I%2F0%20%C3%B6.ics"
