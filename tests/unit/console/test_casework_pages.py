"""The pages of casework: another day, waivers, outputs, grades, fieldwork, teams, partners, and the end of a review."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select
from starlette.testclient import TestClient

from console.visitors import COOKIE
from models import Activity, ActivityGrade, AuditEntry, Partner, RecordedOutput, Step, session
from services.audit import Word
from services.casework.advancing import advance
from services.casework.circulation import circulation_lists
from services.casework.final_team import planned_teams
from services.casework.specification import specification_of
from services.naming.steps import find_activity, find_step_of
from tests.known import known
from tests.signing_in import cookies_of, form, sign_in_as
from tests.tables import at
from tests.unit.console.conftest import Clock
from tests.unit.console.test_steps import REVISION
from tests.unit.services.test_judging import LAST_DAY, MONDAY, add_inspection
from tests.unit.services.test_scopes import SCOPED
from tests.york import step_of

CODE = "sheffield-jar"
DAY = date(2005, 9, 5)


@pytest.fixture
def clock() -> Clock:
    return Clock(day=DAY)


def say(console: TestClient, path: str, **fields: str):
    data = form(console.cookies[COOKIE], **fields)
    return console.post(path, data=data, follow_redirects=False)


def step(engine: Engine, name: str) -> Step:
    with session(engine, read_only=True) as opened:
        return find_step_of(opened, CODE, name)


def review(engine: Engine, code: str = CODE) -> Activity:
    with session(engine, read_only=True) as opened:
        return find_activity(opened, code)


def at_step(engine: Engine, action: str, name: str) -> str:
    return f"/steps/{step(engine, name).id}/{action}"


def of_review(engine: Engine, action: str, code: str = CODE) -> str:
    return f"/activities/{review(engine, code).id}/{action}"


def told(console: TestClient) -> str:
    return console.get("/areas/sheffield").text


def who_said(engine: Engine) -> tuple[str, str]:
    """The newest entry of the log: what was done, by whom."""
    with session(engine, read_only=True) as opened:
        entry = opened.exec(select(AuditEntry).order_by(AuditEntry.id.desc())).first()  # type: ignore[union-attr]
        return entry.action, entry.who


def test_the_page_of_a_step_offers_what_can_be_said_of_it_now(console: TestClient, engine: Engine) -> None:
    page = console.get(f"/steps/{step(engine, 'set_up').id}").text
    for action in ("sign-off", "agree", "output"):
        assert at_step(engine, action, "set_up") in page
    for action in ("record", "waive", "undo"):
        assert at_step(engine, action, "set_up") not in page
    assert (
        at_step(engine, "agree", "analysis") not in console.get(f"/steps/{step(engine, 'analysis').id}").text
    )
    assert "Issues for fieldwork: not recorded" in page
    assert f'href="/steps/{step(engine, "set_up").id}"' in told(console)


def test_another_day_is_agreed_and_then_the_counted_one_again(console: TestClient, engine: Engine) -> None:
    """R094: a soft one needs no waiver; the entry of the log is that of who is signed in."""
    path, before = at_step(engine, "agree", "set_up"), step(engine, "set_up").due_on
    answer = say(console, path, agreed_on="21 November 2005", why="the director is away")
    assert answer.status_code == 303, answer.text
    assert "is agreed for 21 November 2005" in told(console)
    assert step(engine, "set_up").due_on == date(2005, 11, 21)
    assert who_said(engine)[1] == "Pat planner"
    assert at_step(engine, "undo", "set_up") in console.get(f"/steps/{step(engine, 'set_up').id}").text
    assert say(console, path, counted="yes", why="back again").status_code == 303
    assert step(engine, "set_up").due_on == before


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Give the day that is agreed"),
        ({"agreed_on": "soon"}, 'href="#agreed_on"'),
        ({"agreed_on": "20 November 2005"}, "when nobody works"),
    ],
)
def test_a_day_that_cannot_be_agreed_is_refused_and_nothing_is_changed(
    console: TestClient, engine: Engine, fields: dict[str, str], words: str
) -> None:
    answer = say(console, at_step(engine, "agree", "set_up"), why="<because>", **fields)
    assert (answer.status_code, words in answer.text) == (422, True), answer.text
    assert "&lt;because&gt;" in answer.text
    assert step(engine, "set_up").agreed_on is None


def test_a_stage_is_in_the_weeks_of_its_plan(console: TestClient, engine: Engine) -> None:
    answer = say(console, at_step(engine, "agree", "analysis"), agreed_on="16 January 2006", why="x")
    assert answer.status_code == 422
    assert "move the stage in a plan" in answer.text
    assert step(engine, "analysis").agreed_on is None


def test_a_hard_day_moves_later_with_a_waiver_whose_reason_can_be_given_anew(
    console: TestClient, engine: Engine
) -> None:
    """R094."""
    name = next(row.step_id for row in steps(engine) if row.is_hard and row.kind == "deadline")
    later = known(step(engine, name).due_on) + timedelta(weeks=1)
    path = at_step(engine, "agree", name)
    refused = say(console, path, agreed_on=later.isoformat(), why="x")
    assert (refused.status_code, "needs a waiver" in refused.text) == (422, True)
    assert say(console, path, agreed_on=later.isoformat(), waiver="illness", why="x").status_code == 303
    page = console.get(f"/steps/{step(engine, name).id}").text
    assert at_step(engine, "waive", name) in page
    assert say(console, at_step(engine, "waive", name), waiver="weather!").status_code == 422
    done = say(console, at_step(engine, "waive", name), waiver="other", waiver_why="a strike")
    assert done.status_code == 303, done.text
    assert step(engine, name).waiver_reason == "a strike"


def steps(engine: Engine) -> list[Step]:
    with session(engine, read_only=True) as opened:
        row = find_activity(opened, CODE)
        return list(opened.exec(select(Step).where(Step.activity_id == row.id)))


def test_where_no_rule_is_broken_none_is_waived(console: TestClient, engine: Engine) -> None:
    answer = say(console, at_step(engine, "waive", "set_up"), waiver="illness")
    assert (answer.status_code, "its dates break no rule".capitalize() in answer.text) == (422, True)


def test_an_output_is_recorded_in_versions_and_the_newest_is_taken_back(
    console: TestClient, engine: Engine
) -> None:
    """R045."""
    path = at_step(engine, "output", "set_up")
    assert "Issues for fieldwork" in console.get(path).text
    missing, sign_off = f'href="{path}">Record the output: Issues', at_step(engine, "sign-off", "set_up")
    assert missing in console.get(sign_off).text
    assert say(console, path, version="1").status_code == 422
    for version in ("1", "2"):
        assert say(console, path, output="fieldwork_issues", version=version).status_code == 303
    assert (
        "Issues for fieldwork: 2, recorded by Pat planner"
        in console.get(f"/steps/{step(engine, 'set_up').id}").text
    )
    assert missing not in console.get(sign_off).text
    unsaid = say(console, path, output="fieldwork_issues", withdraw="yes")
    assert (unsaid.status_code, 'href="#why"' in unsaid.text) == (422, True)
    say(console, path, output="fieldwork_issues", withdraw="yes", why="the wrong file")
    with session(engine, read_only=True) as opened:
        rows = opened.exec(select(RecordedOutput)).all()
        assert [(row.version, row.withdrawn_on) for row in rows] == [("1", None), ("2", DAY)]


def test_whoever_is_second_overwrites_nothing_on_any_page_of_a_step(
    console: TestClient, engine: Engine
) -> None:
    path = at_step(engine, "agree", "set_up")
    (seen,) = REVISION.findall(console.get(path).text)
    say(console, path, revision=seen, agreed_on="21 November 2005", why="x")
    second = say(console, path, revision=seen, agreed_on="22 November 2005", why="y")
    assert second.status_code == 422
    assert "has changed since" in second.text
    assert REVISION.findall(second.text) != [seen]
    assert step(engine, "set_up").agreed_on == date(2005, 11, 21)


def test_themes_are_decided_together_or_none_is(console: TestClient, engine: Engine) -> None:
    """R078, R080: what always gets fieldwork can't be left out."""
    path = of_review(engine, "specify")
    assert path in told(console)
    with session(engine, read_only=True) as opened:
        before = specification_of(opened, find_activity(opened, CODE))
    first, second = [theme.id for theme in before if theme.has_fieldwork is None][:2]
    assert say(console, path).status_code == 422
    wrong = say(console, path, **{f"fieldwork-{first}": "no-fieldwork", f"fieldwork-{second}": "whim"})
    assert wrong.status_code == 422
    assert f'href="#fieldwork-{second}"' in wrong.text

    def decided() -> list[bool | None]:
        with session(engine, read_only=True) as opened:
            found = {row.id: row for row in specification_of(opened, find_activity(opened, CODE))}
        return [found[first].has_fieldwork, found[second].has_fieldwork]

    assert decided() == [None, None]
    fields = {f"fieldwork-{first}": "no-fieldwork", f"fieldwork-{second}": "concern", "why": "the data"}
    assert say(console, path, **fields).status_code == 303
    assert decided() == [False, True]
    say(console, path, **fields)
    assert "Nothing is changed." in told(console)


