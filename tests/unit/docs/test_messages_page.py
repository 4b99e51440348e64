"""The page about messages says what is sent."""

import importlib.util
from pathlib import Path

ROOT = Path(__file__).parents[3]


def _load():
    spec = importlib.util.spec_from_file_location("make_messages", ROOT / "docs" / "make_messages.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_up_to_date():
    module = _load()
    assert module.PAGE.read_text(encoding="utf-8") == module.page(), "run docs/make_messages.py"
