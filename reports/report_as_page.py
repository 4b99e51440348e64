"""The report of a review as one page of HTML that needs nothing else: to be read, printed and put on any web site."""

from reports.markup import escaped, link
from reports.report_blocks import Block, groups_of
from reports.reported import Reported

_STYLE = (
    "body{font-family:Arial,sans-serif;font-size:1.1em;line-height:1.5;max-width:42em;margin:2em auto;padding:0 1em}"
    "h1,h2,h3{line-height:1.25}p{white-space:pre-line;overflow-wrap:anywhere}@media print{body{margin:0}}"
)


def report_html(report: Reported) -> bytes:
    """The page: in English, with the title as its first heading; texts of people are text in it, never markup."""
    body: list[str] = []
    for is_list, blocks in groups_of(report):
        parts = [_element(block) for block in blocks]
        body += ["<ul>", *parts, "</ul>"] if is_list else parts
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escaped(report.title)}</title><style>{_STYLE}</style>"
    )
    lines = "\n".join(body)
    text = f'<!DOCTYPE html>\n<html lang="en-GB"><head>{head}</head>\n<body><main>\n{lines}\n</main></body></html>\n'
    return text.encode()


def _element(block: Block) -> str:
    strong = f"<strong>{escaped(block.strong)}</strong>" if block.strong else ""
    text = strong + (link(block.text, block.link) if block.link else escaped(block.text))
    name = {"heading": f"h{block.level}", "paragraph": "p", "item": "li"}[block.kind]
    return f"<{name}>{text}</{name}>"