def test_a_team_is_confirmed_after_the_analysis_and_can_be_provisional_again(
    console: TestClient, engine: Engine
) -> None:
    """R061."""
    assert of_review(engine, "confirm-team") not in told(console)
    refused = say(console, of_review(engine, "confirm-team"))
    assert (refused.status_code, "not yet signed off" in refused.text) == (422, True)
    with session(engine) as opened:
        row = step_of(opened, CODE, "analysis")
        row.state, row.actual_on = "done", DAY
    assert of_review(engine, "confirm-team") in told(console)
    assert say(console, of_review(engine, "confirm-team"), why="complete").status_code == 303

    def is_final() -> bool:
        with session(engine, read_only=True) as opened:
            return planned_teams(opened, [find_activity(opened, CODE)])[CODE].is_final

    assert is_final()
    assert say(console, of_review(engine, "withdraw-team")).status_code == 422
    assert say(console, of_review(engine, "withdraw-team"), why="one is ill").status_code == 303
    assert not is_final()


def test_organisations_are_ticked_that_got_the_draft(console: TestClient, engine: Engine) -> None:
    """R066; a name with any letters."""
    path = of_review(engine, "circulate")
    assert path not in told(console)
    with session(engine) as opened:
        for name in ("Connexions & Co", "Police"):
            opened.add(Partner(area_code="sheffield", name=name, kind="p", chief_officer="", email=""))
        row = step_of(opened, CODE, "draft_report")
        row.state, row.actual_on = "done", DAY
    assert path in told(console)
    assert say(console, path).status_code == 422
    assert say(console, path, **{"to-Connexions%20%26%20Co": "yes"}).status_code == 303
    assert "It was sent to Connexions &amp; Co on 5 September 2005" in told(console)
    unsaid = say(console, path, undo="yes", **{"to-Connexions%20%26%20Co": "yes"})
    assert (unsaid.status_code, 'href="#why"' in unsaid.text) == (422, True)
    with session(engine, read_only=True) as opened:
        assert circulation_lists(opened, CODE)[0].num_sent == 1
    say(console, path, undo="yes", why="it came back", **{"to-Connexions%20%26%20Co": "yes"})
    with session(engine, read_only=True) as opened:
        assert circulation_lists(opened, CODE)[0].num_sent == 0


