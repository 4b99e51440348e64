"""What a flow may be asked for: choices are choices, so that a wrong one is refused before a run begins."""

import inspect
from typing import Any

import pytest
from prefect import Flow
from prefect.exceptions import ParameterTypeError
from sqlalchemy import Engine
from sqlmodel import select

from cli.arguments import OptionName
from config.profile import InvalidProfile
from flows.options_flow import options
from flows.publish_flow import publish
from flows.remind_flow import remind
from flows.solve_flow import solve
from flows.stage_flow import stage
from flows.tick_flow import tick
from flows.watch_flow import watch
from models import PlanVersion, SolveRun, session
from services.option_words import OF_ALL, SolveOption

FLOWS = (tick, remind, watch, stage, solve, options, publish)
FREE_TEXT = {"who", "reason"}
OPEN_CHOICES = {"profile", "moving"}
"""Names of files that an operator may add, codes of activities; one that is not there is refused, and nothing done."""


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.name)
def test_a_flow_takes_text_only_where_any_text_will_do(flow: Flow[Any, Any]) -> None:
    taken = inspect.signature(flow.fn).parameters.values()
    texts = {own.name for own in taken if "str" in str(own.annotation).replace("StrEnum", "")}
    assert texts <= FREE_TEXT | OPEN_CHOICES


@pytest.mark.parametrize("word", ["5", "0", "all", "", None])
def test_an_option_that_is_none_is_refused_before_a_run_begins(word: str | None) -> None:
    assert solve.validate_parameters({"options": ["3", "mixed"]})["options"] == [
        SolveOption.THREE,
        SolveOption.MIXED,
    ]
    with pytest.raises(ParameterTypeError, match="'1', '2', '3', '4' or 'mixed'"):
        solve.validate_parameters({"options": ["3", word]})


@pytest.mark.parametrize("word", ["finale", "Final", "draft", ""])
def test_a_precision_that_is_none_is_refused_before_a_run_begins(word: str) -> None:
    assert publish.validate_parameters({"version": 1, "precision": "final"})["precision"] == "final"
    with pytest.raises(ParameterTypeError, match="'indicative', 'confirmed' or 'final'"):
        publish.validate_parameters({"version": 1, "precision": word})


@pytest.mark.parametrize("seconds", [0, -1, 86_401, "soon"])
def test_a_time_limit_that_is_none_is_refused_before_a_run_begins(seconds: object) -> None:
    assert solve.validate_parameters({"seconds": 86_400, "teams_seconds": 0.5})["seconds"] == 86_400
    for name in ("seconds", "teams_seconds"):
        with pytest.raises(ParameterTypeError, match=name):
            solve.validate_parameters({name: seconds})


@pytest.mark.parametrize("flow", [solve, options], ids=lambda flow: flow.name)
def test_a_profile_that_is_none_is_refused_before_anything_is_stored(
    flow: Flow[Any, Any], database: Engine
) -> None:
    with pytest.raises(InvalidProfile, match="hasty"):
        flow.fn(profile="hasty")
    with session(database, read_only=True) as opened:
        assert opened.exec(select(SolveRun)).all() == []
        assert opened.exec(select(PlanVersion)).all() == []


def test_a_deployment_offers_the_choices_by_name() -> None:
    offered = str(solve.to_deployment("solve")._parameter_openapi_schema)
    assert all(f"'{option}'" in offered for option in SolveOption)


def test_flows_and_commands_offer_the_same_options() -> None:
    assert {str(option) for option in OptionName} == {*SolveOption, "all"}
    assert [option.for_problem for option in OF_ALL] == [1, 2, 3, 4]
    assert SolveOption.MIXED.for_problem == "mixed"
