"""`recommendations`, `proposed-actions`, `statement`, `progress-checks` and `interventions` (C5)."""

from sqlalchemy import Engine

from models import Partner, session
from tests.commands import Run
from tests.followed import CODE, TRUST, report_out

ON = ("--as-of", "2006-08-14")


def partner(engine: Engine) -> None:
    with session(engine) as opened:
        opened.add(
            Partner(
                area_code="sheffield",
                name=TRUST,
                kind="primary_care_trust",
                chief_officer="Amy Wye",
                email="amy@trust.example",
            )
        )


def test_a_recommendation_is_followed_from_the_report_to_its_monitor(run: Run, published: Engine) -> None:
    partner(published)
    added = run("recommendations", "add", CODE, "Train all staff", "--owner", TRUST, "--priority", *ON)
    assert "Recommendation 1: a priority action, owned by Sheffield Primary Care Trust." in added.err
    assert "nobody owns it yet" in run("recommendations", "add", CODE, "Fill the posts", *ON).err
    changed = run("recommendations", "change", CODE, 2, "--owner", "council_care", *ON)
    assert "owned by The council: children's social care" in changed.err
    with session(published) as opened:
        report_out(opened)
    for number in (1, 2):
        assert run("recommendations", "answer", CODE, number, "We shall", *ON).code == 0
    assert run("statement", "accept", CODE, "--by", "The Secretary of State", *ON).code == 3
    assert run("statement", "receive", CODE, *ON).code == 0
    assert "is returned" in run("statement", "return", CODE, "--why", "no days", *ON).err
    assert run("statement", "receive", CODE, "--on", "2006-08-15", "--as-of", "2006-08-15").code == 0
    assert run("statement", "accept", CODE, "--by", "The Secretary of State", *ON).code == 0
    assert "2 recommendations, all answered" in run("statement", CODE, *ON).err
    due = ("--due", "2007-01-31")
    assert "Action 1" in run("proposed-actions", "add", CODE, 1, "Train forty", *due, *ON).err
    assert run("proposed-actions", "begin", 1, *ON).code == 0
    listed = run("proposed-actions", CODE, "--as-of", "2007-02-01", "--late", "--json").document
    assert [action["state"] for action in listed["actions"]] == ["overdue"]
    assert run("proposed-actions", "done", 1, "--on", "2006-08-14", "--evidence", "Lists", *ON).code == 0
    assert "is confirmed by" in run("recommendations", "confirm", CODE, 1, *ON).err
    lines = run("recommendations", "--monitor", "HC", "--json", *ON).document["recommendations"]
    assert [(line["number"], line["state"]) for line in lines] == [(1, "confirmed by monitor")]
    shown = run("recommendations", CODE, "--priority", *ON)
    assert "Priority action: Train all staff" in shown.out
    assert "Fill the posts" not in shown.out
    assert "2 recommendations, 2 of them still on." in run("recommendations", *ON).err
    assert run("recommendations", "close", CODE, 1, "--by", "sheffield-ca", *ON).code == 3
    assert "is withdrawn" in run("recommendations", "withdraw", CODE, 2, "--why", "made twice", *ON).err


def test_checks_and_interventions_are_recorded_and_listed(run: Run, published: Engine) -> None:
    partner(published)
    run("recommendations", "add", CODE, "Train all staff", "--owner", TRUST, *ON)
    with session(published) as opened:
        report_out(opened)
    assert "No check of progress is planned" in run("progress-checks", CODE, *ON).err
    assert "Progress check 1" in run("progress-checks", "plan", CODE, "--on", "2007-01-31", *ON).err
    assert run("progress-checks", "held", 1, "Half of it is done", *ON).code == 0
    assert "Half of it is done" in run("progress-checks", "sheffield", *ON).out
    begun = ("--ground", "care_not_adequate", "--power", "direction", "--on", "2006-08-14")
    assert run("interventions", "begin", "Sheffield", *begun, *ON).code == 3
    assert (
        "Intervention 1" in run("interventions", "begin", "Sheffield", *begun, "--source", "Order 1", *ON).err
    )
    assert "Direction to the council" in run("interventions", "Sheffield", *ON).out
    ended = run("interventions", "end", 1, "--on", "2006-08-14", "--why", "an error", *ON)
    assert "Intervention 1 ended" in ended.err
    assert "does not intervene" in run("interventions", "Wigan", *ON).err


def test_what_is_only_looked_at_is_not_stored(run: Run, published: Engine) -> None:
    partner(published)
    assert run("recommendations", "add", CODE, "Train all staff", "--dry-run", *ON).code == 0
    assert "Nothing is recommended there." in run("recommendations", *ON).err
    assert run("recommendations", CODE, "--monitor", "HC", *ON).code == 2
