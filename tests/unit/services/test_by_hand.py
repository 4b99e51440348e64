"""Plans changed by hand: consequences first, then a draft that knows the version it was made from."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from models import Absence, Activity, Conflict, PlacePin, TeamPlace, session
from scheduler.by_hand.teams import refitted
from scheduler.checking.checker import check
from scheduler.values.value import LEADER
from services import audit
from services.audit import Word
from services.casework.sign_offs import sign_off
from services.casework.signers import Signer
from services.errors import AlreadySo, NotFound, Refused
from services.naming.steps import find_step_of
from services.plans import plan_store
from services.plans.assigning import assign
from services.plans.by_hand import ByHand, keep
from services.plans.moving import Wish, move, swap
from services.plans.pinning import pin_week
from services.plans.plan_files import from_file
from services.plans.publication import Waiver, publish
from tests import tables
from tests.known import known

WORD = Word("Ann", tables.AT, tables.PLANNED_ON, "the director asked")
LATER = date(2006, 7, 3)


@pytest.fixture
def programme(engine: Engine) -> Engine:
    """Three areas, plan 1 published as indicative."""
    tables.published(engine, precision="indicative")
    return engine


def made(engine: Engine, change: Callable[[Session], ByHand]) -> tuple[ByHand, int]:
    """What a change means, and the number of its draft."""
    with session(engine) as opened:
        found = change(opened)
        return found, keep(opened, found, WORD)


def refusal(engine: Engine, change: Callable[[Session], object]) -> str:
    with pytest.raises(Refused) as refused, session(engine) as opened:
        change(opened)
    with session(engine, read_only=True) as opened:
        assert len(plan_store.versions(opened)) == 1
    return str(refused.value)


def mondays(engine: Engine, version: int) -> dict[str, date]:
    with session(engine, read_only=True) as opened:
        found = plan_store.mondays_by_activity(opened, version)
    return {code: min(stages.values()) for code, stages in found.items()}


def team(engine: Engine, version: int, code: str) -> dict[str, str | None]:
    with session(engine, read_only=True) as opened:
        places = opened.exec(
            select(TeamPlace).where(TeamPlace.plan_version == version, TeamPlace.activity_code == code)
        )
        return {place.skill: place.inspector_code for place in places}


def to(*wishes: tuple[str, date], version: int = 1) -> Callable[[Session], ByHand]:
    return lambda opened: move(opened, version, [Wish(code, day) for code, day in wishes], WORD)


def test_a_review_moves_with_what_is_tied_to_it_and_all_others_stay(programme: Engine) -> None:
    found, number = made(programme, to(("wigan-jar", LATER)))
    then, now = mondays(programme, number), mondays(programme, 1)
    assert then["wigan-jar"] == LATER
    assert then["wigan-ca"] == LATER + timedelta(weeks=tables.FIELDWORK_AFTER_WEEKS)
    assert {code for code in now if now[code] != then[code]} == {"wigan-jar", "wigan-ca"}
    assert [(own.activity, own.weeks, own.is_wanted) for own in found.consequences.moved] == [
        ("wigan-jar", 7, True),
        ("wigan-ca", 7, False),
    ]
    assert found.consequences.broken == ()
    assert team(programme, number, "wigan-jar") == team(programme, 1, "wigan-jar")


def test_an_area_means_its_review_and_any_day_its_week(programme: Engine) -> None:
    _, number = made(programme, to(("Wigan", LATER + timedelta(days=3))))
    assert mondays(programme, number)["wigan-jar"] == LATER


def test_costs_are_shown_before_and_after_and_are_those_of_the_draft(programme: Engine) -> None:
    found, number = made(programme, to(("wigan-jar", LATER)))
    with session(programme, read_only=True) as opened:
        before, after = (plan_store.load_plan(opened, version) for version in (1, number))
        row = plan_store.find_version(opened, number)
        assert row.date_bound == plan_store.find_version(opened, 1).date_bound
    assert found.consequences.costs_before == before.plan.costs
    assert found.consequences.costs_after == after.plan.costs
    assert before.problem == after.problem
    assert after.plan.costs.date_cost > before.plan.costs.date_cost
    assert check(after.problem, after.plan) == ()


def test_a_draft_knows_where_it_comes_from_who_made_it_and_why(programme: Engine) -> None:
    _, number = made(programme, to(("wigan-jar", LATER)))
    with session(programme, read_only=True) as opened:
        row = plan_store.find_version(opened, number)
        assert (row.made_from, row.created_by, row.status, row.option) == (1, "Ann", "draft", "3")
        assert (
            row.reason == "By hand: the JAR of Wigan begins in the week of 3 July 2006. (the director asked)"
        )
        change, stored = audit.entries(opened, f"plan {number}")
    assert (change.action, change.who, change.why) == ("change by hand", "Ann", WORD.note)
    assert '"wigan-jar"' in (change.after or "")
    assert '"made from": 1' in (stored.after or "")


def test_looking_at_consequences_stores_nothing(programme: Engine) -> None:
    with session(programme) as opened:
        to(("wigan-jar", LATER))(opened)
    with session(programme, read_only=True) as opened:
        assert len(plan_store.versions(opened)) == 1
        activity = opened.exec(select(Activity).where(Activity.code == "wigan-jar")).one()
        assert (activity.plan_version, activity.revision) == (1, 1)
        assert audit.entries(opened, "plan 2") == []


def test_undo_is_to_publish_the_version_before(programme: Engine) -> None:
    _, number = made(programme, to(("wigan-jar", LATER)))
    with session(programme) as opened:
        assert publish(opened, number, "indicative", WORD).replaced == 1
    with session(programme) as opened:
        publish(opened, 1, "indicative", WORD, frozenset({Waiver.OLDER_PLAN}))
    with session(programme, read_only=True) as opened:
        assert known(plan_store.published_version(opened)).version == 1


def test_two_reviews_swap_their_weeks(programme: Engine) -> None:
    _, number = made(programme, lambda opened: swap(opened, 1, "wigan-jar", "cheshire", WORD))
    now, then = mondays(programme, 1), mondays(programme, number)
    assert (then["wigan-jar"], then["cheshire-jar"]) == (now["cheshire-jar"], now["wigan-jar"])
    assert then["sheffield-jar"] == now["sheffield-jar"]


def test_several_move_at_once(programme: Engine) -> None:
    wishes = ("wigan-jar", tables.MONDAYS["cheshire"]), ("cheshire-jar", LATER)
    _, number = made(programme, to(*wishes))
    then = mondays(programme, number)
    assert (then["wigan-jar"], then["cheshire-jar"]) == (tables.MONDAYS["cheshire"], LATER)


def test_a_change_of_a_draft_made_by_hand_goes_on_from_it(programme: Engine) -> None:
    _, first = made(programme, to(("wigan-jar", LATER)))
    _, second = made(programme, to(("sheffield-jar", date(2006, 1, 16)), version=first))
    assert mondays(programme, second)["wigan-jar"] == LATER
    with session(programme, read_only=True) as opened:
        assert plan_store.find_version(opened, second).made_from == first


def test_a_week_that_rules_forbid_is_answered_with_the_rules_that_it_breaks_r013(programme: Engine) -> None:
    """The programme's first starts end on 31 December 2006."""
    found, number = made(programme, to(("wigan-jar", date(2007, 1, 8))))
    named = {(own.rule, own.requirement) for own in found.consequences.broken}
    assert named == {("outside_window", "R013, R014")}
    assert all(own.is_new for own in found.consequences.broken)
    with session(programme, read_only=True) as opened:
        stored = plan_store.load_plan(opened, number)
        assert {own.rule for own in check(stored.problem, stored.plan)} == {"outside_window"}
        assert plan_store.find_version(opened, number).date_bound is None


