"""What somebody may choose from when they look at a plan: regions, kinds, stages, bodies, leaders, inspectors."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import Session, col, select

from config.framework import Framework
from models import Activity, Area, Body, Inspector, TeamPlace
from scheduler.values.value import LEADER
from services.programme import rules_of

Choice = tuple[str, str]
"""A code and its words."""


@dataclass(frozen=True)
class Choices:
    """Each in the order of its words; empty where there is nothing to choose."""

    regions: tuple[Choice, ...]
    kinds: tuple[Choice, ...]
    stages: tuple[Choice, ...]
    bodies: tuple[Choice, ...]
    leaders: tuple[Choice, ...]
    inspectors: tuple[Choice, ...]


def choices(session: Session, version: int) -> Choices:
    """What there is to choose in a version; people only if they have a place in it."""
    regions = session.exec(select(Area.region).distinct().order_by(col(Area.region)))
    bodies = session.exec(select(Body.code, Body.name).order_by(col(Body.name)))
    people = session.exec(
        select(TeamPlace.skill, Inspector.code, Inspector.name)
        .join(Inspector, col(Inspector.code) == col(TeamPlace.inspector_code))
        .where(TeamPlace.plan_version == version)
        .distinct()
        .order_by(col(Inspector.name), col(Inspector.code))
    ).all()
    one_of_each = list(_one_of_each_kind(session))
    stages = {
        stage.id: framework.step(stage.id).name
        for _row, framework in reversed(one_of_each)
        for stage in framework.stages
    }
    return Choices(
        regions=tuple((region, region) for region in regions if region),
        kinds=tuple((row.kind, framework.name) for row, framework in one_of_each),
        stages=tuple(stages.items()),
        bodies=tuple((code, name) for code, name in bodies),
        leaders=tuple((code, name) for skill, code, name in people if skill == LEADER),
        inspectors=tuple(dict.fromkeys((code, name) for _skill, code, name in people)),
    )


def _one_of_each_kind(session: Session) -> Iterator[tuple[Activity, Framework]]:
    """An activity of each kind, with its framework."""
    rules = rules_of(session)
    one_of_each = select(func.min(Activity.id)).group_by(col(Activity.kind))
    found = session.exec(
        select(Activity).where(col(Activity.id).in_(one_of_each)).order_by(col(Activity.kind))
    )
    for row in found:
        yield row, rules.whole(row)
