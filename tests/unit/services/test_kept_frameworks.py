"""The life of a framework: what is published under it, what ends under it, and what its status and days allow."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from config.framework_files import FOLDER, frameworks
from config.steps import Repeat
from models import Activity, AuditEntry, Step, session
from services.audit import Word
from services.casework.advancing import advance
from services.casework.steps import date_steps, steps_of
from services.errors import PlanRefused
from services.kept_frameworks import earlier_texts
from services.plans.publication import Publication, publish
from services.plans.publish_checks import Waiver
from services.programme import rules_of
from tests.kept import kept
from tests.known import known
from tests.people import sign as signs
from tests.people import sign_what_is_due
from tests.tables import AT, PLANNED_ON, WHO, at, fill, published, store

NOTICE_ON = date(2005, 10, 17)
CLEAR_OF_EASTER = {"cheshire": date(2006, 6, 5)}
IN_TWO_WEEKS = "duration_weeks = 2"


def put_in_home(home: Path, *changes: tuple[str, str], name: str = "jar-2005") -> None:
    """A copy of a framework of ours in the folder of the home, changed."""
    text = (FOLDER / f"{name}.toml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (home / "frameworks").mkdir(exist_ok=True)
    (home / "frameworks" / f"{name}.toml").write_text(text, encoding="utf-8")


def publish_now(engine: Engine, version: int, *waivers: Waiver) -> Publication:
    with session(engine) as opened:
        word = Word(WHO, AT, PLANNED_ON, "a request")
        return publish(opened, version, "indicative", word, frozenset(waivers))


def find(opened: Session, code: str) -> Activity:
    return opened.exec(select(Activity).where(Activity.code == code)).one()


def step_of(opened: Session, code: str, step_id: str) -> Step:
    query = select(Step).join(Activity, col(Activity.id) == col(Step.activity_id))
    return opened.exec(query.where(Activity.code == code, Step.step_id == step_id)).one()


def lasts(opened: Session, code: str) -> int:
    """Days of fieldwork from its first to its last."""
    step = step_of(opened, code, "fieldwork")
    return (known(step.end_on) - known(step.start_on)).days


@pytest.fixture
def noticed(engine: Engine) -> Engine:
    give_notice(engine)
    return engine


@kept
def give_notice(engine: Engine) -> None:
    """Two reviews are published; of Sheffield's the notice is given."""
    published(engine, num_areas=2, precision="indicative")
    with session(engine) as opened:
        step = step_of(opened, "sheffield-jar", "notification")
        signs(opened, step.id or 0, NOTICE_ON, Word("lead", at(NOTICE_ON), NOTICE_ON))


@pytest.fixture
def filled(engine: Engine) -> Engine:
    with session(engine) as opened:
        fill(opened, 1)
    return engine


def refusals(engine: Engine) -> list[str]:
    """Why a plan solved now is not published."""
    with session(engine) as opened:
        version = store(opened)
    with pytest.raises(PlanRefused) as caught:
        publish_now(engine, version)
    return [str(finding) for finding in caught.value.findings]


def test_a_file_of_the_home_takes_the_place_of_ours(home: Path) -> None:
    assert frameworks()["jar-2005"].stage("fieldwork").duration_weeks == 2
    put_in_home(home, (IN_TWO_WEEKS, "duration_weeks = 3"))
    assert frameworks()["jar-2005"].stage("fieldwork").duration_weeks == 3


def test_what_is_on_its_way_ends_under_its_own_text(noticed: Engine, home: Path) -> None:
    """Sheffield keeps its fortnight of fieldwork, Cheshire gets the three weeks of the new file."""
    put_in_home(home, (IN_TWO_WEEKS, "duration_weeks = 3"))
    with session(noticed) as opened:
        assert rules_of(opened).of(find(opened, "sheffield-jar")).stage("fieldwork").duration_weeks == 2
        version = store(opened, CLEAR_OF_EASTER)
    done = publish_now(noticed, version)
    assert done.reworded == {"jar-2005": ["cheshire-jar"]}
    with session(noticed) as opened:
        assert (lasts(opened, "sheffield-jar"), lasts(opened, "cheshire-jar")) == (12, 19)
        entry = opened.exec(select(AuditEntry).where(AuditEntry.action == "publish")).all()[-1]
        assert '"frameworks": {"jar-2005": ["cheshire-jar"]}' in (entry.after or "")


def test_who_ends_under_an_earlier_text_is_told(noticed: Engine, home: Path) -> None:
    with session(noticed) as opened:
        assert earlier_texts(opened, frameworks()) == []
    put_in_home(home, (IN_TWO_WEEKS, "duration_weeks = 3"))
    with session(noticed) as opened:
        (text,) = earlier_texts(opened, frameworks())
        assert (text.framework_id, text.finishing, text.waiting) == (
            "jar-2005",
            ("sheffield-jar",),
            ("cheshire-jar",),
        )
        version = store(opened, CLEAR_OF_EASTER)
    publish_now(noticed, version)
    with session(noticed) as opened:
        (text,) = earlier_texts(opened, frameworks())
        assert (text.finishing, text.waiting) == (("sheffield-jar",), ())


