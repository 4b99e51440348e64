"""Evidence is asked for once, also where several activities need it (R041, R065, R069, R070, R076, R116-R120)."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, update
from sqlmodel import select

from config.framework_files import find_framework
from config.policy import EvidenceRules
from models import Activity, Evidence, EvidenceFile, EvidenceNeed, session
from services.casework.advancing import advance
from services.casework.evidence.answers import receive
from services.casework.evidence.asking import serving
from services.casework.evidence.checklists import burden, checklist, open_items
from services.casework.evidence.kept_files import Receipt
from services.casework.steps import date_steps, first_day
from services.programme import rules_of
from tests.york import (
    ANALYSIS,
    AREA,
    CA,
    CA_NOTICE,
    JAR,
    NOTICE,
    SET_UP,
    needs,
    sign,
    step_of,
    word,
    york,
)

REVIEW = find_framework("jar-2005")
RULES = EvidenceRules()
SELF_ASSESSMENT = "self_assessment_material"


@pytest.fixture
def programme(engine: Engine) -> Engine:
    york(engine)
    return engine


def test_nothing_is_asked_before_the_notice_is_signed_off(programme: Engine) -> None:
    """R065, R069: York is asked on 10 February 2006, not on the counted 30 January."""
    with session(programme) as opened:
        assert step_of(opened, JAR, "notification").due_on == date(2006, 1, 30)
        assert advance(opened, date(2006, 2, 9)).requests == 0
        assert needs(opened, JAR) == {}
        assert sign(opened, JAR, "notification", NOTICE) == 5
        found = needs(opened, JAR)
        assert set(found) == {item.id for item in REVIEW.evidence if item.asked_at == "notification"}
        assert {evidence.asked_on for _need, evidence in found.values()} == {NOTICE}


def test_what_is_signed_off_late_is_asked_for_on_the_day_on_which_it_happened(programme: Engine) -> None:
    with session(programme) as opened:
        sign(opened, JAR, "notification", NOTICE)
        assert advance(opened, NOTICE + timedelta(days=3)).requests == 0
        assert needs(opened, JAR)["plans"][1].asked_on == NOTICE


def test_the_self_assessment_is_due_on_the_day_of_its_step_and_the_rest_before_the_analysis(
    programme: Engine,
) -> None:
    """R065, R071: 27 March for the self-assessment; 21 April, the last working day before 24 April, for the others."""
    with session(programme) as opened:
        sign(opened, JAR, "notification", NOTICE)
        due = {item: evidence.due_on for item, (_need, evidence) in needs(opened, JAR).items()}
    assert due.pop(SELF_ASSESSMENT) == date(2006, 3, 27)
    assert len(due) == 4
    assert set(due.values()) == {date(2006, 4, 21)}


def test_what_an_assessment_needs_too_is_linked_and_not_asked_again(programme: Engine) -> None:
    """R041, R065, R072, R076, R117, R120, R160: York is asked for one self-assessment, not for two."""
    with session(programme) as opened:
        sign(opened, JAR, "notification", NOTICE)
        assert sign(opened, CA, "notification", CA_NOTICE) == 0
        review, assessment = needs(opened, JAR), needs(opened, CA)
        assert set(assessment) == {SELF_ASSESSMENT, "plans"}
        for item, (need, evidence) in assessment.items():
            assert (evidence.id, need.was_asked) == (review[item][1].id, False)
        evidence = assessment[SELF_ASSESSMENT][1]
        assert (evidence.asked_of, evidence.due_on) == ("director", date(2006, 3, 27))
        lines = {(line.activity, line.item): line for line in checklist(opened, CA_NOTICE, AREA)}
        assert "already asked on 10 February 2006 for sheffield-jar" in lines[CA, SELF_ASSESSMENT].status


def test_the_second_activity_has_no_deadline_of_its_own(programme: Engine) -> None:
    """R120."""
    with session(programme) as opened:
        sign(opened, JAR, "notification", NOTICE)
        before = step_of(opened, CA, "self_assessment")
        assert (before.due_on, before.state) == (date(2006, 4, 13), "planned")  # Easter Monday is the 17th
        sign(opened, CA, "notification", CA_NOTICE)
        left_out = step_of(opened, CA, "self_assessment")
        assert left_out.state == "left_out"
        assert left_out.notes == "Already asked for on 10 February 2006 for sheffield-jar"
        advance(opened, date(2006, 6, 1))
        assert left_out.state == "left_out"
        assert step_of(opened, JAR, "self_assessment").state == "overdue"


def test_a_deadline_that_is_left_out_stays_out_when_the_dates_move(programme: Engine) -> None:
    with session(programme) as opened:
        sign(opened, JAR, "notification", NOTICE)
        sign(opened, CA, "notification", CA_NOTICE)
        step = step_of(opened, CA, "self_assessment")
        activity = opened.get_one(Activity, step.activity_id)
        step.due_on = date(2006, 4, 3)
        opened.flush()
        assert "self_assessment" in {
            moved.step_id for moved in date_steps(opened, activity, rules_of(opened).of(activity), CA_NOTICE)
        }
        assert step.state == "left_out"
        assert step.notes.startswith("Already asked for")


def test_the_one_who_co_ordinates_is_asked_also_where_the_assessment_comes_first(programme: Engine) -> None:
    """R065: the director, not the chief executive whom the assessment would ask."""
    with session(programme) as opened:
        assert sign(opened, CA, "notification", CA_NOTICE) == 2
        found = needs(opened, CA)
        assert {evidence.asked_of for _need, evidence in found.values()} == {"director"}
        assert found[SELF_ASSESSMENT][1].due_on == date(2006, 4, 13)
        later = date(2006, 3, 10)
        assert sign(opened, JAR, "notification", later) == 3
        shared = needs(opened, JAR)[SELF_ASSESSMENT]
        assert shared[1].id == found[SELF_ASSESSMENT][1].id
        assert shared[1].due_on == date(2006, 3, 27)  # the earlier day holds
        assert step_of(opened, JAR, "self_assessment").state == "left_out"


def test_the_burden_of_an_area_counts_what_it_was_asked_and_what_it_was_spared(programme: Engine) -> None:
    """R116: 12 requests for York, 2 avoided."""
    with session(programme) as opened:
        assert str(burden(opened, AREA)) == "no requests, 0 avoided"
        sign(opened, JAR, "notification", NOTICE)
        assert sign(opened, JAR, "set_up", SET_UP) == 7
        sign(opened, CA, "notification", CA_NOTICE)
        assert burden(opened, AREA) == (12, 2)
        assert str(burden(opened, AREA)) == "12 requests, 2 avoided"


def test_what_the_team_gathers_itself_burdens_nobody(programme: Engine) -> None:
    """R116: tracking, neighbourhood studies and first-hand evidence are the inspectors' own work."""
    with session(programme) as opened:
        for step, day in (("notification", NOTICE), ("set_up", SET_UP)):
            sign(opened, JAR, step, day)
        sign(opened, JAR, "self_assessment", date(2006, 3, 27))
        sign(opened, JAR, "consultation", date(2006, 4, 21))
        advance(opened, date(2006, 4, 29))
        assert sign(opened, JAR, "analysis", date(2006, 4, 28)) == 3
        assert burden(opened, AREA) == (12, 0)


