"""What a consultation came to, as data: who took part, grades by question, suggestions and actions under headings."""

from datetime import date
from typing import Literal

from pydantic import Field

from config.entry import Entry, Key, Positive, Requirement, Whole, Words
from config.questionnaire import QuestionnaireId

Progress = Literal["open", "planned", "taken"]

GRADES = {
    "very_good": "Very good",
    "good": "Good",
    "satisfactory": "Satisfactory",
    "unsatisfactory": "Unsatisfactory",
}
"""The grades of a response, the best first."""


class TookPart(Entry):
    """What it rests on (R135): conferences, their delegates, written responses, authorities that took part."""

    conferences: Whole
    delegates: Whole
    responses: Whole
    authorities: Whole


class GradedQuestion(Entry):
    """One question: how many responses gave which grade, how many none, and how many there were.

    One that is not `is_graded` has no grades: `preferred` names what most respondents preferred (R039).
    """

    number: Positive
    topic: Words
    is_graded: bool = True
    very_good: Whole | None = None
    good: Whole | None = None
    satisfactory: Whole | None = None
    unsatisfactory: Whole | None = None
    ungraded: Whole | None = None
    total: Whole | None = None
    preferred: tuple[Words, ...] = ()

    @property
    def grades(self) -> dict[str, int | None]:
        """How many responses gave each grade."""
        return {grade: getattr(self, grade) for grade in GRADES}


class Heading(Entry):
    """A heading under which issues are grouped, with the main one in a sentence."""

    id: Key
    name: Words
    issue: Words


class Suggestion(Entry):
    """What respondents suggested, under a heading; `question` is the one of which it was an answer."""

    heading: Key
    text: Words
    question: Positive | None = None


class ResponseAction(Entry):
    """What is done about the findings, by whom, and how far it is (R197)."""

    heading: Key
    text: Words
    owner: Words
    progress: Progress
    due_on: date | None = None


class SummaryOfResponses(Entry):
    """The summary of a consultation: `opens_on` to `ends_on`, both included, where these days are known (R134).

    One whose grades are not known has no questions.
    """

    id: QuestionnaireId
    name: Words
    source: Words
    licence: Words
    opens_on: date | None = None
    ends_on: date | None = None
    took_part: TookPart
    questions: tuple[GradedQuestion, ...] = ()
    headings: tuple[Heading, ...] = Field(min_length=1)
    suggestions: tuple[Suggestion, ...] = ()
    actions: tuple[ResponseAction, ...] = ()
    requirements: tuple[Requirement, ...] = ()