def test_a_rule_that_was_broken_before_is_told_as_such(programme: Engine) -> None:
    _, number = made(programme, to(("wigan-jar", date(2007, 1, 8))))
    found, _ = made(programme, to(("sheffield-jar", date(2006, 1, 16)), version=number))
    assert [(own.rule, own.is_new) for own in found.consequences.broken] == [("outside_window", False)]


def test_people_who_are_not_free_are_replaced_and_whoever_is_free_stays(programme: Engine) -> None:
    """Sheffield's leader also leads Wigan in this draft; when Wigan moves into Sheffield's weeks they can't."""
    _, shared = made(programme, lambda o: assign(o, 1, ("wigan-jar", "leader"), "sheffield-0", WORD))
    found, number = made(programme, to(("wigan-jar", tables.MONDAYS["sheffield"]), version=shared))
    [change] = found.consequences.displaced
    assert (change.activity, change.place, change.out) == ("wigan-jar", LEADER, "sheffield-0")
    assert change.into not in (None, "sheffield-0")
    assert "sheffield-jar" in change.why
    assert team(programme, number, "sheffield-jar") == team(programme, 1, "sheffield-jar")


def test_a_place_for_which_nobody_is_free_stays_open_and_a_waiver_is_named_r059(engine: Engine) -> None:
    """The other two leaders are away in the weeks in which Sheffield's is at work."""
    with session(engine) as opened:
        tables.fill(opened)
        opened.add_all(
            Absence(inspector_code=code, start_on=date(2006, 1, 2), end_on=date(2006, 2, 20))
            for code in ("wigan-0", "cheshire-0")
        )
        publish(opened, tables.store(opened), "indicative", WORD)
    found, number = made(engine, to(("wigan-jar", tables.MONDAYS["sheffield"])))
    [change] = found.consequences.displaced
    assert (change.activity, change.place, change.out, change.into) == ("wigan-jar", LEADER, "wigan-0", None)
    assert team(engine, number, "wigan-jar")[LEADER] is None
    assert {own.rule for own in found.consequences.broken} == {"leader_missing"}
    assert any("waive uncovered_places" in str(own) for own in found.consequences.objections)


