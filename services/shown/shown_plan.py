"""A plan as it is shown: its activities with area, framework, stages, steps on real dates, and team.

Read once for a chart or an export. What an authority may not see never enters the view that is made for it (R068).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlmodel import Session, col, select

from config.framework import Framework
from models import Activity, Area, Body, Inspector, PlannedStage, PlanVersion, Step, TeamPlace
from scheduler.values.value import LEADER
from services.casework.seen_steps import SeenStep, steps_by_activity
from services.casework.team_history import Seat
from services.errors import NotFound
from services.plans.plan_store import find_version, published_version
from services.programme import Rules, rules_of
from services.shown.pressing_steps import pressing
from services.shown.stage_spans import StageSpan, spans_of


class Audience(StrEnum):
    """Who looks: an authority sees no unannounced inspection and nothing about who is short of whom."""

    INSPECTORATE = "inspectorate"
    AUTHORITY = "authority"


@dataclass(frozen=True)
class Selection:
    """Which activities are shown; None is every one.

    Parameters
    ----------
    areas
        Area codes (DfE).
    region
        Region of the area.
    kinds
        Kinds of activity, as in their frameworks.
    who
        Code of an inspector: only activities in whose team that person is.
    leader
        Code of an inspector: only activities that this person leads.
    body
        Code of a body: only activities with one of its inspectors in the team.
    """

    areas: frozenset[str] | None = None
    region: str | None = None
    kinds: frozenset[str] | None = None
    who: str | None = None
    leader: str | None = None
    body: str | None = None


EVERYTHING = Selection()


@dataclass(frozen=True)
class ShownActivity:
    """One activity of a plan.

    `stages` are the plan's, by stage in the framework's order; `published` are those of the published plan, empty
    where the plan shown is that one. `steps` are the rows of the activity's steps, empty before it is published.
    `is_current` says that its dates are this plan's, so that the steps' dates take the place of the stages';
    `is_main` that its kind is the one that the programme is about, which words leave out.
    """

    row: Activity
    area: Area
    framework: Framework
    stages: Mapping[str, StageSpan]
    published: Mapping[str, StageSpan]
    steps: tuple[SeenStep, ...]
    team: tuple[Seat, ...]
    is_current: bool
    is_main: bool

    @property
    def first_day(self) -> date:
        """The first day of its first stage in this plan."""
        return min(span.start for span in self.stages.values())

    @property
    def end(self) -> date:
        """The day after its last stage in this plan."""
        return max(span.end for span in self.stages.values())

    def stages_on(self, day: date | None) -> frozenset[str]:
        """The stages that the plan has under way on a day; none without a day."""
        spans = () if day is None else self.stages.items()
        return frozenset(stage for stage, span in spans if day is not None and span.start <= day < span.end)

    def called(self, step_id: str, name: str) -> str:
        """What rules call a step, 'the fieldwork'; its own name where the framework has it no more."""
        rules = {rule.id: rule for rule in self.framework.steps}
        return rules[step_id].in_words() if step_id in rules else name

    @property
    def is_announced(self) -> bool:
        """Whether the authority's side may know of it already (R068)."""
        return self.framework.is_announced({step.step_id for step in self.steps if step.state == "done"})

    @property
    def is_pinned(self) -> bool:
        """Whether the plan has it where the planner pinned it."""
        return self.row.pinned_on is not None and self.row.pinned_on == self.first_day


@dataclass(frozen=True)
class PlanView:
    """A version with its activities in the order of their first day; `areas` are all selected ones, by code.

    `cancelled` are activities that were published and then called off: a calendar must hear of them.
    """

    version: PlanVersion
    activities: tuple[ShownActivity, ...]
    cancelled: tuple[ShownActivity, ...]
    areas: Mapping[str, Area]
    rules: Rules
    audience: Audience

    @property
    def is_published(self) -> bool:
        """Whether this is the published plan."""
        return self.version.status == "published"

    @property
    def number(self) -> int:
        """The version's number."""
        assert self.version.version is not None  # it comes from the database
        return self.version.version


def read_plan(
    session: Session,
    version: int,
    selection: Selection = EVERYTHING,
    audience: Audience = Audience.INSPECTORATE,
    pressing_on: date | None = None,
) -> PlanView:
    """Read a version with everything that is shown of it.

    The published plan also shows activities whose dates come from an earlier one: what is done is no longer planned.
    With `pressing_on` only those steps are read that tell how areas stand on a day (`pressing_steps`): not for an
    authority, to whom what is done tells what is announced.

    Raises
    ------
    NotFound
        If there is no such version, or nobody of the selected code.
    """
    row = find_version(session, version)
    reader = _Reader(session, row, rules_of(session), audience, selection.areas, pressing_on)
    _must_exist(session, selection)
    areas = {code: area for code, area in reader.areas.items() if _is_selected(area, selection)}
    rows = [row for row in reader.rows if row.area_code in areas and row.code in reader.stages]
    shown = [
        activity
        for activity in map(reader.activity, rows)
        if reader.may_see(activity) and _matches(activity, selection)
    ]
    shown.sort(key=lambda activity: (activity.first_day, activity.row.code))
    return PlanView(
        version=row,
        activities=tuple(activity for activity in shown if activity.row.state != "cancelled"),
        cancelled=tuple(activity for activity in shown if activity.row.state == "cancelled"),
        areas=areas,
        rules=reader.rules,
        audience=audience,
    )


