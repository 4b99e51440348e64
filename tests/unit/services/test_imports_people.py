"""Contacts of any role that a framework has, partners with who monitors them, bodies without a duty (R004, R005)."""

import pytest
from sqlmodel import select

from models import Contact, Inspector, Partner, session
from services.imports import import_folder
from services.imports.problems import ImportRefused
from tests.import_files import right_files
from tests.unit.services.test_imports_apply import AT, take
from tests.unit.services.test_imports_faults import only_fault, put


def folder(tmp_path, name):
    (tmp_path / name).mkdir()
    return tmp_path / name


def with_partners(files=None, **cells):
    """The right files, with a partner of Sheffield."""
    row = {
        "area": "373",
        "name": "South Yorkshire Police",
        "kind": "police",
        "chief_officer": "Amy Wye",
        "email": "amy.wye@police.example",
        "monitored_by": "CSCI",
    }
    files = right_files() if files is None else files
    files["partners.csv"] = [row | cells]
    return files


@pytest.mark.parametrize(
    "role", ["hmi_probation", "yot_manager", "audit_commission", "nominated_officer", "operations"]
)
def test_a_contact_may_hold_any_role_that_a_framework_has_or_that_stands_in(engine, tmp_path, role):
    """314 reminders of the demonstration had gone to operations: nobody could hold these roles."""
    files = right_files()
    files["contacts.csv"].append(
        {"area": "", "role": role, "name": "Desk", "email": "desk@body.example", "telephone": "020 7946 0103"}
    )
    for row in files["contacts.csv"][:-1]:
        row["telephone"] = ""
    take(engine, tmp_path, files)
    with session(engine, read_only=True) as opened:
        found = opened.exec(select(Contact).where(Contact.role == role)).one()
    assert (found.name, found.telephone) == ("Desk", "020 7946 0103")


def test_whoever_is_in_a_team_is_no_contact(tmp_path):
    def damage(files):
        leader = {"area": "", "role": "team_leader", "name": "X", "email": "x@y.example"}
        files["contacts.csv"].append(leader)

    fault = only_fault(tmp_path, damage)
    assert "the team of the published plan holds this role" in fault.message


def test_a_manager_of_a_youth_team_cannot_be_notified_in_the_directors_place(tmp_path):
    """R064."""
    fault = only_fault(tmp_path, put("contacts.csv", 4, role="yot_manager"))
    assert "neither a director nor a nominated officer" in fault.message


def test_partners_have_a_chief_officer_and_a_body_that_monitors_them(engine, tmp_path):
    """R004, R093."""
    take(engine, tmp_path, with_partners())
    with session(engine, read_only=True) as opened:
        partner = opened.exec(select(Partner)).one()
    assert (partner.area_code, partner.chief_officer, partner.monitor_code) == ("373", "Amy Wye", "CSCI")
    fault = only_fault(tmp_path, lambda files: with_partners(files, monitored_by="CSCL"))
    assert (fault.column, fault.advice) == ("monitored_by", "Try 'CSCI'.")


def test_a_folder_without_partners_is_right_until_there_are_some(engine, tmp_path):
    assert take(engine, folder(tmp_path, "old"), right_files()).is_any
    take(engine, folder(tmp_path, "new"), with_partners())
    with pytest.raises(ImportRefused, match="this file is missing, and there are partners already"):
        import_folder(engine, tmp_path / "old" / "files", "planner", AT)
    (tmp_path / "old" / "files" / "partners.csv").write_text(
        "area,name,kind,chief_officer,email,telephone,monitored_by\n"
    )
    import_folder(engine, tmp_path / "old" / "files", "planner", AT)
    with session(engine, read_only=True) as opened:
        assert opened.exec(select(Partner)).all() == []


def test_somebody_of_a_body_without_duty_takes_part_only_if_voluntary(engine, tmp_path):
    """R005: an inspector of HMCPSI in a team is refused unless they volunteer."""

    def damage(files):
        files["bodies.csv"].append({"code": "HMCPSI", "name": "Prosecution", "has_duty": "no"})
        files["inspectors.csv"][0]["body"] = "HMCPSI"

    fault = only_fault(tmp_path, damage)
    assert fault.message == "HMCPSI has no duty to take part, so Person 1 may be in no team."
    files = right_files()
    damage(files)
    for number, row in enumerate(files["inspectors.csv"]):
        row["voluntary"] = "yes" if number == 0 else ""
    take(engine, folder(tmp_path, "voluntary"), files)
    with session(engine, read_only=True) as opened:
        assert opened.exec(select(Inspector.code).where(Inspector.is_voluntary)).all() == ["I1"]
