from datetime import date

from sqlalchemy import Engine
from sqlmodel import select

from cli.shown.exit_codes import ExitCode
from models import AuditEntry, PlanVersion, TeamPlace, session
from scheduler.values.plan import Plan
from services.plans.waived_rules import violations_of
from tests import tables
from tests.commands import Run

AS_OF = ("--as-of", "2005-08-01")


def test_a_plan_is_published_under_a_name_and_a_reason(run: Run, draft: Engine) -> None:
    """R015, R018"""
    answer = run("publish", "1", "--status", "confirmed", "--why", "agreed", "--as", "Ann", *AS_OF, "--json")
    assert answer.code == ExitCode.DONE
    assert answer.document["version"] == 1
    assert answer.document["precision"] == "confirmed"
    assert answer.document["new"] == answer.document["activities"] == 6
    with session(draft, read_only=True) as opened:
        row = opened.get_one(PlanVersion, 1)
        entry = opened.exec(select(AuditEntry).where(AuditEntry.action == "publish")).one()
    assert (row.status, row.published_by, row.reason) == ("published", "Ann", "agreed")
    assert (entry.who, entry.why) == ("Ann", "agreed")


def test_without_more_it_is_indicative(run: Run, draft: Engine) -> None:
    answer = run("publish", "1", *AS_OF)
    assert answer.code == ExitCode.DONE
    assert "Plan 1 is published as indicative: 6 activities, 6 of them new" in answer.err


def test_an_older_plan_is_refused_unless_that_is_waived_with_a_reason(run: Run, published: Engine) -> None:
    moved = run("publish", "2", *AS_OF, "--json").document
    assert moved["replaced"] == 1
    assert {change["activity"] for change in moved["moved"]} == {"wigan-jar", "wigan-ca"}
    back = ("publish", "1", *AS_OF)
    refused = run(*back, "--json")
    assert refused.code == ExitCode.INVALID_INPUT
    assert refused.document["error"] == "refused"
    assert "older than the published plan 2" in refused.err
    assert "needs a reason" in run(*back, "--waive", "older_plan").err
    answer = run(*back, "--waive", "older_plan", "--why", "the council asked")
    assert answer.code == ExitCode.DONE
    assert "12 June 2006" in answer.out


def test_a_plan_that_breaks_a_rule_is_refused_as_not_verified(run: Run, draft: Engine) -> None:
    """R057"""
    with session(draft) as opened:
        row = opened.get_one(PlanVersion, 1)
        plan = Plan.model_validate_json(row.plan_json)
        kept = [own for own in plan.members if (own.activity, own.skill) != ("wigan-jar", "leader")]
        row.plan_json = plan.model_copy(update={"members": tuple(kept)}).model_dump_json()
        seat = select(TeamPlace).where(TeamPlace.activity_code == "wigan-jar", TeamPlace.skill == "leader")
        opened.delete(opened.exec(seat).one())
    answer = run("publish", "1", *AS_OF, "--json")
    assert answer.code == ExitCode.VIOLATIONS
    assert answer.document["error"] == "not verified"
    assert any("leader_missing" in finding["place"] for finding in answer.document["findings"])
    with session(draft, read_only=True) as opened:
        assert opened.get_one(PlanVersion, 1).status == "draft"


def test_an_unknown_status_or_waiver_is_wrong_usage(run: Run, draft: Engine) -> None:
    assert "'final'" in run("publish", "1", "--status", "sure").err
    assert run("publish", "1", "--status", "sure").code == ExitCode.USAGE
    assert "'stale_plan'" in run("publish", "1", "--waive", "everything").err
    assert run("publish", "plan.json").code == ExitCode.USAGE


def test_a_year_is_confirmed_late_only_with_a_reason(run: Run, database: Engine) -> None:
    """R016"""
    tables.published(database, num_areas=4, precision="indicative")
    year = ("confirm", "FY2006-07")
    late = run(*year, "--as-of", "2006-01-02")
    assert late.code == ExitCode.INVALID_INPUT
    assert "31 December 2005" in late.err
    answer = run(*year, "--as-of", "2006-01-02", "--why", "late data", "--json")
    assert answer.code == ExitCode.DONE
    assert answer.document["is_late"] is True
    assert answer.document["activities"]
    assert "already" in run(*year, "--as-of", date(2006, 1, 3)).err


