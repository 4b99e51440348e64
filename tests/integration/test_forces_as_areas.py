"""A programme whose areas are police forces, under a framework of theirs: no council is asked for (C20)."""

import shutil
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from models import Activity, session
from services.imports import ImportRefused, import_folder, read_folder
from services.problem import build_problem

TODAY = Path(__file__).parents[2] / "examples" / "england-today"
AT = datetime(2025, 8, 29, 9, tzinfo=UTC)
FORCES = {"cleveland": "E23000013", "cumbria": "E23000002"}
PROGRAMME = (
    "name,planned_on,first_start_on,last_start_on,default_option,frameworks",
    "Forces,2025-08-29,2025-09-01,2026-08-31,4,peel-2023",
)


def force(code: str) -> str:
    return (
        f"{code},{FORCES[code]},{code.title()} Police,police force,North,54.5,-1.2,100000,5,by hand,england"
    )


def folder_of_forces(path: Path, roles: Sequence[str] = ("chief_constable", "policing_body")) -> Path:
    """A programme of two forces in the files of the example, of which it keeps the headers and the calendar."""
    folder = Path(shutil.copytree(TODAY, path / "files", ignore=shutil.ignore_patterns("plans", "history")))
    for file in folder.glob("*.csv"):
        if file.name not in ("school_holidays.csv", "bodies.csv"):
            _write(file, (file.read_text(encoding="utf-8").splitlines()[0],))
    contacts = [f"{code},{role},{role} {code},{role}@{code}.example" for code in FORCES for role in roles]
    windows = [f"{code},peel,1,2025-09-01,2026-06-30" for code in FORCES]
    _write(folder / "programme.csv", PROGRAMME)
    _add(folder / "areas.csv", [force(code) for code in FORCES])
    _add(folder / "contacts.csv", contacts)
    _add(folder / "inspections_due.csv", windows)
    _add(folder / "pools.csv", ["hmicfrs_force,Teams for forces,2"])
    return folder


def _write(file: Path, lines: Sequence[str]) -> None:
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _add(file: Path, lines: Sequence[str]) -> None:
    _write(file, (file.read_text(encoding="utf-8").splitlines()[0], *lines))


def test_two_forces_are_planned_without_a_director_or_a_council(engine: Engine, tmp_path: Path) -> None:
    import_folder(engine, folder_of_forces(tmp_path), "planner", AT)
    with session(engine, read_only=True) as opened:
        codes = sorted(opened.exec(select(Activity.code)))
        problem = build_problem(opened, 4, date(2025, 8, 29))
    assert codes == [f"{code}-peel" for code in FORCES]
    assert sorted(activity.id for activity in problem.activities) == codes


def test_a_contact_of_a_force_holds_a_role_of_its_framework(tmp_path: Path) -> None:
    assert {row.code for row in read_folder(folder_of_forces(tmp_path / "right")).areas} == set(FORCES)
    with pytest.raises(ImportRefused) as refused:
        read_folder(folder_of_forces(tmp_path / "wrong", ("chief_constabel",)))
    assert {found.column for found in refused.value.findings} == {"role"}
