"""Programmes with something of every kind in them: plans, solves, replans, words of people, and what failed."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from cli.demonstration.rehearsal import rehearse
from models import (
    Account,
    Activity,
    AnnualRating,
    AppealStep,
    DataQuery,
    Evidence,
    EvidenceNeed,
    Feed,
    Inspector,
    ProposedAction,
    RatingAppeal,
    Step,
    session,
)
from scheduler.events import Postponement
from scheduler.values.result import SolveParams
from scheduler.values.value import LEADER
from services.accounts.roles import OF_INSPECTORATE, Role
from services.audit import Word
from services.casework.advancing import advance
from services.casework.announcement import announced
from services.casework.evidence.answers import receive
from services.casework.evidence.kept_files import Receipt
from services.casework.evidence.states import OPEN
from services.casework.follow_up.recommending import Recommended, recommend
from services.casework.offered_places import OFFERED, Place, places_in_teams
from services.days.weeks import WEEK, monday_of
from services.events.deciding import Decision, Verdict, decide
from services.events.event_log import NewEvent, add_event
from services.events.replans import event_to_replan
from services.plans.cancelling import cancel
from services.plans.leave import enter_leave
from services.plans.publication import publish
from services.shown.replan_report import report_of
from services.solves import asked_replans, solve_runs
from services.solves.declining import decline
from services.solves.solving import Asker, solve_option
from services.years.made import make_year
from tests.e2e.asked_authorities import ask_authorities
from tests.e2e.preparing_area import begin_preparing
from tests.fakes import DEFERRED, REFUSED, FakeTransport
from tests.known import known
from tests.signing_in import sign_in_as
from tests.tables import PLANNED_ON

BRIEF = SolveParams(dates_seconds=5, teams_seconds=5, gap_target=0.001, team_gap_target=0.02)
WAITING, ANSWERED, LOST = 1, 2, 3
"""Numbers of the replans that were asked for."""

UNDECIDED, PULLED = 1, 2
"""Numbers of the events: one about which nothing is decided, one that pulls a review forward."""


@dataclass(frozen=True)
class Programme:
    """A published programme on a day, and what in it something happens to.

    Parameters
    ----------
    worked_on
        Until that day everybody has done what was due, and has been told what is new.
    events
        The areas of the two events.
    postponed, not_before
        An activity that is asked to begin later, and the number of the week.
    cancelled, spare
        Activities: one that is called off, and a review still to come.
    """

    today: date
    worked_on: date
    events: tuple[str, str]
    postponed: str
    not_before: int
    cancelled: str
    spare: str

    @property
    def movable(self) -> tuple[str, str]:
        """Activities that nobody pins."""
        return self.postponed, self.spare

    def word(self, at: datetime | None = None) -> Word:
        """What the planner says on its day."""
        return word(self.today, at)


ENGLAND = Programme(
    date(2005, 10, 3), date(2005, 9, 26), ("York", "Cornwall"), "886-ca", 40, "382-ca", "382-jar"
)
"""All 150 areas of the demonstration."""

SIX_AREAS = Programme(
    date(2005, 12, 12), date(2005, 12, 5), ("Torbay", "Wigan"), "luton-jar", 60, "barnet-ca", "barnet-jar"
)
"""The first six of `tests.tables`."""

PROGRAMME_ROLES = tuple(sorted(OF_INSPECTORATE - {Role.BODY}))


@dataclass(frozen=True)
class Person:
    """Somebody who signs in: their roles, and who or whose they are in the programme."""

    login: str
    roles: tuple[str, ...]
    inspector_code: str | None = None
    area_code: str | None = None
    body_code: str | None = None

    def signed_in(self, engine: Engine) -> str:
        """The secret for the cookie of a browser of theirs."""
        links = {
            "inspector_code": self.inspector_code,
            "area_code": self.area_code,
            "body_code": self.body_code,
        }
        return sign_in_as(engine, *self.roles, login=self.login, name=self.login.title(), **links)


def word(day: date, at: datetime | None = None) -> Word:
    """What the planner says on a day."""
    return Word("Ann Lee", at or datetime.combine(day, time(9), UTC), day, "agreed with the council")


def plan_england(engine: Engine) -> None:
    """A quick plan of the demonstration's facts, already imported, published as the demonstration does it."""
    asker = Asker("Ann Lee", lambda: word(PLANNED_ON).at)
    version = known(solve_option(engine, 3, BRIEF, asker, profile="quick").version)
    with session(engine) as opened:
        publish(opened, version, "indicative", word(PLANNED_ON))


