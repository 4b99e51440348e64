"""A summary for readers: the grades of each question with their base, and what each heading brought."""

from dataclasses import dataclass

from config.responses import (
    GRADES,
    GradedQuestion,
    Heading,
    ResponseAction,
    Suggestion,
    SummaryOfResponses,
)
from services.questionnaires.counting import Share

GOOD_OR_BETTER = ("very_good", "good")


@dataclass(frozen=True)
class QuestionLine:
    """A question: how many of its responses were graded, and of those how many gave which grade.

    `graded` is None for a question that is not graded; `preferred` then says what most respondents preferred.
    """

    number: int
    topic: str
    graded: Share | None
    grades: tuple[tuple[str, Share], ...] = ()
    good_or_better: Share | None = None
    preferred: tuple[str, ...] = ()


@dataclass(frozen=True)
class HeadingLine:
    """A heading with the suggestions and the actions under it."""

    heading: Heading
    suggestions: tuple[Suggestion, ...]
    actions: tuple[ResponseAction, ...]


@dataclass(frozen=True)
class ResponsesView:
    """A summary of responses in numbers and under its headings."""

    summary: SummaryOfResponses
    questions: tuple[QuestionLine, ...]
    headings: tuple[HeadingLine, ...]

    @property
    def lowest(self) -> QuestionLine | None:
        """The question with the smallest part of grades that are good or better; the first of several, or none."""
        graded = [line for line in self.questions if line.good_or_better is not None]
        return min(graded, key=_part_good, default=None)


def summarise(summary: SummaryOfResponses) -> ResponsesView:
    """Count what respondents said (R135, R183)."""
    return ResponsesView(
        summary,
        tuple(map(_question, summary.questions)),
        tuple(_heading(summary, heading) for heading in summary.headings),
    )


def _question(question: GradedQuestion) -> QuestionLine:
    if not question.is_graded:
        return QuestionLine(question.number, question.topic, None, preferred=question.preferred)
    numbers = {grade: number or 0 for grade, number in question.grades.items()}
    base = sum(numbers.values())
    return QuestionLine(
        question.number,
        question.topic,
        Share(base, question.total or 0),
        tuple((words, Share(numbers[grade], base)) for grade, words in GRADES.items()),
        Share(sum(numbers[grade] for grade in GOOD_OR_BETTER), base),
    )


def _heading(summary: SummaryOfResponses, heading: Heading) -> HeadingLine:
    return HeadingLine(
        heading,
        tuple(row for row in summary.suggestions if row.heading == heading.id),
        tuple(row for row in summary.actions if row.heading == heading.id),
    )


def _part_good(line: QuestionLine) -> float:
    share = line.good_or_better
    return 1.0 if share is None or not share.base else (share.number or 0) / share.base
