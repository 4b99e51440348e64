"""What is kept of evidence that came: a link or the file itself; of what is confidential neither (R073)."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlmodel import Session

from models import Evidence, EvidenceFile
from services.doors import Advice
from services.errors import Objection

MEGABYTE = 1_000_000
SCHEMES = ("https://", "http://", "file://")
TWO_NAMES = re.compile(r"\b[A-Z][a-z'’-]+ (?:[A-Z]\. ?)?[A-Z][a-z'’-]+\b")
"""Two words that begin with a capital letter, as the names of people do."""


@dataclass(frozen=True)
class Receipt:
    """What came: on which day, where it is (a link, or a file to be kept), how many pieces, about which period."""

    received_on: date
    link: str = ""
    file: Path | None = None
    num_pieces: int | None = None
    period: str = ""


def unkept(place: str, evidence: Evidence, receipt: Receipt, most_megabytes: int) -> Iterator[Objection]:
    """What cannot or may not be kept of what came."""
    if evidence.is_confidential and (receipt.file is not None or receipt.link):
        message = "it is confidential: only the number of pieces is kept, no file and no link."
        yield Objection(
            place,
            message,
            Advice("Give the number: --pieces 12.", "Give the number of pieces, such as 12."),
            "R073",
        )
    if receipt.link and not receipt.link.startswith(SCHEMES):
        message = f"'{receipt.link}' is no address."
        yield Objection(place, message, "Write it like https://council.example/plan.pdf.")
    if receipt.file is None:
        return
    try:
        size = receipt.file.stat().st_size if receipt.file.is_file() else None
    except OSError:
        size = None
    if size is None:
        message = f"{receipt.file} is not a file that can be read."
        yield Objection(place, message, "Check its name and its permissions.")
    elif size > most_megabytes * MEGABYTE:
        message = (
            f"{receipt.file.name} has {size / MEGABYTE:.1f} MB, more than the {most_megabytes} that are kept."
        )
        yield Objection(
            place, message, Advice("Give a link to it instead: --link ADDRESS.", "Give a link to it instead.")
        )


def keep_file(session: Session, evidence: Evidence, path: Path) -> None:
    """Keep the file in which an item came, in place of an earlier one."""
    content = path.read_bytes()
    assert evidence.id is not None
    row = session.get(EvidenceFile, evidence.id) or EvidenceFile(
        evidence_id=evidence.id, name="", size=0, sha256="", content=b""
    )
    row.name, row.size, row.content = path.name, len(content), content
    row.sha256 = hashlib.sha256(content).hexdigest()
    session.add(row)


def names_of_people(note: str) -> Iterator[str]:
    """Warnings of what looks like a name: nobody is identifiable in what is kept of confidential evidence (R073)."""
    for found in dict.fromkeys(TWO_NAMES.findall(note)):
        yield f"'{found}' looks like a person's name. Nobody may be identifiable here: write the note again without it."
