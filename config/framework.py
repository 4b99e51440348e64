"""Review frameworks: what kind of activity has which stages, steps, team and evidence (read by `framework_files`)."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from hashlib import sha256
from typing import Annotated, Literal

from pydantic import Field

from config.consultation import Consultation
from config.entry import Entry, Key, Words
from config.follow_up import FollowUp
from config.judgements import GradeLimit, Judgement
from config.recurrence import Recurrence
from config.reporting import Contribution, FindingRules, ReportRules
from config.steps import (
    EvidenceItem,
    Limit,
    PlannedStage,
    Pool,
    Specification,
    StepRule,
    WholeLength,
)
from config.team_rule import DEPUTY, AddedPlaces, Extent, ExtentChoice, JointTeam, Reduction, TeamRule
from config.validity import Validity, holds_on

ANNOUNCED, UNANNOUNCED = "yes", "never"
"""What `announce_from` says of an activity that the authority's side may always know of, and of one it never may."""

FrameworkId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=60)]


def role_in_words(role: Key) -> str:
    """A role that no framework names: 'Chief executive'."""
    return role.replace("_", " ").capitalize()


class Framework(Entry):
    """The rules of one kind of activity, valid from `valid_from` up to, not including, `valid_to`.

    `status` says how far it is agreed (R001), `source` on what it rests. The start of an activity is found by
    the solver (`window` programme) or lies in a window that comes with the input (imported); with a `recurrence` it
    comes again in an area, in windows that are made from it. `announce_from` says
    from when the authority's side may know of an activity (R068): always ('yes'), never ('never'), or once the step
    of that name is done. The team and the `inspectorate_roles` may always know; the role
    `contact_point` answers questions about it. If nobody holds a role, its `stand_ins` are told, in their order.
    `outcomes` are what it looks at; an activity of narrow scope looks at some of them (R008, R010).
    `always` names skills that every extent has, and that get fieldwork, whatever the evidence (R080, R081).
    """

    id: FrameworkId
    kind: Key
    name: Words
    source: Words
    status: Literal["draft", "consulted", "approved", "published"]
    valid_from: date
    valid_to: date | None = None
    announce_from: Key = ANNOUNCED
    window: Literal["programme", "imported"] = "programme"
    recurrence: Recurrence | None = None
    roles: dict[Key, Words]
    inspectorate_roles: tuple[Key, ...] = ()
    contact_point: Key | None = None
    stand_ins: dict[Key, tuple[Key, ...]] = Field(default_factory=dict)
    outcomes: dict[Key, Words] = Field(default_factory=dict)
    skills: dict[Key, Words] = Field(default_factory=dict)
    always: tuple[Key, ...] = ()
    local_skills: tuple[Key, ...] = ()
    team: TeamRule | None = None
    extent_choice: ExtentChoice | None = None
    extents: tuple[Extent, ...] = ()
    added_places: tuple[AddedPlaces, ...] = ()
    reductions: tuple[Reduction, ...] = ()
    joint_teams: tuple[JointTeam, ...] = ()
    pools: tuple[Pool, ...] = ()
    stages: tuple[PlannedStage, ...] = Field(min_length=1)
    steps: tuple[StepRule, ...] = Field(min_length=1)
    limits: tuple[Limit, ...] = ()
    length: WholeLength | None = None
    evidence: tuple[EvidenceItem, ...] = ()
    specification: Specification | None = None
    consultation: Consultation | None = None
    follow_up: FollowUp | None = None
    judgements: tuple[Judgement, ...] = ()
    grade_limits: tuple[GradeLimit, ...] = ()
    contributions: tuple[Contribution, ...] = ()
    findings: FindingRules | None = None
    report: ReportRules | None = None

    def step(self, step_id: str) -> StepRule:
        """The rule of a step, or of the repeated one that 'meeting_2' is; KeyError if there is none."""
        found = self._named(step_id)
        if found is None:
            base, _, number = step_id.rpartition("_")
            repeated = self._named(base) if number.isdigit() else None
            found = repeated if repeated is not None and repeated.repeat is not None else None
        if found is None:
            raise KeyError(step_id)
        return found

    def _named(self, step_id: str) -> StepRule | None:
        for step in self.steps:
            if step.id == step_id:
                return step
        return None

    def has_step(self, step_id: str) -> bool:
        """Whether it has a step, or one that repeats under such a name."""
        try:
            return bool(self.step(step_id))
        except KeyError:
            return False

    @property
    def notice(self) -> StepRule | None:
        """The step that tells the area of its dates, if there is one: too late it needs a waiver (R064, R094)."""
        return next((step for step in self.steps if step.waiver_when_late), None)

    def stage(self, stage_id: str) -> PlannedStage:
        """A planned stage; KeyError if there is none."""
        return {stage.id: stage for stage in self.stages}[stage_id]

    @property
    def team_roles(self) -> tuple[Key, ...]:
        """The roles that the team of the plan holds: its leader's, the others', and the deputy's if there is one."""
        if self.team is None:
            return ()
        deputy = (self.team.deputy_role,) if self.team.deputy_role is not None else ()
        return (self.team.leader_role, self.team.member_role, *deputy)

    def deputies(self, role: Key) -> tuple[Key, ...]:
        """The role that stands in for a role in its team: the deputy's for the leader's; empty for any other."""
        team = self.team
        if team is None or team.deputy_role is None or role != team.leader_role:
            return ()
        return (team.deputy_role,)

    def role_name(self, role: Key) -> str:
        """A role in words, also one that only the policy names: 'Chief executive'."""
        return self.roles.get(role) or role_in_words(role)

    def is_of_inspectorate(self, role: Key) -> bool:
        """Whether a role is on the inspectorate's side, which alone hears of what is not announced (R068)."""
        return role in self.inspectorate_roles or role in self.team_roles

    def evidence_for(self, step_id: str) -> tuple[EvidenceItem, ...]:
        """The checklist of a step: what is needed for it, or due on its day (R069, R070)."""
        return tuple(item for item in self.evidence if step_id in (item.needed_for, item.due_at))

    @property
    def validity(self) -> Validity:
        """The days of which an activity that starts then follows this framework."""
        return self.valid_from, self.valid_to

    def is_valid_on(self, day: date) -> bool:
        """Whether an activity that starts on that day follows this framework."""
        return holds_on(self.validity, day)

    @property
    def yearly(self) -> Recurrence | None:
        """Its recurrence if it comes each year, else None."""
        rule = self.recurrence
        return rule if rule is not None and rule.each is not None else None

    def fingerprint(self) -> str:
        """What tells this text from any other of the same id: 16 hexadecimal digits, the same whatever its comments."""
        return sha256(self.document().encode()).hexdigest()[:16]

    def document(self) -> str:
        """All that it says, as JSON: what is kept with activities that follow it."""
        return self.model_dump_json(exclude_defaults=True)

    def judgement(self, judgement_id: str) -> Judgement:
        """What is graded under that name; KeyError if nothing is."""
        return {judgement.id: judgement for judgement in self.judgements}[judgement_id]

    def judgements_on(self, day: date, scope: Collection[str] | None = None) -> tuple[Judgement, ...]:
        """What is graded on a day of an activity that looks at these outcomes; None: at all of them (R008)."""
        return tuple(slot for slot in self.judgements if slot.holds_on(day) and slot.is_in(scope))

    def contributions_in(self, scope: Collection[str] | None) -> tuple[Contribution, ...]:
        """What is to be found out of an activity that looks at these outcomes; None: at all of them (R008, R187)."""
        return tuple(
            contribution
            for contribution in self.contributions
            if scope is None or contribution.always or contribution.outcome in scope
        )

    def scope(self, outcomes: Collection[str]) -> str | None:
        """These of its outcomes as an activity keeps them, in its own order; None if they are all (R008)."""
        named = [name for name in self.outcomes if name in outcomes]
        return None if len(named) == len(self.outcomes) else " ".join(named)

    def is_announced(self, done: Collection[str]) -> bool:
        """Whether the authority's side may know of an activity of which these steps are done (R068)."""
        return self.announce_from == ANNOUNCED or self.announce_from in done

    def opens_to_authority(self, step_id: str) -> bool:
        """Whether the authority's side hears of an activity only once that step is done (R064, R068)."""
        return step_id == self.announce_from or (self.notice is not None and step_id == self.notice.id)

    def counts_school_holidays(self) -> bool:
        """Whether a date of it depends on the school holidays of the area."""
        return any(
            count.without_school_holidays for step in self.steps for count in step.all_counts().values()
        )

    def extent(self, urgency: int, population: int) -> str | None:
        """The extent for an area of this urgency (1 to 10) and population aged 0 to 19; None without a named team."""
        return self.extent_choice.extent(urgency, population) if self.extent_choice else None

    def drafting_weeks(self) -> int:
        """Weeks in which the leader drafts the report after the last team week (R052)."""
        if self.team is None or self.team.drafts_until is None:
            return 0
        due = self.step(self.team.drafts_until).due
        return due.in_weeks() if due is not None else 0

    def team_bounds(self, extent: str) -> tuple[int, int]:
        """Least and most members for an extent of fieldwork (R055, R060)."""
        assert self.team is not None
        chosen = self._extent(extent)
        return chosen.min_members or self.team.min_members, chosen.max_members or self.team.max_members

    def saved(self, extent: str, after: str) -> dict[str, int]:
        """Seats of an extent that are saved after an activity of that kind (R033)."""
        return _within(self._extent(extent), self._reduced(after))

    def joint(self, extent: str, beside: str) -> dict[str, tuple[int, str]]:
        """Seats of an extent that the people of a concurrent activity of that kind fill, and their body (R034)."""
        joining = [team for team in self.joint_teams if team.beside == beside]
        seats = _within(self._extent(extent), [team.places for team in joining])
        return {s: (n, team.body) for team in joining for s, n in seats.items() if s in team.places}

    def _extent(self, extent: str) -> Extent:
        return {item.id: item for item in self.extents}[extent]

    def _reduced(self, after: str | None) -> list[dict[str, int]]:
        return [reduction.places for reduction in self.reductions if reduction.after == after]

    def places(
        self, extent: str, focus: Iterable[str] = (), after: str | None = None, beside: str | None = None
    ) -> dict[str, int]:
        """Seats per skill, without the leader's, in the order of `skills`; the deputy's is the last.

        Parameters
        ----------
        extent
            Identifier of an extent of fieldwork.
        focus
            Skills that matter in this area, most important first; they take the local places before the
            framework's own `local_skills` do (R060, R081).
        after
            Kind of activity that came shortly before, if any; it may save seats (R033).
        beside
            Kind of activity that runs concurrently, if any; its people may fill seats (R034).
        """
        chosen = self._extent(extent)
        seats = dict(chosen.places)
        for skill in [s for s in dict.fromkeys((*focus, *self.local_skills)) if s not in seats][
            : chosen.local_places
        ]:
            seats[skill] = 1
        brought = [team.places for team in self.joint_teams if team.beside == beside]
        for others in self._reduced(after) + brought:
            seats = {skill: count - others.get(skill, 0) for skill, count in seats.items()}
        deputy = {DEPUTY: 1} if self.team is not None and self.team.deputy_role is not None else {}
        return {skill: seats[skill] for skill in self.skills if seats.get(skill, 0) > 0} | deputy


def _within(extent: Extent, wanted: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Seats per skill that an extent has of those wanted."""
    total: dict[str, int] = {}
    for places in wanted:
        for skill, count in places.items():
            total[skill] = min(extent.places.get(skill, 0), total.get(skill, 0) + count)
    return {skill: count for skill, count in total.items() if count > 0}
