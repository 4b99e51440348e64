"""Tables as one page of HTML that needs nothing else: to be read, printed and sent."""

from collections.abc import Sequence

from reports.markup import escaped
from reports.table import Table

_STYLE = (
    "body{font-family:Arial,sans-serif;line-height:1.4;margin:2em auto;max-width:70em;padding:0 1em}"
    "table{border-collapse:collapse;margin:1.5em 0;width:100%}caption{font-size:1.2em;font-weight:bold;text-align:left}"
    "th,td{border-bottom:1px solid;padding:.3em;text-align:left;vertical-align:top;overflow-wrap:anywhere}"
    "@media print{body{margin:0}tr{break-inside:avoid}}"
)


def tables_html(title: str, sentences: Sequence[str], tables: Sequence[Table]) -> bytes:
    """The page: its title, what is said above, and each table with its name as caption; all of it escaped."""
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escaped(title)}</title><style>{_STYLE}</style>"
    )
    body = [f"<h1>{escaped(title)}</h1>", *(f"<p>{escaped(sentence)}</p>" for sentence in sentences)]
    body += map(_table, tables)
    lines = "\n".join(body)
    text = f'<!DOCTYPE html>\n<html lang="en-GB"><head>{head}</head>\n<body><main>\n{lines}\n</main></body></html>\n'
    return text.encode()


def _table(table: Table) -> str:
    heads = "".join(f'<th scope="col">{escaped(name)}</th>' for name in table.columns)
    rows = "\n".join(_row(tuple(map(_text, row))) for row in table.rows)
    caption = f"<caption>{escaped(table.name)}</caption>"
    return f"<table>{caption}<thead><tr>{heads}</tr></thead><tbody>\n{rows}\n</tbody></table>"


def _row(cells: Sequence[str]) -> str:
    first, *others = cells
    return f'<tr><th scope="row">{first}</th>{"".join(f"<td>{cell}</td>" for cell in others)}</tr>'


def _text(cell: object) -> str:
    return "" if cell is None else escaped(str(cell))
