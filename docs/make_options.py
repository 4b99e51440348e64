"""Writes the figures of docs/options.md from benchmarks/results: `python docs/make_options.py`."""

import json
from pathlib import Path
from shutil import copyfile

DOCS = Path(__file__).parent
RESULTS = DOCS.parent / "benchmarks" / "results"
BEGIN, END = "<!-- figures: python docs/make_options.py -->", "<!-- end of figures -->"
PICTURES = {
    "options-months.svg": "Cost of dates against months between the two judgements",
    "options-burden.svg": "Cost of dates against weeks with a visit",
    "options-kept.svg": "Cost of dates against the share of dates kept",
}


def figures() -> str:
    """The part between the marks: where the figures come from, the table, the pictures."""
    document = json.loads((RESULTS / "options.json").read_text(encoding="utf-8"))
    table = (RESULTS / "options-measures.md").read_text(encoding="utf-8")
    machine = ", ".join(f"{name} {value}" for name, value in document["machine"].items())
    pictures = "\n\n".join(f"![{words}](pictures/{name})" for name, words in PICTURES.items())
    return f"`{document['command']}` ({machine}). {document['what']}\n\n{table}\n{pictures}\n"


def written(text: str, new: str) -> str:
    """The page with another part between the marks."""
    before, rest = text.split(BEGIN)
    return f"{before}{BEGIN}\n{new}{END}{rest.split(END)[1]}"


def main() -> None:
    """Write the page, and copy its pictures."""
    page = DOCS / "options.md"
    page.write_text(written(page.read_text(encoding="utf-8"), figures()), encoding="utf-8")
    for name in PICTURES:
        copyfile(RESULTS / name, DOCS / "pictures" / name)


if __name__ == "__main__":
    main()
