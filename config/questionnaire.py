"""What a questionnaire asks, as data: its version, of whom, the questions with their kinds, and when it is sent."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from config.entry import Entry, Key, Positive, Requirement, Whole, Words

QuestionnaireId = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=60)]
"""A questionnaire's name in files and commands: small letters, digits and hyphens."""

Kind = Literal["score", "agree", "yes_no", "up_to", "text"]

SCORES = {"4": "4, outstanding", "3": "3", "2": "2", "1": "1, poor"}
"""R194: from 1 (poor) to 4 (outstanding), the best first."""

AGREEMENT = {
    "strongly_agree": "Strongly agree",
    "agree": "Agree",
    "disagree": "Disagree",
    "strongly_disagree": "Strongly disagree",
    "dont_know": "Don't know",
}
YES_NO = {"yes": "Yes", "no": "No"}
CHOICES: dict[str, dict[str, str]] = {
    "score": SCORES,
    "agree": AGREEMENT,
    "yes_no": YES_NO,
    "up_to": {},
    "text": {},
}
"""What may be chosen in a question of each kind, with its words; nothing where people write."""


class Question(Entry):
    """One question: `prompts` say what to think of, `most` how many short answers one of kind `up_to` takes.

    With `has_comment` there is room for words beside what is chosen. `of_which` names a question of kind `yes_no`: a
    summary says how many of those who answered said yes to it.
    """

    id: Key
    text: Words
    kind: Kind
    prompts: tuple[Words, ...] = ()
    most: Positive = 3
    has_comment: bool = False
    of_which: Key | None = None

    @property
    def choices(self) -> dict[str, str]:
        """What may be chosen, with its words."""
        return CHOICES[self.kind]


class SentBy(Entry):
    """The step of each activity of a kind for which an open standing round sends it, so many working days before."""

    kind: Key
    step: Key
    working_days_before: Positive


class Questionnaire(Entry):
    """A questionnaire (R136, R164, R194); `asked_of` is the role of an area's contact who is invited.

    Who has not answered is reminded `remind_before` working days before the day of reply. Outside no number of
    authorities from 1 to below `smallest_shown` is told.
    """

    id: QuestionnaireId
    version: Positive
    name: Words
    asked_of: Key
    remind_before: Positive
    smallest_shown: Whole
    questions: tuple[Question, ...] = Field(min_length=1)
    sent_by: SentBy | None = None
    requirements: tuple[Requirement, ...] = ()
    source: str = ""

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        names = [question.id for question in self.questions]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(f"{', '.join(twice)} stands for two questions")
        return self

    def question(self, name: str) -> Question:
        """The question of an identifier that is there."""
        return next(question for question in self.questions if question.id == name)
