"""Teams: seats for the extent and the focus of the area, fewer after an assessment or beside one."""

from collections.abc import Iterable

from config.framework import Framework
from models import Activity as ActivityRow
from scheduler.values.problem import (
    Activity,
    BodyQuota,
    JointPlace,
    LagLink,
    Link,
    Place,
    SavedPlace,
    StageRef,
    Team,
    WithinLink,
)
from services.problem.facts import Facts
from services.problem.focus import focus_of


def with_team(
    activity: Activity, row: ActivityRow, links: Iterable[Link], kinds: dict[str, str], facts: Facts
) -> Activity:
    """The activity with its team (R055-R060).

    Parameters
    ----------
    links
        All links of the area: seats are saved where one makes the review follow an assessment (R033), and left to
        the assessment's people where one makes it run within the review's weeks on site (R034, R035).
    kinds
        Kind of each activity.
    """
    framework = facts.followed[row.code]
    if framework.team is None or not any(stage.uses_team for stage in activity.stages):
        return activity
    on_site = {stage.id for stage in activity.stages if stage.on_site and stage.uses_team}
    after = beside = None
    for link in links:
        if isinstance(link, LagLink) and link.after.activity == activity.id:
            saves = framework.saved(row.extent, kinds[link.before.activity])
            after = link.before if saves else after
        if (
            isinstance(link, WithinLink)
            and link.outer.activity == activity.id
            and link.outer.stage in on_site
        ):
            joins = framework.joint(row.extent, kinds[link.inner.activity])
            beside = link.inner if joins else beside
    return activity.model_copy(update={"team": _team(row, framework, after, beside, kinds, facts)})


def _team(
    row: ActivityRow,
    framework: Framework,
    after: StageRef | None,
    beside: StageRef | None,
    kinds: dict[str, str],
    facts: Facts,
) -> Team:
    assert framework.team is not None
    focus = focus_of(facts.ratings.get(row.area_code, ()), framework, facts.programme.planned_on)
    before_kind = kinds[after.activity] if after else None
    beside_kind = kinds[beside.activity] if beside else None
    places = framework.places(row.extent, focus, before_kind, beside_kind)
    saved = framework.saved(row.extent, before_kind) if before_kind else {}
    joint = framework.joint(row.extent, beside_kind) if beside_kind else {}
    least, most = framework.team_bounds(row.extent)
    return Team(
        places=tuple(Place(skill=skill, count=count) for skill, count in places.items()),
        needs_leader=framework.team.needs_leader,
        min_bodies=framework.team.min_bodies,
        quotas=tuple(
            BodyQuota(body=quota.body, minimum=quota.minimum, maximum=quota.maximum)
            for quota in framework.team.quotas
        ),
        min_members=least,
        max_members=most,
        drafting_weeks=framework.drafting_weeks(),
        saved=tuple(SavedPlace(skill=s, count=n, after=after) for s, n in saved.items() if after),
        joint=tuple(
            JointPlace(skill=s, count=n, beside=beside, body=body) for s, (n, body) in joint.items() if beside
        ),
    )
