"""The audit log is a chain: whoever changes, takes out or adds an entry from outside is found out."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import Engine, text
from sqlmodel import select

from models import AuditEntry, session
from services import audit
from services.audit_chain import Checked, check_chain
from tests import tables


def write(engine: Engine, *subjects: str) -> None:
    with session(engine) as opened:
        for number, subject in enumerate(subjects):
            at = tables.AT + timedelta(microseconds=number)
            audit.record(
                opened, "Ann", at, "say", subject, before={"é": 1}, after=[tables.PLANNED_ON], why="so"
            )


def checked(engine: Engine, known_seal: str = "") -> Checked:
    with session(engine, read_only=True) as opened:
        return check_chain(opened, known_seal)


def alter(engine: Engine, statement: str) -> None:
    with engine.begin() as connection:
        connection.execute(text(statement))


@pytest.fixture
def log(engine: Engine) -> Engine:
    write(engine, "one", "two")
    write(engine, "three", "four")
    return engine


def test_entries_are_sealed_in_the_order_of_their_transactions(log: Engine) -> None:
    found = checked(log)
    assert (found.entries, found.faults) == (4, ())
    with session(log, read_only=True) as opened:
        rows = opened.exec(select(AuditEntry).order_by(AuditEntry.position)).all()
    assert [(row.position, row.subject) for row in rows] == [
        (1, "one"),
        (2, "two"),
        (3, "three"),
        (4, "four"),
    ]
    assert rows[-1].seal == found.last_seal
    assert len({row.seal for row in rows}) == 4


@pytest.mark.parametrize("column", ["who", "action", "subject", "before", "after", "why"])
def test_any_change_of_an_entry_is_found(log: Engine, column: str) -> None:
    alter(log, f"UPDATE auditentry SET {column} = 'another' WHERE position = 2")
    (fault,) = checked(log).faults
    assert "is not as it was written" in fault


def test_a_change_of_the_instant_is_found(log: Engine) -> None:
    alter(log, "UPDATE auditentry SET at = '2005-08-02 09:00:00' WHERE position = 2")
    assert len(checked(log).faults) == 1


def test_an_entry_with_a_seal_of_its_own_does_not_fit_the_next(log: Engine) -> None:
    alter(log, f"UPDATE auditentry SET who = 'Bob', seal = '{'0' * 64}' WHERE position = 2")
    assert len(checked(log).faults) == 2


def test_an_entry_that_was_taken_out_is_missed(log: Engine) -> None:
    alter(log, "DELETE FROM auditentry WHERE position = 2")
    assert checked(log).faults == ("entries are missing between the places 1 and 3 of the chain",)


def test_an_entry_that_was_slipped_in_is_found(log: Engine) -> None:
    alter(
        log,
        "INSERT INTO auditentry (at, who, action, subject, why, seal)"
        " VALUES ('2005-08-01 09:00:00', 'Eve', 'say', 'five', '', '')",
    )
    (fault,) = checked(log).faults
    assert "without a seal" in fault


def test_a_seal_that_was_noted_tells_that_the_end_was_cut_off(log: Engine) -> None:
    noted = checked(log).last_seal
    write(log, "five")
    assert checked(log, noted[:12]).faults == ()
    alter(log, "DELETE FROM auditentry WHERE position > 3")
    assert checked(log).faults == ()
    (fault,) = checked(log, noted).faults
    assert "taken from the end" in fault


def test_what_is_rolled_back_leaves_no_gap(log: Engine) -> None:
    with session(log) as opened:
        audit.record(opened, "Ann", tables.AT, "say", "never")
        opened.flush()
        opened.rollback()
    write(log, "five")
    assert checked(log).faults == ()
    assert checked(log).entries == 5


def test_several_writers_make_one_chain(log: Engine) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: write(log, f"{number} a", f"{number} b"), range(20)))
    found = checked(log)
    assert (found.entries, found.faults) == (44, ())