def test_a_contact_point_is_named_and_the_role_counts_again(console: TestClient, engine: Engine) -> None:
    """R138."""
    path = of_review(engine, "contact-point")
    wrong = say(console, path, contact_email="amy@", contact_telephone="twelve")
    assert wrong.status_code == 422
    for field in ("contact_name", "contact_email", "contact_telephone"):
        assert f'href="#{field}"' in wrong.text
    fields = {
        "contact_name": "Amy Wye",
        "contact_email": "amy@p.example",
        "contact_telephone": "020 7946 0103",
    }
    assert say(console, path, **fields).status_code == 303
    assert "Questions: Amy Wye" in told(console)
    assert 'value="Amy Wye"' in console.get(path).text
    assert say(console, path).status_code == 303
    assert "Questions: Lead Office" in told(console)


def test_a_review_is_called_off_with_a_reason_and_that_is_undone(console: TestClient, engine: Engine) -> None:
    """R043."""
    path = of_review(engine, "cancel")
    refused = say(console, path, **{"again-yes": "yes"})
    assert (refused.status_code, 'href="#why"' in refused.text) == (422, True)
    assert review(engine).state == "planned"
    assert say(console, path, why="a merger", **{"again-yes": "yes"}).status_code == 303
    page = told(console)
    assert "takes its place: solve again" in page
    assert f"{CODE}: called off" in page
    assert f"{CODE}-again: not published yet" in page
    assert who_said(engine) == ("cancel", "Pat planner")
    assert of_review(engine, "undo-cancel") in page
    assert say(console, of_review(engine, "undo-cancel"), why="no merger").status_code == 303
    assert review(engine).state == "planned"
    assert review(engine, f"{CODE}-again").state == "cancelled"


