"""A printed file (PDF 1.7, ISO 32000-1) whose text is tagged: screen readers find its headings, lists and language.

It has text in two weights and nothing else: no scripts, forms, links or files can be in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from reports.helvetica import ENCODING

Tag = Literal["H1", "H2", "H3", "P", "LI"]
PAGE_WIDTH, PAGE_HEIGHT = 595, 842
"""A4 in points."""


@dataclass(frozen=True)
class Line:
    """A line of text on a page: where its base line begins, in points from the lower left corner."""

    x: float
    y: float
    size: float
    text: str
    is_bold: bool = False


@dataclass(frozen=True)
class Element:
    """A heading, a paragraph or an item of a list, with its lines by page (counted from 0)."""

    tag: Tag
    lines: tuple[tuple[int, Line], ...]


@dataclass
class _Objects:
    """The numbered objects of a file."""

    bodies: list[bytes] = field(default_factory=list)

    def reserve(self) -> int:
        self.bodies.append(b"null")
        return len(self.bodies)

    def fill(self, number: int, body: str | bytes) -> None:
        self.bodies[number - 1] = body.encode("ascii") if isinstance(body, str) else body

    def add(self, body: str | bytes) -> int:
        number = self.reserve()
        self.fill(number, body)
        return number

    def file(self, root: int, info: int) -> bytes:
        parts, places, length = [b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"], [], 15
        for number, body in enumerate(self.bodies, start=1):
            places.append(length)
            parts.append(b"%d 0 obj\n" % number + body + b"\nendobj\n")
            length += len(parts[-1])
        table = b"".join(b"%010d 00000 n \n" % place for place in places)
        count = len(places) + 1
        end = b"xref\n0 %d\n0000000000 65535 f \n" % count + table
        end += b"trailer\n<</Size %d/Root %d 0 R/Info %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
            count,
            root,
            info,
            length,
        )
        return b"".join([*parts, end])


def pdf_bytes(title: str, language: str, elements: Sequence[Element], artifacts: Sequence[Line]) -> bytes:
    """The file.

    Parameters
    ----------
    elements
        In reading order.
    artifacts
        One line for each page that is no content, such as its number; their number is that of the pages.
    """
    objects = _Objects()
    catalog, pages, tree, document = (objects.reserve() for _ in range(4))
    fonts = [
        objects.add(f"<</Type/Font/Subtype/Type1/BaseFont/{name}/Encoding/WinAnsiEncoding>>")
        for name in ("Helvetica", "Helvetica-Bold")
    ]
    numbers = [objects.reserve() for _ in artifacts]
    contents = [[_artifact(line)] for line in artifacts]
    marked: list[list[int]] = [[] for _ in artifacts]
    kids = _elements(objects, elements, document, numbers, contents, marked)
    for page, number in enumerate(numbers):
        stream = b"\n".join(contents[page])
        content = objects.add(b"<</Length %d>>\nstream\n" % len(stream) + stream + b"\nendstream")
        objects.fill(
            number,
            f"<</Type/Page/Parent {pages} 0 R/MediaBox[0 0 {PAGE_WIDTH} {PAGE_HEIGHT}]/Tabs/S/StructParents {page}"
            f"/Resources<</Font<</F0 {fonts[0]} 0 R/F1 {fonts[1]} 0 R>>>>/Contents {content} 0 R>>",
        )
    parents = " ".join(f"{page} [{_references(found)}]" for page, found in enumerate(marked))
    objects.fill(pages, f"<</Type/Pages/Kids[{_references(numbers)}]/Count {len(numbers)}>>")
    objects.fill(document, f"<</Type/StructElem/S/Document/P {tree} 0 R/K[{_references(kids)}]>>")
    objects.fill(
        tree,
        f"<</Type/StructTreeRoot/K[{document} 0 R]/ParentTree<</Nums[{parents}]>>/ParentTreeNextKey {len(marked)}>>",
    )
    objects.fill(
        catalog,
        f"<</Type/Catalog/Pages {pages} 0 R/StructTreeRoot {tree} 0 R/MarkInfo<</Marked true>>"
        f"/Lang({language})/ViewerPreferences<</DisplayDocTitle true>>>>",
    )
    info = objects.add(b"<</Title " + _title(title) + b">>")
    return objects.file(catalog, info)


def _elements(
    objects: _Objects,
    elements: Sequence[Element],
    document: int,
    pages: list[int],
    contents: list[list[bytes]],
    marked: list[list[int]],
) -> list[int]:
    """Write every element's lines on their pages; the numbers of what stands in the document, lists among them."""
    kids: list[int] = []
    listed: list[int] = []
    open_list = 0
    for element in elements:
        if element.tag == "LI":
            if not open_list:
                open_list, listed = objects.reserve(), []
                kids.append(open_list)
            item = objects.reserve()
            body = _marked(objects, "LBody", item, element, pages, contents, marked)
            objects.fill(item, f"<</Type/StructElem/S/LI/P {open_list} 0 R/K[{body} 0 R]>>")
            listed.append(item)
            objects.fill(open_list, f"<</Type/StructElem/S/L/P {document} 0 R/K[{_references(listed)}]>>")
        else:
            open_list = 0
            kids.append(_marked(objects, element.tag, document, element, pages, contents, marked))
    return kids


def _marked(
    objects: _Objects,
    tag: str,
    parent: int,
    element: Element,
    pages: list[int],
    contents: list[list[bytes]],
    marked: list[list[int]],
) -> int:
    number = objects.reserve()
    parts = []
    for page in dict.fromkeys(page for page, _line in element.lines):
        mark = len(marked[page])
        marked[page].append(number)
        drawn = b"\n".join(_drawn(line) for at, line in element.lines if at == page)
        contents[page].append(f"/{tag} <</MCID {mark}>> BDC\n".encode() + drawn + b"\nEMC")
        parts.append(f"<</Type/MCR/Pg {pages[page]} 0 R/MCID {mark}>>")
    objects.fill(number, f"<</Type/StructElem/S/{tag}/P {parent} 0 R/K[{''.join(parts)}]>>")
    return number


def _artifact(line: Line) -> bytes:
    return b"/Artifact BMC\n" + _drawn(line) + b"\nEMC"


def _drawn(line: Line) -> bytes:
    place = f"BT /F{int(line.is_bold)} {line.size:g} Tf {line.x:.1f} {line.y:.1f} Td ".encode()
    return place + _text(line.text) + b" Tj ET"


def _text(text: str) -> bytes:
    """A string of the file: brackets and backslashes in it are text."""
    letters = text.encode(ENCODING, "replace")
    for sign in (b"\\", b"(", b")"):
        letters = letters.replace(sign, b"\\" + sign)
    return b"(" + letters + b")"


def _title(text: str) -> bytes:
    return b"<FEFF" + text.encode("utf-16-be").hex().upper().encode() + b">"


def _references(numbers: Sequence[int]) -> str:
    return " ".join(f"{number} 0 R" for number in numbers)
