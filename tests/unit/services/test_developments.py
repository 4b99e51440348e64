"""The development of an inspection: what waits for what, clashes, trials with their lessons (C16)."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from config.development_files import find_development
from models import session
from services.audit import Word
from services.developments.clashes import find_clashes
from services.developments.doing import do_task, undo_task
from services.developments.trials import NOT_TAKEN, TAKEN, add_lesson, add_trial, decide_lesson
from services.errors import AlreadySo, NotFound, Refused
from services.shown.developments import DevelopmentView, development_view

NAME = "2005-reviews"
JUNE, FEBRUARY = date(2004, 6, 30), date(2005, 2, 28)


def word(day: date = FEBRUARY, why: str = "") -> Word:
    return Word("Ann Lee", datetime(2005, 2, 28, 9, tzinfo=UTC), day, why)


def do(opened: Session, *tasks: str, on: date = FEBRUARY) -> None:
    for task in tasks:
        do_task(opened, NAME, task, on, word(on))


def view(opened: Session, day: date = FEBRUARY) -> DevelopmentView:
    return development_view(opened, NAME, day)


def state(opened: Session, task: str, day: date = FEBRUARY) -> str:
    return next(line.state for line in view(opened, day).tasks if line.task.id == task)


def test_the_response_is_due_on_the_day_on_which_the_consultation_ends_which_is_shown_r172() -> None:
    """C16: a clash is shown, and refuses nothing."""
    found = [(clash.task, clash.words) for clash in find_clashes(find_development(NAME))]
    assert found == [
        ("consultation", "its consultation ends on 28 February 2005, after its day, 31 December 2004"),
        (
            "response",
            "due on 28 February 2005, the day on which what it waits for ends: Consult formally on the framework",
        ),
        (
            "arrangements",
            "due on 28 February 2005, the day on which what it waits for ends: Complete and evaluate the trials",
        ),
    ]


def test_a_framework_is_published_after_its_approval_and_not_before_r001(engine: Engine) -> None:
    """C16: a draft, in consultation, approved, published."""
    with session(engine) as opened:
        assert view(opened).framework == "Draft"
        do(opened, "principles", "users", on=JUNE)
        do(opened, "consultation", "response")
        assert view(opened).framework == "In consultation"
        with pytest.raises(Refused, match="it waits for: Approval of the framework"):
            do(opened, "publication")
        do(opened, "approval")
        assert view(opened).framework == "Approved"
        do(opened, "publication")
        assert (view(opened).framework, view(opened).num_done) == ("Published", 6)


def test_no_review_begins_before_the_framework_is_published_r173(engine: Engine) -> None:
    """C16."""
    with session(engine) as opened, pytest.raises(Refused, match=r"it waits for: .*Publish the framework"):
        do(opened, "first_reviews")


def test_a_consultation_is_not_over_before_its_twelve_weeks_r134(engine: Engine) -> None:
    with session(engine) as opened:
        do(opened, "principles", "users", on=JUNE)
        with pytest.raises(Refused, match="its consultation ends on 28 February 2005"):
            do(opened, "consultation", on=date(2005, 2, 27))
        do(opened, "consultation")
        assert state(opened, "consultation") == "done"


def test_lessons_of_trials_are_decided_before_the_arrangements_are_final_r125(engine: Engine) -> None:
    """C16: taken or not, and why."""
    with session(engine) as opened:
        do(opened, "process", "criteria", on=JUNE)
        do(opened, "trials", "tools", "evaluation")
        trial = add_trial(opened, NAME, "Leeds", JUNE, word())
        texts = ("Leave more time", "Use fewer forms")
        numbers = [add_lesson(opened, trial.id or 0, text, word()).id or 0 for text in texts]
        with pytest.raises(Refused, match="2 lessons of trials nobody has decided: 1 and 2"):
            do(opened, "arrangements")
        with pytest.raises(Refused) as refused:
            decide_lesson(opened, numbers[0], "perhaps", word())
        assert [finding.field for finding in refused.value.findings] == ["verdict", "why"]
        decide_lesson(opened, numbers[0], TAKEN, word(why="five trials say so"))
        decide_lesson(opened, numbers[1], NOT_TAKEN, word(why="each form is needed"))
        do(opened, "arrangements")
        assert state(opened, "arrangements") == "done"
        assert [lesson.verdict for lesson in view(opened).trials[0].lessons] == ["taken", "not_taken"]


def test_a_task_is_ready_waits_for_others_or_is_late(engine: Engine) -> None:
    with session(engine) as opened:
        assert [state(opened, task, JUNE) for task in ("principles", "consultation")] == ["ready", "waiting"]
        assert state(opened, "principles", date(2004, 7, 1)) == "late"
        assert state(opened, "approval", date(2006, 1, 1)) == "waiting"


def test_everything_wrong_with_a_day_is_said(engine: Engine) -> None:
    with session(engine) as opened:
        do(opened, "process", on=date(2004, 12, 1))
        with pytest.raises(Refused, match="is later than today"):
            do_task(opened, NAME, "users", date(2005, 3, 1), word())
        with pytest.raises(Refused, match="'process' was done"):
            do(opened, "trials", on=date(2004, 11, 30))
        with pytest.raises(AlreadySo, match="it was done on 1 December 2004"):
            do(opened, "process")
        with pytest.raises(NotFound, match="Try 'process'"):
            do(opened, "proces")


def test_a_task_is_undone_with_a_reason_while_nothing_that_waits_for_it_is_done(engine: Engine) -> None:
    with session(engine) as opened:
        do(opened, "process", "trials")
        with pytest.raises(Refused) as refused:
            undo_task(opened, NAME, "process", word())
        assert len(refused.value.findings) == 2
        undo_task(opened, NAME, "trials", word(why="no area volunteered"))
        undo_task(opened, NAME, "process", word(why="its staff is not defined"))
        assert view(opened).num_done == 0
        with pytest.raises(AlreadySo, match="it is not done"):
            undo_task(opened, NAME, "process", word())


def test_a_trial_has_a_place_and_a_day_that_was_and_is_recorded_once_r125(engine: Engine) -> None:
    with session(engine) as opened:
        with pytest.raises(Refused) as refused:
            add_trial(opened, NAME, " ", date(2005, 3, 1), word())
        assert [finding.field for finding in refused.value.findings] == ["place", "began_on"]
        trial = add_trial(opened, NAME, "Leeds", JUNE, word())
        with pytest.raises(AlreadySo):
            add_trial(opened, NAME, "Leeds", JUNE, word())
        add_lesson(opened, trial.id or 0, "Leave more time", word())
        with pytest.raises(AlreadySo):
            add_lesson(opened, trial.id or 0, "Leave more time", word())
        with pytest.raises(Refused, match="no lesson is given"):
            add_lesson(opened, trial.id or 0, " ", word())
        with pytest.raises(NotFound):
            add_lesson(opened, 7, "Leave more time", word())