def test_whoever_joins_a_team_would_be_told(programme: Engine) -> None:
    found, _ = made(programme, lambda o: assign(o, 1, ("wigan-jar", "leader"), "sheffield-0", WORD))
    told = [(own.address, own.rule) for own in found.consequences.told]
    assert ("sheffield-0@inspectors.example", "joined") in told


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2005, 7, 25), "has begun"),
        (date(2004, 1, 5), "has begun"),
        (date(2019, 1, 7), "not all of it would lie"),
    ],
)
def test_a_week_that_is_past_or_beyond_the_programme_is_refused(
    programme: Engine, day: date, words: str
) -> None:
    assert words in refusal(programme, to(("wigan-jar", day)))


def test_every_reason_is_named_at_once(programme: Engine) -> None:
    said = refusal(
        programme, to(("wigan-jar", date(2004, 1, 5)), ("cheshire-jar", LATER), ("cheshire-jar", LATER))
    )
    assert "has begun" in said
    assert "named twice" in said


def test_what_has_begun_stays_r019(programme: Engine) -> None:
    with session(programme) as opened:
        opened.exec(select(Activity).where(Activity.code == "wigan-jar")).one().state = "under_way"
    said = refusal(programme, to(("wigan-jar", LATER)))
    assert "it has begun" in said
    assert "jarcycle cancel wigan-jar --again" in said
    assert "it has begun" in refusal(
        programme, lambda o: assign(o, 1, ("wigan-jar", "leader"), "sheffield-0", WORD)
    )


def test_what_a_plan_has_in_the_past_stays_r019(engine: Engine) -> None:
    with session(engine) as opened:
        tables.fill(opened)
        tables.store(opened)
    late = replace(WORD, as_of=date(2006, 5, 17))
    said = refusal(engine, lambda o: move(o, 1, [Wish("wigan-jar", LATER)], late))
    assert "plan 1 has it begin on 15 May 2006, which is past. (R019) Solve again: jarcycle solve." in said