def fill(engine: Engine, programme: Programme) -> None:
    """Bring a programme that has just been published to its busy day."""
    end = programme.worked_on + timedelta(days=1)
    rehearse(engine, programme.worked_on, end, FakeTransport(REFUSED, DEFERRED))
    with session(engine) as opened:
        advance(opened, programme.today)
        _words_of_people(opened, programme)
        _events(opened, programme)
        _recommendations(opened, programme)
        _ratings(opened, programme)
        make_year(opened, programme.today.year, programme.word())
        ask_authorities(opened, programme.events, programme.word())
    _replans(engine, programme)
    with session(engine) as opened:
        cancel(opened, programme.cancelled, programme.word())
        number = solve_runs.begin(opened, "1", "standard", "Ann Lee", datetime.now(UTC))
        solve_runs.progress(opened, number, "dates", 5_400, 5_100)
    _accounts(engine)
    with session(engine) as opened:
        begin_preparing(opened, "council", programme.word())


def people(engine: Engine) -> dict[str, Person]:
    """Who sees most of each side, by login: of the programme, of an area in which a review is under way, of a body."""
    with session(engine, read_only=True) as opened:
        area = _announced_area(opened)
        leader = _leader(opened, area)
        body = known(opened.get(Inspector, leader.inspector)).body_code
    return {
        person.login: person
        for person in (
            Person("everything", PROGRAMME_ROLES, inspector_code=leader.inspector),
            Person("leader", (Role.TEAM_LEADER,), inspector_code=leader.inspector),
            Person("council", (Role.AUTHORITY, Role.PREPARATION), area_code=area),
            Person("preparer", (Role.PREPARATION,), area_code=area),
            Person("body", (Role.BODY,), body_code=body),
        )
    }


def _accounts(engine: Engine) -> None:
    """Everybody has an account; one is locked, and one has a calendar feed."""
    for person in people(engine).values():
        person.signed_in(engine)
    sign_in_as(engine, Role.VIEWER, login="locked", is_locked=True)
    with session(engine) as opened:
        owner = opened.exec(select(Account).where(Account.login == "everything")).one()
        whose = {"whose": "inspector", "code": owner.inspector_code or ""}
        opened.add(Feed(secret_hash="0", account_id=owner.id or 0, made_at=datetime.now(UTC), **whose))


def _announced_area(opened: Session) -> str:
    """The first area in which a review is under way and announced."""
    rows = opened.exec(
        select(Activity)
        .join(Step, col(Step.activity_id) == col(Activity.id))
        .where(Step.state == "done")
        .order_by(col(Activity.code))
    ).all()
    told = announced(opened, {row.code for row in rows})
    return next(row.area_code for row in rows if row.code in told)


def _leader(opened: Session, area: str) -> Place:
    """The place of whoever leads the team of an area."""
    return next(place for place in places_in_teams(opened, area) if place.skill == LEADER)