def test_dates_that_are_due_become_final(run: Run, published: Engine) -> None:
    """R017"""
    answer = run("finalise", "--as-of", "2005-10-17", "--json")
    assert answer.code == ExitCode.DONE
    assert answer.document["precision"] == "final"
    assert answer.document["activities"] == ["sheffield-jar"]
    again = run("finalise", "--as-of", "2005-10-17")
    assert "No dates are due to be made final" in again.err
    named = run("finalise", "wigan-jar", "--as-of", "2005-10-17")
    assert "The dates of 1 activity are final." in named.err
    area = run("finalise", "Wigan", "--as-of", "2005-10-17", "--json").document
    assert area["activities"] == ["wigan-ca"]


def test_late_final_dates_need_a_reason_and_unknown_activities_are_refused(
    run: Run, published: Engine
) -> None:
    """R017"""
    late = ("finalise", "sheffield-jar", "--as-of", "2006-01-02")
    assert run(*late).code == ExitCode.INVALID_INPUT
    assert run(*late, "--why", "the council was late").code == ExitCode.DONE
    assert run("finalise", "nothing").code == ExitCode.INVALID_INPUT


def test_a_move_of_what_has_had_its_notice_is_asked_for_by_name(run: Run, published: Engine) -> None:
    """R019: an area's name stands for all of its activities."""
    run("sign-off", "wigan-jar", "notification", "--by", "Lead Office", "--as-of", "2006-02-20")
    day = ("--as-of", "2006-02-20")
    refused = run("publish", "2", *day)
    assert refused.code == ExitCode.INVALID_INPUT
    assert "jarcycle publish PLAN --move wigan-jar" in refused.err
    answer = run("publish", "2", "--move", "Wigan", *day, "--json")
    assert answer.document["notices"] == ["wigan-jar"]
    again = run("publish", "2", *day)
    assert "Plan 2 is already published as indicative. Nothing was changed." in again.err


def test_a_review_is_called_off_and_planned_anew(run: Run, published: Engine) -> None:
    """R043"""
    early = run("cancel", "wigan-jar", "--why", "dissolved", *AS_OF, "--dry-run")
    assert "nobody would be told" in early.err  # nobody has heard of its dates yet
    run("remind", *AS_OF)
    look = run("cancel", "wigan-jar", "--why", "dissolved", *AS_OF, "--dry-run")
    assert "5 people would be told" in look.err
    assert "needs a reason" in run("cancel", "wigan-jar", *AS_OF).err
    assert "Name one of them: wigan-ca, wigan-jar" in run("cancel", "Wigan", "--why", "x", *AS_OF).err
    answer = run("cancel", "wigan-jar", "--again", "--why", "dissolved", *AS_OF)
    assert (answer.code, "wigan-jar-again takes its place" in answer.err) == (ExitCode.DONE, True)
    alone = run("cancel", "wigan-jar-again", "--why", "no", *AS_OF, "--json").document
    assert (alone["successor"], alone["is_missing"]) == (None, True)


def test_a_broken_rule_is_waived_with_a_code_and_a_reason(run: Run, draft: Engine) -> None:
    """R057, R094"""
    with session(draft) as opened:
        version = tables.store(opened, {"wigan": date(2006, 4, 10)})
        rules = {violation.rule for violation in violations_of(opened, version)}
    given = [part for rule in rules for part in ("--waive-rule", f"{rule}=illness: no other week")]
    assert run("publish", str(version), *AS_OF).code == ExitCode.VIOLATIONS
    assert run("publish", str(version), *AS_OF, "--waive-rule", "rest").code == ExitCode.USAGE
    assert run("publish", str(version), *AS_OF, *given).code == ExitCode.DONE
