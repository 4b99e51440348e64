"""Who gets which secret: the server's own, those who ask it, and nobody else."""

from collections.abc import Mapping
from pathlib import Path

import pytest

import flows
from config.settings import PrefectSettings, console_settings, home_settings, prefect_settings
from config.token import prefect_secret, with_secret
from flows.processes.environment import prefect_environment, server_environment
from flows.processes.prefect_server import NoSecret, create
from flows.processes.start_up import SERVER, _environments

MAIL, DATABASE = "mail-secret", "sqlite:///database-secret.db"


@pytest.fixture
def secret(home: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Prefect's secret, in a home whose operator set those of mail and database as well."""
    monkeypatch.setenv("JARCYCLE_SMTP_PASSWORD", MAIL)
    monkeypatch.setenv("JARCYCLE_DATABASE_URL", DATABASE)
    for name in ("JARCYCLE_PREFECT_AUTH", "PREFECT_API_AUTH_STRING"):
        monkeypatch.delenv(name, raising=False)
    return prefect_secret(home)


@pytest.fixture
def environments(secret: str) -> dict[str, Mapping[str, str]]:
    home = home_settings()
    prefect = with_secret(prefect_settings(), home.home)
    return dict(_environments(home, console_settings(), prefect))


def test_a_server_of_ours_has_the_secret_of_the_home(home: Path, secret: str) -> None:
    settings = with_secret(PrefectSettings(), home)
    assert server_environment(settings)["PREFECT_SERVER_API_AUTH_STRING"] == secret
    assert prefect_environment(settings)["PREFECT_API_AUTH_STRING"] == secret
    assert "PREFECT_SERVER_API_AUTH_STRING" not in prefect_environment(settings)


def test_a_secret_that_the_operator_chose_goes_before_it(
    home: Path, secret: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JARCYCLE_PREFECT_AUTH", "admin:chosen")
    settings = with_secret(prefect_settings(), home)
    assert server_environment(settings)["PREFECT_SERVER_API_AUTH_STRING"] == "admin:chosen"
    assert prefect_environment(settings)["PREFECT_API_AUTH_STRING"] == "admin:chosen"


def test_a_server_elsewhere_is_never_shown_the_secret_of_the_home(
    home: Path, secret: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JARCYCLE_PREFECT_API_URL", "https://prefect.example.org/api")
    without = prefect_environment(with_secret(prefect_settings(), home))
    assert secret not in without.values()
    monkeypatch.setenv("JARCYCLE_PREFECT_AUTH", "admin:theirs")
    with_theirs = prefect_environment(with_secret(prefect_settings(), home))
    assert with_theirs["PREFECT_API_AUTH_STRING"] == "admin:theirs"


def test_only_the_servers_own_pages_may_ask_it(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = server_environment(PrefectSettings(port=4201))
    assert here["PREFECT_SERVER_API_CORS_ALLOWED_ORIGINS"] == "http://127.0.0.1:4201"
    proxied = server_environment(PrefectSettings(public_url="https://prefect.example.org"))
    assert proxied["PREFECT_SERVER_API_CORS_ALLOWED_ORIGINS"] == "https://prefect.example.org"
    assert proxied["PREFECT_UI_URL"] == "https://prefect.example.org"


@pytest.mark.parametrize(
    ("child", "prefects", "others"),
    [(SERVER, True, False), ("console", False, True), ("runner", True, True)],
)
def test_each_child_gets_the_secrets_it_needs_and_no_other(
    environments: dict[str, Mapping[str, str]], secret: str, child: str, prefects: bool, others: bool
) -> None:
    held = environments[child].values()
    assert (secret in held) is prefects
    assert (MAIL in held) is others
    assert (DATABASE in held) is others


def test_a_secret_that_the_operator_chose_reaches_the_console_and_the_runner(
    secret: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JARCYCLE_PREFECT_AUTH", "admin:chosen")
    monkeypatch.setenv("PREFECT_API_AUTH_STRING", "admin:chosen")
    found = _environments(home_settings(), console_settings(), prefect_settings())
    assert "admin:chosen" in found["console"].values()  # it asks for solves
    assert "admin:chosen" in found["runner"].values()


def test_a_server_without_a_secret_does_not_start(home: Path) -> None:
    with pytest.raises(NoSecret, match="jarcycle up"):
        create()


def test_nothing_else_makes_prefects_server() -> None:
    root = Path(flows.__file__).parents[1]
    ours = ("cli", "config", "console", "flows", "models", "reports", "scheduler", "services")
    makers = [
        path.relative_to(root).as_posix()
        for room in ours
        for path in (root / room).rglob("*.py")
        if "prefect.server" in path.read_text(encoding="utf-8")
    ]
    assert makers == ["flows/processes/prefect_server.py"]
