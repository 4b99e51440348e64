"""Cases read from the tables: every activity with all that its required actions hang on, in a few queries."""

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from models import (
    Activity,
    ActivityGrade,
    Area,
    ConsultationFeedback,
    ConsultedGroup,
    Evidence,
    EvidenceNeed,
    ProposedAction,
    RaisedConcern,
    Recommendation,
    RecordedOutput,
    SchoolSurvey,
    SignOff,
    Step,
)
from services.casework.actions import Case
from services.casework.consultation.still_to_say import ConsultationFacts
from services.casework.evidence.states import OPEN
from services.casework.final_team import planned_teams
from services.casework.follow_up.still_to_do import Followed
from services.casework.precision import first_binding_day
from services.casework.reporting.lacks import ReportFacts
from services.casework.reporting.reading_facts import report_facts
from services.casework.seen_steps import steps_by_activity
from services.casework.specification import decisions
from services.casework.steps import LIVING
from services.programme import rules_of

NOTHING_REPORTED = ReportFacts()


def published_cases(session: Session, area_code: str | None = None, *only: ColumnElement[bool]) -> list[Case]:
    """The published activities of all areas or one that are not cancelled, by area and code.

    Within a transaction that only reads, those of an area or of all are read once.

    Parameters
    ----------
    only
        What must hold of the rows of activities: who needs a few of them reads a few.
    """
    if only or not session.get_bind().get_execution_options().get("read_only", False):
        return _read(session, area_code, only)
    known = session.info.setdefault("cases", {})
    if area_code not in known:
        known[area_code] = _read(session, area_code)
    return list(known[area_code])


def _read(session: Session, area_code: str | None, only: tuple[ColumnElement[bool], ...] = ()) -> list[Case]:
    chosen: list[ColumnElement[bool]] = [
        col(Activity.precision).is_not(None),
        col(Activity.state).in_((*LIVING, "done")),
        *([] if area_code is None else [col(Activity.area_code) == area_code]),
        *only,
    ]
    query = (
        select(Activity, Area)
        .join(Area, col(Area.code) == col(Activity.area_code))
        .where(*chosen)
        .order_by(col(Area.name), col(Activity.code))
    )
    pairs = list(session.exec(query))
    if not pairs:
        return []
    facts = _Facts(session, select(col(Activity.id)).where(*chosen))
    rules, binding_from = rules_of(session), first_binding_day(session)
    named = planned_teams(session, [activity for activity, _area in pairs])
    return [
        Case(
            activity=activity,
            area=area,
            framework=rules.of(activity),
            policy=rules.policy,
            binding_from=binding_from,
            steps=tuple(facts.steps.get(activity.id or 0, ())),
            awaited=tuple(facts.awaited.get(activity.id or 0, ())),
            recorded=facts.recorded,
            signed=facts.signed,
            team=named.get(activity.code),
            decided=frozenset(facts.decided.get(activity.id or 0, ())),
            grades=facts.grades.get(activity.id or 0, {}),
            reported=facts.reported.get(activity.id or 0, NOTHING_REPORTED),
            followed=tuple(facts.followed.get(activity.id or 0, ())),
            consulted=facts.consulted.get(activity.id or 0, ConsultationFacts()),
        )
        for activity, area in pairs
    ]


class _Facts:
    """Rows by what they belong to."""

    def __init__(self, session: Session, chosen: SelectOfScalar[int | None]) -> None:
        of_chosen = col(Step.activity_id).in_(chosen)
        self.steps = steps_by_activity(session, of_chosen, col(Step.state) != "superseded")
        self.awaited: dict[int, list[tuple[EvidenceNeed, Evidence]]] = {}
        awaited = (
            select(EvidenceNeed, Evidence)
            .join(Evidence, col(Evidence.id) == col(EvidenceNeed.evidence_id))
            .where(col(Evidence.state).in_(OPEN), col(EvidenceNeed.was_asked))
            .order_by(col(EvidenceNeed.id))
        )
        for need, evidence in session.exec(awaited):
            self.awaited.setdefault(need.activity_id, []).append((need, evidence))
        outputs = select(RecordedOutput.step_id, RecordedOutput.output).join(
            Step, col(Step.id) == col(RecordedOutput.step_id)
        )
        self.recorded = frozenset(
            (step_id, output)
            for step_id, output in session.exec(
                outputs.where(of_chosen, col(RecordedOutput.withdrawn_on).is_(None))
            )
        )
        self.decided: dict[int, list[str]] = {}
        for activity_id, theme in decisions(session):
            self.decided.setdefault(activity_id, []).append(theme)
        self.grades: dict[int, dict[str, str]] = {}
        for row in session.exec(select(ActivityGrade).where(col(ActivityGrade.activity_id).in_(chosen))):
            self.grades.setdefault(row.activity_id, {})[row.judgement] = row.grade
        self.reported = report_facts(session, chosen)
        signed = select(SignOff).join(Step, col(Step.id) == col(SignOff.step_id)).where(of_chosen)
        self.signed = {row.step_id: row for row in session.exec(signed.order_by(col(SignOff.id)))}
        self.followed = _followed(session, chosen)
        self.consulted = _consulted(session)


def _followed(session: Session, chosen: SelectOfScalar[int | None]) -> dict[int, list[Followed]]:
    """The recommendations of activities that are not withdrawn, with what is done about them, by activity."""
    query = select(Recommendation).where(
        col(Recommendation.activity_id).in_(chosen), col(Recommendation.withdrawn_on).is_(None)
    )
    rows = list(session.exec(query.order_by(col(Recommendation.number))))
    if not rows:
        return {}
    actions: dict[int, list[ProposedAction]] = {}
    about = col(ProposedAction.recommendation_id).in_([row.id for row in rows])
    for action in session.exec(select(ProposedAction).where(about).order_by(col(ProposedAction.due_on))):
        actions.setdefault(action.recommendation_id, []).append(action)
    found: dict[int, list[Followed]] = {}
    for row in rows:
        found.setdefault(row.activity_id, []).append(Followed(row, tuple(actions.get(row.id or 0, ()))))
    return found


def _consulted(session: Session) -> dict[int, ConsultationFacts]:
    """What is open of the consultation of each review in which children were consulted."""
    fed_back = set(session.exec(select(ConsultationFeedback.activity_id)))
    consulted = {
        *session.exec(select(ConsultedGroup.activity_id)),
        *session.exec(select(SchoolSurvey.activity_id)),
    }
    concerns: dict[int, list[RaisedConcern]] = {}
    for row in session.exec(select(RaisedConcern).where(col(RaisedConcern.closed_on).is_(None))):
        concerns.setdefault(row.activity_id, []).append(row)
    return {
        number: ConsultationFacts(number in consulted, number in fed_back, tuple(concerns.get(number, ())))
        for number in consulted | concerns.keys()
    }
