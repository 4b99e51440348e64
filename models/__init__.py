"""Durable facts: one concept a file, the engine, the session and the migrations.

Import the tables from here. `table=True` models skip Pydantic's validation: what comes from outside
is validated by separate models in `services` before it becomes a row.
"""

from models.account import Account, FailedSignIn, Feed, Visit
from models.activity import (
    NOT_BEGUN,
    Activity,
    FieldworkDecision,
    RecordedOutput,
    SignOff,
    Step,
    TeamConfirmation,
)
from models.area import Area, Contact, PartnerGroup, PartnerMember, Rating
from models.assignment import Leave, PlaceAnswer
from models.audit import AuditEntry, Heartbeat
from models.calendar import Closure, Election, OneOffDay, SchoolHoliday
from models.critical_event import CriticalEvent, EventDecision, EventPlan, RuleSetAside, SpecialReview
from models.development import DevelopmentDone, DevelopmentTrial, TrialLesson
from models.edition import Edition
from models.engine import make_engine, session, upgrade
from models.evidence import Evidence, EvidenceFile, EvidenceNeed
from models.framework import KeptFramework
from models.grade import ActivityGrade
from models.partner import Circulation, Partner
from models.people import Absence, AnonymousPool, Body, Conflict, Inspector, InspectorSkill, Skill
from models.pin import PlacePin
from models.plan import PastSeat, PlannedStage, PlanVersion, SolveBeat, SolveRun, TeamPlace
from models.plan_waiver import PlanWaiver
from models.programme import Programme
from models.questionnaire import (
    EvaluationConference,
    EvaluationSuggestion,
    QuestionnaireAnswer,
    QuestionnaireInvitation,
    QuestionnaireLink,
    QuestionnaireRound,
)
from models.reminder import Announcement, Delivery, Reminder
from models.replan_request import ReplanRequest

__all__ = [
    "NOT_BEGUN",
    "Absence",
    "Account",
    "Activity",
    "ActivityGrade",
    "Announcement",
    "AnonymousPool",
    "Area",
    "AuditEntry",
    "Body",
    "Circulation",
    "Closure",
    "Conflict",
    "Contact",
    "CriticalEvent",
    "Delivery",
    "DevelopmentDone",
    "DevelopmentTrial",
    "Edition",
    "Election",
    "EvaluationConference",
    "EvaluationSuggestion",
    "EventDecision",
    "EventPlan",
    "Evidence",
    "EvidenceFile",
    "EvidenceNeed",
    "FailedSignIn",
    "Feed",
    "FieldworkDecision",
    "Heartbeat",
    "Inspector",
    "InspectorSkill",
    "KeptFramework",
    "Leave",
    "OneOffDay",
    "Partner",
    "PartnerGroup",
    "PartnerMember",
    "PastSeat",
    "PlaceAnswer",
    "PlacePin",
    "PlanVersion",
    "PlanWaiver",
    "PlannedStage",
    "Programme",
    "QuestionnaireAnswer",
    "QuestionnaireInvitation",
    "QuestionnaireLink",
    "QuestionnaireRound",
    "Rating",
    "RecordedOutput",
    "Reminder",
    "ReplanRequest",
    "RuleSetAside",
    "SchoolHoliday",
    "SignOff",
    "Skill",
    "SolveBeat",
    "SolveRun",
    "SpecialReview",
    "Step",
    "TeamConfirmation",
    "TeamPlace",
    "TrialLesson",
    "Visit",
    "make_engine",
    "session",
    "upgrade",
]
