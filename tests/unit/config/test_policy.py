"""Policies: prices, the rules of the round, of confirmation and of reminders."""

from datetime import date

import pytest

from config.policy import FOLDER, InvalidPolicy, day_in, load_policy

TEXT = (FOLDER / "default.toml").read_text(encoding="utf-8")


def _changed(tmp_path, *changes):
    text = TEXT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path = tmp_path / "policy.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_reviews_start_in_173_weeks_and_the_horizon_runs_40_further_r013_r014():
    programme = load_policy().programme
    assert programme.first_start_on == date(2005, 9, 5)
    assert (programme.num_start_weeks, programme.num_weeks) == (173, 213)


def test_at_most_eight_reviews_start_in_the_first_term_r014():
    (autumn,) = load_policy().programme.limits
    assert (autumn.maximum, autumn.kinds) == (8, ("jar",))
    assert autumn.first_on <= date(2005, 9, 5) < date(2005, 12, 31) < autumn.until


def test_graver_concern_is_dearer_to_delay_r027():
    prices = load_policy().prices
    assert [prices.urgency_price(u) for u in range(1, 11)] == sorted(set(prices.urgency))


def test_prices_of_urgency_may_not_fall_r027(tmp_path):
    with pytest.raises(InvalidPolicy, match=r"prices: urgency prices must not fall.*R027"):
        load_policy(_changed(tmp_path, ("12, 15]", "15, 12]")))


def test_separation_pays_up_to_78_weeks_r036():
    assert load_policy().prices.apart.cap_weeks == 78


def test_option_3_and_six_to_nine_months_are_the_default_r030_r040():
    programme = load_policy().programme
    assert (programme.default_option, programme.lag_min_months, programme.lag_max_months) == (3, 6, 9)


def test_more_precise_dates_are_dearer_to_move_r018():
    prices = load_policy().prices.stability
    moves = [prices.indicative.move, prices.confirmed.move, prices.final.move]
    assert moves == sorted(set(moves))


def test_reminders_follow_the_ladder_of_days():
    reminders = load_policy().reminders
    assert reminders.working_days_before == (20, 10, 5, 1)
    assert (reminders.on_the_day, reminders.overdue_every) == (True, 3)
    assert reminders.stand_ins["director"] == "nominated_officer"  # R064


def test_a_cycle_of_four_years_needs_a_file_only_r126(tmp_path):
    path = _changed(tmp_path, ("last_start_on = 2008-12-31", "last_start_on = 2009-12-31"))
    assert load_policy(path).programme.num_start_weeks == 225


def test_everything_wrong_with_a_policy_is_named_together(tmp_path):
    path = _changed(
        tmp_path,
        ("first_start_on = 2005-09-05", "first_start_on = 2005-09-06"),
        ("stretch = 6 ", "stretch = -6 "),
        ("[20, 10, 5, 1]", "[1, 5]"),
        ('confirm_by = "12-31"', 'confirm_by = "31-12"'),
        ("until = 2006-01-01", "until = 2005-01-01"),
    )
    with pytest.raises(InvalidPolicy) as caught:
        load_policy(path)
    keys = {finding.key for finding in caught.value.findings}
    assert keys == {"programme.limits[0]", "prices.stretch", "reminders", "confirmation.confirm_by"}
    with pytest.raises(InvalidPolicy, match="which is not a Monday"):
        load_policy(_changed(tmp_path, ("first_start_on = 2005-09-05", "first_start_on = 2005-09-06")))


def test_a_price_over_a_bound_says_how_far_it_may_be_passed(tmp_path):
    with pytest.raises(InvalidPolicy, match="price and max_excess belong together"):
        load_policy(_changed(tmp_path, ("price = 25\nmax_excess = 10", "price = 25")))


def test_a_bodys_own_policy_lies_in_its_home_and_goes_first(tmp_path, monkeypatch):
    monkeypatch.setenv("JARCYCLE_HOME", str(tmp_path))
    (tmp_path / "policy").mkdir()
    changed = _changed(tmp_path, ("default_option = 3", "default_option = 1"))
    changed.rename(tmp_path / "policy" / "default.toml")
    assert load_policy().programme.default_option == 1
    assert load_policy(FOLDER / "default.toml").programme.default_option == 3


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("last_start_on = 2008-12-31", "last_start_on = 2004-12-31"), "is not after 2005-09-05"),
        (("lag_max_months = 9", "lag_max_months = 5"), "at most 5 and at least 6 months of lag"),
    ],
)
def test_a_round_runs_forwards_r013_r030(tmp_path, change, message):
    with pytest.raises(InvalidPolicy, match=message):
        load_policy(_changed(tmp_path, change))


def test_an_unknown_policy_is_answered_with_the_known_ones():
    with pytest.raises(InvalidPolicy, match="default"):
        load_policy("defualt")


@pytest.mark.parametrize(
    ("year", "day", "expected"),
    [
        (2005, "12-31", date(2005, 12, 31)),
        (2005, "02-29", date(2005, 2, 28)),
        (2008, "02-29", date(2008, 2, 29)),
    ],
)
def test_a_day_of_every_year_exists_in_every_year(year, day, expected):
    assert day_in(year, day) == expected


def test_dates_are_frozen_from_the_confirmation_on_unless_a_policy_says_otherwise_r016(tmp_path):
    assert load_policy().confirmation.frozen_from == "confirmed"
    never = _changed(tmp_path, ('frozen_from = "confirmed"', 'frozen_from = "never"'))
    assert load_policy(never).confirmation.frozen_from == "never"
    with pytest.raises(InvalidPolicy, match="frozen_from"):
        load_policy(_changed(tmp_path, ('frozen_from = "confirmed"', 'frozen_from = "soon"')))


def test_a_waiver_has_one_of_the_reasons_of_the_policy_r094():
    reasons = load_policy().waivers.reasons
    assert {"short_notice", "critical_event", "area_request", "illness", "holiday", "other"} <= reasons.keys()


def test_a_policy_without_reasons_for_waivers_knows_another_reason_alone(tmp_path):
    start, end = TEXT.index("[waivers.reasons]"), TEXT.index("[reminders]")
    without = load_policy(_changed(tmp_path, (TEXT[start:end], "")))
    assert list(without.waivers.reasons) == ["other"]
