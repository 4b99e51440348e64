"""The project says under which licence it is, and everything of others in it is named with its own."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
NOTICE = (ROOT / "THIRD-PARTY.md").read_text(encoding="utf-8")
RECORDS = [
    path
    for room in ("console", "tests", "reports", "examples")
    for path in ROOT.glob(f"{room}/**/VENDOR.toml")
]
MADE_HERE = {"jarcycle.css", "jarcycle.js", "icon.svg", "paper-a3.css", "paper-a4.css"}


def test_the_package_is_under_the_licence_that_stands_beside_it() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert project["license"] == "MIT"
    assert text.startswith("MIT License\n\nCopyright (c) 2026 The jarcycle developers\n")
    kept = {path.name for pattern in project["license-files"] for path in ROOT.glob(pattern)}
    assert kept == {"LICENSE", "THIRD-PARTY.md", "LICENCE-govuk-frontend.txt"}


@pytest.mark.parametrize("record", RECORDS, ids=lambda path: path.parent.name)
def test_whatever_is_vendored_is_named_with_version_licence_and_text(record: Path) -> None:
    for package, about in tomllib.loads(record.read_text(encoding="utf-8")).items():
        row = next(line for line in NOTICE.splitlines() if line.startswith(f"| `{package}`"))
        assert f"| {about['version']} | {about['licence']}, Copyright" in row
        assert about.get("copyright", "") in row
        text = ROOT / re.findall(r"\[text\]\(([^)]+)\)", row)[0]
        assert text.parent == record.parent
        assert f"LICENCE-{package}" in text.name.replace("LICENSE", "LICENCE")
        assert all(f"`{(record.parent / file['name']).relative_to(ROOT)}`" in row for file in about["files"])


def test_no_file_of_others_lies_beside_the_recorded_ones() -> None:
    for record in RECORDS:
        files = {
            f["name"] for p in tomllib.loads(record.read_text(encoding="utf-8")).values() for f in p["files"]
        }
        there = {
            path.name for path in record.parent.iterdir() if path.suffix in {".css", ".js", ".svg", ".woff2"}
        }
        assert there - MADE_HERE == files


def test_licensed_data_of_the_example_are_named_in_both_places() -> None:
    about = (ROOT / "examples/england-2005/README.md").read_text(encoding="utf-8")
    for text in (NOTICE, about):
        for word in ("mySociety", "CC BY 4.0", "Local Authority Interactive Tool", "Open Government Licence"):
            assert word in text
