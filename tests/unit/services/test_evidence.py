"""Evidence is asked for once, also where several activities need it (R041, R069, R070, R076, R117)."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, update
from sqlmodel import Session, col, select

from config.framework_files import find_framework
from models import Activity, EvidenceRequest, session
from services.audit import Word
from services.casework.advancing import advance
from services.casework.evidence import checklist, receive
from services.errors import NotFound, Refused
from tests.tables import WHO, at, published

NOTICE = date(2005, 10, 17)
CA_NOTICE = date(2005, 11, 21)
JAR = find_framework("jar-2005")


@pytest.fixture
def programme(engine: Engine) -> Engine:
    published(engine, num_areas=1)
    return engine


def items(opened: Session, kind: str = "jar") -> dict[str, EvidenceRequest]:
    query = select(EvidenceRequest).join(Activity, col(Activity.id) == col(EvidenceRequest.activity_id))
    return {row.item: row for row in opened.exec(query.where(Activity.kind == kind))}


def test_what_the_notification_asks_for_is_asked_on_its_day(programme: Engine) -> None:
    """R069."""
    with session(programme) as opened:
        advance(opened, NOTICE - timedelta(days=1))
        assert items(opened) == {}
        assert advance(opened, NOTICE).requests == 5
        assert set(items(opened)) == {item.id for item in JAR.evidence if item.asked_at == "notification"}


def test_a_request_says_of_whom_for_what_and_until_when(programme: Engine) -> None:
    with session(programme) as opened:
        advance(opened, NOTICE)
        row = items(opened)["performance_data"]
    assert (row.asked_of, row.step_id, row.requested_on) == ("director", "analysis", NOTICE)
    assert row.due_on == date(2006, 1, 9)


def test_seven_kinds_are_asked_for_the_analysis_and_eight_for_fieldwork(programme: Engine) -> None:
    """R069, R070."""
    needed = [item.needed_for for item in JAR.evidence]
    assert (needed.count("analysis"), needed.count("fieldwork")) == (7, 8)


def test_an_item_asked_for_a_review_is_not_asked_again_for_the_assessment(programme: Engine) -> None:
    """R041, R076, R117."""
    with session(programme) as opened:
        advance(opened, NOTICE)
        advance(opened, CA_NOTICE)
        assert items(opened, "ca") == {}
        shared = {item: row.shared_with for item, row in items(opened).items() if row.shared_with}
    assert shared == {"self_assessment_material": "sheffield-ca", "plans": "sheffield-ca"}


def test_an_item_asked_a_year_ago_is_asked_again(programme: Engine) -> None:
    """R120: one in a window, not one for ever."""
    with session(programme) as opened:
        advance(opened, NOTICE)
        long_ago = CA_NOTICE - timedelta(days=366)
        opened.exec(update(EvidenceRequest).values(requested_on=long_ago))
        advance(opened, CA_NOTICE)
        assert set(items(opened, "ca")) == {"self_assessment_material", "plans"}


def test_a_shared_item_stays_shared_when_the_year_is_over(programme: Engine) -> None:
    with session(programme) as opened:
        advance(opened, CA_NOTICE)
        opened.exec(update(EvidenceRequest).values(requested_on=CA_NOTICE - timedelta(days=366)))
        assert advance(opened, CA_NOTICE).requests == 0


def test_a_shared_item_is_due_for_whoever_needs_it_first(programme: Engine) -> None:
    with session(programme) as opened:
        advance(opened, NOTICE)
        opened.exec(update(EvidenceRequest).values(due_on=date(2006, 12, 1)))
        advance(opened, CA_NOTICE)
        assert items(opened)["plans"].due_on == date(2006, 1, 30)
        assert items(opened)["performance_data"].due_on == date(2006, 12, 1)


def test_the_day_on_which_an_item_came_is_kept(programme: Engine) -> None:
    day = NOTICE + timedelta(days=9)
    with session(programme) as opened:
        advance(opened, NOTICE)
        number = items(opened)["plans"].id or 0
        for wrong in (NOTICE - timedelta(days=1), day + timedelta(days=1)):
            with pytest.raises(Refused, match="is outside 17 October 2005 to 26 October 2005"):
                receive(opened, number, wrong, Word(WHO, at(day), day))
        receive(opened, number, day, Word(WHO, at(day), day))
        assert items(opened)["plans"].received_on == day


def test_an_unknown_request_is_not_received(programme: Engine) -> None:
    with session(programme) as opened, pytest.raises(NotFound, match="no such request"):
        receive(opened, 99, NOTICE, Word(WHO, at(NOTICE), NOTICE))


def test_the_checklist_says_what_is_late_and_what_came(programme: Engine) -> None:
    """R069, R076."""
    with session(programme) as opened:
        advance(opened, NOTICE)
        due = {item.item: item.due_on for item in checklist(opened, NOTICE)}
        assert due
        assert not any(item.is_late for item in checklist(opened, NOTICE))
        later = max(due.values()) + timedelta(days=1)
        number = items(opened)["plans"].id or 0
        receive(opened, number, NOTICE, Word(WHO, at(later), later))
        found = {item.item: item for item in checklist(opened, later, "sheffield")}
        assert (found["plans"].received_on, found["plans"].is_late) == (NOTICE, False)
        assert {name for name, item in found.items() if not item.is_late} == {"plans"}
        assert checklist(opened, later, "nowhere") == []


def test_of_an_item_only_its_days_are_kept_and_never_what_it_says() -> None:
    """R073: nobody is identifiable in what is kept."""
    kept = {"id", "activity_id", "area_code", "step_id", "item", "name", "asked_of", "shared_with"}
    assert set(EvidenceRequest.model_fields) == kept | {"requested_on", "due_on", "received_on"}