def test_what_is_done_or_called_off_stays(programme: Engine) -> None:
    with session(programme) as opened:
        opened.exec(select(Activity).where(Activity.code == "wigan-jar")).one().state = "done"
        opened.exec(select(Activity).where(Activity.code == "cheshire-jar")).one().state = "cancelled"
    assert "it is done" in refusal(programme, to(("wigan-jar", LATER)))
    assert "it is called off" in refusal(programme, to(("cheshire-jar", LATER)))


def test_a_pinned_activity_stays_until_its_pin_is_taken_back_r043(programme: Engine) -> None:
    pinned = date(2006, 6, 12)
    with session(programme) as opened:
        pin_week(opened, "wigan-jar", pinned, WORD)
    assert "jarcycle unpin week wigan-jar" in refusal(programme, to(("wigan-jar", LATER)))
    _, number = made(programme, to(("wigan-jar", pinned)))
    assert mondays(programme, number)["wigan-jar"] == pinned


def test_confirmed_dates_stay_r016(engine: Engine) -> None:
    tables.published(engine, precision="confirmed")
    assert "its dates are confirmed" in refusal(engine, to(("wigan-jar", LATER)))


def test_a_review_whose_notice_is_given_moves_and_the_publication_asks_for_its_name_r019(
    programme: Engine,
) -> None:
    with session(programme) as opened:
        step = find_step_of(opened, "wigan-jar", "notification")
        sign_off(opened, step.id or 0, None, WORD, signer=Signer("Lead Office"))
    found, _ = made(programme, to(("wigan-jar", LATER)))
    assert any("--move wigan-jar" in str(own) for own in found.consequences.objections)


def test_a_plan_from_older_facts_is_changed_by_those_of_now(programme: Engine) -> None:
    """One of Wigan's team has leave since: in the new weeks somebody else has the place, and the draft is fresh."""
    with session(programme) as opened:
        opened.add(Absence(inspector_code="wigan-1", start_on=LATER, end_on=LATER + timedelta(weeks=8)))
        plan_store.mark_stale(opened, "Leave was entered.", "Ann", tables.AT)
    found, number = made(programme, to(("wigan-jar", LATER)))
    assert [own.out for own in found.consequences.displaced] == ["wigan-1"]
    assert found.consequences.broken == found.consequences.objections == ()
    assert found.source.why_changed == "Leave was entered."
    with session(programme, read_only=True) as opened:
        row, stored = plan_store.find_version(opened, number), plan_store.load_plan(opened, number)
        assert (row.is_stale, row.made_from) == (False, 1)
        assert check(stored.problem, stored.plan) == ()
        assert stored.problem.hash != plan_store.load_plan(opened, 1).problem.hash


def test_a_rule_that_the_plan_breaks_since_the_facts_changed_is_told(programme: Engine) -> None:
    with session(programme) as opened:
        week = tables.MONDAYS["wigan"]
        opened.add(Absence(inspector_code="wigan-1", start_on=week, end_on=week + timedelta(weeks=8)))
        plan_store.mark_stale(opened, "Leave was entered.", "Ann", tables.AT)
    found, number = made(programme, to(("sheffield-jar", date(2006, 1, 16))))
    assert {(own.rule, own.place, own.is_new) for own in found.consequences.broken} == {
        ("absent", "wigan-1", False)
    }
    found, _ = made(
        programme, lambda o: assign(o, number, ("wigan-jar", "safeguarding"), "sheffield-1", WORD)
    )
    assert found.consequences.broken == ()


def test_a_draft_of_a_plan_that_does_not_fit_the_facts_of_now_goes_by_older_facts_too(
    programme: Engine,
) -> None:
    """An activity has come since, of which the plan knows nothing."""
    with session(programme) as opened:
        opened.add(
            Activity(
                code="wigan-again",
                area_code="wigan",
                kind="jar",
                framework_id="jar-2005",
                extent="light",
                round=2,
            )
        )
        plan_store.mark_stale(opened, "A review was added.", "Ann", tables.AT)
    found, number = made(programme, to(("wigan-jar", LATER)))
    assert any("stale_plan" in str(own) for own in found.consequences.objections)
    with session(programme, read_only=True) as opened:
        assert plan_store.find_version(opened, number).is_stale