def test_grades_are_recorded_on_behalf_of_who_judges_and_corrected_with_a_reason(
    console: TestClient, engine: Engine, clock: Clock, home: Path
) -> None:
    """R012, R146."""
    (home / "frameworks").mkdir(exist_ok=True)
    (home / "frameworks" / "ten-2009.toml").write_text(SCOPED)
    with session(engine) as opened:
        number = add_inspection(opened, "sheffield-ten", MONDAY).id
    clock.day = LAST_DAY
    path = f"/activities/{number}/judge"
    assert path in told(console)
    assert say(console, path).status_code == 422
    wrong = say(console, path, **{"grade-safeguarding": "9", "decided_on": "1 June 2006"})
    assert wrong.status_code == 422
    assert "its scale has no grade" in wrong.text.replace("Its", "its")
    assert "is earlier than" in wrong.text
    behalf = {"on_behalf_of": "lead_inspectorate", "why": "the office is closed"}
    assert say(console, path, **{"grade-safeguarding": "3"}, **behalf).status_code == 303
    assert "1 grade is recorded" in told(console)
    unsaid = say(console, path, **{"grade-safeguarding": "2", "on_behalf_of": "lead_inspectorate"})
    assert unsaid.status_code == 422
    with session(engine, read_only=True) as opened:
        (row,) = opened.exec(select(ActivityGrade)).all()
        assert (row.grade, row.said_by, row.on_behalf_of) == ("3", "Pat planner", "lead_inspectorate")


@pytest.mark.parametrize(("role", "links"), [("viewer", False), ("planner", True), ("publisher", False)])
def test_links_lead_only_where_a_role_may_go(
    published_console: TestClient, stranger: TestClient, engine: Engine, clock: Clock, role: str, links: bool
) -> None:
    """What waits for whom leads to the page that does it; of a year's dates for publishers too."""
    clock.day = date(2006, 1, 30)
    with session(engine) as opened:
        advance(opened, clock.day, Word("tick", at(clock.day), clock.day))
    stranger.cookies.update(cookies_of(sign_in_as(engine, role, at=clock.at)))
    for page in (stranger.get("/actions").text, stranger.get("/areas/sheffield").text):
        assert (at_step(engine, "sign-off", "notification") in page) == links
        assert (f'href="{of_review(engine, "cancel")}"' in page) <= links
    assert ("/programme/confirm" in stranger.get("/actions").text) == (role != "viewer")
