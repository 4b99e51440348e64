"""docs/options.md has a place for its figures, which `docs/make_options.py` fills and leaves the rest alone."""

import runpy
from pathlib import Path

DOCS = Path(__file__).parents[3] / "docs"
SCRIPT = runpy.run_path(str(DOCS / "make_options.py"))


def test_figures_are_written_between_their_marks_and_nowhere_else() -> None:
    page = (DOCS / "options.md").read_text(encoding="utf-8")
    once = SCRIPT["written"](page, "figures\n")
    assert f"{SCRIPT['BEGIN']}\nfigures\n{SCRIPT['END']}" in once
    assert SCRIPT["written"](once, "figures\n") == once
    assert once.split(SCRIPT["BEGIN"])[0] == page.split(SCRIPT["BEGIN"])[0]
    assert once.split(SCRIPT["END"])[1] == page.split(SCRIPT["END"])[1]
