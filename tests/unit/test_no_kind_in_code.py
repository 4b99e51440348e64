"""No line of the product knows a kind of activity: programmes name theirs, and frameworks and policies are data."""

import re
from pathlib import Path

import pytest

from config.framework_files import FOLDER, frameworks
from tests.name_graph import PRODUCT, ROOT

DATA = (FOLDER, ROOT / "config" / "policy")
ENDINGS = {".py", ".html", ".txt"}


def files() -> list[Path]:
    """Everything that is neither data nor somebody else's."""
    found = (path for package in PRODUCT for path in (ROOT / package).rglob("*") if path.suffix in ENDINGS)
    return sorted(path for path in found if not any(path.is_relative_to(folder) for folder in DATA))


@pytest.mark.parametrize("kind", sorted({framework.kind for framework in frameworks([FOLDER]).values()}))
def test_no_kind_of_ours_is_named_in_code(kind: str) -> None:
    """A kind in any case, as a word or as a part of a code or a name: 'jar', '820-jar', 'is_jar'."""
    word = re.compile(rf"(?<![a-z]){kind}(?![a-z])", re.IGNORECASE)
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in files()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if word.search(line)
    ]
    assert found == []


def test_there_is_something_to_look_at() -> None:
    assert len(files()) > 300