@pytest.mark.parametrize("is_stale", [False, True])
def test_a_draft_of_which_the_facts_change_before_it_is_kept_is_stale(
    programme: Engine, is_stale: bool
) -> None:
    with session(programme) as opened:
        if is_stale:
            plan_store.mark_stale(opened, "Leave was entered.", "Ann", tables.AT)
    with session(programme) as opened:
        found = to(("wigan-jar", LATER))(opened)
    with session(programme) as opened:
        opened.add(Absence(inspector_code="wigan-1", start_on=LATER, end_on=LATER + timedelta(weeks=8)))
        plan_store.mark_stale(opened, "Leave was entered.", "Ann", tables.AT)
    with session(programme) as opened:
        number = keep(opened, found, WORD)
        assert plan_store.find_version(opened, number).is_stale


def test_others_may_write_while_a_change_is_worked_out(
    programme: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile(*asked: object, **named: object) -> object:
        with session(programme) as opened:
            opened.add(
                Absence(inspector_code="cheshire-1", start_on=LATER, end_on=LATER + timedelta(weeks=1))
            )
        return refitted(*asked, **named)  # type: ignore[arg-type]

    monkeypatch.setattr("scheduler.by_hand.teams.refitted", meanwhile)
    made(programme, to(("wigan-jar", LATER)))
    made(programme, lambda o: assign(o, 1, ("wigan-jar", "leader"), "sheffield-0", WORD))
    with session(programme, read_only=True) as opened:
        assert len(opened.exec(select(Absence)).all()) == 2


def test_what_is_so_already_is_told(programme: Engine) -> None:
    with pytest.raises(AlreadySo), session(programme) as opened:
        to(("wigan-jar", tables.MONDAYS["wigan"]))(opened)
    with pytest.raises(AlreadySo), session(programme) as opened:
        assign(opened, 1, ("wigan-jar", "leader"), "wigan-0", WORD)


def test_somebody_takes_a_place_and_leaves_another_in_the_same_weeks_to_whoever_is_free(
    programme: Engine,
) -> None:
    together, number = made(programme, to(("wigan-jar", tables.MONDAYS["sheffield"])))
    assert together.consequences.broken == ()
    found, number = made(
        programme, lambda o: assign(o, number, ("wigan-jar", "Looked After"), "sheffield-2", WORD)
    )
    changes = {(own.activity, own.place): (own.out, own.into) for own in found.consequences.displaced}
    assert changes["wigan-jar", "looked_after"] == ("wigan-2", "sheffield-2")
    assert changes["sheffield-jar", "looked_after"][0] == "sheffield-2"
    assert None not in team(programme, number, "sheffield-jar").values()
    assert found.consequences.broken == ()
    assert team(programme, number, "cheshire-jar") == team(programme, 1, "cheshire-jar")


@pytest.mark.parametrize(
    ("place", "person", "words"),
    [
        ("gardening", "sheffield-0", "Name one of its places: "),
        ("leader", "wigan-1", "does not lead teams"),
        ("leader", "cheshire-0", "conflict of interest"),
    ],
)
def test_a_place_that_somebody_can_never_have_is_refused_r059_r062(
    programme: Engine, place: str, person: str, words: str
) -> None:
    with session(programme) as opened:
        opened.add(Conflict(inspector_code="cheshire-0", area_code="wigan"))
    with session(programme) as opened:
        stored = plan_store.find_version(opened, 1)
        problem = plan_store.load_plan(opened, 1).problem
        people = tuple(
            own.model_copy(update={"conflicts": ("wigan",)}) if own.id == "cheshire-0" else own
            for own in problem.inspectors
        )
        stored.problem_json = problem.model_copy(update={"inspectors": people}).model_dump_json()
    assert words in refusal(programme, lambda o: assign(o, 1, ("wigan-jar", place), person, WORD))


def test_whoever_leaves_has_to_have_the_place(programme: Engine) -> None:
    said = refusal(
        programme,
        lambda o: assign(o, 1, ("wigan-jar", "leader"), "sheffield-0", WORD, instead_of="cheshire-0"),
    )
    assert "--instead PERSON" in said
    found, _ = made(
        programme, lambda o: assign(o, 1, ("wigan-jar", "leader"), "sheffield-0", WORD, instead_of="wigan-0")
    )
    assert [(own.out, own.into) for own in found.consequences.displaced] == [("wigan-0", "sheffield-0")]


def test_a_plan_file_is_kept_as_a_version_at_its_right_costs(programme: Engine) -> None:
    made_before, _ = made(programme, to(("wigan-jar", LATER)))
    claimed = made_before.plan.model_copy(
        update={"costs": made_before.plan.costs.model_copy(update={"uncovered_places": 7})}
    )
    found, number = made(programme, lambda o: from_file(o, claimed, "plan.json", WORD, 1))
    assert found.consequences.costs_after == made_before.plan.costs
    assert mondays(programme, number)["wigan-jar"] == LATER
    with pytest.raises(AlreadySo), session(programme) as opened:
        from_file(opened, claimed, "plan.json", WORD)


def test_a_plan_file_that_is_no_plan_of_the_problem_is_refused_with_every_reason(programme: Engine) -> None:
    with session(programme, read_only=True) as opened:
        plan = plan_store.load_plan(opened, 1).plan
    first, second, *others = plan.dates
    wrong = plan.model_copy(
        update={
            "dates": (
                first.model_copy(update={"starts": (1, 2, 3)}),
                second.model_copy(update={"activity": "x"}),
                *others,
            )
        }
    )
    said = refusal(programme, lambda o: from_file(o, wrong, "plan.json", WORD))
    for words in ("3 weeks for", "no such activity", "it has no dates"):
        assert words in said
    stranger = plan.model_copy(update={"problem_hash": "0" * 64})
    with pytest.raises(NotFound, match="no stored plan"), session(programme) as opened:
        from_file(opened, stranger, "plan.json", WORD)


def test_a_plan_file_moves_nothing_that_has_begun_r019(programme: Engine) -> None:
    found, _ = made(programme, to(("wigan-jar", LATER)))
    with session(programme) as opened:
        opened.exec(select(Activity).where(Activity.code == "wigan-jar")).one().state = "under_way"
    with pytest.raises(Refused, match="it has begun"), session(programme) as opened:
        from_file(opened, found.plan, "plan.json", WORD, 1)


def test_somebody_who_is_pinned_elsewhere_in_the_same_weeks_is_refused_r043(programme: Engine) -> None:
    with session(programme) as opened:
        opened.add(PlacePin(activity_code="sheffield-jar", skill=LEADER, inspector_code="sheffield-0"))
        opened.flush()
        pinned = tables.store(opened, {"wigan": tables.MONDAYS["sheffield"]})
    with pytest.raises(Refused, match="unpin place sheffield-jar sheffield-0"), session(programme) as opened:
        assign(opened, pinned, ("wigan-jar", "leader"), "sheffield-0", WORD)


def test_versions_are_numbered_on(programme: Engine) -> None:
    numbers = [made(programme, to(("wigan-jar", LATER + timedelta(weeks=week))))[1] for week in range(2)]
    with session(programme, read_only=True) as opened:
        numbered = [row.version for row in plan_store.versions(opened)]
        activities = opened.exec(select(col(Activity.plan_version)).distinct()).all()
    # What is only looked at leaves a gap in the numbers of some databases.
    assert 1 < numbers[0] < numbers[1]
    assert (numbered, list(activities)) == ([*reversed(numbers), 1], [1])
