"""Appeals against ratings: from the first query to the word about the decision, and what is refused (R153, R162)."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from models import AnnualRating, Area, session
from services.casework.step_turns import Action
from services.casework.waiver_reasons import WaiverReason
from services.errors import AlreadySo, NotFound, Refused
from services.rating import appeals
from services.rating.annual import NewRating, rate, rating_of
from services.rating.appeal_entries import AppealEntry, count_appeals, list_appeals, show_appeal
from services.rating.appeal_objections import AppealVerdict, Said
from services.rating.appeal_steps import Step
from services.rating.data_queries import NewQuery, ask_query
from services.rating.letters import LetterTexts, draft_letter, finalise_letter
from services.shown.ratings import rating_lines
from services.shown.waiting_list import waiting
from tests.known import known
from tests.rated import AMBER, AREA, DRAFTED, GREEN, PUBLISHED, RATED_ON, files_of, imported, on

LODGED, LAST_DAY = date(2009, 9, 28), date(2009, 10, 12)
GROUNDS = Said("Two referral units were counted as one.", "The director")


def given_letters(opened: Session, *areas: str) -> None:
    """These areas are rated, and have the drafts of their letters."""
    for area in areas:
        rate(opened, area, 2009, NewRating("well", "Ann Lee", "Review of 2009"), on(RATED_ON))
        draft_letter(opened, area, 2009, LetterTexts("Schools", "Referral units"), on(DRAFTED))


@pytest.fixture
def opened(engine: Engine, tmp_path: Path) -> Iterator[Session]:
    """A transaction in which an area has the draft of its letter."""
    imported(engine, files_of(tmp_path / "files", {**GREEN, **AMBER}))
    with session(engine) as found:
        given_letters(found, AREA)
        yield found


def lodged(opened: Session, day: date = LODGED, area: str = AREA) -> int:
    return appeals.lodge(opened, area, 2009, GROUNDS, on(day)).id or 0


def decided(
    opened: Session, number: int, outcome: str, grade: str = "", day: date = date(2009, 10, 20)
) -> int:
    verdict = AppealVerdict(outcome, "Bea Roy", grade)
    return appeals.decide_appeal(opened, number, verdict, on(day, "counted anew")).id or 0


def entry(opened: Session, number: int) -> AppealEntry:
    return show_appeal(opened, number)


def test_an_appeal_goes_from_the_query_to_the_word_about_its_decision(opened: Session) -> None:
    """R162: a stage before it, more evidence, and for each step the day of the next."""
    query = appeals.begin_query(opened, AREA, 2009, Said("Why so?", "The director"), on(date(2009, 9, 16)))
    number = query.id or 0
    assert (entry(opened, number).next_step, entry(opened, number).due) == (Step.TALK, date(2009, 9, 23))
    appeals.talk(opened, number, Said("By telephone", "Ann Lee"), on(date(2009, 9, 18)))
    assert (entry(opened, number).next_step, entry(opened, number).due) == (Step.LODGED, LAST_DAY)
    assert lodged(opened) == number
    appeals.add_evidence(opened, number, Said("The register", "The director"), on(date(2009, 10, 5)))
    assert (entry(opened, number).next_step, entry(opened, number).due) == (Step.DECIDED, date(2009, 10, 26))
    decided(opened, number, "upheld", "excellent")
    assert (entry(opened, number).next_step, entry(opened, number).due) == (Step.TOLD, date(2009, 10, 27))
    appeals.tell(opened, number, Said("By letter", "Bea Roy"), on(date(2009, 10, 22)))
    found = entry(opened, number)
    assert [step.step for step in found.steps] == list(Step)
    assert (found.state, found.next_step, found.due) == ("the area was told: upheld", None, None)
    assert (found.grade, found.new_grade) == ("Performs well", "Performs excellently")
    with pytest.raises(AlreadySo):
        appeals.tell(opened, number, Said("By letter", "Bea Roy"), on(date(2009, 10, 23)))


def test_an_appeal_that_is_upheld_gives_another_rating_with_a_draft_letter(opened: Session) -> None:
    decided(opened, lodged(opened), "upheld", "excellent")
    row = known(rating_of(opened, AREA, 2009))
    assert (row.grade, row.rated_by, row.draft_on, row.strengths) == (
        "excellent",
        "Bea Roy",
        DRAFTED,
        "Schools",
    )
    assert finalise_letter(opened, AREA, 2009, on(date(2009, 11, 30))).grade == "excellent"


def test_an_appeal_that_is_not_upheld_leaves_the_rating(opened: Session) -> None:
    found = entry(opened, decided(opened, lodged(opened), "not-upheld"))
    assert (found.state, found.new_grade) == ("decided: not upheld", "")
    assert known(rating_of(opened, AREA, 2009)).grade == "well"


def test_a_day_late_goes_only_by_waiver(opened: Session) -> None:
    """R162: twenty working days after the draft of 14 September 2009 are over on 12 October."""
    late = date(2009, 10, 13)
    with pytest.raises(
        Refused, match=r"appeals were to be lodged by 12 October 2009\. \(R162\) Give --waiver"
    ):
        lodged(opened, late)
    with pytest.raises(Refused, match="there is no reason 'ilness'"):
        appeals.lodge(opened, AREA, 2009, GROUNDS, on(late), WaiverReason("ilness"))
    row = appeals.lodge(opened, AREA, 2009, GROUNDS, on(late), WaiverReason("illness", "the director"))
    assert entry(opened, row.id or 0).waiver == "Illness: the director"


def test_the_last_day_is_in_time(opened: Session) -> None:
    assert entry(opened, lodged(opened, LAST_DAY)).state == "lodged"


def test_who_rated_the_area_does_not_decide(opened: Session) -> None:
    """R153."""
    verdict = AppealVerdict("not-upheld", "ann lee")
    number = lodged(opened)
    with pytest.raises(Refused, match="Ann Lee rated the area, and does not decide about it"):
        appeals.decide_appeal(opened, number, verdict, on(LODGED, "as before"))


def test_evidence_after_the_decision_is_refused(opened: Session) -> None:
    number = decided(opened, lodged(opened), "not-upheld")
    with pytest.raises(Refused, match="it is decided already"):
        appeals.add_evidence(opened, number, GROUNDS, on(PUBLISHED))


@pytest.mark.parametrize(
    ("outcome", "grade", "told"),
    [
        ("upheld", "", "an appeal that is upheld leads to another rating"),
        ("upheld", "well", "an appeal that is upheld leads to another rating"),
        ("upheld", "wel", "there is no grade 'wel'"),
        ("not-upheld", "excellent", "leaves the rating as it is"),
        ("withdrawn", "", "'withdrawn' is no decision"),
    ],
)
def test_a_decision_that_can_not_be_so_is_refused(
    opened: Session, outcome: str, grade: str, told: str
) -> None:
    number = lodged(opened)
    with pytest.raises(Refused, match=told):
        decided(opened, number, outcome, grade)


def test_an_appeal_does_not_lead_beyond_what_the_tests_allow(engine: Engine, tmp_path: Path) -> None:
    """R149."""
    imported(engine, files_of(tmp_path / "files", {**GREEN, "adoption": (0, 1)}))
    with session(engine) as opened:
        given_letters(opened, AREA)
        number = lodged(opened)
        with pytest.raises(Refused, match="No group of services is red"):
            decided(opened, number, "upheld", "excellent")


def test_publication_with_an_appeal_open_names_it(opened: Session) -> None:
    """R153: on 9 December 2009."""
    number = lodged(opened)
    with pytest.raises(Refused, match=f"appeal {number} of Sheffield is not decided"):
        finalise_letter(opened, AREA, 2009, on(PUBLISHED))
    (line,) = rating_lines(opened, PUBLISHED)
    assert (line.is_under_appeal, line.is_public) == (True, False)
    decided(opened, number, "not-upheld")
    finalise_letter(opened, AREA, 2009, on(PUBLISHED))
    (line,) = rating_lines(opened, PUBLISHED)
    assert (line.is_under_appeal, line.is_public) == (False, True)


def test_a_decision_comes_before_publication(opened: Session) -> None:
    """R153: lodged late by waiver on 1 December, it is due on the working day before 9 December."""
    row = appeals.lodge(opened, AREA, 2009, GROUNDS, on(date(2009, 12, 1)), WaiverReason("illness"))
    found = entry(opened, row.id or 0)
    assert found.due == date(2009, 12, 8)
    assert [found.is_late(day) for day in (date(2009, 12, 8), PUBLISHED)] == [False, True]


def test_there_is_one_appeal_against_a_rating(opened: Session) -> None:
    number = lodged(opened)
    with pytest.raises(Refused, match=f"appeal {number} is about this rating already"):
        lodged(opened)
    decided(opened, number, "not-upheld")
    with pytest.raises(Refused, match=f"appeal {number} is about this rating already"):
        lodged(opened)


def test_before_the_draft_letter_and_after_the_final_one_nobody_appeals(opened: Session) -> None:
    with pytest.raises(NotFound, match="has not been rated"):
        lodged(opened, area="wigan")
    row = known(rating_of(opened, AREA, 2009))
    row.draft_on = None
    with pytest.raises(Refused, match="no draft letter yet"):
        lodged(opened)
    row.draft_on, row.final_on = DRAFTED, DRAFTED
    with pytest.raises(Refused, match=r"its letter is final since 14 September 2009\. \(R137\) Complain"):
        lodged(opened)


def test_what_is_not_said_and_by_whom_is_missing(opened: Session) -> None:
    with pytest.raises(Refused) as refused:
        appeals.lodge(opened, AREA, 2009, Said("", ""), on(LODGED))
    assert [finding.field for finding in refused.value.findings] == ["note", "by"]


def test_each_step_has_its_turn(opened: Session) -> None:
    number = appeals.begin_query(opened, AREA, 2009, GROUNDS, on(LODGED)).id or 0
    with pytest.raises(Refused, match="evidence is added once it is lodged"):
        appeals.add_evidence(opened, number, GROUNDS, on(LODGED))
    with pytest.raises(Refused, match="it is not decided"):
        appeals.tell(opened, number, GROUNDS, on(LODGED))
    lodged(opened)
    with pytest.raises(Refused, match="it is lodged already"):
        appeals.talk(opened, number, GROUNDS, on(LODGED))
    with pytest.raises(NotFound, match="there is no such appeal"):
        appeals.talk(opened, 99, GROUNDS, on(LODGED))


def test_a_complaint_follows_an_appeal_and_is_linked(opened: Session) -> None:
    """R137, R162."""
    number = lodged(opened)
    with pytest.raises(Refused, match="a complaint follows an appeal"):
        appeals.link_complaint(opened, number, "C/12", on(LODGED))
    decided(opened, number, "not-upheld")
    with pytest.raises(Refused, match="no complaint is named"):
        appeals.link_complaint(opened, number, " ", on(LODGED))
    appeals.link_complaint(opened, number, "C/12", on(PUBLISHED))
    assert entry(opened, number).complaint == "C/12"
    with pytest.raises(AlreadySo):
        appeals.link_complaint(opened, number, "C/12", on(PUBLISHED))


def test_a_talk_comes_first_where_the_rules_want_it(opened: Session, home: Path) -> None:
    """R162: a regime may make the stage before an appeal a condition."""
    ours = Path(__file__).parents[3] / "config" / "ratings" / "england-2009.toml"
    (home / "ratings").mkdir()
    text = ours.read_text(encoding="utf-8").replace("talk_first = false", "talk_first = true")
    (home / "ratings" / ours.name).write_text(text, encoding="utf-8")
    with pytest.raises(Refused, match="there was no talk before it"):
        lodged(opened)
    number = appeals.begin_query(opened, AREA, 2009, GROUNDS, on(LODGED)).id or 0
    appeals.talk(opened, number, GROUNDS, on(LODGED))
    assert lodged(opened) == number


def test_the_appeals_of_2009_are_counted(engine: Engine, tmp_path: Path) -> None:
    """R153: 18 lodged, 5 upheld, 13 not."""
    imported(engine, files_of(tmp_path / AREA, {**GREEN, **AMBER}))
    codes = [AREA, *(f"area{number}" for number in range(2, 19))]
    with session(engine) as opened:
        known_area = opened.get_one(Area, AREA).model_dump()
        for code in codes[1:]:
            opened.add(Area(**{**known_area, "code": code, "gss_code": code, "name": code.title()}))
    for code in codes[1:]:
        imported(engine, files_of(tmp_path / code, {**GREEN, **AMBER}, area=code), is_filled=True)
    with session(engine) as opened:
        given_letters(opened, *codes)
        numbers = [lodged(opened, area=code) for code in codes]
        for number in numbers[:5]:
            decided(opened, number, "upheld", "excellent")
        for number in numbers[5:]:
            decided(opened, number, "not-upheld")
        counts = count_appeals(list_appeals(opened, year=2009))
    assert (counts.lodged, counts.upheld, counts.not_upheld, counts.num_open) == (18, 5, 13, 0)


def test_what_waits_about_profiles_and_appeals_is_among_the_required_actions(opened: Session) -> None:
    """R156, R162: each with the single contact point, and late once its day has passed."""
    ask_query(opened, NewQuery(AREA, "Youth service missing", "The director"), on(DRAFTED))
    lodged(opened)

    def required(day: date) -> list[tuple[Action, date, bool]]:
        found = [item for item in waiting(opened, day) if item.action.action in ABOUT_RATINGS]
        assert {person.name for item in found for person in item.people} <= {"Lead Office"}
        return [(item.action.action, item.action.due, item.action.is_late) for item in found]

    assert required(date(2009, 9, 11)) == []
    assert required(LODGED) == [
        (Action.ANSWER_QUERY, date(2009, 9, 28), False),
        (Action.DECIDE_APPEAL, date(2009, 10, 26), False),
    ]
    assert required(date(2009, 10, 27)) == [
        (Action.ANSWER_QUERY, date(2009, 9, 28), True),
        (Action.DECIDE_APPEAL, date(2009, 10, 26), True),
    ]


ABOUT_RATINGS = (Action.ANSWER_QUERY, Action.TALK_BEFORE_APPEAL, Action.DECIDE_APPEAL, Action.TELL_OF_APPEAL)


def test_rows_of_ratings_stay(opened: Session) -> None:
    """An upheld appeal adds a rating and changes none."""
    before = known(rating_of(opened, AREA, 2009)).id
    decided(opened, lodged(opened), "upheld", "excellent")
    assert opened.get_one(AnnualRating, before).grade == "well"
