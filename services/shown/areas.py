"""Finding an area by what people call it: the DfE number or the GSS code."""

import difflib

from sqlmodel import Session, col, select

from models import Area
from services.errors import NotFound

MOST_NEAR = 3


def find_area(session: Session, code: str) -> Area:
    """The area with this DfE number ('820') or GSS code ('E10000002'); capital letters don't matter.

    Raises
    ------
    NotFound
        If there is none, with the areas whose code or name is most similar.
    """
    areas = list(session.exec(select(Area).order_by(col(Area.code))))
    wanted = code.strip().upper()
    for area in areas:
        if wanted in (area.code.upper(), area.gss_code.upper()):
            return area
    raise NotFound(f"area {code}", "there is no such area.", _advice(wanted, areas))


def _advice(wanted: str, areas: list[Area]) -> str:
    if not areas:
        return "Maybe import a programme first."
    near = _near(wanted, areas)
    if not near:
        return "Maybe its DfE number, such as 820, or its GSS code, such as E10000002."
    return f"Maybe {' or '.join(f'{area.code} ({area.name})' for area in near)}?"


def _near(wanted: str, areas: list[Area]) -> list[Area]:
    """Areas of exactly that name, else those whose name or code begins so or looks similar."""
    named = [area for area in areas if area.name.upper() == wanted]
    if named:
        return named
    by_word = {word.upper(): area for area in areas for word in (area.gss_code, area.code, area.name)}
    words = [word for word in by_word if len(wanted) > 2 and word.startswith(wanted)]
    words += difflib.get_close_matches(wanted, by_word, n=MOST_NEAR, cutoff=0.6)
    return list({by_word[word].code: by_word[word] for word in words}.values())[:MOST_NEAR]
