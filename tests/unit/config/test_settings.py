"""Settings come from variables of the environment, and a wrong one is named."""

from pathlib import Path

import pytest

from config import settings


@pytest.fixture(autouse=True)
def _empty_environment(monkeypatch, tmp_path):
    for name in list(settings.os.environ):
        if name.startswith("JARCYCLE_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def test_all_data_lies_under_one_home_by_default_in_the_working_directory():
    home = settings.home_settings()
    assert home.home == Path.cwd() / ".jarcycle"
    assert home.home in home.mailbox.parents
    assert home.home in home.prefect.parents
    assert settings.database_settings().url == f"sqlite:///{home.home}/jarcycle.db"


def test_the_home_moves_everything_in_it(monkeypatch, tmp_path):
    monkeypatch.setenv("JARCYCLE_HOME", str(tmp_path / "elsewhere"))
    assert settings.home_settings().mailbox == tmp_path / "elsewhere" / "mailbox"
    assert settings.prefect_settings().home == tmp_path / "elsewhere" / "prefect"
    assert str(tmp_path / "elsewhere") in settings.database_settings().url


def test_a_database_may_be_elsewhere(monkeypatch):
    monkeypatch.setenv("JARCYCLE_DATABASE_URL", "postgresql+psycopg://planner@db/jarcycle")
    assert settings.database_settings().url == "postgresql+psycopg://planner@db/jarcycle"


def test_without_a_server_mail_goes_to_the_mailbox(monkeypatch):
    assert settings.mail_settings().host is None
    monkeypatch.setenv("JARCYCLE_SMTP_HOST", "")
    assert settings.mail_settings().host is None
    monkeypatch.setenv("JARCYCLE_SMTP_HOST", "mail.example.org")
    assert settings.mail_settings().host == "mail.example.org"


def test_a_wrong_variable_is_named_with_advice(monkeypatch):
    monkeypatch.setenv("JARCYCLE_SMTP_PORT", "many")
    monkeypatch.setenv("JARCYCLE_SMTP_STARTTLS", "perhaps")
    with pytest.raises(settings.InvalidSettings) as caught:
        settings.mail_settings()
    assert {f.key for f in caught.value.findings} == {"JARCYCLE_SMTP_PORT", "JARCYCLE_SMTP_STARTTLS"}
    assert [f.advice for f in caught.value.findings] == [
        f"Set or unset {f.key}." for f in caught.value.findings
    ]


def test_a_password_without_a_user_is_refused_and_never_repeated(monkeypatch):
    monkeypatch.setenv("JARCYCLE_SMTP_PASSWORD", "hunter2")
    with pytest.raises(settings.InvalidSettings, match="belong together") as caught:
        settings.mail_settings()
    assert "hunter2" not in str(caught.value)
    monkeypatch.setenv("JARCYCLE_SMTP_USER", "planner")
    assert "hunter2" not in repr(settings.mail_settings())


def test_a_sender_is_an_address(monkeypatch):
    monkeypatch.setenv("JARCYCLE_SMTP_SENDER", "programme@example.org")
    assert settings.mail_settings().sender == "programme@example.org"
    monkeypatch.setenv("JARCYCLE_SMTP_SENDER", "Reviews, national <programme@mailhost>")
    assert settings.mail_settings().sender == '"Reviews, national" <programme@mailhost>'
    monkeypatch.setenv("JARCYCLE_SMTP_SENDER", "the programme")
    with pytest.raises(settings.InvalidSettings, match="JARCYCLE_SMTP_SENDER"):
        settings.mail_settings()


def test_console_and_prefect_listen_on_this_machine_only():
    assert settings.console_settings().address == "http://127.0.0.1:8000"
    assert settings.prefect_settings().address == "http://127.0.0.1:4200"
    assert settings.prefect_settings().api == "http://127.0.0.1:4200/api"


def test_the_sign_in_of_a_prefect_server_is_handed_to_those_who_ask_it_and_never_repeated(monkeypatch):
    monkeypatch.setenv("JARCYCLE_PREFECT_AUTH", "admin:hunter2")
    assert settings.prefect_settings().environment()["PREFECT_API_AUTH_STRING"] == "admin:hunter2"
    assert "hunter2" not in repr(settings.prefect_settings())


@pytest.mark.parametrize("wrong", ["hunter2", "admin:", ":hunter2", "admin:hunter two", "admin:höchst"])
def test_a_sign_in_that_is_no_user_and_password_is_refused_and_never_repeated(monkeypatch, wrong):
    monkeypatch.setenv("JARCYCLE_PREFECT_AUTH", wrong)
    with pytest.raises(settings.InvalidSettings, match="'user:password'") as caught:
        settings.prefect_settings()
    assert wrong not in str(caught.value)


@pytest.mark.parametrize("area", ["console", "prefect"])
def test_people_are_shown_the_address_of_the_proxy_and_programs_our_own(monkeypatch, area):
    read = getattr(settings, f"{area}_settings")
    assert read().public_address == read().address
    monkeypatch.setenv(f"JARCYCLE_{area.upper()}_PUBLIC_URL", "https://jarcycle.example.org/")
    assert read().public_address == "https://jarcycle.example.org"
    assert read().address.startswith("http://127.0.0.1:")


@pytest.mark.parametrize("area", ["console", "prefect"])
@pytest.mark.parametrize("wrong", ["jarcycle.example.org", "ftp://x", "https://", "https://x.example/path"])
def test_an_address_that_is_none_of_a_web_server_is_refused(monkeypatch, area, wrong):
    monkeypatch.setenv(f"JARCYCLE_{area.upper()}_PUBLIC_URL", wrong)
    with pytest.raises(settings.InvalidSettings, match=f"JARCYCLE_{area.upper()}_PUBLIC_URL"):
        getattr(settings, f"{area}_settings")()


def test_a_prefect_server_elsewhere_is_named_by_its_address(monkeypatch):
    monkeypatch.setenv("JARCYCLE_PREFECT_API_URL", "https://prefect.example.org/api")
    assert settings.prefect_settings().environment()["PREFECT_API_URL"] == "https://prefect.example.org/api"
    assert settings.prefect_settings().address == "https://prefect.example.org"


def test_prefect_keeps_its_analytics_off():
    assert settings.prefect_settings().environment()["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"


def test_a_child_has_our_environment_and_more(monkeypatch):
    monkeypatch.setenv("JARCYCLE_HOME", "/somewhere")
    assert (
        settings.child_environment({"PREFECT_HOME": "x"}).items()
        >= {"JARCYCLE_HOME": "/somewhere", "PREFECT_HOME": "x"}.items()
    )


def test_a_child_has_nothing_that_it_must_not_have(monkeypatch):
    monkeypatch.setenv("JARCYCLE_SMTP_PASSWORD", "hunter2")
    assert "JARCYCLE_SMTP_PASSWORD" in settings.child_environment({})
    assert "JARCYCLE_SMTP_PASSWORD" not in settings.child_environment({}, without=["JARCYCLE_SMTP_PASSWORD"])


def test_limits_of_the_runner_are_at_least_one(monkeypatch):
    assert settings.runner_settings().processes >= 1
    monkeypatch.setenv("JARCYCLE_RUNNER_PROCESSES", "0")
    with pytest.raises(settings.InvalidSettings, match="JARCYCLE_RUNNER_PROCESSES"):
        settings.runner_settings()


def test_nothing_else_looks_at_the_environment():
    root = Path(settings.__file__).parents[1]
    ours = ["config", "models", "scheduler", "services", "reports", "flows", "console", "cli"]
    guilty = [
        str(path.relative_to(root))
        for package in ours
        for path in (root / package).rglob("*.py")
        if "os.environ" in path.read_text(encoding="utf-8") or "getenv(" in path.read_text(encoding="utf-8")
    ]
    assert guilty == ["config/settings.py"]
