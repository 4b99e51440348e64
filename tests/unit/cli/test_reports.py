"""`finding`, `hypothesis` and `report`: what is written down, shown and exported."""

import zipfile
from pathlib import Path

import pytest
from sqlalchemy import Engine

from cli.shown.exit_codes import ExitCode
from models import session
from services.shown.framework_lines import contribution_rows
from tests.commands import Run
from tests.reviewed import CODE, FRAMEWORK, done

AT = ("--as-of", "2006-04-07", "--as", "Ann")
LATER = ("--as-of", "2006-04-25", "--as", "Ann")


@pytest.fixture
def draft(published: Engine) -> Engine:
    """The draft of Sheffield's report is out."""
    with session(published) as opened:
        done(opened, "notification", "self_assessment", "set_up", "consultation")
        done(opened, "analysis", "fieldwork", "feedback", "draft_report")
    return published


def test_findings_are_listed_with_services_and_how_they_end_r189(run: Run, draft: Engine) -> None:
    said = run("finding", "list", CODE)
    assert "34 of 34 contributions have ended; no hypotheses are open." in said.err
    document = run("finding", "list", CODE, "--json").document
    line = next(line for line in document["contributions"] if line["id"] == "protection_together")
    assert "Local Safeguarding Children Board" in line["services"]
    assert line["findings"][0]["kind"] == "strength"


def test_a_framework_publishes_what_is_found_out_with_the_services_r187_r189(run: Run, draft: Engine) -> None:
    shown = " ".join(run("framework", "show", "jar-2005").out.split())
    assert "What is found out" in shown
    assert "protection_together" in shown
    rows = {row[0]: row for row in contribution_rows(FRAMEWORK)}
    assert rows["health_services"][2:] == (
        "There are services for the health needs of children, their mental health among them (in every review)",
        "Child health services; Child and adolescent mental health services",
    )
    assert sum("(in every review)" in str(row[2]) for row in rows.values()) == 2


def test_a_finding_is_added_and_withdrawn_r085(run: Run, draft: Engine) -> None:
    said = run("finding", "add", CODE, "vetted_staff", "gap", "--text", "Some are not.", *AT)
    assert said.code == ExitCode.INVALID_INPUT
    assert "a gap needs a cause. (R085) Choose one of: ineffective, capacity." in said.err
    given = ("--text", "Some are not.", "--cause", "ineffective", "--service", "Schools")
    added = run("finding", "add", CODE, "vetted_staff", "gap", *given, *AT, "--json")
    assert (added.code, added.document["said"]) == (ExitCode.DONE, "vetted_staff: gap")
    number = added.document["finding"]
    gone = run("finding", "withdraw", CODE, number, "--why", "the wrong area", *AT)
    assert f"Finding {number} about vetted_staff is withdrawn." in gone.err


def test_a_hypothesis_is_added_listed_and_ended_r048(run: Run, draft: Engine) -> None:
    said = run("hypothesis", "add", CODE, "vetted_staff", "All are vetted.", "--reason", "concern", *AT)
    assert said.code == ExitCode.DONE
    assert "All are vetted." in run("hypothesis", "list", CODE).out
    assert "Hypothesis 1 is confirmed." in run("hypothesis", "end", CODE, 1, "confirmed", *AT).err


def test_a_part_is_written_from_a_file_and_not_over_another_text(
    run: Run, draft: Engine, tmp_path: Path
) -> None:
    file = tmp_path / "context.txt"
    file.write_text("Three homes.\n\nOne hospital.\n", encoding="utf-8")
    said = run("report", "write", CODE, "context", "--file", file, "--edition", 0, *AT)
    assert said.code == ExitCode.INVALID_INPUT
    assert 'Added: "About Context."' in said.err
    assert "repeat this with --edition 1." in said.err
    written = run("report", "write", CODE, "context", "--file", file, "--edition", 1, *AT)
    assert "context is kept as edition 2." in written.err
    assert run("report", "write", CODE, "context", *AT).code == ExitCode.USAGE


def test_comments_are_recorded_answered_and_shown_r066(run: Run, draft: Engine) -> None:
    given = ("The figures are old.", "--part", "context", "--on", "2006-04-24")
    assert "Comment 1 is recorded." in run("report", "comment", CODE, "The council", *given, *LATER).err
    assert "refusing a comment needs a reason" in run("report", "answer", CODE, 1, "refused", *LATER).err
    assert "Comment 1 is accepted." in run("report", "answer", CODE, 1, "accepted", *LATER).err
    shown = run("report", "show", CODE)
    assert "The figures are old." in " ".join(shown.out.split())
    assert "Draft: 7 April 2006." in shown.err
    assert run("report", "show", "sheffield-ca").err.strip() == "Its framework has no report."


def test_a_report_on_a_service_is_named_and_taken_out_r086(run: Run, draft: Engine) -> None:
    given = (
        "--title",
        "Youth in Sheffield",
        "--address",
        "https://council.example/y.pdf",
        "--summary",
        "Good.",
    )
    assert (
        "Report 1 on Youth service is named."
        in run("report", "link", CODE, "Youth service", *given, *LATER).err
    )
    assert "Report 1 on Youth service: Youth in Sheffield. Good." in run("report", "show", CODE).err
    assert "is taken out." in run("report", "unlink", CODE, 1, "--why", "it is not out", *LATER).err


def test_a_report_is_exported_as_a_page_and_as_a_document_r087(
    run: Run, draft: Engine, tmp_path: Path
) -> None:
    page, document = tmp_path / "report.html", tmp_path / "report.docx"
    assert "being written." in run("report", "export", CODE, "--output", page).err
    assert "<h2>Service management</h2>" in page.read_text(encoding="utf-8")
    sent = run("report", "export", CODE, "--output", document, "--for-authority", "--json").document
    assert (sent["version"], sent["on"]) == ("Draft", "2006-04-07")
    assert zipfile.is_zipfile(document)
    run("report", "export", CODE, "--output", page, "--only", "children")
    assert "Service management" not in page.read_text(encoding="utf-8")
    assert run("report", "export", CODE, "--output", tmp_path / "report.odt").code == ExitCode.USAGE
