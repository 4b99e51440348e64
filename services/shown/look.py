"""What part of a plan somebody looks at, how its chart is arranged, and which page of it."""

from dataclasses import dataclass
from enum import StrEnum

from reports.values import Level
from services.shown.chart_rows import ChartRow
from services.shown.shown_plan import EVERYTHING, Selection


class By(StrEnum):
    """What a row of the chart stands for."""

    AREA = "area"
    REGION = "region"
    LEADER = "leader"
    INSPECTOR = "inspector"


class Standing(StrEnum):
    """Which rows are shown by how they stand."""

    LATE = "late"
    AT_RISK = "at-risk"
    ON_TIME = "on-time"
    PINNED = "pinned"


LEVELS = {Standing.LATE: Level.LATE, Standing.AT_RISK: Level.AT_RISK, Standing.ON_TIME: Level.USUAL}

ROWS_ON_A_PAGE = 150


@dataclass(frozen=True)
class Look:
    """A view of a chart.

    Parameters
    ----------
    weeks
        Weeks shown, from a few weeks before today; all of the plan when None.
    selection
        Which activities; rows without any are left out where it narrows them by more than their area.
    stage
        Only rows in which the plan has this stage under way today; blank for all.
    name
        Part of the names of the rows, in any case; blank for all.
    page
        From 1 on; one beyond the last is the last.
    """

    by: By = By.AREA
    weeks: int | None = None
    selection: Selection = EVERYTHING
    standing: Standing | None = None
    stage: str = ""
    name: str = ""
    page: int = 1

    def shows(self, row: ChartRow) -> bool:
        """Whether a row is part of the view, on whatever page."""
        return (
            self.name.casefold() in row.row.name.casefold()
            and (row.has_work or not self._narrows_activities)
            and self._stands(row)
            and (not self.stage or self.stage in row.stages)
        )

    def _stands(self, row: ChartRow) -> bool:
        if self.standing is Standing.PINNED:
            return row.is_pinned
        return self.standing is None or row.state.level is LEVELS[self.standing]

    @property
    def _narrows_activities(self) -> bool:
        wanted = self.selection
        return any(choice is not None for choice in (wanted.kinds, wanted.who, wanted.leader, wanted.body))
