"""What a framework says about contributions, findings and the report, and what can be wrong with it."""

from collections import Counter
from pathlib import Path

import pytest

from config.findings import InvalidFile
from config.framework_files import FOLDER, find_framework, load_framework
from config.reporting_left import left_to_report
from tests.known import known

FRAMEWORK = find_framework("jar-2005")
TEXT = (FOLDER / "jar-2005.toml").read_text(encoding="utf-8")


def faults(tmp_path: Path, before: str, after: str) -> list[str]:
    """What is wrong with the framework once a text in it is another one."""
    assert before in TEXT
    path = tmp_path / "jar-2005.toml"
    path.write_text(TEXT.replace(before, after, 1), encoding="utf-8")
    try:
        load_framework(path)
    except InvalidFile as error:
        return [f"{finding.key}: {finding.message} {finding.advice}" for finding in error.findings]
    return []


def test_34_contributions_stand_under_five_outcomes_r009_r186() -> None:
    counts = Counter(contribution.outcome for contribution in FRAMEWORK.contributions)
    assert [counts[outcome] for outcome in FRAMEWORK.outcomes] == [7, 7, 8, 7, 5]


def test_mental_health_and_the_safeguarding_board_are_in_every_review_r187() -> None:
    always = [contribution for contribution in FRAMEWORK.contributions if contribution.always]
    services = {service for contribution in always for service in contribution.services}
    assert {"Child and adolescent mental health services", "Local Safeguarding Children Board"} <= services
    inside = FRAMEWORK.contributions_in(["economic_wellbeing"])
    assert set(always) < set(inside)
    assert len(inside) == 5 + len(always)


def test_every_contribution_names_the_services_that_it_covers_r011_r189() -> None:
    assert [one.id for one in FRAMEWORK.contributions if not one.services] == []
    covered = {service for one in FRAMEWORK.contributions for service in one.services}
    assert {
        "CAFCASS",
        "Connexions",
        "Youth offending team",
        "Police",
        "Schools",
        "Social services",
    } <= covered


def test_the_report_has_five_sections_nine_aspects_of_management_and_a_summary_for_children_r084_r087_r185() -> (
    None
):
    report = known(FRAMEWORK.report)
    five = ["summary", "context", "outcomes", "contributions", "management"]
    assert [section.id for section in report.sections] == [*five, "children"]
    assert len(report.sections[4].aspects) == 9
    assert len(report.parts()) == 4 + 9 + 1
    assert (report.drafted_at, report.published_at) == ("draft_report", "publication")


def test_three_judgements_have_four_grades_of_which_4_is_best_r012() -> None:
    assert {slot.id: slot.scale for slot in FRAMEWORK.judgements} == dict.fromkeys(
        ("overall", "education", "social_care"), ("1", "2", "3", "4")
    )


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        (
            'id = "healthy_living"',
            'id = "timely_healthcare"',
            "contributions: 'timely_healthcare' appears 2 times",
        ),
        (
            'outcome = "stay_safe"',
            'outcome = "stay_save"',
            "there is no outcome 'stay_save'. Try 'stay_safe'",
        ),
        ('agreed_at = ["analysis", "fieldwork"]', 'agreed_at = ["analyses"]', "there is no step 'analyses'"),
        (
            'agreed_at = ["analysis", "fieldwork"]',
            'agreed_at = ["fieldwork"]',
            "findings.always_fieldwork: findings are agreed at one step",
        ),
        (
            'asks_how_managed = ["capacity"]',
            'asks_how_managed = ["capasity"]',
            "no cause 'capasity'. Try 'capacity'",
        ),
        (
            'needed_for = "draft_report"\nasks',
            'needed_for = "draft"\nasks',
            "findings.needed_for: there is no step",
        ),
        (
            'who = ["team_leader"]\ndue_at',
            'who = ["leader"]\ndue_at',
            "there is no role 'leader'. Try 'team_leader'",
        ),
        (
            'due_at = "publication"',
            'due_at = "publicaton"',
            "there is no step 'publicaton'. Try 'publication'",
        ),
        ('children_summary = "children"', 'children_summary = "child"', "there is no section 'child'"),
        ('id = "context"\nname', 'id = "summary"\nname', "report.sections: 'summary' appears 2 times"),
        ('discussion = "After comments"', 'discusion = "After comments"', "there is no step 'discusion'"),
        (
            'comments_at = "accuracy_comments"',
            'comments_at = "comments"',
            "report.comments_at: there is no step",
        ),
        (
            'judgements = ["overall", "education", "social_care"]\nmonth',
            'judgements = ["council"]\nmonth',
            "there is no judgement 'council'",
        ),
        ("month = 12", "month = 13", "report.feeds[0].month"),
    ],
)
def test_everything_wrong_is_named_with_its_place(
    tmp_path: Path, before: str, after: str, message: str
) -> None:
    assert any(message in fault for fault in faults(tmp_path, before, after))


def test_the_file_as_it_is_has_no_fault(tmp_path: Path) -> None:
    assert faults(tmp_path, "month = 12", "month = 12") == []


def test_what_belongs_to_steps_that_are_left_out_goes_with_them() -> None:
    """The short form of a special review may do without some steps."""
    steps = {step.id for step in FRAMEWORK.steps}
    left = left_to_report(FRAMEWORK, steps - {"analysis", "discussion", "accuracy_comments"})
    assert (left["findings"].agreed_at, left["findings"].always_fieldwork) == (("fieldwork",), ())
    assert list(left["report"].versions) == ["draft_report", "publication"]
    assert left["report"].comments_at == "publication"
    assert len(left["report"].feeds) == 2
    without = left_to_report(FRAMEWORK, steps - {"draft_report"})
    assert (without["findings"], without["contributions"], without["report"].feeds) == (None, (), ())
    assert {section.due_at for section in without["report"].sections} == {"publication"}
    assert left_to_report(FRAMEWORK, steps - {"publication"})["report"] is None
