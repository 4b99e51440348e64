"""Frameworks are data: what they say, how they are found, and what is said about a wrong one."""

from datetime import date

import pytest

from config.framework_files import (
    FOLDER,
    InvalidFramework,
    find_framework,
    framework_on,
    frameworks,
    load_framework,
)
from config.policy import load_policy
from tests.framework_texts import write_visit

JAR_STEPS = [
    "notification",
    "self_assessment",
    "set_up",
    "consultation",
    "analysis",
    "fieldwork",
    "feedback",
    "draft_report",
    "accuracy_comments",
    "discussion",
    "publication",
    "circulation",
    "action_statement",
    "evaluation",
]


@pytest.fixture
def jar():
    return find_framework("jar-2005", frameworks([FOLDER]))


def test_the_shipped_frameworks_are_right():
    of_2005 = {"corporate-assessment-2002", "jar-2005", "yot-inspection-2003"}
    of_today = {
        "area-send-2023",
        "care-assessment-2023",
        "ilacs-2018",
        "ilacs-focused-visit-2018",
        "ilacs-monitoring-visit-2018",
        "jtai-2016",
        "peel-2023",
    }
    of_2009 = {"contact-visit-2009", "safeguarding-2009"}
    assert set(frameworks([FOLDER])) == of_2005 | of_2009 | of_today


def test_a_review_has_every_step_in_the_order_of_r043(jar):
    assert [step.id for step in jar.steps] == JAR_STEPS


def test_analysis_takes_a_week_and_fieldwork_two_after_two_clear_weeks_r047_r049(jar):
    analysis, fieldwork = jar.stages
    assert (analysis.duration_weeks, fieldwork.duration_weeks) == (1, 2)
    assert (fieldwork.min_clear_weeks, fieldwork.max_clear_weeks) == (2, 3)


def test_the_longest_stretch_the_solver_may_use_keeps_the_six_weeks_of_r050(jar):
    analysis, fieldwork = jar.stages
    longest = analysis.duration_weeks + fieldwork.max_clear_weeks + fieldwork.duration_weeks
    assert [longest] == [limit.max_weeks for limit in jar.limits]


def test_only_on_site_stages_avoid_school_holidays(jar):
    assert {s.id: (s.on_site, "school_holidays" in s.avoids) for s in jar.stages} == {
        "analysis": (False, False),
        "fieldwork": (True, True),
    }


@pytest.mark.parametrize("extent", ["light", "standard", "full"])
@pytest.mark.parametrize("after", [None, "ca"])
def test_every_team_keeps_three_to_eight_members_and_what_is_always_covered_r055_r080_r081(
    jar, extent, after
):
    places = jar.places(extent, after=after)
    assert 3 <= sum(places.values()) + 1 <= 8
    assert places.keys() >= {"safeguarding", "looked_after", "special_needs"}


def test_a_review_after_a_corporate_assessment_saves_the_management_seat_r033(jar):
    before, after = jar.places("full"), jar.places("full", after="ca")
    assert before.keys() - after.keys() == {"management"}


def test_beside_a_corporate_assessment_its_people_fill_the_management_seat_r034_r035(jar):
    alone, joint = jar.places("full"), jar.places("full", beside="ca")
    assert alone.keys() - joint.keys() == {"management"}
    assert jar.joint("full", "ca") == {"management": (1, "AC")}
    assert jar.joint("light", "ca") == jar.joint("full", "yot") == {}


def test_what_is_saved_after_a_corporate_assessment_is_named_r033(jar):
    assert jar.saved("full", "ca") == {"management": 1}
    assert jar.saved("light", "ca") == jar.saved("full", "yot") == {}


def test_the_bounds_of_a_team_depend_on_the_extent_r055(jar):
    assert [jar.team_bounds(name) for name in ("light", "standard", "full")] == [(3, 5), (4, 7), (6, 8)]


def test_the_leader_drafts_for_the_eight_weeks_to_the_draft_report_r052(jar):
    assert jar.drafting_weeks() == 8


def test_local_places_go_to_what_matters_in_the_area_r060(jar):
    assert "camhs" in jar.places("standard", focus=("camhs", "post_16"))
    assert "education" in jar.places("standard")
    assert "education" not in jar.places("standard", focus=("camhs",))


def test_a_focus_that_has_a_seat_already_takes_no_local_place(jar):
    assert jar.places("standard", focus=("safeguarding",)) == jar.places("standard")


def test_more_urgency_or_more_people_never_mean_less_fieldwork_r077(jar):
    sizes = {extent.id: extent.num_places() for extent in jar.extents}
    grid = [[sizes[jar.extent(u, p)] for p in (20_000, 60_000, 300_000)] for u in range(1, 11)]
    assert all(row == sorted(row) for row in grid)
    assert all(list(column) == sorted(column) for column in zip(*grid, strict=True))
    assert {size for row in grid for size in row} == set(sizes.values())


def test_the_checklists_have_seven_and_eight_kinds_of_evidence_r069_r070(jar):
    assert len(jar.evidence_for("analysis")) == 7
    assert len(jar.evidence_for("fieldwork")) == 8


def test_self_assessment_and_plans_are_asked_for_once_and_shared_r041_r072_r076(jar):
    shared = {item.content for item in jar.evidence if item.content}
    other = {item.content for item in frameworks([FOLDER])["corporate-assessment-2002"].evidence}
    assert other == {"self_assessment", "plans"}
    assert shared >= other


