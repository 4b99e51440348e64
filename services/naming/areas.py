"""Finding an area by what people call it: its name, the DfE number or the GSS code."""

from sqlmodel import Session, col, select

from models import Area
from services.naming.named import Named, find_named


def find_area(session: Session, text: str) -> Area:
    """The area with this DfE number ('820'), GSS code ('E10000002') or name; see `find_named`."""
    exactly = session.exec(select(Area).where(Area.code == text.strip())).first()
    if exactly is not None:
        return exactly
    areas = list(session.exec(select(Area).order_by(col(Area.code))))
    known = [Named(area.code, area.name, (area.gss_code,)) for area in areas]
    otherwise = "Use its name, its DfE number such as 820, or its GSS code such as E10000002."
    found = find_named("area", text, known, otherwise if areas else "Import a programme first.")
    return next(area for area in areas if area.code == found.code)