def test_a_review_with_three_weeks_of_fieldwork_is_driven_from_notice_to_evaluation(
    filled: Engine, home: Path
) -> None:
    """C1: 30 January to 17 February 2006 after the analysis of 9 January, no waiver; eight weeks to the draft."""
    put_in_home(home, (IN_TWO_WEEKS, "duration_weeks = 3"))
    with session(filled) as opened:
        version = store(opened)
    publish_now(filled, version)
    day = date(2005, 10, 3)
    while day < date(2007, 3, 1):
        sign_what_is_due(filled, day)
        with session(filled) as opened:
            advance(opened, day)
        day += timedelta(weeks=1)
    with session(filled) as opened:
        review = find(opened, "sheffield-jar")
        steps = {step.step_id: step for step in steps_of(opened, review)}
        fieldwork = steps["fieldwork"]
        assert (fieldwork.start_on, fieldwork.end_on) == (date(2006, 1, 30), date(2006, 2, 18))
        assert fieldwork.waiver_needed == ""
        assert steps["draft_report"].due_on == date(2006, 4, 13)
        assert {step.state for step in steps.values()} == {"done"}
        assert review.state == "done"


def test_a_comment_in_the_file_is_no_new_text(noticed: Engine, home: Path) -> None:
    put_in_home(home, (IN_TWO_WEEKS, "duration_weeks = 2    # as ever"))
    with session(noticed) as opened:
        assert earlier_texts(opened, frameworks()) == []


def test_a_plan_solved_under_another_text_is_refused(noticed: Engine, home: Path) -> None:
    with session(noticed) as opened:
        version = store(opened)
    put_in_home(home, (IN_TWO_WEEKS, "duration_weeks = 3"))
    with pytest.raises(PlanRefused) as caught:
        publish_now(noticed, version)
    assert [str(finding) for finding in caught.value.findings] == [
        "framework jar-2005: the plan keeps 2 weeks for fieldwork of 1 activity, the file now says 3. Solve again.",
        f"plan {version}: frameworks/jar-2005.toml: stages.fieldwork.duration_weeks: edited since it was made. "
        "Solve again, or waive stale_plan.",
    ]


def test_a_plan_that_keeps_more_weeks_than_the_text_wants_is_no_matter(noticed: Engine, home: Path) -> None:
    """An event may lengthen a stage; that it was solved under another text is for the planner to judge."""
    with session(noticed) as opened:
        version = store(opened)
    put_in_home(home, (IN_TWO_WEEKS, "duration_weeks = 1"))
    assert publish_now(noticed, version, Waiver.STALE_PLAN).reworded == {"jar-2005": ["cheshire-jar"]}


@pytest.mark.parametrize("status", ["draft", "consulted"])
def test_nothing_is_published_under_a_framework_that_is_not_approved_r001(
    filled: Engine, home: Path, status: str
) -> None:
    """R001: it can be solved, as here."""
    put_in_home(home, ('status = "published"', f'status = "{status}"'))
    assert refusals(filled) == [
        f"framework jar-2005: its status is '{status}'; 1 activity follows it. (R001) "
        'Once it is approved, set status = "approved" in its file.'
    ]


def test_an_approved_framework_is_enough_r001(filled: Engine, home: Path) -> None:
    put_in_home(home, ('status = "published"', 'status = "approved"'))
    with session(filled) as opened:
        version = store(opened)
    assert publish_now(filled, version).activities == 2


@pytest.mark.parametrize(
    ("old", "new", "holds"),
    [
        ("valid_from = 2005-04-01", "valid_from = 2006-01-10", "from 10 January 2006"),
        (
            "valid_to = 2009-04-01",
            "valid_to = 2006-01-09",
            "from 1 April 2005 and until the day before 9 January",
        ),
    ],
)
def test_an_activity_that_starts_while_its_framework_does_not_hold_is_refused(
    filled: Engine, home: Path, old: str, new: str, holds: str
) -> None:
    put_in_home(home, (old, new))
    (told,) = refusals(filled)
    assert told.startswith("activity sheffield-jar: it starts on 9 January 2006, but jar-2005 holds from ")
    assert holds in told


def test_a_framework_holds_on_its_first_day(filled: Engine, home: Path) -> None:
    put_in_home(home, ("valid_from = 2005-04-01", "valid_from = 2006-01-09"))
    with session(filled) as opened:
        version = store(opened)
    assert publish_now(filled, version).new == 2


def test_a_step_that_the_new_text_has_no_more_is_superseded_and_may_return(
    noticed: Engine, home: Path
) -> None:
    with session(noticed) as opened:
        activity = find(opened, "cheshire-jar")
        jar = rules_of(opened).of(activity)
        shorter = jar.model_copy(update={"steps": jar.steps[:-1]})
        date_steps(opened, activity, shorter, PLANNED_ON)
        assert len(steps_of(opened, activity)) == 13
        assert step_of(opened, "cheshire-jar", "evaluation").state == "superseded"
        date_steps(opened, activity, jar, PLANNED_ON)
        assert step_of(opened, "cheshire-jar", "evaluation").state == "planned"


def test_repetitions_that_are_no_more_are_superseded_unless_they_are_done(noticed: Engine) -> None:
    with session(noticed) as opened:
        activity = find(opened, "cheshire-jar")
        jar = rules_of(opened).of(activity)
        for times in (4, 2):
            last = jar.steps[-1].model_copy(update={"repeat": Repeat(every=6, times=times)})
            date_steps(
                opened, activity, jar.model_copy(update={"steps": (*jar.steps[:-1], last)}), PLANNED_ON
            )
            if times == 4:
                done = step_of(opened, "cheshire-jar", "evaluation_3")
                done.state, done.actual_on = "done", done.due_on
        states = [step_of(opened, "cheshire-jar", f"evaluation_{number}").state for number in (2, 3, 4)]
        assert states == ["planned", "done", "superseded"]


def test_a_framework_whose_file_has_gone_still_serves_what_was_published(noticed: Engine, home: Path) -> None:
    with session(noticed) as opened:
        rules = rules_of(opened)
        without = type(rules)(rules.policy, {}, rules.kept)
        assert without.of(find(opened, "sheffield-jar")).id == "jar-2005"
