"""`development`: the timetable on which an inspection is developed, its trials, and what they taught."""

from typing import Annotated

import typer
from sqlmodel import Session

from cli import arguments
from cli.asked import Asked, changing
from cli.shown.output import print_json, print_table, say
from models import DevelopmentTrial, TrialLesson, session
from reports.words import date_in_words
from services.bootstrap import open_database
from services.developments.doing import do_task, undo_task
from services.developments.trials import VERDICT_WORDS, add_lesson, add_trial, decide_lesson
from services.shown.developments import STATE_WORDS, DevelopmentView, TaskLine, development_view

TASKS = ("task", "name", "day", "owner", "state", "waits for")
LESSONS = ("lesson", "trial", "what it taught", "decision", "why")

Name = Annotated[str, typer.Argument(metavar="DEVELOPMENT", help="Such as 2005-reviews.")]


def show(name: Name, as_of: arguments.AsOf = None, as_json: arguments.Json = False) -> None:
    """Show a development: its tasks, what they wait for, clashes of days, trials and lessons."""
    with session(open_database(), read_only=True) as opened:
        view = development_view(opened, name, arguments.today(as_of))
    if as_json:
        print_json(view)
        return
    print_table(view.development.name, TASKS, map(_row, view.tasks))
    lessons = [
        (lesson.id, line.trial.place, lesson.lesson, VERDICT_WORDS[lesson.verdict], lesson.why)
        for line in view.trials
        for lesson in line.lessons
    ]
    if lessons:
        print_table("Lessons of trials", LESSONS, lessons)
    for clash in view.clashes:
        say(f"Clash: {clash.task}: {clash.words}.")
    say(_in_words(view))


@changing()
def done(
    name: Name,
    task: Annotated[str, typer.Argument(metavar="TASK", help="Such as consultation.")],
    on: Annotated[
        str | None, typer.Option(metavar="DATE", help="The day on which it was done; default: today.")
    ] = None,
    undo: Annotated[bool, typer.Option("--undo", help="It is not done after all; needs --why.")] = False,
    *,
    asked: Asked,
) -> None:
    """Record that a task is done, once all that it waits for is; or take that back."""
    day = arguments.parse_day(on, "--on") if on else asked.word.as_of

    def change(opened: Session) -> DevelopmentView:
        if undo:
            undo_task(opened, name, task, asked.word)
        else:
            do_task(opened, name, task, day, asked.word)
        return development_view(opened, name, asked.word.as_of)

    view = asked.changed(change)
    if asked.as_json:
        print_json(view)
    else:
        say(_in_words(view))


@changing("")
def trial(
    name: Name,
    place: Annotated[str, typer.Argument(metavar="PLACE", help="Where the method is tried.")],
    on: Annotated[str, typer.Option(metavar="DATE", help="The day on which it began.")],
    *,
    asked: Asked,
) -> None:
    """Record a trial of the method."""

    def change(opened: Session) -> DevelopmentTrial:
        return add_trial(opened, name, place, arguments.parse_day(on, "--on"), asked.word)

    row = asked.changed(change)
    if asked.as_json:
        print_json(row)
    else:
        say(f"Trial {row.id}: {row.place}, from {date_in_words(row.began_on)}.")


@changing()
def lesson_(
    number: Annotated[int, typer.Argument(metavar="N", min=1, help="The trial; with --decide the lesson.")],
    text: Annotated[
        str, typer.Argument(metavar="TEXT", help="What it taught; with --decide taken or not_taken.")
    ],
    decide: Annotated[
        bool, typer.Option("--decide", help="Decide whether a lesson is taken; needs --why.")
    ] = False,
    *,
    asked: Asked,
) -> None:
    """Record what a trial taught, or decide whether that is taken up."""

    def change(opened: Session) -> TrialLesson:
        if decide:
            return decide_lesson(opened, number, text, asked.word)
        return add_lesson(opened, number, text, asked.word)

    row = asked.changed(change)
    if asked.as_json:
        print_json(row)
    else:
        say(f"Lesson {row.id}: {row.lesson}. {VERDICT_WORDS[row.verdict]}.")


def _row(line: TaskLine) -> tuple[object, ...]:
    task = line.task
    day = task.when or (None if task.due_on is None else date_in_words(task.due_on))
    state = STATE_WORDS[line.state]
    if line.done_on is not None:
        state = f"{state}, {date_in_words(line.done_on)}"
    return task.id, task.name, day, task.owner, state, "; ".join(line.waits_for) or None


def _in_words(view: DevelopmentView) -> str:
    return f"{view.num_done} of {len(view.tasks)} done. The framework: {view.framework}."