class _Reader:
    """The tables, each read once; of `only` some areas nothing that belongs to others."""

    def __init__(
        self,
        session: Session,
        version: PlanVersion,
        rules: Rules,
        audience: Audience,
        only: frozenset[str] | None = None,
        pressing_on: date | None = None,
    ) -> None:
        self.version, self.rules, self.audience = version, rules, audience
        self.areas = {area.code: area for area in session.exec(select(Area).order_by(col(Area.name)))}
        query = select(Activity).order_by(col(Activity.code))
        rows = session.exec(query if only is None else query.where(col(Activity.area_code).in_(only)))
        self.rows = list(rows)
        self._codes = None if only is None else [row.code for row in self.rows]
        self.main_kind = _main_kind(session.exec(select(Activity.kind).distinct()), self.rules)
        self.stages = self._stages(session)
        published = published_version(session)
        is_other = published is not None and published.version != version.version
        self.published = spans_of(session, [published.version], self._codes) if published and is_other else {}
        self.steps = self._steps(session, pressing_on)
        self.teams = self._teams(session)

    def activity(self, row: Activity) -> ShownActivity:
        known = self.stages[row.code]
        framework = self.rules.of(row)
        key = (row.plan_version if row.code not in self._planned else self.version.version, row.code)
        return ShownActivity(
            row=row,
            area=self.areas[row.area_code],
            framework=framework,
            stages={stage.id: known[stage.id] for stage in framework.stages if stage.id in known},
            published=self.published.get(row.code, {}),
            steps=tuple(self.steps.get(row.id or 0, ())),
            team=tuple(self.teams.get(key, ())),
            is_current=self._is_current(row),
            is_main=row.kind == self.main_kind,
        )

    def may_see(self, activity: ShownActivity) -> bool:
        """R068: an authority sees no inspection that is not announced yet."""
        return activity.is_announced or self.audience is Audience.INSPECTORATE

    def _is_current(self, row: Activity) -> bool:
        is_published = self.version.status == "published"
        return row.plan_version is not None and (is_published or row.plan_version == self.version.version)

    def _stages(self, session: Session) -> dict[str, dict[str, StageSpan]]:
        """Stages by activity: this version's, and in the published one those of activities it left alone."""
        found = spans_of(session, [self.version.version], self._codes)
        self._planned = frozenset(found)
        if self.version.status == "published":
            left = {
                row.code: row.plan_version for row in self.rows if row.code not in found and row.plan_version
            }
            query = select(PlannedStage).where(col(PlannedStage.activity_code).in_(left))
            for stage in session.exec(query):
                if left[stage.activity_code] == stage.plan_version:
                    span = StageSpan(stage.start_on, stage.end_on)
                    found.setdefault(stage.activity_code, {})[stage.stage] = span
        return found

    def _steps(self, session: Session, pressing_on: date | None) -> dict[int, list[SeenStep]]:
        only = [] if self._codes is None else [col(Step.activity_id).in_([row.id for row in self.rows])]
        return steps_by_activity(session, *pressing(pressing_on), *only)

    def _teams(self, session: Session) -> dict[tuple[int | None, str], list[Seat]]:
        versions = {
            self.version.version,
            *(row.plan_version for row in self.rows if row.code not in self._planned),
        }
        query = (
            select(TeamPlace.plan_version, TeamPlace.activity_code, TeamPlace.skill, Inspector)
            .join(Inspector, col(Inspector.code) == col(TeamPlace.inspector_code), isouter=True)
            .where(col(TeamPlace.plan_version).in_(versions))
            .order_by(col(TeamPlace.id))
        )
        if self._codes is not None:
            query = query.where(col(TeamPlace.activity_code).in_(self._codes))
        found: dict[tuple[int | None, str], list[Seat]] = defaultdict(list)
        for version, code, skill, person in session.exec(query):
            found[version, code].append(Seat(skill, person))
        return found


def _main_kind(found: Iterable[str], rules: Rules) -> str:
    """The first kind of the pair that the options sequence; without it the only kind there is, else none."""
    kinds = set(found)
    if rules.policy.main_kind in kinds:
        return rules.policy.main_kind
    return kinds.pop() if len(kinds) == 1 else ""


def _must_exist(session: Session, selection: Selection) -> None:
    for person in (selection.who, selection.leader):
        if person is not None and session.get(Inspector, person) is None:
            advice = "Check the spelling: inspectors have codes such as I001."
            raise NotFound(f"inspector {person}", "nobody of that code is known here.", advice)
    if selection.body is not None and session.get(Body, selection.body) is None:
        known = ", ".join(session.exec(select(Body.code).order_by(Body.code)))
        advice = f"Choose one of: {known}." if known else "Import a programme first."
        raise NotFound(f"body {selection.body}", "no such body is known here.", advice)


def _is_selected(area: Area, selection: Selection) -> bool:
    is_area = selection.areas is None or area.code in selection.areas
    return is_area and selection.region in (None, area.region)


def _matches(activity: ShownActivity, selection: Selection) -> bool:
    people = [seat.person for seat in activity.team if seat.person is not None]
    leaders = [seat.person.code for seat in activity.team if seat.skill == LEADER and seat.person is not None]
    return (
        (selection.kinds is None or activity.row.kind in selection.kinds)
        and (selection.who is None or any(person.code == selection.who for person in people))
        and (selection.leader is None or selection.leader in leaders)
        and (selection.body is None or any(person.body_code == selection.body for person in people))
    )
