"""Logging goes to standard error, once per message."""

import logging

import pytest

from config.logs import OURS, set_up_logging


@pytest.fixture(autouse=True)
def _as_before():
    loggers = [logging.getLogger(name) for name in OURS]
    before = [(logger.level, list(logger.handlers)) for logger in loggers]
    for logger in loggers:
        logger.handlers = []
    yield
    for logger, (level, handlers) in zip(loggers, before, strict=True):
        logger.setLevel(level)
        logger.handlers = handlers


def test_a_message_is_one_line_on_standard_error_however_often_logging_is_set_up(capsys):
    set_up_logging("INFO")
    set_up_logging("INFO")
    logging.getLogger("services.casework.advancing").info("a date moved")
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("a date moved") == 1


def test_the_level_comes_from_the_environment_unless_it_is_given(capsys, monkeypatch):
    monkeypatch.setenv("JARCYCLE_LOG_LEVEL", "ERROR")
    set_up_logging()
    logging.getLogger("services.casework.advancing").warning("quiet")
    set_up_logging("WARNING")
    logging.getLogger("services.casework.advancing").warning("loud")
    err = capsys.readouterr().err
    assert "quiet" not in err
    assert "loud" in err
