"""Critical events: the log of an area, what is decided, and what is never kept (C8; R003, R019, R073, R094-R096)."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from models import Activity, AuditEntry, CriticalEvent, EventDecision, Step, session
from scheduler.replanning.result import ReplanParams
from services.casework.waiver_reasons import WaiverReason
from services.errors import NotFound, Refused, ServiceError
from services.events.deciding import Decided, Decision, Verdict, decide
from services.events.event_entries import show_event
from services.events.event_log import NewEvent, add_event
from services.events.replans import event_to_replan
from services.plans.plan_store import find_version
from services.solves.replanning import Keeping, replan_stored
from services.solves.solving import Asker
from tests.known import known
from tests.people import sign
from tests.special import SPECIAL, on, published_to_2008, requested, terms
from tests.tables import WHO, at, published

SCHOOL = NewEvent("sheffield", "special_measures", date(2006, 5, 3), "Ofsted's letter of 3 May", "serious")
DAY = date(2006, 5, 4)


def added(engine: Engine, day: date = DAY, **changes: object) -> int:
    with session(engine) as opened:
        new = NewEvent(**{**vars(SCHOOL), **changes})  # type: ignore[arg-type]
        return add_event(opened, new, on(day)).id or 0


def decided(engine: Engine, number: int, verdict: Verdict, day: date = DAY, why: str = "agreed") -> Decided:
    with session(engine) as opened:
        return decide(opened, number, verdict, on(day, why))


def findings(error: pytest.ExceptionInfo[ServiceError]) -> list[str]:
    return [finding.place for finding in error.value.findings]


def test_an_event_is_recorded_by_kind_and_number_with_its_source(engine: Engine) -> None:
    published(engine)
    number = added(engine)
    with session(engine, read_only=True) as opened:
        event = opened.get_one(CriticalEvent, number)
        assert (event.area_code, event.kind, event.happened_on) == (
            "sheffield",
            "special_measures",
            SCHOOL.happened_on,
        )
        entry = opened.exec(select(AuditEntry).where(AuditEntry.subject == "sheffield event 1")).one()
        assert (entry.action, entry.why) == ("event", "Ofsted's letter of 3 May")


def test_the_same_event_is_known_and_another_of_its_kind_and_day_has_its_own_number(engine: Engine) -> None:
    published(engine)
    added(engine)
    with pytest.raises(Refused, match="is known as event 1, from Ofsted's letter") as error:
        added(engine, source="The council")
    assert findings(error) == ["event"]
    assert added(engine, reference="SCR/2006/3") == 2
    with pytest.raises(Refused, match="is known as event 2"):
        added(engine, reference="SCR/2006/3")


def test_everything_wrong_with_an_event_is_told_at_once(engine: Engine) -> None:
    """Without source, of a kind that the policy lacks, still to come, with a name where a number belongs (R073)."""
    published(engine)
    with pytest.raises(Refused) as error:
        added(
            engine,
            kind="deaths",
            seriousness="dire",
            source=" ",
            happened_on=date(2006, 5, 5),
            reference="Ann Smith",
        )
    assert findings(error) == ["kind", "seriousness", "source", "day", "reference"]
    assert "Try 'death'." in str(error.value)
    with session(engine, read_only=True) as opened:
        assert opened.exec(select(CriticalEvent)).all() == []


def test_an_event_of_an_area_that_is_no_party_is_refused(engine: Engine) -> None:
    published(engine)
    with pytest.raises(NotFound, match="there is no such area"):
        added(engine, area="Manchester")


def test_what_is_watched_comes_on_the_agenda_of_the_annual_assessment(engine: Engine) -> None:
    """School into special measures on 3 May 2006: an entry, no review, on the agenda of the APA 2006 (R095)."""
    published(engine)
    answer = decided(engine, added(engine), Verdict("watch", "Ofsted"))
    assert (answer.decision, answer.agenda, answer.activity) == (Decision.WATCH, "APA 2006", "")
    later = decided(engine, added(engine, reference="2"), Verdict("watch", "Ofsted"), date(2006, 12, 1))
    assert later.agenda == "APA 2007"
    last_day = decided(engine, added(engine, reference="3"), Verdict("watch", "Ofsted"), date(2006, 11, 30))
    assert last_day.agenda == "APA 2006"
    with session(engine, read_only=True) as opened:
        assert len(opened.exec(select(Activity)).all()) == 6


@pytest.mark.parametrize(
    ("verdict", "why", "what"),
    [
        (Verdict("watch", " "), "agreed", "nobody is named who decided"),
        (Verdict("watch", "Ofsted"), " ", "a decision needs a reason"),
        (Verdict("look", "Ofsted"), "agreed", "'look' is no decision"),
        (Verdict("watch", "Ofsted", is_correction=True), "agreed", "nothing is decided yet"),
        (
            Verdict("watch", "Ofsted", activity="sheffield-jar"),
            "agreed",
            "only a review that is planned already",
        ),
        (Verdict("watch", "Ofsted", takes_place=True), "agreed", "only a special review has terms"),
        (Verdict("special-review", "Ofsted"), "agreed", "a special review has terms of its own"),
        (
            Verdict("pull-forward", "Ofsted", activity="wigan-jar"),
            "agreed",
            "is in another area than the event",
        ),
    ],
)
def test_a_decision_that_cannot_be_is_refused(engine: Engine, verdict: Verdict, why: str, what: str) -> None:
    published(engine)
    number = added(engine)
    with pytest.raises(Refused, match=what):
        decided(engine, number, verdict, why=why)
    with session(engine, read_only=True) as opened:
        assert opened.exec(select(EventDecision)).all() == []


def test_a_decision_before_the_event_is_refused(engine: Engine) -> None:
    published(engine)
    with pytest.raises(Refused, match="it happened on 3 May 2006, after 2 May 2006"):
        decided(engine, added(engine), Verdict("none", "Ofsted"), date(2006, 5, 2))


def test_a_decided_event_is_decided_again_only_as_a_correction(engine: Engine) -> None:
    published(engine)
    number = added(engine)
    decided(engine, number, Verdict("none", "Ofsted"))
    with pytest.raises(Refused, match="Ofsted decided on 4 May 2006: no review"):
        decided(engine, number, Verdict("watch", "CSCI"))
    assert decided(engine, number, Verdict("watch", "CSCI", is_correction=True)).agenda == "APA 2006"
    with session(engine, read_only=True) as opened:
        assert [row.decision for row in opened.exec(select(EventDecision))] == ["none", "watch"]


def test_a_review_is_pulled_forward_unless_it_has_begun(engine: Engine) -> None:
    """R019: what is under way stays; the usual limit is the policy's twelve weeks."""
    published(engine)
    answer = decided(engine, added(engine), Verdict("pull-forward", "Ofsted"))
    assert (answer.activity, answer.within_weeks) == ("sheffield-jar", 12)
    with session(engine) as opened:
        opened.exec(select(Activity).where(Activity.code == "cheshire-jar")).one().state = "under_way"
    number = added(engine, area="cheshire")
    with pytest.raises(Refused, match="cheshire-jar is under way"):
        decided(engine, number, Verdict("pull-forward", "Ofsted"))


