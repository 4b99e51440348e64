"""Activities, their steps on real dates, and sign-offs."""

from datetime import date, datetime

from sqlalchemy import Column, UniqueConstraint, event
from sqlmodel import Field, SQLModel

from models.base import UtcInstant


class Activity(SQLModel, table=True):
    """One review, assessment or inspection in one area.

    `precision` is indicative, confirmed or final and only rises (R018); `state` is planned, under_way, done
    or cancelled; `revision` rises whenever, and only when, its dates change, one of its steps comes again or goes, it
    is cancelled or taken up again, or the notice of it is withdrawn or given again.
    `window_start_on` and `window_end_on` (half-open) bound its first day; `pinned_on` fixes its first Monday. `origin`
    is programme, request or regulation (R003), `plan_version` the plan its dates come from, `kept_framework` the text
    of the framework under which it was published. `scope` names the outcomes of the framework that it looks at,
    separated by spaces; None: all of them (R008). `round` is the number of the
    round, or the year for which one is due that comes again (2009 for the financial year 2009-10).
    `last_outcome` is that of the area's last one of the kind, as far as its next counts from it; None: unknown.
    `contact_name`, `contact_email` and `contact_telephone` are those of a named contact point; blank if the framework's
    role is it.
    """

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    area_code: str = Field(foreign_key="area.code", index=True)
    kind: str = Field(index=True)
    framework_id: str
    round: int = 1
    origin: str = "programme"
    scope: str | None = None
    extent: str = "standard"
    window_start_on: date | None = None
    window_end_on: date | None = None
    pinned_on: date | None = None
    precision: str | None = None
    state: str = "planned"
    revision: int = 0
    plan_version: int | None = Field(default=None, foreign_key="planversion.version")
    contact_name: str = ""
    contact_email: str = ""
    contact_telephone: str = ""
    kept_framework: str | None = None
    last_outcome: str | None = None

    @property
    def outcomes(self) -> tuple[str, ...] | None:
        """The outcomes that it looks at; None if all that its framework has (R008)."""
        return None if self.scope is None else tuple(self.scope.split())


@event.listens_for(Activity.state, "set")
def _count_cancellations(activity: Activity, state: str, before: object, _initiator: object) -> None:
    """Whoever cancels: a calendar takes that, and the return, only with a higher number."""
    if activity.id is not None and before != state and "cancelled" in (before, state):
        activity.revision += 1


NOT_BEGUN = ("planned", "superseded", "left_out")
"""States of a stage that has not begun."""


class Step(SQLModel, table=True):
    """A stage, a milestone or a deadline of an activity: the three kinds of step in a timetable.

    A stage has `start_on` and `end_on` (half-open); a milestone and a deadline have `due_on`. `state` is
    planned, open (begun), awaiting_sign_off, done, overdue, superseded or left_out. `revision` is the activity's at
    which the dates were set, `dated_on` the day on which that was done: nobody is reminded of what nobody could know.
    `counted_from`, `counted_on` and `rule` say why the date is what it is; `agreed_on` takes the place of the
    counted day. `who` acts, `told` are told, `copied` get a copy (roles, separated by spaces), `sign_off` is the
    role that says it is done. `waiver_needed` says in words which rules the dates break, `broken_rules` names them
    for comparison (None: dated before they were kept), `waiver_code` and `waiver_reason` say why they may be broken.
    `edition` rises with every change of its dates and every person's word about it: who saw an older one is told.
    `times_withdrawn` counts how often the word that it is done was taken back.
    """

    __table_args__ = (UniqueConstraint("activity_id", "step_id"),)

    id: int | None = Field(default=None, primary_key=True)
    activity_id: int = Field(foreign_key="activity.id", index=True)
    step_id: str
    position: int
    kind: str = Field(index=True)
    name: str
    start_on: date | None = None
    end_on: date | None = None
    due_on: date | None = Field(default=None, index=True)
    actual_on: date | None = None
    is_hard: bool = False
    needs_sign_off: bool = False
    agreed_on: date | None = None
    dated_on: date | None = None
    counted_from: str = ""
    counted_on: date | None = None
    rule: str = ""
    who: str = ""
    told: str = ""
    copied: str = ""
    sign_off: str = ""
    notes: str = ""
    state: str = Field(default="planned", index=True)
    revision: int = 0
    waiver_needed: str = ""
    broken_rules: str | None = ""
    waiver_code: str = ""
    waiver_reason: str = ""
    edition: int = 0
    times_withdrawn: int = 0

    @property
    def has_begun(self) -> bool:
        """Whether it is a stage that is open or over."""
        return self.kind == "stage" and self.state not in NOT_BEGUN


class SignOff(SQLModel, table=True):
    """A person's word that a step is done: who, when, for which revision, on what evidence.

    Who does not hold the role that signs the step off signs `on_behalf_of` it, or of a person who does, and says
    why (`on_behalf_why`). `waived_outputs`, `waived_inputs`, `waived_themes` and `waived_report` (contributions without
    an end, empty parts of the report, numbers of comments) are what the step was signed off without (identifiers of the
    framework, separated by spaces), for the reason of `waiver_code` and `waiver_reason`.
    """

    id: int | None = Field(default=None, primary_key=True)
    step_id: int = Field(foreign_key="step.id", index=True)
    revision: int
    signed_by: str
    signed_at: datetime = Field(sa_column=Column(UtcInstant, nullable=False))
    happened_on: date
    note: str = ""
    on_behalf_of: str = ""
    on_behalf_why: str = ""
    waived_outputs: str = ""
    waived_inputs: str = ""
    waived_themes: str = ""
    waived_report: str = ""
    waiver_code: str = ""
    waiver_reason: str = ""


class RecordedOutput(SQLModel, table=True):
    """A version of something that a step produced (R045, R048): who recorded it when, and where it lies.

    The newest one that is not withdrawn is the output; earlier versions stay. `withdrawn_why` says what was wrong.
    """

    id: int | None = Field(default=None, primary_key=True)
    step_id: int = Field(foreign_key="step.id", index=True)
    output: str
    version: str = ""
    link: str = ""
    recorded_by: str
    recorded_at: datetime = Field(sa_column=Column(UtcInstant, nullable=False))
    recorded_on: date
    withdrawn_on: date | None = None
    withdrawn_why: str = ""


class FieldworkDecision(SQLModel, table=True):
    """A person's word whether a theme of a review gets fieldwork, and why (R078, R079); the newest about it holds."""

    id: int | None = Field(default=None, primary_key=True)
    activity_id: int = Field(foreign_key="activity.id", index=True)
    theme: str
    has_fieldwork: bool
    reason_code: str = ""
    why: str = ""
    decided_by: str
    decided_at: datetime = Field(sa_column=Column(UtcInstant, nullable=False))
    decided_on: date


class TeamConfirmation(SQLModel, table=True):
    """A person's word that the provisional team of an activity is the final one (R061): who, when, and for whom.

    `members` are the codes of its people, separated by spaces: another team is provisional again, and after a word
    about nobody any team is.
    """

    id: int | None = Field(default=None, primary_key=True)
    activity_id: int = Field(foreign_key="activity.id", index=True)
    members: str
    confirmed_by: str
    confirmed_at: datetime = Field(sa_column=Column(UtcInstant, nullable=False))
    confirmed_on: date
    note: str = ""
