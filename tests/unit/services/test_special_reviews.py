"""Special reviews in the short form: scope, days of their own, a waiver for each broken rule (C8; R003, R008, R094)."""

from datetime import date
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session, select

from models import Activity, RuleSetAside, SpecialReview, Step, session
from scheduler.replanning.result import ReplanParams
from services.casework.steps import steps_of
from services.events.deciding import Decided, Verdict, decide
from services.events.replans import event_to_replan
from services.plans import plan_store
from services.plans.publication import publish
from services.solves.replanning import replan_stored
from services.solves.solving import Asker
from tests.special import REQUEST_ON, SPECIAL, on, published_to_2008, requested, terms
from tests.tables import WHO, at


def special(engine: Engine, folder: Path, *changes: tuple[str, str], takes_place: bool = False) -> Decided:
    """Decide on a special review after the request of 12 November 2008."""
    verdict = Verdict("special_review", "Ofsted", terms=terms(folder, *changes), takes_place=takes_place)
    with session(engine) as opened:
        return decide(opened, requested(opened), verdict, on(REQUEST_ON, "requested"))


def test_each_broken_rule_of_the_long_form_is_one_named_waiver(engine: Engine, tmp_path: Path) -> None:
    """Request of 12 November 2008: fieldwork 13-26 November, report on 1 December; four rules are set aside."""
    published_to_2008(engine)
    answer = special(engine, tmp_path)
    assert answer.activity == SPECIAL
    assert [(found.step_id, found.rule.rule) for found in answer.waivers] == [
        ("notification", "later"),
        ("fieldwork", "clear_weeks"),
        ("accuracy_comments", "earlier"),
        ("publication", "earlier"),
    ]
    words = [found.rule.words for found in answer.waivers]
    assert "12 weeks before" in words[0]
    assert "no clear weeks lie before it, the rule is 2 to 3" in words[1]
    assert "10 working days after" in words[2]
    assert "6 weeks after" in words[3]
    assert len(answer.left_out) == 5
    with session(engine, read_only=True) as opened:
        assert len(opened.exec(select(RuleSetAside)).all()) == 4
        assert opened.exec(select(SpecialReview)).one().approved_by == "The Secretary of State"
        activity = opened.exec(select(Activity).where(Activity.code == SPECIAL)).one()
        assert (activity.origin, activity.scope, activity.kind) == ("request", "staying_safe", "special")
        assert activity.pinned_on == date(2008, 11, 10)


def planned(engine: Engine, number: int = 1, day: date = REQUEST_ON) -> tuple[int, ...]:
    """Replan the published plan for an event; the drafts."""
    with session(engine, read_only=True) as opened:
        event = event_to_replan(opened, number, 1, day)
        weeks = (day - plan_store.load_plan(opened, 1).problem.first_monday).days // 7
    params = ReplanParams(now_week=weeks, num_workers=1, with_alternatives=False)
    asker = Asker(WHO, lambda: at(day), day=day)
    return replan_stored(engine, 1, event, params, asker, recorded=number).versions


def with_dates(engine: Engine, folder: Path) -> None:
    """The special review planned and published on the day of the request."""
    special(engine, folder)
    (draft,) = planned(engine)
    with session(engine) as opened:
        publish(opened, draft, "final", on(REQUEST_ON, "requested"))


def steps(opened: Session) -> dict[str, Step]:
    activity = opened.exec(select(Activity).where(Activity.code == SPECIAL)).one()
    return {step.step_id: step for step in steps_of(opened, activity)}


def test_its_steps_stand_on_the_days_of_the_terms_with_their_waivers(engine: Engine, tmp_path: Path) -> None:
    published_to_2008(engine)
    with_dates(engine, tmp_path)
    with session(engine, read_only=True) as opened:
        found = steps(opened)
        assert found["notification"].due_on == date(2008, 11, 12)
        fieldwork = found["fieldwork"]
        assert (fieldwork.start_on, fieldwork.end_on) == (date(2008, 11, 13), date(2008, 11, 27))
        assert [
            found[name].due_on for name in ("feedback", "draft_report", "accuracy_comments", "publication")
        ] == [
            date(2008, 11, 26),
            date(2008, 11, 27),
            date(2008, 11, 28),
            date(2008, 12, 1),
        ]
        waived = {name: step.waiver_code for name, step in found.items() if step.waiver_needed}
        names = ("notification", "fieldwork", "accuracy_comments", "publication")
        assert waived == dict.fromkeys(names, "critical_event")
        assert found["fieldwork"].waiver_reason == "requested after the trial"
        assert "analysis" not in found
