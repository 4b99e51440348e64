"""The report of a review as a printed file (PDF), with tags for headings, paragraphs and lists, in English."""

from dataclasses import dataclass, field

from reports.helvetica import lines_of, shown
from reports.report_blocks import Block, blocks_of
from reports.reported import Reported
from reports.tagged_pdf import PAGE_HEIGHT, PAGE_WIDTH, Element, Line, Tag, pdf_bytes

_MARGIN, _FOOT = 57, 34
_TEXT_SIZE, _FOOT_SIZE = 11.0, 9.0
_HEADING_SIZES = {1: 20.0, 2: 16.0, 3: 13.0}
_TAGS: dict[int, Tag] = {1: "H1", 2: "H2", 3: "H3"}
_LEADING, _BULLET_INDENT = 1.4, 14


def report_pdf(report: Reported) -> bytes:
    """The file; the same report gives the same bytes. Letters that no base font has are left without their accent."""
    writing = _Writing()
    for block in blocks_of(report):
        writing.write(block)
    feet = [
        Line(_MARGIN, _FOOT, _FOOT_SIZE, shown(f"{report.title}, page {number + 1} of {writing.page + 1}"))
        for number in range(writing.page + 1)
    ]
    return pdf_bytes(report.title, "en-GB", writing.elements, feet)


@dataclass
class _Writing:
    """Pages that are filled from the top, block by block."""

    page: int = 0
    height: float = PAGE_HEIGHT - _MARGIN
    elements: list[Element] = field(default_factory=list)

    def write(self, block: Block) -> None:
        level = min(block.level, 3)
        size = _HEADING_SIZES.get(level, _TEXT_SIZE) if block.kind == "heading" else _TEXT_SIZE
        is_heading = block.kind == "heading"
        indent = _BULLET_INDENT if block.kind == "item" else 0
        self.height -= size * (0.9 if is_heading else 0.3)
        if is_heading and self.height < _MARGIN + 4 * size * _LEADING:
            self._turn()  # a heading is not left alone at the foot of a page
        lines: list[tuple[int, Line]] = []
        for text in _lines(block, size, PAGE_WIDTH - 2 * _MARGIN - indent, is_heading):
            self.height -= size * _LEADING
            if self.height < _MARGIN:
                self._turn()
                self.height -= size * _LEADING
            if block.kind == "item" and not lines:
                lines.append((self.page, Line(_MARGIN, self.height, size, "\u2022")))
            lines.append((self.page, Line(_MARGIN + indent, self.height, size, text, is_heading)))
        tag: Tag = _TAGS[level] if is_heading else "LI" if block.kind == "item" else "P"
        self.elements.append(Element(tag, tuple(lines)))

    def _turn(self) -> None:
        self.page, self.height = self.page + 1, PAGE_HEIGHT - _MARGIN


def _lines(block: Block, size: float, most: float, is_bold: bool) -> list[str]:
    text = shown(block.strong) + "\n".join(shown(line) for line in block.text.split("\n"))
    return [line for part in text.split("\n") for line in lines_of(part, size, most, is_bold)]
