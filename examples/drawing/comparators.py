"""Statistical neighbours of the areas, as they are told today, where both were there in 2005 (R181)."""

from collections.abc import Iterator, Sequence

from drawing.areas import Area
from drawing.table_files import read_source


def comparators(areas: Sequence[Area]) -> Iterator[tuple[str, str, int]]:
    """(area, comparator, rank): the nearest first; councils that came later are left out."""
    known = {area.code for area in areas}
    for row in read_source("statistical_neighbours.csv"):
        neighbours = [code for code in row["neighbours"].split() if code in known]
        for rank, code in enumerate(neighbours, start=1):
            yield row["dfe_code"], code, rank
