"""Pictures and exports of the samples are, byte for byte, the reviewed files of this folder."""

import pytest

from tests.golden.reports.regenerate import FOLDER
from tests.golden.reports.samples import GOLDEN


@pytest.mark.parametrize("name", sorted(GOLDEN))
def test_output_equals_the_reviewed_file(name: str) -> None:
    advice = (
        "If the change is meant, run `python -m tests.golden.reports.regenerate` and read the difference."
    )
    assert GOLDEN[name]().decode() == (FOLDER / name).read_bytes().decode(), advice
