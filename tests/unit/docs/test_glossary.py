"""The glossary is short, and its words are in use."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
ENTRIES = re.findall(r"^\| ([a-z][\w ,-]*) \|", PAGE, re.MULTILINE)
WORDS = [word for entry in ENTRIES for word in entry.split(", ") if entry != "word"]


def test_the_glossary_has_at_most_sixty_words_each_once() -> None:
    assert 40 < len(WORDS) <= 60
    assert len(set(WORDS)) == len(WORDS)


def test_every_word_of_the_glossary_is_used_in_code_or_frameworks() -> None:
    files = [
        *(
            path
            for room in ("scheduler", "services", "cli", "config")
            for path in ROOT.glob(f"{room}/**/*.py")
        ),
        *ROOT.glob("config/**/*.toml"),
    ]
    text = " ".join(
        " ".join(path.read_text(encoding="utf-8").lower().replace("_", " ").split()) for path in files
    )
    assert [word for word in WORDS if not re.search(rf"\b{word}", text)] == []
