"""Every page can be read in one go, its lines fit a screen, and its links lead somewhere."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/*/README.md")])
NOT_OF_DOCS = {"CHANGELOG.md", "THIRD-PARTY.md", "CONTRIBUTING.md"}
REGISTERS = {"docs/requirements.md", "docs/messages-example.md", "CHANGELOG.md"}
"""To look things up in and not to be read through: as long as what they are written from, or what has changed."""
MOST_WORDS = 1_500
MOST_CHARACTERS = 160
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def prose(text: str) -> list[str]:
    """The lines of a page that are neither code, formulas nor rows of a table."""
    without_code = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    return [line for line in without_code.splitlines() if not line.startswith(("|", "![", "    "))]


def links(text: str) -> list[str]:
    """What a page links to; brackets in code are no links."""
    return LINK.findall(re.sub(r"^```.*?^```$|`[^`]*`", "", text, flags=re.MULTILINE | re.DOTALL))


def anchors(text: str) -> set[str]:
    """The headings of a page as links name them."""
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title).strip().lower().replace(" ", "-") for title in titles}


def leads_somewhere(page: Path, target: str) -> bool:
    """Whether a link of a page is to a file that exists, and to a heading of it."""
    if re.match(r"[a-z]+:", target):
        return True
    file, _, anchor = target.partition("#")
    path = page.parent / file if file else page
    return path.exists() and (not anchor or anchor in anchors(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_a_page_has_at_most_1500_words_but_for_registers(path: Path) -> None:
    words = len(path.read_text(encoding="utf-8").split())
    assert words <= MOST_WORDS or name(path) in REGISTERS


@pytest.mark.parametrize("path", [path for path in PAGES if name(path) not in NOT_OF_DOCS], ids=name)
def test_lines_of_prose_fit_a_screen(path: Path) -> None:
    long = [line for line in prose(path.read_text(encoding="utf-8")) if len(line) > MOST_CHARACTERS]
    assert long == []


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_every_relative_link_leads_somewhere(path: Path) -> None:
    targets = links(path.read_text(encoding="utf-8"))
    assert [target for target in targets if not leads_somewhere(path, target)] == []


@pytest.mark.parametrize("target", ["nowhere.md", "glossary.md#nothing", "#nothing"])
def test_a_link_that_leads_nowhere_is_found(target: str) -> None:
    assert not leads_somewhere(ROOT / "docs" / "rules.md", target)


@pytest.mark.parametrize("target", ["glossary.md", "glossary.md#glossary", "#people", "https://example.org"])
def test_a_link_to_a_page_or_a_heading_is_taken(target: str) -> None:
    assert leads_somewhere(ROOT / "docs" / "rules.md", target)


def test_every_page_is_reached_from_the_readme() -> None:
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        reached.add(page)
        targets = [target.partition("#")[0] for target in links(page.read_text(encoding="utf-8"))]
        found = {(page.parent / target).resolve() for target in targets if target.endswith(".md")}
        waiting += found & set(PAGES) - reached
        reached |= found
    alone = {"docs/decisions", "examples"}
    assert [name(path) for path in PAGES if path not in reached and name(path.parent) not in alone] == []
