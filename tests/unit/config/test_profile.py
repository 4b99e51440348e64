"""Solver profiles fit the solver, and rise from quick to proof."""

import pytest

from config.profile import InvalidProfile, load_profile
from scheduler.values.result import SolveParams


@pytest.mark.parametrize("name", ["quick", "standard", "proof"])
def test_every_profile_is_made_of_the_solvers_own_parameters(name):
    values = load_profile(name).model_dump()
    assert SolveParams(**values).model_dump().items() >= values.items()


def test_profiles_take_longer_the_more_they_prove():
    seconds = [load_profile(name).dates_seconds for name in ("quick", "standard", "proof")]
    assert seconds == sorted(set(seconds))


def test_an_unknown_profile_is_answered_with_the_nearest():
    with pytest.raises(InvalidProfile, match="Try 'standard'"):
        load_profile("standart")


def test_an_operators_own_profile_lies_in_the_home(tmp_path, monkeypatch):
    monkeypatch.setenv("JARCYCLE_HOME", str(tmp_path))
    (tmp_path / "solver").mkdir()
    text = "dates_seconds = 1\nteams_seconds = 1\ngap_target = 1\nteam_gap_target = 1\nnum_workers = 1\n"
    (tmp_path / "solver" / "glance.toml").write_text(text)
    assert load_profile("quick").dates_seconds > 1
    assert load_profile("glance").dates_seconds == 1


def test_a_profile_may_be_a_file_and_a_wrong_one_names_its_keys(tmp_path):
    path = tmp_path / "mine.toml"
    text = "dates_seconds = 5\nteams_seconds = 5\ngap_target = 0.5\nteam_gap_target = 0.5\nnum_workers = 1\n"
    path.write_text(text)
    assert load_profile(path).dates_seconds == 5
    path.write_text(text.replace("gap_target = 0.5", "gap_target = 5", 1) + "sede = 1\n")
    with pytest.raises(InvalidProfile) as caught:
        load_profile(path)
    assert {finding.key for finding in caught.value.findings} == {"gap_target", "sede"}
