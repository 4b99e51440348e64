"""Stages and seats of what is adopted, as rows of a plan version."""

from collections.abc import Sequence
from datetime import timedelta

from models import PlannedStage, TeamPlace
from services.imports.batch import Batch
from services.imports.past import PastActivity


def stage_rows(past: Sequence[PastActivity], version: int) -> list[PlannedStage]:
    """A row for each stage, as long as planned; when it really ended is in its step."""
    return [
        PlannedStage(
            plan_version=version,
            activity_code=own.code,
            stage=row.stage,
            start_on=row.first_day,
            end_on=row.first_day + timedelta(weeks=own.framework.stage(row.stage).duration_weeks),
        )
        for own in past
        for row in own.rows
    ]


def seat_rows(past: Sequence[PastActivity], batch: Batch, version: int) -> list[TeamPlace]:
    """A row for each person who is named."""
    codes = {(own.rows[0].area, own.rows[0].kind): own.code for own in past}
    return [
        TeamPlace(
            plan_version=version,
            activity_code=codes[row.area, row.kind],
            skill=row.skill,
            inspector_code=row.inspector,
        )
        for row in batch.past_teams
        if (row.area, row.kind) in codes
    ]
