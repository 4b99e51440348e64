"""Few areas are read one by one, many all at once: what is found is the same."""

import pytest

from services.casework.area_by_area import FEW, AreaByArea

ROWS = {(f"a{number}", "director"): number for number in range(9)}


class Reader:
    """Knows what it was asked to read."""

    def __init__(self) -> None:
        self.asked: list[str | None] = []

    def __call__(self, area: str | None) -> dict[tuple[str, str], int]:
        self.asked.append(area)
        return {key: value for key, value in ROWS.items() if area in (None, key[0])}


def test_an_area_is_read_once() -> None:
    reader = Reader()
    rows = AreaByArea(reader)
    assert [rows.of("a1")["a1", "director"] for _ in range(3)] == [1, 1, 1]
    assert reader.asked == ["a1"]


@pytest.mark.parametrize("number", [1, FEW, FEW + 1, 9])
def test_every_area_has_its_rows_and_many_are_read_at_once(number: int) -> None:
    reader = Reader()
    rows = AreaByArea(reader)
    for area in range(number):
        assert rows.of(f"a{area}")[f"a{area}", "director"] == area
    assert reader.asked == [f"a{area}" for area in range(min(number, FEW))] + [None] * (number > FEW)


def test_once_all_is_read_nothing_is_read_again() -> None:
    reader = Reader()
    rows = AreaByArea(reader)
    assert rows.every() == ROWS
    assert rows.of("a5") == rows.every() == ROWS
    assert reader.asked == [None]
