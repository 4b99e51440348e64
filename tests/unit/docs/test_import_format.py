"""The pages of the import format say what the import does."""

import importlib.util
from pathlib import Path

from services.imports.tables import TABLES

ROOT = Path(__file__).parents[3]


def _load():
    spec = importlib.util.spec_from_file_location(
        "make_import_format", ROOT / "docs" / "make_import_format.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_pages_are_up_to_date():
    module = _load()
    for name in module.PAGES:
        shown = (module.FOLDER / f"{name}.md").read_text(encoding="utf-8")
        assert shown == module.page(name), "run docs/make_import_format.py"


def test_every_file_is_on_one_page():
    module = _load()
    shown = [f"{name}.csv" for _, names in module.PAGES.values() for name in names.split()]
    assert sorted(shown) == sorted(table.file for table in TABLES)


def test_every_column_is_explained():
    unexplained = [
        f"{table.file} {name}"
        for table in TABLES
        for name in table.columns
        if not table.model.model_fields[name].description
    ]
    assert unexplained == []


def test_the_example_uses_every_file_that_must_be_there_and_no_other():
    folder = ROOT / "examples" / "england-2005"
    needed = {table.file for table in TABLES if not table.may_be_missing}
    assert {path.name for path in folder.glob("*.csv")} == needed | {"comparators.csv", "partners.csv"}
