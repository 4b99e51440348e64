"""Following the links of the console."""

import re
from collections import Counter, deque
from collections.abc import Collection
from dataclasses import dataclass, field
from html import unescape

from starlette.testclient import TestClient

LINK = re.compile(r'(?:href|src)="(/[^"#]*)')


@dataclass
class Crawled:
    """Every page that was reached from the first one, with its text; and for each error from where it was linked."""

    pages: dict[str, str] = field(default_factory=dict)
    wrong: dict[str, tuple[int, str]] = field(default_factory=dict)


def crawl(browser: TestClient, most_alike: int, first: Collection[str] = ("/",)) -> Crawled:
    """Follow every link, from the first page on, or from some pages.

    Of links to the same path, but for numbers, codes and choices, the first few stand for all.
    """
    found, alike, known = Crawled(), Counter[str](), set(first)
    todo = deque((address, "") for address in first)
    while todo:
        address, source = todo.popleft()
        kind = _kind(address)
        alike[kind] += 1
        if alike[kind] > most_alike and address not in first:
            continue
        answer = browser.get(address)
        is_page = (
            answer.headers.get("Content-Type", "").startswith("text/html") and "/exports/" not in address
        )
        found.pages[address] = answer.text if is_page else ""
        if answer.status_code != 200:
            found.wrong[address] = answer.status_code, source
        links = {unescape(link) for link in LINK.findall(found.pages[address])} - known
        known |= links
        todo.extend((link, address) for link in sorted(links))
    return found


def _kind(address: str) -> str:
    """What links to pages of one kind have in common: the path without numbers and codes, and the first choice."""
    path, _, query = address.partition("?")
    parts = [re.sub(r"\d+", "N", part) for part in path.split("/")]
    if parts[1] in ("areas", "people", "evidence", "steps", "exports"):
        parts[2:3] = ["X"] if len(parts) > 2 else []
    return "/".join(parts) + "?" + query.partition("=")[0]
