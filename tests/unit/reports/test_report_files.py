"""A report as files: headings, lists and language are real, and texts of people stay texts."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from xml.etree import ElementTree

from reports.report_as_document import report_docx
from reports.report_as_page import report_html
from reports.report_as_print import report_pdf
from reports.report_blocks import blocks_of
from reports.reported import Found, Grade, Outcome, Passage, Reported, ServiceReport
from tests.dangers import FORMULA

SCRIPT = '<script>alert(1)</script> & "more" \x0b'
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CHILDREN = Passage("Summary for children", "You are safe.")
REPORT = Reported(
    code="373-review",
    name="Joint review",
    area="Sheffield",
    version="Published",
    on=date(2006, 6, 28),
    grades=(Grade("council", "The council", "3", "4"),),
    sections=(
        Passage("Summary", f"First.\n\nSecond {SCRIPT}"),
        Passage("Management", "", (Passage("Staff", "Enough."), Passage("Views", ""))),
        CHILDREN,
    ),
    outcomes=(Outcome("Staying safe", (Found("Vetted staff", "strength", "Good.", services="Schools"),)),),
    linked=(ServiceReport("Youth", "Youth in Sheffield", "javascript:alert(1)", "Good."),),
    summary=Passage("Summary", "First."),
    children=CHILDREN,
)


class Page(HTMLParser):
    """Elements of a page in order, with the language and the text of its headings."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.headings: list[str] = []
        self.language, self.links = "", []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.language = self.language or dict(attrs).get("lang") or ""
        self.links += [value for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        if self.elements and self.elements[-1] in ("h1", "h2", "h3") and data.strip():
            self.headings.append(f"{self.elements[-1]} {data.strip()}")


def test_a_page_has_its_headings_in_order_and_says_its_language_r087() -> None:
    page = Page(report_html(REPORT).decode())
    assert page.language == "en-GB"
    assert page.headings == [
        "h1 Joint review: Sheffield",
        "h2 Grades",
        "h2 Summary",
        "h2 Management",
        "h3 Staff",
        "h3 Views",
        "h2 Summary for children",
        "h2 Findings",
        "h3 Staying safe",
        "h2 Reports on single services",
        "h3 Youth: Youth in Sheffield",
    ]


def test_what_people_wrote_is_no_markup_and_no_script_of_a_page() -> None:
    page = Page(report_html(REPORT).decode())
    assert "script" not in page.elements
    assert page.links == []
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp;" in report_html(REPORT).decode()


def document(report: Reported) -> ElementTree.Element:
    with zipfile.ZipFile(io.BytesIO(report_docx(report))) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            ElementTree.fromstring(archive.read(name))
        return ElementTree.fromstring(archive.read("word/document.xml"))


def test_a_document_has_real_headings_and_lists_r087() -> None:
    found = []
    for paragraph in document(REPORT).iter(f"{WORD}p"):
        style = next(paragraph.iter(f"{WORD}pStyle")).get(f"{WORD}val")
        found.append((style, "".join(text.text or "" for text in paragraph.iter(f"{WORD}t"))))
    assert found[0] == ("Heading1", "Joint review: Sheffield")
    assert ("Heading2", "Management") in found
    assert ("Heading3", "Staff") in found
    assert ("ListBullet", "The council: 3 of 4") in found
    assert ("ListBullet", "Vetted staff: strength. Good. Services: Schools.") in found
    assert ("Normal", 'Second <script>alert(1)</script> & "more"') in found


def test_a_document_says_its_language_and_its_title() -> None:
    with zipfile.ZipFile(io.BytesIO(report_docx(REPORT))) as archive:
        assert 'w:lang w:val="en-GB"' in archive.read("word/styles.xml").decode()
        assert "<dc:title>Joint review: Sheffield</dc:title>" in archive.read("docProps/core.xml").decode()


LONG = replace(REPORT, sections=REPORT.sections * 12)


def objects(file: bytes) -> dict[int, bytes]:
    """The objects of a printed file, each where its table says that it is."""
    start = int(file.rpartition(b"startxref\n")[2].split()[0])
    places = [int(line.split()[0]) for line in file[start:].splitlines()[3:] if line.endswith(b" n ")]
    found = {}
    for number, place in enumerate(places, start=1):
        head = b"%d 0 obj\n" % number
        assert file[place:].startswith(head)
        found[number] = file[place + len(head) :].partition(b"\nendobj")[0]
    return found


def printed(file: bytes) -> list[tuple[str, str]]:
    """The tag and the text of everything that is read out, in the order of the pages."""
    marked = re.findall(rb"/(\w+) <</MCID \d+>> BDC\n(.*?)\nEMC", file, re.DOTALL)
    texts = re.compile(rb"\((.*?)(?<!\\)\) Tj")
    return [(tag.decode(), b" ".join(texts.findall(body)).decode("cp1252")) for tag, body in marked]


def test_a_printed_file_is_tagged_and_says_its_language_and_its_title_r087() -> None:
    file = report_pdf(REPORT)
    found = printed(file)
    assert found[0] == ("H1", "Joint review: Sheffield")
    assert ("H2", "Management") in found
    assert ("H3", "Staff") in found
    assert ("LBody", "\u2022 The council: 3 of 4") in found
    catalog = next(body for body in objects(file).values() if b"/Type/Catalog" in body)
    assert b"/Marked true" in catalog
    assert b"/Lang(en-GB)" in catalog
    assert "Joint review: Sheffield".encode("utf-16-be").hex().upper().encode() in file


def test_a_long_report_is_printed_on_several_numbered_pages() -> None:
    file = report_pdf(LONG)
    pages = [body for body in objects(file).values() if b"/Type/Page/" in body]
    assert len(pages) > 2
    assert b"page 1 of %d" % len(pages) in file
    assert b"page %d of %d" % (len(pages), len(pages)) in file
    assert sum(text == 'Second <script>alert\\(1\\)</script> & "more"' for _tag, text in printed(file)) == 12


def test_brackets_and_strange_letters_of_people_are_text_in_a_printed_file() -> None:
    odd = REPORT.only(Passage("Summary", ") Tj ET EMC \\ \u0141\u014d\u4e2d\u0301 " + "w" * 300))
    file = report_pdf(odd)
    assert len(objects(file)) > 5
    assert b"(\\) Tj ET EMC \\\\ ?o?) Tj" in file


def test_the_same_report_gives_the_same_bytes() -> None:
    assert report_pdf(REPORT) == report_pdf(REPORT)
    assert report_docx(REPORT) == report_docx(REPORT)
    assert report_html(REPORT) == report_html(REPORT)


def test_the_summary_for_children_can_be_read_alone_r087() -> None:
    texts = [block.text for block in blocks_of(REPORT.only(REPORT.children))]
    assert texts == [
        "Joint review: Sheffield",
        "Published, 28 June 2006. Review 373-review.",
        "Summary for children",
        "You are safe.",
    ]


def test_a_text_that_looks_like_a_formula_stays_one() -> None:
    with_formula = REPORT.only(Passage("Summary", "=" + FORMULA))
    words = [text.text for text in document(with_formula).iter(f"{WORD}t")]
    assert "=" + FORMULA.strip() in words
