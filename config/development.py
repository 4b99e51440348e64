"""The development of an inspection as data: its tasks with day, owner and what each waits for, and the consultation."""

from datetime import date, timedelta
from typing import Literal

from pydantic import Field

from config.entry import Entry, Key, Positive, Requirement, Words
from config.questionnaire import QuestionnaireId

FrameworkState = Literal["consultation", "approved", "published"]

FRAMEWORK_WORDS = {
    "draft": "Draft",
    "consultation": "In consultation",
    "approved": "Approved",
    "published": "Published",
}
"""The life of a framework, in its order (R001)."""


class ConsultationPeriod(Entry):
    """So many weeks from the day on which a consultation opens (R134)."""

    opens_on: date
    weeks: Positive

    @property
    def ends_on(self) -> date:
        """The day on which it ends: 12 weeks from Monday 6 December 2004 are Monday 28 February 2005."""
        return self.opens_on + timedelta(weeks=self.weeks)


class DevelopmentTask(Entry):
    """Something to be done by `due_on`, once everything in `after` is done; `when` is how its source says the day.

    A task without a day is a gate, such as an approval. `reaches` is the state of the framework once it is done. Where
    it `needs_lessons`, every lesson of a trial must be decided first; `consultation` is when people are asked.
    """

    id: Key
    name: Words
    owner: Words
    due_on: date | None = None
    when: str = ""
    after: tuple[Key, ...] = ()
    reaches: FrameworkState | None = None
    needs_lessons: bool = False
    consultation: ConsultationPeriod | None = None
    requirements: tuple[Requirement, ...] = ()

    @property
    def over_on(self) -> date | None:
        """When it can be over at the earliest: its day, or the end of its consultation, whichever is later."""
        days = [self.due_on, self.consultation.ends_on if self.consultation else None]
        return max((day for day in days if day is not None), default=None)


class Development(Entry):
    """A timetable of development (R170-R173)."""

    id: QuestionnaireId
    name: Words
    source: Words
    tasks: tuple[DevelopmentTask, ...] = Field(min_length=1)

    def task(self, name: str) -> DevelopmentTask | None:
        """The task of an identifier; None if there is none."""
        return next((task for task in self.tasks if task.id == name), None)