def _words_of_people(opened: Session, programme: Programme) -> None:
    """Leave, a place that is declined, a pinned week, and an item of evidence that is received but not accepted."""
    offered = [place for place in places_in_teams(opened) if place.state == OFFERED]
    free = next(
        place for place in offered if place.skill != LEADER and place.first_day > programme.today + 8 * WEEK
    )
    decline(opened, free.activity, free.inspector, programme.word())
    leader = _leader(opened, _announced_area(opened)).inspector
    enter_leave(opened, leader, date(2006, 8, 7), date(2006, 8, 18), 0, programme.word())
    last = next(place for place in reversed(offered) if place.activity not in programme.movable)
    opened.exec(select(Activity).where(Activity.code == last.activity)).one().pinned_on = monday_of(
        last.first_day
    )
    item = opened.exec(
        select(Activity.code, EvidenceNeed.item)
        .join(EvidenceNeed, col(EvidenceNeed.activity_id) == col(Activity.id))
        .join(Evidence, col(Evidence.id) == col(EvidenceNeed.evidence_id))
        .where(col(Evidence.state).in_(OPEN), col(EvidenceNeed.was_asked))
        .order_by(col(Evidence.id))
    ).first()
    code, name = known(item)
    receive(opened, code, name, Receipt(programme.today), programme.word())


def _recommendations(opened: Session, programme: Programme) -> None:
    """One of the review that is under way, with an action about it."""
    area = _announced_area(opened)
    review = opened.exec(select(Activity).where(Activity.area_code == area, Activity.kind == "jar")).one()
    said = Recommended("Train all staff in safeguarding", ("council_care",), is_priority=True)
    row = recommend(opened, review.id or 0, said, programme.word())
    opened.add(
        ProposedAction(
            recommendation_id=row.id or 0,
            text="Train forty staff",
            owner=row.owner,
            owner_kind=row.owner_kind,
            due_on=programme.today,
            recorded_by="Ann Lee",
            recorded_at=programme.word().at,
            recorded_on=programme.today,
        )
    )
    opened.flush()


def _events(opened: Session, programme: Programme) -> None:
    """Two that the councils told of."""
    for area, kind in zip(programme.events, ("special_measures", "serious_case_review"), strict=True):
        add_event(
            opened,
            NewEvent(area, kind, programme.worked_on, "the council's letter", "serious"),
            programme.word(),
        )
    decide(opened, PULLED, Verdict(Decision.PULL_FORWARD, "Ofsted", within_weeks=60), programme.word())


def _ratings(opened: Session, programme: Programme) -> None:
    """An area that was rated has asked about its data, and appealed; rules and letters are those of 2009."""
    area = _announced_area(opened)
    said = programme.word()
    query = {"quarter": "2009-Q3", "question": "Youth services are missing", "asked_by": "The director"}
    days = {"asked_on": said.as_of, "asked_at": said.at, "due_on": said.as_of}
    opened.add(DataQuery(area_code=area, **query, **days))
    rated = {
        "regime": "england-2009",
        "quarter": "2009-Q3",
        "grade": "well",
        "rated_by": "Ann Lee",
        "why": "",
    }
    recorded = {"recorded_by": said.who, "recorded_at": said.at}
    rating = AnnualRating(
        area_code=area, year=2009, rated_on=said.as_of, plan_review="none received", **rated, **recorded
    )
    opened.add(rating)
    opened.flush()
    appeal = RatingAppeal(area_code=area, year=2009, rating_id=rating.id or 0)
    opened.add(appeal)
    opened.flush()
    happened = {
        "step": "lodged",
        "happened_on": said.as_of,
        "said_by": "The director",
        "note": "counted wrongly",
    }
    opened.add(AppealStep(appeal_id=appeal.id or 0, **happened, **recorded))


def _replans(engine: Engine, programme: Programme) -> None:
    """A replan after an event that waits for an answer, one that has one, and one on which nobody works any more."""
    later = Postponement(activity=programme.postponed, not_before=programme.not_before)
    with session(engine) as opened:
        event = event_to_replan(opened, PULLED, 1, programme.today)
        asked_replans.ask_for(opened, 1, event, programme.word(datetime.now(UTC)), recorded=PULLED)
        for _ in (ANSWERED, LOST):
            asked_replans.ask_for(opened, 1, later, programme.word())
    asker = Asker("operations", lambda: programme.word().at, day=programme.today)
    asked_replans.answer(engine, ANSWERED, asker, report_of)
