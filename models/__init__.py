"""Durable facts: one concept a file, the engine, the session and the migrations.

Import the tables from here. `table=True` models skip Pydantic's validation: what comes from outside
is validated by separate models in `services` before it becomes a row.
"""

from models.activity import Activity, SignOff, Step
from models.area import Area, Contact, PartnerGroup, PartnerMember, Rating
from models.audit import AuditEntry, Heartbeat
from models.calendar import Closure, Election, OneOffDay, SchoolHoliday
from models.engine import make_engine, session, upgrade
from models.evidence import Evidence, EvidenceFile, EvidenceNeed
from models.framework import KeptFramework
from models.grade import ActivityGrade
from models.people import Absence, AnonymousPool, Body, Conflict, Inspector, InspectorSkill, Skill
from models.plan import PastSeat, PlannedStage, PlanVersion, SolveBeat, SolveRun, TeamPlace
from models.programme import Programme
from models.reminder import Delivery, Reminder

__all__ = [
    "Absence",
    "Activity",
    "ActivityGrade",
    "AnonymousPool",
    "Area",
    "AuditEntry",
    "Body",
    "Closure",
    "Conflict",
    "Contact",
    "Delivery",
    "Election",
    "Evidence",
    "EvidenceFile",
    "EvidenceNeed",
    "Heartbeat",
    "Inspector",
    "InspectorSkill",
    "KeptFramework",
    "OneOffDay",
    "PartnerGroup",
    "PartnerMember",
    "PastSeat",
    "PlanVersion",
    "PlannedStage",
    "Programme",
    "Rating",
    "Reminder",
    "SchoolHoliday",
    "SignOff",
    "Skill",
    "SolveBeat",
    "SolveRun",
    "Step",
    "TeamPlace",
    "make_engine",
    "session",
    "upgrade",
]
