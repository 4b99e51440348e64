"""Parts of a message made from facts alone: the line of a step, how it stands, whom to ask and where to look."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from config.framework import Framework
from models import Reminder, Step
from reports.words import date_in_words, list_in_words, plural
from services.casework.announcements import Days, span_of
from services.casework.reminders import DONE, UNDONE
from services.messages.values import Line, Person, Questions, Review, distance_in_words

MOST_AREAS = 6
"""So many areas are named or linked; of more only the number is."""


def as_it_was_told(review: Review, days: Days) -> Review:
    """A review with the days that its reader knows: what they need not keep any more."""
    known = ((line, days.get(line.step)) for line in review.lines)
    lines = [replace(line, first=span[0], last=span[1]) for line, span in known if span is not None]
    return replace(review, lines=tuple(sorted(lines, key=lambda line: line.first)))


def line_of(step: Step, framework: Framework, mine: set[str]) -> Line:
    """A step as a reader who holds these roles sees it: one that is done on the day on which it really happened."""
    first, last = span_of(step)
    if step.state == "done" and step.actual_on is not None:
        first, last = min(first, step.actual_on) if step.kind == "stage" else step.actual_on, step.actual_on
    return Line(
        step=step.step_id,
        name=step.name,
        kind=step.kind,
        first=first,
        last=last,
        rule=step.rule,
        who=role_words(framework, step.who),
        signs=role_words(framework, step.sign_off),
        note=step.notes,
        is_planned=step.step_id in {stage.id for stage in framework.stages},
        is_mine=not mine.isdisjoint(step.who.split()),
        is_done=step.state == "done",
    )


def role_words(framework: Framework, roles: str) -> str:
    """Roles as their framework calls them."""
    return "; ".join(map(framework.role_name, roles.split()))


def timing_of(line: Line, reminder: Reminder, as_of: date) -> str:
    """late, today or ahead; a stage that has begun is no late one."""
    if reminder.due_on > as_of:
        return "ahead"
    has_begun = line.kind == "stage" and reminder.due_on == line.first
    return "today" if has_begun or reminder.due_on == as_of else "late"


def when_in_words(line: Line, reminder: Reminder, as_of: date) -> str:
    """How a step stands, in a sentence."""
    if reminder.rule == DONE:
        return f"Done on {date_in_words(reminder.due_on)}."
    if reminder.rule == UNDONE:
        return "Not done after all: the record that it was done has been withdrawn."
    due_on = reminder.due_on
    if line.kind != "stage":
        verb = "Was due" if due_on < as_of else "Due"
        return f"{verb} {date_in_words(due_on)} ({distance_in_words(due_on, as_of)})."
    if due_on != line.first:
        by = f"{date_in_words(due_on)} ({distance_in_words(due_on, as_of)})"
        return f"Ended ({line.when}); to be signed off by {by}."
    verb = "Began" if line.first < as_of else "Begins"
    begins = f"{date_in_words(line.first)} ({distance_in_words(line.first, as_of)})"
    return f"{verb} {begins}, until {date_in_words(line.last)}."


def questions_of(reviews: Iterable[Review]) -> tuple[Questions, ...]:
    """Whom to ask, said once for all areas with the same people."""
    chosen = {review.code: review for review in reviews if review.people}
    people_by_area: dict[str, set[tuple[Person, ...]]] = {}
    for review in chosen.values():
        people_by_area.setdefault(review.area, set()).add(review.people)
    found: dict[tuple[Person, ...], dict[str, None]] = {}
    for review in chosen.values():
        is_one = len(people_by_area[review.area]) == 1
        label = review.area if is_one else f"{review.area} ({review.name})"
        found.setdefault(review.people, {})[label] = None
    return tuple(Questions(_areas_in_words(list(areas)), people) for people, areas in found.items())


def _areas_in_words(areas: list[str]) -> str:
    return list_in_words(areas) if len(areas) <= MOST_AREAS else plural(len(areas), "area")


def links_of(reviews: Iterable[Review], address: str) -> tuple[str, ...]:
    """Where to see the reviews; of many the page of all that is due."""
    links = tuple(dict.fromkeys(review.address for review in reviews if review.address))
    return links if len(links) <= MOST_AREAS else (f"{address}/due",)