def test_a_special_review_that_stands_is_cancelled_before_another_decision(
    engine: Engine, tmp_path: Path
) -> None:
    published_to_2008(engine)
    with session(engine) as opened:
        number = requested(opened)
    day = date(2008, 11, 12)
    decided(engine, number, Verdict("special-review", "Ofsted", terms=terms(tmp_path)), day)
    with pytest.raises(Refused, match=f"its special review {SPECIAL} stands"):
        decided(engine, number, Verdict("none", "Ofsted", is_correction=True), day)


def test_a_pulled_review_is_replanned_and_one_that_has_had_its_notice_stays(engine: Engine) -> None:
    """R019: Torbay is pulled forward to 15 May 2006 at the latest; Wigan keeps that week. The drafts know the event."""
    published(engine, 4, precision="indicative")
    monday = date(2006, 3, 20)
    with session(engine) as opened:
        query = select(Step).join(Activity, col(Activity.id) == col(Step.activity_id))
        notice = opened.exec(query.where(Activity.code == "wigan-jar", Step.step_id == "notification")).one()
        sign(opened, notice.id or 0, monday, on(monday), waiver=WaiverReason("short_notice"))
    number = added(engine, monday, area="torbay", happened_on=monday)
    decided(engine, number, Verdict("pull-forward", "Ofsted", within_weeks=8), monday)
    with session(engine, read_only=True) as opened:
        event = event_to_replan(opened, number, 1, monday)
    params = ReplanParams(now_week=28, num_workers=1, with_alternatives=False)
    asker = Asker(WHO, lambda: at(monday), day=monday)
    answer = replan_stored(engine, 1, event, params, asker, keeping=Keeping(recorded=number))
    starts = known(answer.result.main).plan.starts()
    assert (starts["wigan-jar"][0], starts["torbay-jar"][0] <= 36) == (36, True)
    with session(engine, read_only=True) as opened:
        assert show_event(opened, number).plans == ((answer.versions[0], "draft"),)
        assert find_version(opened, answer.versions[0]).reason.startswith(
            f"Event {number}: A critical incident"
        )