@pytest.mark.parametrize(
    ("analysis", "is_served", "is_update"),
    [
        (date(2006, 8, 28), True, False),
        (date(2006, 9, 11), True, True),
        (date(2007, 2, 26), True, True),
        (date(2007, 3, 12), False, False),
    ],
)
def test_what_came_a_while_ago_is_updated_and_after_a_year_asked_anew(
    analysis: date, is_served: bool, is_update: bool
) -> None:
    """R072, R116, R120: what an annual assessment received on 28 February 2006 serves a review of 11 September."""
    came = Evidence(area_code=AREA, name="", due_on=analysis, state="accepted", received_on=date(2006, 2, 28))
    found = serving([came], analysis, analysis - timedelta(weeks=12), RULES)
    assert found == (came if is_served else None, is_update)


def test_what_one_activity_handed_in_half_a_year_before_another_needs_it_is_brought_up_to_date(
    programme: Engine,
) -> None:
    """R072, R120: the second is asked for an update, and it says of what; what is fresh still serves."""
    with session(programme) as opened:
        sign(opened, JAR, "notification", NOTICE)
        for item in (SELF_ASSESSMENT, "plans"):
            receive(opened, JAR, item, Receipt(NOTICE), word(NOTICE))
        needs(opened, JAR)[SELF_ASSESSMENT][1].received_on = date(2005, 11, 1)
        assert sign(opened, CA, "notification", CA_NOTICE) == 1
        need, evidence = needs(opened, CA)[SELF_ASSESSMENT]
        assert (need.was_asked, evidence.is_update) == (True, True)
        assert evidence.note == "Brings up to date what came in on 1 November 2005."
        assert step_of(opened, CA, "self_assessment").state == "planned"
        assert not needs(opened, CA)["plans"][0].was_asked


def test_an_open_request_older_than_a_year_is_asked_again(programme: Engine) -> None:
    """R120: one in a window, not one for ever."""
    with session(programme) as opened:
        sign(opened, JAR, "notification", NOTICE)
        opened.exec(update(Evidence).values(asked_on=CA_NOTICE - timedelta(days=366)))
        assert sign(opened, CA, "notification", CA_NOTICE) == 2


def test_what_is_shared_is_due_for_whoever_needs_it_first(programme: Engine) -> None:
    with session(programme) as opened:
        sign(opened, JAR, "notification", NOTICE)
        opened.exec(update(EvidenceNeed).values(due_on=date(2006, 12, 1)))
        opened.exec(update(Evidence).values(due_on=date(2006, 12, 1)))
        sign(opened, CA, "notification", CA_NOTICE)
        found = needs(opened, JAR)
        assert found["plans"][1].due_on == date(2006, 5, 12)
        assert found["performance_data"][1].due_on == date(2006, 12, 1)


