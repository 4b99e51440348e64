"""Columns: each group has its number above and its words below; the label says the same."""

import re

from reports.columns import ColumnChart, columns_svg

CHART = ColumnChart(columns=(("earlier", 2), ("the same week", 0), ("later", 1)), title="Two are earlier")


def test_each_group_has_its_number_and_its_words_and_nobody_has_no_column() -> None:
    text = columns_svg(CHART)
    assert text.count('class="k2"') == 2
    assert re.findall(r'<text class="d"[^>]*>([^<]*)<', text) == [
        "2",
        "earlier",
        "0",
        "the same week",
        "1",
        "later",
    ]


def test_the_label_says_what_the_columns_show() -> None:
    assert 'aria-label="Two are earlier. earlier: 2; the same week: 0; later: 1."' in columns_svg(CHART)
