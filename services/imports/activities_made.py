"""The activities that an import makes: of each framework in every area, what is due again, and due inspections."""

from collections.abc import Mapping
from datetime import date
from random import Random

from sqlmodel import Session, select

from config.framework import Framework
from config.framework_files import framework_on, programme_frameworks
from models import Activity
from services.days.recurrence import Occasion
from services.days.weeks import day_after
from services.imports.facts import extent_of
from services.imports.last_of_kind import last_ones
from services.imports.lives import Lives, window_in_life
from services.imports.numbers import activity_code, due_number
from services.imports.reading import Batch
from services.imports.round import Due, activities_due
from services.imports.table_writing import Fact


def activity_facts(
    session: Session,
    batch: Batch,
    known: Mapping[str, Framework],
    chance: Random,
    concern: Mapping[str, int],
) -> list[Fact]:
    """Activities of every framework of the programme in each area, and the inspections that are due (R015, R097).

    A framework with a recurrence makes as many as are due; of any other there is one in each area, or in the one that
    follows it. In a later round these are new activities, which roll on from those of the round before (R013).

    Parameters
    ----------
    chance
        Draws the windows of kinds that nobody may guess.
    concern
        The index of concern of each area, by code.
    """
    facts, areas = [], {area.code: area for area in batch.areas}
    rows = {row.code: row for row in session.exec(select(Activity))}
    of_areas = programme_frameworks(batch.programme.first_start_on, known)
    for framework in of_areas:
        outcomes: Mapping[str, str | None] = {}
        if framework.recurrence is None:
            dues = _once_in_the_round(framework, batch, rows)
        else:
            last = last_ones(session, batch, framework)
            dues = activities_due(framework, batch, rows, last, chance)
            outcomes = {area: ended.outcome for area, ended in last.items()}
        for due in dues:
            fact = _activity(due, framework, extent_of(areas[due.area], framework, concern[due.area]))
            facts.append(fact | {"last_outcome": outcomes.get(due.area)})
    recurring = {framework.kind for framework in of_areas if framework.recurrence is not None}
    for row in batch.inspections_due:
        if row.kind not in recurring:
            framework = framework_on(row.kind, row.window_first_day, known)
            window = row.window_first_day, day_after(row.window_last_day)
            facts.append(_activity(Due(row.area, due_number(row, framework), *window), framework))
    return facts


def _once_in_the_round(framework: Framework, batch: Batch, known: Mapping[str, Activity]) -> list[Due]:
    """What does not come again: one in each area, within its life."""
    whole_round = Occasion(batch.programme.round, batch.programme.first_start_on, date.max)
    lives = Lives(framework, batch, known, {area.code: [whole_round] for area in batch.areas})
    return [
        Due(area.code, whole_round.number, *window_in_life(area, framework))
        for area in batch.areas
        if lives.has(area, whole_round)
    ]


def _activity(due: Due, framework: Framework, extent: str = "standard") -> Fact:
    return {
        "code": activity_code(due.area, framework.kind, due.number),
        "area_code": due.area,
        "kind": framework.kind,
        "framework_id": framework.id,
        "round": due.number,
        "window_start_on": due.start_on,
        "window_end_on": due.end_on,
        "extent": extent,
    }