def test_what_has_not_come_moves_with_the_dates(programme: Engine) -> None:
    with session(programme) as opened:
        sign(opened, JAR, "notification", NOTICE)
        receive(opened, JAR, "plans", Receipt(NOTICE), word(NOTICE))
        activity = opened.get_one(Activity, step_of(opened, JAR, "analysis").activity_id)
        step_of(opened, JAR, "self_assessment").agreed_on = date(2006, 4, 3)
        opened.flush()
        date_steps(opened, activity, rules_of(opened).of(activity), NOTICE)
        found = needs(opened, JAR)
        assert found[SELF_ASSESSMENT][1].due_on == date(2006, 4, 3)
        assert found["plans"][1].due_on == date(2006, 4, 21)


def test_seven_kinds_are_asked_for_the_analysis_and_eight_for_fieldwork() -> None:
    """R069, R070."""
    needed = [item.needed_for for item in REVIEW.evidence]
    assert (needed.count("analysis"), needed.count("fieldwork")) == (7, 8)


def test_a_step_waits_for_what_of_its_checklist_has_not_come(programme: Engine) -> None:
    """R047, R069: asked for or not; what came, is held or is not needed is no longer open."""
    with session(programme) as opened:
        activity = opened.get_one(Activity, step_of(opened, JAR, "analysis").activity_id)
        assert len(open_items(opened, activity, "analysis")) == 7
        assert {item.state for item in open_items(opened, activity, "analysis")} == {"planned"}
        sign(opened, JAR, "notification", NOTICE)
        receive(opened, JAR, "plans", Receipt(NOTICE), word(NOTICE))
        found = {item.item: item.state for item in open_items(opened, activity, "analysis")}
        assert found == {
            "performance_data": "asked",
            "annual_assessment_findings": "asked",
            "previous_inspections": "asked",
            SELF_ASSESSMENT: "asked",
            "consultation_findings": "planned",
            "case_files": "planned",
        }
        assert [item.item for item in open_items(opened, activity, "self_assessment")] == [SELF_ASSESSMENT]
        assert open_items(opened, activity, "publication") == ()


def test_the_checklist_has_also_what_is_not_asked_for_yet(programme: Engine) -> None:
    with session(programme) as opened:
        lines = checklist(opened, NOTICE, AREA)
        first = {line.item: line for line in lines if line.activity == JAR}
        assert len(first) == 15
        assert first["plans"].status == "to be asked for after Notification of precise dates"
        assert first[SELF_ASSESSMENT].due_on == date(2006, 3, 27)
        assert opened.exec(select(Evidence)).all() == []
        assert checklist(opened, NOTICE, "nowhere") == []


def test_what_is_not_confidential_may_say_where_it_is_and_the_rest_is_counted() -> None:
    """R073: nobody is identifiable in what is kept; no column holds what an item says."""
    kept = {"id", "area_code", "content", "name", "asked_of", "asked_on", "due_on", "state", "met", "held_by"}
    kept |= {
        "received_on",
        "returned_on",
        "why",
        "note",
        "link",
        "num_pieces",
        "publisher",
        "period",
        "is_update",
    }
    assert set(Evidence.model_fields) == kept | {"is_confidential"}
    assert set(EvidenceFile.model_fields) == {"evidence_id", "name", "size", "sha256", "content"}
    assert {item.id for item in REVIEW.evidence if item.confidential} == {"case_files", "tracking"}


def test_nothing_is_due_before_it_is_asked_for(programme: Engine) -> None:
    """R094: after a short notice the self-assessment is due before the analysis, not in the past."""
    with session(programme) as opened:
        late = date(2006, 4, 3)
        sign(opened, JAR, "notification", late)
        due = {item: evidence.due_on for item, (_need, evidence) in needs(opened, JAR).items()}
        assert due[SELF_ASSESSMENT] == date(2006, 4, 21)
        assert first_day(step_of(opened, JAR, "analysis")) == ANALYSIS


def test_nothing_is_asked_for_once_the_step_that_needs_it_has_begun(programme: Engine) -> None:
    """A programme that is adopted half-way brings reviews of which nobody here asked for evidence."""
    with session(programme) as opened:
        activity = opened.get_one(Activity, step_of(opened, JAR, "analysis").activity_id)
        for step in ("notification", "set_up"):
            step_of(opened, JAR, step).state = "done"
        step_of(opened, JAR, "analysis").state = "open"
        opened.flush()
        assert advance(opened, ANALYSIS).requests == 5
        assert {need.needed_for for need, _evidence in needs(opened, JAR).values()} == {"fieldwork"}
        assert open_items(opened, activity, "analysis") == ()
        line = next(line for line in checklist(opened, ANALYSIS, AREA) if line.item == "case_files")
        assert line.status == "not asked for: Analysis week had begun"
