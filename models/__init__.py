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
from models.annual_rating import AnnualRating
from models.area import Area, Comparator, ConcernIndex, Contact, PartnerGroup, PartnerMember, Rating
from models.assessment import AssessmentGrade, Conversation, YearlyAssessment, YearlyInput
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
from models.development import DevelopmentDone, DevelopmentTrial, TrialLesson
from models.edition import Edition
from models.engine import make_engine, session, upgrade
from models.evidence import Evidence, EvidenceFile, EvidenceNeed
from models.finding import Hypothesis, ReviewFinding
from models.follow_up import ActionStatement, Intervention, ProgressCheck, ProposedAction, Recommendation
from models.framework import KeptFramework
from models.grade import ActivityGrade
from models.other_inspection import OtherInspection, SettingResult
from models.partner import Circulation, Partner
from models.people import Absence, AnonymousPool, Body, Conflict, Inspector, InspectorSkill, Skill
from models.performance_profile import (
    DataQuery,
    PerformanceProfile,
    ProfileFinding,
    ProfileGroup,
    ProfileIndicator,
)
from models.pin import PlacePin
from models.plan import PastSeat, PlannedStage, PlanVersion, SolveBeat, SolveRun, TeamPlace
from models.plan_waiver import PlanWaiver
from models.preparation import (
    MockInspection,
    PreparationEntry,
    PreparationGroup,
    PreparationLead,
    PreparationMeeting,
    PreparationMember,
    PreparationTask,
    SelfEvaluation,
)
from models.programme import Programme
from models.questionnaire import (
    EvaluationConference,
    EvaluationSuggestion,
    QuestionnaireAnswer,
    QuestionnaireInvitation,
    QuestionnaireLink,
    QuestionnaireRound,
)
from models.rating_appeal import AppealStep, RatingAppeal
from models.reminder import Announcement, Delivery, Reminder
from models.replan_request import ReplanRequest
from models.report import LinkedReport, ReportComment, ReportText, ReportVersion

__all__ = [
    "NOT_BEGUN",
    "Absence",
    "Account",
    "ActionStatement",
    "Activity",
    "ActivityGrade",
    "Announcement",
    "AnnualRating",
    "AnonymousPool",
    "AppealStep",
    "Area",
    "AssessmentGrade",
    "AuditEntry",
    "Body",
    "Circulation",
    "Closure",
    "Comparator",
    "ConcernIndex",
    "Conflict",
    "ConsultationFeedback",
    "ConsultedGroup",
    "Contact",
    "Conversation",
    "CriticalEvent",
    "DataQuery",
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
    "GroupConsultation",
    "Heartbeat",
    "Hypothesis",
    "Inspector",
    "InspectorSkill",
    "Intervention",
    "KeptFramework",
    "Leave",
    "LinkedReport",
    "MockInspection",
    "NeighbourhoodStudy",
    "OneOffDay",
    "OtherInspection",
    "Partner",
    "PartnerGroup",
    "PartnerMember",
    "PastSeat",
    "PerformanceProfile",
    "PlaceAnswer",
    "PlacePin",
    "PlanVersion",
    "PlanWaiver",
    "PlannedStage",
    "PreparationEntry",
    "PreparationGroup",
    "PreparationLead",
    "PreparationMeeting",
    "PreparationMember",
    "PreparationTask",
    "ProfileFinding",
    "ProfileGroup",
    "ProfileIndicator",
    "Programme",
    "ProgressCheck",
    "ProposedAction",
    "QuestionnaireAnswer",
    "QuestionnaireInvitation",
    "QuestionnaireLink",
    "QuestionnaireRound",
    "RaisedConcern",
    "Rating",
    "RatingAppeal",
    "Recommendation",
    "RecordedOutput",
    "Reminder",
    "ReplanRequest",
    "ReportComment",
    "ReportText",
    "ReportVersion",
    "ReviewFinding",
    "RuleSetAside",
    "SchoolHoliday",
    "SchoolSurvey",
    "SelfEvaluation",
    "SettingResult",
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
    "YearlyAssessment",
    "YearlyInput",
    "make_engine",
    "session",
    "upgrade",
]
