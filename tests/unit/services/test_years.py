"""The year around the cycle: every area is assessed each year, and its review decides what a year is for it."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from config.policy import InvalidPolicy, load_policy
from models import Activity, ActivityGrade, Area, Programme, Rating, Step, YearlyAssessment, session
from services.audit import Word
from services.errors import AlreadySo, NotFound, Refused
from services.plans.concern_counts import ChangedIndex, count_again
from services.shown.attention import concerns
from services.shown.priority import priority_of
from services.shown.waiting_list import waiting
from services.shown.years import YearLine, year_lines, years_counted
from services.years import inputs, judging, steps
from services.years.made import MadeYear, find_assessment, make_what_is_due, make_year, reports_by_area
from services.years.roles import YearRole, days_of, has_field_exercise, review_years, role_in
from tests import tables
from tests.known import known
from tests.policy_files import DEFAULT, without, write_policy
from tests.tables import at

RULES = known(load_policy("default").yearly)
ALL = {"overall": "3", "education": "3", "social_care": "2"}
YORK, LATE = date(2006, 10, 6), date(2007, 4, 13)


def word(day: date, note: str = "") -> Word:
    return Word("planner", at(day), day, note)


def test_the_first_year_has_a_field_exercise_in_june_and_july_and_ends_in_december_r109_r115() -> None:
    """31 July 2005 is a Sunday, and 31 December a Saturday."""
    days = days_of(2005, RULES)
    assert (days.field_first, days.field_last) == (date(2005, 6, 1), date(2005, 7, 29))
    assert (days.judged_by, days.out_by) == (date(2005, 11, 30), date(2005, 12, 30))
    assert (days.made_on, days.issued_until) == (date(2005, 1, 2), date(2005, 2, 28))


@pytest.mark.parametrize(
    ("report", "roles"),
    [
        (YORK, {2006: YearRole.REVIEW, 2007: YearRole.FOLLOW_UP, 2008: YearRole.AGENDA}),
        (LATE, {2006: YearRole.AGENDA, 2007: YearRole.REVIEW, 2008: YearRole.FOLLOW_UP}),
        (date(2006, 11, 30), {2006: YearRole.REVIEW, 2007: YearRole.FOLLOW_UP}),
        (date(2006, 12, 1), {2006: YearRole.AGENDA, 2007: YearRole.REVIEW}),
    ],
)
def test_a_report_that_is_out_by_30_november_makes_the_year_of_the_review_r021_r093(
    report: date, roles: Mapping[int, YearRole]
) -> None:
    """York: report on 6 October 2006. Fieldwork to 1 December 2006 and report on 13 April 2007: 2006 is held."""
    reviewed = review_years([report], RULES)
    assert {year: role_in(year, reviewed) for year in roles} == roles


def test_nothing_is_examined_in_the_year_of_a_review_but_in_the_first_year_of_all_r107_r113() -> None:
    held = {year: has_field_exercise(year, YearRole.REVIEW, RULES) for year in (2005, 2006, 2007)}
    assert held == {2005: True, 2006: False, 2007: False}
    assert has_field_exercise(2006, YearRole.FOLLOW_UP, RULES)
    assert has_field_exercise(2006, YearRole.AGENDA, RULES)


def test_what_holds_of_150_areas_in_three_years_adds_up_r021_r113() -> None:
    """35, 60 and 55 areas with a review leave 115, 90 and 95 field exercises."""
    years = [2006] * 35 + [2007] * 60 + [2008] * 55
    reviewed = [review_years([date(year, 6, 1)], RULES) for year in years]
    counts = {
        year: sum(has_field_exercise(year, role_in(year, own), RULES) for own in reviewed)
        for year in (2006, 2007, 2008)
    }
    assert counts == {2006: 115, 2007: 90, 2008: 95}


@pytest.fixture
def programme(engine: Engine) -> Engine:
    """Sheffield's report is out on 6 October 2006, Cheshire's on 13 April 2007, Wigan has no date yet."""
    with session(engine) as opened:
        tables.fill(opened)
        for code, day in (("sheffield", YORK), ("cheshire", LATE)):
            activity = opened.exec(select(Activity).where(Activity.code == f"{code}-jar")).one()
            opened.add(
                Step(
                    activity_id=activity.id or 0, step_id="publication", position=1, kind="deadline",
                    name="Report published", due_on=day,
                )
            )  # fmt: skip
    return engine


def made(engine: Engine, year: int = 2006) -> None:
    with session(engine) as opened:
        make_year(opened, year, word(date(year, 1, 2)))


def roles(opened: Session, year: int) -> dict[str, str]:
    return {line.area: line.role for line in year_lines(opened, date(year, 1, 2), year=year)}


def test_the_yearly_run_gives_every_area_its_assessment_once_r107(programme: Engine) -> None:
    with session(programme) as opened:
        with pytest.raises(Refused, match="it is made on 2 January 2006"):
            make_year(opened, 2006, word(date(2006, 1, 1)))
        assert make_year(opened, 2006, word(date(2006, 1, 2))) == MadeYear(2006, 3, 0)
        assert make_year(opened, 2006, word(date(2006, 1, 3))) == MadeYear(2006, 0, 0)
        assert roles(opened, 2006) == {"sheffield": "review", "cheshire": "agenda", "wigan": "agenda"}
        make_year(opened, 2007, word(date(2007, 1, 2)))
        assert roles(opened, 2007) == {"sheffield": "follow_up", "cheshire": "review", "wigan": "agenda"}


def test_all_areas_have_a_field_exercise_in_2005_r107(programme: Engine) -> None:
    made(programme, 2005)
    with session(programme, read_only=True) as opened:
        (counts,) = years_counted(year_lines(opened, date(2005, 1, 2)), date(2005, 1, 2))
    assert (counts.num_field, len(counts.not_judged), counts.is_over) == (3, 3, False)


@pytest.mark.parametrize(
    ("day", "num"),
    [(date(2005, 9, 1), None), (date(2006, 1, 1), None), (date(2006, 1, 2), 3), (date(2006, 8, 1), 3),
     (date(2007, 1, 2), 3), (date(2008, 1, 2), None)],
)  # fmt: skip
def test_the_tick_makes_a_year_from_2_january_within_the_programme_r111(
    programme: Engine, day: date, num: int | None
) -> None:
    """Planned on 1 August 2005, last starts in December 2006: the years 2006 and 2007."""
    with session(programme) as opened:
        found = make_what_is_due(opened, word(day))
    assert (None if found is None else found.added) == num


def test_a_policy_without_yearly_rules_has_no_assessments(programme: Engine, home: Path) -> None:
    tables_of = (
        "[yearly]",
        "[yearly.days]",
        "[yearly.roles]",
        "[yearly.judgements]",
        "[yearly.inputs]",
        "[yearly.people]",
    )
    name = write_policy(home, "plain", without(DEFAULT, *tables_of))
    with session(programme) as opened:
        opened.get_one(Programme, 1).policy = name
        opened.flush()
        assert make_what_is_due(opened, word(date(2006, 1, 2))) is None
        assert year_lines(opened, date(2006, 1, 2)) == []
        with pytest.raises(Refused, match="no yearly assessment"):
            make_year(opened, 2006, word(date(2006, 1, 2)))


def test_roles_follow_the_dates_of_reviews_until_the_field_exercise_begins_r021(programme: Engine) -> None:
    made(programme)
    with session(programme) as opened:
        activity = opened.exec(select(Activity).where(Activity.code == "sheffield-jar")).one()
        step = opened.exec(select(Step).where(Step.activity_id == activity.id)).one()
        step.due_on = LATE
        opened.flush()
        assert make_year(opened, 2006, word(date(2006, 3, 1))).changed == 1
        assert roles(opened, 2006)["sheffield"] == "agenda"
        examined(opened, "sheffield")
        step.actual_on = YORK
        opened.flush()
        assert [report.out_on for report in reports_by_area(opened, load_policy())["sheffield"]] == [YORK]
        assert make_year(opened, 2006, word(date(2006, 12, 1))).changed == 0


def examined(opened: Session, area: str, year: int = 2006) -> YearlyAssessment:
    """An assessment whose field exercise has begun."""
    found = find_assessment(opened, area, year)
    steps.say_returned(opened, found, date(year, 4, 28), word(date(year, 5, 2)))
    return steps.begin_field(opened, found, date(year, 6, 12), word(date(year, 6, 12)))


def refused(engine: Engine, say) -> str:
    with session(engine) as opened, pytest.raises(Refused) as error:
        say(opened)
    return str(error.value)


def test_an_area_goes_from_issued_to_published_r109_r111_r115(programme: Engine) -> None:
    made(programme)
    with session(programme) as opened:
        for area in ("cheshire", "wigan"):
            judging.judge_area(
                opened, examined(opened, area), ALL, date(2006, 11, 20), word(date(2006, 11, 20))
            )
        reviewed = find_assessment(opened, "Sheffield", 2006)
        steps.say_returned(opened, reviewed, date(2006, 4, 28), word(date(2006, 4, 28)))
        judging.judge_area(opened, reviewed, ALL, date(2006, 10, 9), word(date(2006, 10, 9)))
        assert steps.publish_year(opened, 2006, date(2006, 12, 14), word(date(2006, 12, 14))) == 3
        lines = year_lines(opened, date(2006, 12, 15))
        with pytest.raises(AlreadySo):
            steps.publish_year(opened, 2006, date(2006, 12, 14), word(date(2006, 12, 15)))
    assert {line.state for line in lines} == {"published"}
    assert [(given.name, given.grade) for given in lines[0].grades] == [
        ("Overall", "3"), ("Education", "3"), ("Children's social services", "2"),
    ]  # fmt: skip


def test_the_year_of_a_review_takes_its_grades_from_it_r042_r113(programme: Engine) -> None:
    made(programme)
    with session(programme) as opened:
        activity = opened.exec(select(Activity).where(Activity.code == "sheffield-jar")).one()
        for name, grade in ALL.items():
            opened.add(
                ActivityGrade(
                    activity_id=activity.id or 0, judgement=name, grade=grade, decided_on=YORK, said_by="Ann",
                    said_at=at(YORK),
                )
            )  # fmt: skip
        row = find_assessment(opened, "sheffield", 2006)
        steps.say_returned(opened, row, date(2006, 4, 28), word(date(2006, 4, 28)))
        found = judging.judge_area(opened, row, {}, date(2006, 10, 9), word(date(2006, 10, 9)))
    assert {name: (given.grade, given.from_review) for name, given in found.items()} == {
        name: (grade, "sheffield-jar") for name, grade in ALL.items()
    }


def test_a_field_exercise_in_the_year_of_a_review_is_refused_r113(programme: Engine) -> None:
    made(programme)
    told = refused(
        programme,
        lambda opened: steps.begin_field(
            opened, find_assessment(opened, "sheffield", 2006), date(2006, 6, 12), word(date(2006, 6, 12))
        ),
    )
    assert "nothing is examined in the field in the year of a review" in told


def test_a_missing_grade_of_education_is_named_and_nothing_judged_r107(programme: Engine) -> None:
    made(programme)
    with session(programme) as opened:
        examined(opened, "wigan")
    grades = {"overall": "3", "social_care": "2"}
    told = refused(programme, lambda opened: judged(opened, "wigan", grades))
    assert "it has no grade for 'Education'. (R107)" in told
    with session(programme, read_only=True) as opened:
        assert find_assessment(opened, "wigan", 2006).state == "field"


def judged(
    opened: Session, area: str, grades: Mapping[str, str], day: date = date(2006, 11, 20), note: str = ""
) -> object:
    return judging.judge_area(opened, find_assessment(opened, area, 2006), grades, day, word(day, note))


@pytest.mark.parametrize(
    ("grades", "says"),
    [({**ALL, "overall": "5"}, "no grade '5'"), ({**ALL, "educatoin": "3"}, "nothing of that name")],
)
def test_grades_are_those_of_the_policy_r107(programme: Engine, grades: dict[str, str], says: str) -> None:
    made(programme)
    with session(programme) as opened:
        examined(opened, "wigan")
    assert says in refused(programme, lambda opened: judged(opened, "wigan", grades))


def test_a_result_before_the_field_exercise_is_refused_r109(programme: Engine) -> None:
    made(programme)
    told = refused(programme, lambda opened: judged(opened, "wigan", ALL))
    assert "its field exercise has not begun" in told


def test_after_30_november_judging_needs_a_reason_and_keeps_it_r115(programme: Engine) -> None:
    made(programme)
    with session(programme) as opened:
        examined(opened, "wigan")
    late = date(2006, 12, 4)
    assert "later than 30 November 2006" in refused(
        programme, lambda opened: judged(opened, "wigan", ALL, late)
    )
    with session(programme) as opened:
        judged(opened, "wigan", ALL, late, "the director was ill")
        (line,) = year_lines(opened, late, "wigan")
    assert (line.late_because, line.is_late) == ("the director was ill", False)


def test_a_correction_needs_a_reason_r107(programme: Engine) -> None:
    made(programme)
    with session(programme) as opened:
        examined(opened, "wigan")
        judged(opened, "wigan", ALL)
    other, day = {"education": "2"}, date(2006, 11, 22)
    told = refused(programme, lambda opened: judged(opened, "wigan", other, day))
    assert "it was graded 3; a correction needs a reason." in told
    with session(programme) as opened:
        judged(opened, "wigan", other, day, "read wrongly")
        with pytest.raises(AlreadySo):
            judged(opened, "wigan", other, day, "again")
        (line,) = year_lines(opened, day, "wigan")
    assert [given.grade for given in line.grades] == ["3", "2", "2"]


@pytest.mark.parametrize("day", [date(2006, 5, 31), date(2006, 8, 1)])
def test_a_field_exercise_outside_june_and_july_needs_a_reason_r109(programme: Engine, day: date) -> None:
    made(programme)

    def begin(opened: Session, note: str = "") -> object:
        return steps.begin_field(opened, find_assessment(opened, "wigan", 2006), day, word(day, note))

    assert "its self-assessment has not come back yet" in refused(programme, begin)
    with session(programme) as opened:
        steps.say_returned(
            opened, find_assessment(opened, "wigan", 2006), date(2006, 4, 28), word(date(2006, 5, 2))
        )
    assert "is not within 1 June 2006 and 31 July 2006" in refused(programme, begin)
    with session(programme) as opened:
        begin(opened, "a bank holiday")
        assert find_assessment(opened, "wigan", 2006).field_on == day


@pytest.mark.parametrize(
    ("day", "says"), [(date(2005, 12, 30), "is earlier than"), (date(2006, 6, 1), "is later than today")]
)
def test_a_self_assessment_comes_back_after_it_was_issued_and_not_ahead_r111(
    programme: Engine, day: date, says: str
) -> None:
    made(programme)
    told = refused(
        programme,
        lambda opened: steps.say_returned(
            opened, find_assessment(opened, "wigan", 2006), day, word(date(2006, 5, 2))
        ),
    )
    assert says in told


def test_areas_that_are_not_judged_are_named_from_1_december_on_r115(programme: Engine) -> None:
    made(programme)
    with session(programme) as opened:
        examined(opened, "wigan")
        judged(opened, "wigan", ALL)
    with session(programme) as opened:
        (counts,) = years_counted(year_lines(opened, date(2006, 12, 1)), date(2006, 12, 1))
        assert (counts.not_judged, counts.is_over) == (("Cheshire", "Sheffield"), True)
        day = date(2006, 12, 14)
        with pytest.raises(Refused, match="2 areas are not judged: Cheshire and Sheffield"):
            steps.publish_year(opened, 2006, day, word(day))


def test_the_first_page_warns_of_areas_that_are_not_judged_r115(engine: Engine) -> None:
    tables.published(engine)
    made(engine)
    with session(engine) as opened:
        on_time = concerns(opened, date(2006, 11, 30))
        late = concerns(opened, date(2006, 12, 1))
    assert [found for found in on_time if found.kind == "not-judged"] == []
    (found,) = (found for found in late if found.kind == "not-judged")
    assert (
        "APA 2006: Cheshire, Sheffield and Wigan should have been judged by 30 November 2006" in found.message
    )


def test_inputs_of_other_bodies_are_kept_by_kind_r176_r188(programme: Engine) -> None:
    made(programme)
    day = date(2006, 7, 26)
    with session(programme) as opened:
        row = find_assessment(opened, "wigan", 2006)
        inputs.record_input(
            opened, row, "health_rating", "two stars", "Healthcare Commission", day, word(day)
        )
        inputs.record_input(opened, row, "health_rating", "one star", "Healthcare Commission", day, word(day))
        inputs.record_input(opened, row, "hmic_baseline", "good", "HMIC", day, word(day))
        with pytest.raises(Refused, match="no such input"):
            inputs.record_input(opened, row, "stars", "two", "somebody", day, word(day))
        with pytest.raises(Refused, match="it has no source"):
            inputs.record_input(opened, row, "hmic_baseline", "fair", "", day, word(day))
        (line,) = year_lines(opened, day, "wigan")
    assert [(given.name, given.value) for given in line.inputs] == [
        ("Performance rating of health services", "one star"),
        ("HMIC baseline assessment of police", "good"),
    ]


def test_the_conversation_names_who_took_part_and_its_points_r114_r178(programme: Engine) -> None:
    made(programme)
    day = date(2006, 10, 12)

    def converse(opened: Session, people: list[str], points: str, on: date = day) -> object:
        row = find_assessment(opened, "wigan", 2006)
        return inputs.record_conversation(opened, row, people, points, on, word(day))

    with session(programme) as opened:
        converse(opened, ["director", "regional_change_adviser"], "Places for looked-after children")
        (line,) = year_lines(opened, day, "wigan")
    assert [(talk.held_on, talk.people) for talk in line.talks] == [
        (day, ("Director of children's services", "DfES regional change adviser"))
    ]
    assert "nobody took part" in refused(programme, lambda opened: converse(opened, [], "x"))
    assert "nobody is called 'mayor'" in refused(programme, lambda opened: converse(opened, ["mayor"], "x"))
    assert "it has no points" in refused(programme, lambda opened: converse(opened, ["director"], " "))
    assert "is not in 2006" in refused(
        programme, lambda opened: converse(opened, ["director"], "x", date(2005, 10, 12))
    )


def test_a_year_that_was_not_made_has_no_assessment(programme: Engine) -> None:
    with session(programme) as opened, pytest.raises(NotFound, match="there is no APA 2006 of this area"):
        find_assessment(opened, "wigan", 2006)


def line_of(opened: Session, area: str) -> YearLine:
    return known(next((line for line in year_lines(opened, date(2006, 6, 1)) if line.area == area), None))


def test_a_line_says_what_the_year_is_in_the_policy_s_words_r021(programme: Engine) -> None:
    made(programme)
    with session(programme, read_only=True) as opened:
        assert line_of(opened, "sheffield").role_name == "JAR"
        assert line_of(opened, "wigan").role_name == "Agenda"


def test_a_result_counts_towards_concern_from_the_day_after_it_is_out_r024_r110(programme: Engine) -> None:
    """Wigan is graded 1 overall, which adds three points to the one of an excellent council."""
    made(programme)
    out_on = date(2006, 12, 14)
    with session(programme) as opened:
        opened.add(
            Rating(
                area_code="wigan", measure="cpa_category", value="excellent", published_on=date(2004, 12, 16),
                source="a report",
            )
        )  # fmt: skip
        wigan = opened.get_one(Area, "wigan")
        wigan.is_urgency_given, wigan.urgency = False, 1
        for area in ("cheshire", "wigan"):
            examined(opened, area)
            judged(opened, area, {**ALL, "overall": "1"})
        steps.say_returned(
            opened, find_assessment(opened, "sheffield", 2006), date(2006, 4, 28), word(date(2006, 4, 28))
        )
        judged(opened, "sheffield", ALL)
        assert count_again(opened, out_on, "tick", at(out_on)) == []
        steps.publish_year(opened, 2006, out_on, word(out_on))
        assert count_again(opened, out_on, "tick", at(out_on)) == []
        day = date(2006, 12, 15)
        assert count_again(opened, day, "tick", at(day)) == [ChangedIndex("wigan", 1, 4)]
        lines = priority_of(opened, wigan, day).lines
    assert [(line.name, line.value, line.points, line.source) for line in lines] == [
        ("APA, overall", "1", 3, "APA 2006"),
        ("CPA category", "excellent", 1, "a report"),
    ]


def test_a_measure_is_taken_from_what_is_judged_r110(home: Path) -> None:
    write_policy(home, "wrong", DEFAULT.replace('apa_overall = "overall"', 'apa_overall = "general"'))
    with pytest.raises(InvalidPolicy, match="'apa_overall' is taken from 'general', which is not judged"):
        load_policy("wrong")


def test_the_days_of_a_year_follow_each_other_r115(home: Path) -> None:
    write_policy(home, "mixed", DEFAULT.replace('field_first = "06-01"', 'field_first = "12-01"'))
    with pytest.raises(InvalidPolicy, match="must follow each other"):
        load_policy("mixed")


def test_who_judges_has_the_areas_to_judge_from_1_june_until_they_are_judged_r109_r115(
    programme: Engine,
) -> None:
    made(programme)
    with session(programme) as opened:
        assert waiting(opened, date(2006, 5, 31)) == []
        found = waiting(opened, date(2006, 6, 1))
        assert [(item.action.area, item.action.in_words(), item.action.is_late) for item in found] == [
            (area, "Judge in the year: APA 2006", False) for area in ("Cheshire", "Sheffield", "Wigan")
        ]
        assert {person.name for item in found for person in item.people} == {"Lead Office"}
        assert (found[0].action.since, found[0].action.due) == (date(2006, 6, 1), date(2006, 11, 30))
        examined(opened, "wigan")
        judged(opened, "wigan", ALL)
        late = waiting(opened, date(2006, 12, 1))
        assert [(item.action.area_code, item.action.is_late) for item in late] == [
            ("cheshire", True), ("sheffield", True),
        ]  # fmt: skip
        assert waiting(opened, date(2006, 12, 1), "wigan") == []