def test_the_analysis_follows_self_assessment_and_consultation_and_the_draft_the_feedback_r043_r046_r051(jar):
    assert jar.step("analysis").after == ("self_assessment", "set_up", "consultation")
    assert jar.step("draft_report").after == ("feedback",)
    assert jar.step("feedback").after == ("fieldwork",)


def test_the_team_is_final_after_the_analysis_r061(jar):
    assert jar.team.final_after == "analysis"


def test_set_up_confirms_three_things_and_analysis_produces_three_r045_r048(jar):
    assert [len(jar.step(step).outputs) for step in ("set_up", "analysis")] == [3, 3]


def test_letters_go_to_the_director_with_a_copy_to_the_chief_executive_r064_r067(jar):
    notice = jar.step("notification")
    assert (notice.told, notice.copied) == (("director",), ("chief_executive",))


def test_every_step_cites_a_requirement_or_a_source():
    uncited = [
        (f.id, s.id)
        for f in frameworks([FOLDER]).values()
        for s in f.steps
        if not (s.requirements or s.source)
    ]
    assert uncited == []


def test_every_stretch_has_a_price_in_the_policy():
    names = {s.stretch_price for f in frameworks([FOLDER]).values() for s in f.stages} - {None}
    assert names <= set(load_policy().prices.model_dump())


def test_a_framework_is_found_by_the_day_it_is_valid_on():
    known = frameworks([FOLDER])
    assert framework_on("jar", date(2009, 3, 31), known).id == "jar-2005"
    with pytest.raises(InvalidFramework, match="no framework of this kind holds on 2009-04-01"):
        framework_on("jar", date(2009, 4, 1), known)


def test_an_unknown_framework_is_answered_with_the_nearest_name():
    with pytest.raises(InvalidFramework, match="Try 'jar-2005'"):
        find_framework("jar-2006", frameworks([FOLDER]))


def test_a_second_framework_needs_a_file_and_no_code(tmp_path):
    write_visit(tmp_path)
    known = frameworks([FOLDER, tmp_path])
    assert framework_on("visit", date(2020, 1, 1), known).stage("visit").duration_weeks == 3
    assert known["visit-2019"].places("usual") == {"care": 1}


def test_an_operators_own_frameworks_lie_in_the_home_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("JARCYCLE_HOME", str(tmp_path))
    (tmp_path / "frameworks").mkdir()
    write_visit(tmp_path / "frameworks")
    assert "visit-2019" in frameworks()


def test_an_edited_framework_is_read_again(tmp_path):
    path = write_visit(tmp_path)
    before = path.stat().st_mtime_ns
    assert frameworks([tmp_path])["visit-2019"].name == "Focused visit"
    write_visit(tmp_path, ("Focused visit", "Short visit"))
    assert path.stat().st_mtime_ns != before
    assert frameworks([tmp_path])["visit-2019"].name == "Short visit"


def test_every_wrong_key_of_a_file_is_named_with_advice(tmp_path):
    path = write_visit(
        tmp_path,
        ("duration_weeks = 1", 'duration_weeks = "one"'),
        ('status = "draft"\n', ""),
        ("min_members", "mn_members"),
    )
    with pytest.raises(InvalidFramework) as caught:
        load_framework(path)
    findings = {finding.key: finding for finding in caught.value.findings}
    assert set(findings) == {"stages[0].duration_weeks", "status", "team.min_members", "team.mn_members"}
    assert findings["team.mn_members"].advice == "Try 'min_members'."
    assert all(finding.file == "visit-2019.toml" and finding.advice for finding in findings.values())


def test_a_file_that_is_not_toml_is_named_with_its_line(tmp_path):
    path = write_visit(tmp_path, ('name = "Preparation"', "name = "))
    with pytest.raises(InvalidFramework, match=r"visit-2019.toml: this is not TOML.*line \d+"):
        load_framework(path)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(InvalidFramework, match="there is no file"):
        load_framework(tmp_path / "none.toml")


def test_two_frameworks_of_a_kind_may_not_hold_on_the_same_day(tmp_path):
    write_visit(tmp_path)
    text = (tmp_path / "visit-2019.toml").read_text().replace("visit-2019", "visit-2021")
    (tmp_path / "visit-2021.toml").write_text(text.replace("2019-01-01", "2021-01-01"))
    with pytest.raises(InvalidFramework, match="valid on the same days"):
        frameworks([tmp_path])
    write_visit(tmp_path, ("valid_from = 2019-01-01", "valid_from = 2019-01-01\nvalid_to = 2021-01-01"))
    assert framework_on("visit", date(2021, 1, 1), frameworks([tmp_path])).id == "visit-2021"


def test_a_file_is_named_after_its_framework(tmp_path):
    write_visit(tmp_path).rename(tmp_path / "other.toml")
    with pytest.raises(InvalidFramework, match=r"Rename the file to visit-2019\.toml"):
        frameworks([tmp_path])


def test_the_findings_of_all_files_are_reported_together(tmp_path):
    write_visit(tmp_path, ("amount = 5", "amount = -5")).rename(tmp_path / "a.toml")
    write_visit(tmp_path, ('kind = "visit"', "")).rename(tmp_path / "b.toml")
    with pytest.raises(InvalidFramework) as caught:
        frameworks([tmp_path])
    assert [(f.file, f.key) for f in caught.value.findings] == [
        ("a.toml", "steps[2].due.amount"),
        ("b.toml", "kind"),
    ]
