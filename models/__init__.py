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
from models.consultation import (
    ConsultationFeedback,
    ConsultedGroup,
    GroupConsultation,
    NeighbourhoodStudy,
    RaisedConcern,
    SchoolSurvey,
)
from models.critical_event import CriticalEvent, EventDecision, EventPlan, RuleSetAside, SpecialReview
from models.edition import Edition
from models.engine import make_engine, session, upgrade
from models.evidence import Evidence, EvidenceFile, EvidenceNeed
from models.follow_up import ActionStatement, Intervention, ProgressCheck, ProposedAction, Recommendation
from models.framework import KeptFramework
from models.grade import ActivityGrade
from models.partner import Circulation, Partner
from models.people import Absence, AnonymousPool, Body, Conflict, Inspector, InspectorSkill, Skill
from models.pin import PlacePin
from models.plan import PastSeat, PlannedStage, PlanVersion, SolveBeat, SolveRun, TeamPlace
from models.plan_waiver import PlanWaiver
from models.programme import Programme
from models.reminder import Announcement, Delivery, Reminder
from models.replan_request import ReplanRequest

__all__ = [
    "NOT_BEGUN",
    "Absence",
    "Account",
    "ActionStatement",
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
    "ConsultationFeedback",
    "ConsultedGroup",
    "Contact",
    "CriticalEvent",
    "Delivery",
    "Edition",
    "Election",
    "EventDecision",
    "EventPlan",
    "Evidence",
    "EvidenceFile",
    "EvidenceNeed",
    "FailedSignIn",
    "Feed",
    "FieldworkDecision",
    "GroupConsultation",
    "Heartbeat",
    "Inspector",
    "InspectorSkill",
    "Intervention",
    "KeptFramework",
    "Leave",
    "NeighbourhoodStudy",
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
    "ProgressCheck",
    "ProposedAction",
    "RaisedConcern",
    "Rating",
    "Recommendation",
    "RecordedOutput",
    "Reminder",
    "ReplanRequest",
    "RuleSetAside",
    "SchoolHoliday",
    "SchoolSurvey",
    "SignOff",
    "Skill",
    "SolveBeat",
    "SolveRun",
    "SpecialReview",
    "Step",
    "TeamConfirmation",
    "TeamPlace",
    "Visit",
    "make_engine",
    "session",
    "upgrade",
]
