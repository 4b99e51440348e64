"""Everything an operator sets by environment variables, one class per area.

Only this module looks at the environment. Each function reads its area when it is called; entry points
call it once and hand the values on. A variable that is set to something impossible is an `InvalidSettings`
that names it, and never repeats a password.
"""

import os
import re
from collections.abc import Collection, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TypeVar, cast

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from config.addresses import parse_sender
from config.findings import Finding, InvalidFile
from config.web_addresses import encrypted_address, host_names, in_address, is_this_machine, web_address

PREFIX = "JARCYCLE_"
NO_SENDER = "jarcycle@localhost"
"""Stands for the address that messages come from until one is set: it is only good on this machine."""


class InvalidSettings(InvalidFile):
    """Environment variables that make no sense; `findings` lists all of one area."""


def _area(prefix: str = "") -> SettingsConfigDict:
    # An empty variable counts as unset, so that `JARCYCLE_SMTP_HOST= jarcycle up` switches mail off.
    return SettingsConfigDict(env_prefix=PREFIX + prefix, env_ignore_empty=True, frozen=True, extra="ignore")


class HomeSettings(BaseSettings):
    """Where all data lives: JARCYCLE_HOME, by default `.jarcycle` in the working directory."""

    model_config = _area()

    home: Path = Path(".jarcycle")

    @field_validator("home")
    @classmethod
    def _absolute(cls, home: Path) -> Path:
        # Children may run in another working directory.
        return home.expanduser().absolute()

    @property
    def mailbox(self) -> Path:
        """Folder into which mail is written when no server is set."""
        return self.home / "mailbox"

    @property
    def prefect(self) -> Path:
        """Prefect's own folder."""
        return self.home / "prefect"

    @property
    def prepared(self) -> Path:
        """Folder of plans prepared for questions; whatever is missing there is made again."""
        return self.home / "prepared"

    @property
    def policies(self) -> Path:
        """Folder of the operator's own policies."""
        return self.home / "policy"

    @property
    def profiles(self) -> Path:
        """Folder of the operator's own solver profiles."""
        return self.home / "solver"

    @property
    def frameworks(self) -> Path:
        """Folder of the operator's own frameworks."""
        return self.home / "frameworks"

    @property
    def ratings(self) -> Path:
        """Folder of the operator's own rating regimes."""
        return self.home / "ratings"

    @property
    def messages(self) -> Path:
        """Folder of the operator's own templates of messages."""
        return self.home / "messages"

    @property
    def questionnaires(self) -> Path:
        """Folder of the operator's own questionnaires."""
        return self.home / "questionnaires"

    @property
    def responses(self) -> Path:
        """Folder of the operator's own summaries of responses."""
        return self.home / "responses"

    @property
    def developments(self) -> Path:
        """Folder of the operator's own timetables of development."""
        return self.home / "developments"

    @property
    def inspections(self) -> Path:
        """Folder of the operator's own registers of inspections."""
        return self.home / "inspections"


class DatabaseSettings(BaseSettings):
    """The database: JARCYCLE_DATABASE_URL, by default the SQLite file `jarcycle.db` in the home folder."""

    model_config = _area("DATABASE_")

    url: str = Field(default_factory=lambda: f"sqlite:///{home_settings().home / 'jarcycle.db'}")


class MailSettings(BaseSettings):
    """The mail server: JARCYCLE_SMTP_HOST, _PORT, _USER, _PASSWORD, _STARTTLS, _SENDER, _TIMEOUT_SECONDS.

    Without a host mail is written to the mailbox folder of the home.
    """

    model_config = _area("SMTP_")

    host: str | None = None
    port: int = Field(587, ge=1, le=65535)
    user: str | None = None
    password: SecretStr | None = None
    starttls: bool = True
    sender: str = NO_SENDER
    timeout_seconds: float = Field(30.0, gt=0)

    @field_validator("sender")
    @classmethod
    def _is_address(cls, sender: str) -> str:
        if sender == NO_SENDER:
            return sender
        return parse_sender(sender)

    @model_validator(mode="after")
    def _both_or_neither(self) -> "MailSettings":
        if (self.user is None) != (self.password is None):
            raise ValueError("user and password belong together; one of the two is missing")
        return self


class ConsoleSettings(BaseSettings):
    """Where the console listens: JARCYCLE_CONSOLE_HOST (this machine only by default) and _PORT.

    JARCYCLE_CONSOLE_PUBLIC_URL is the address under which people reach it, if that is another one (a proxy);
    JARCYCLE_CONSOLE_NAMES are further host names to which it answers, separated by commas. A visit ends after
    JARCYCLE_CONSOLE_SESSION_HOURS, or after JARCYCLE_CONSOLE_IDLE_MINUTES in which nothing was asked.
    """

    model_config = _area("CONSOLE_")

    host: str = "127.0.0.1"
    port: int = Field(8000, ge=0, le=65535)
    public_url: str | None = None
    names: str = ""
    session_hours: float = Field(12.0, gt=0, le=168)
    idle_minutes: float = Field(60.0, gt=0, le=1440)

    _is_an_address = field_validator("public_url")(lambda url: web_address(url))

    @field_validator("names")
    @classmethod
    def _are_names(cls, names: str) -> str:
        host_names(names)
        return names

    @property
    def other_addresses(self) -> tuple[str, ...]:
        """Addresses of the further names."""
        names = host_names(self.names)
        return tuple(url for name in names for url in (f"http://{name}:{self.port}", f"https://{name}"))

    @property
    def is_for_this_machine(self) -> bool:
        """Whether it listens on this machine only."""
        return is_this_machine(self.host)

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://{in_address(self.host)}:{self.port}"

    @property
    def public_address(self) -> str:
        """Address of its first page, for people."""
        return self.public_url or self.address


class OpenIdSettings(BaseSettings):
    """A provider of OpenID Connect for the sign-in: JARCYCLE_OPENID_ISSUER, _CLIENT_ID, _CLIENT_SECRET_FILE and _NAME.

    Without an issuer people sign in with passwords only. `name` is how the page calls it.
    """

    model_config = _area("OPENID_")

    issuer: str | None = None
    client_id: str = ""
    client_secret_file: Path | None = None
    name: str = "your organisation"

    _is_an_address = field_validator("issuer")(lambda url: encrypted_address(url))

    @model_validator(mode="after")
    def _all_or_none(self) -> "OpenIdSettings":
        if self.issuer is not None and not (self.client_id and self.client_secret_file):
            raise ValueError("issuer, client id and client secret file belong together; one is missing")
        return self


class PrefectSettings(BaseSettings):
    """The Prefect server: JARCYCLE_PREFECT_HOST, _PORT, _AUTH ('user:password'), or _API_URL of one elsewhere.

    A server of ours without `auth` gets a secret of the home (see `config.token`). JARCYCLE_PREFECT_HOME
    moves its folder; JARCYCLE_PREFECT_PUBLIC_URL is the address under which people reach its pages (a proxy).
    """

    model_config = _area("PREFECT_")

    host: str = "127.0.0.1"
    port: int = Field(4200, ge=1, le=65535)
    auth: SecretStr | None = None
    api_url: str | None = None
    public_url: str | None = None
    home: Path = Field(default_factory=lambda: home_settings().prefect)

    _is_an_address = field_validator("public_url")(lambda url: web_address(url))

    @field_validator("auth")
    @classmethod
    def _has_both(cls, auth: SecretStr | None) -> SecretStr | None:
        # Prefect's server compares it as it is and fails on other letters; a browser cannot send them either.
        if auth is not None and not re.fullmatch(
            r"[\x21-\x39\x3b-\x7e]+:[\x21-\x7e]+", auth.get_secret_value()
        ):
            raise ValueError("it has the form 'user:password', in ASCII and without spaces")
        return auth

    @property
    def is_ours(self) -> bool:
        """Whether `jarcycle up` starts the server."""
        return self.api_url is None

    @property
    def address(self) -> str:
        """Where its pages are."""
        return self.api.removesuffix("/api")

    @property
    def public_address(self) -> str:
        """Address of its pages, for people."""
        return self.public_url or self.address

    @property
    def api(self) -> str:
        """Address of its API."""
        return self.api_url or f"http://{in_address(self.host)}:{self.port}/api"

    def environment(self) -> dict[str, str]:
        """What whoever talks to the server needs in their environment, analytics off."""
        variables = {
            "PREFECT_HOME": str(self.home),
            "PREFECT_API_URL": self.api,
            "PREFECT_UI_URL": self.public_address,
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        }
        if self.auth is not None:
            variables["PREFECT_API_AUTH_STRING"] = self.auth.get_secret_value()
        return variables


class RunnerSettings(BaseSettings):
    """How much runs at once: JARCYCLE_RUNNER_PROCESSES flow runs, JARCYCLE_RUNNER_THREADS tasks in each.

    JARCYCLE_RUNNER_SOLVES options of a solve run side by side: one, unless there are cores to spare.
    """

    model_config = _area("RUNNER_")

    processes: int = Field(2, ge=1)
    threads: int = Field(4, ge=1)
    solves: int = Field(1, ge=1)


class LogSettings(BaseSettings):
    """What is logged: JARCYCLE_LOG_LEVEL (DEBUG, INFO, WARNING or ERROR)."""

    model_config = _area("LOG_")

    level: str = Field("WARNING", pattern=r"^(DEBUG|INFO|WARNING|ERROR)$")


def home_settings() -> HomeSettings:
    """The home folder as the environment has it now."""
    return _read(HomeSettings)


def database_settings() -> DatabaseSettings:
    """The database as the environment has it now."""
    return _read(DatabaseSettings)


def mail_settings() -> MailSettings:
    """The mail server as the environment has it now."""
    return _read(MailSettings)


def console_settings() -> ConsoleSettings:
    """The console's address as the environment has it now."""
    return _read(ConsoleSettings)


def open_id_settings() -> OpenIdSettings:
    """The provider of OpenID Connect as the environment has it now."""
    return _read(OpenIdSettings)


def prefect_settings() -> PrefectSettings:
    """The Prefect server as the environment has it now."""
    return _read(PrefectSettings)


def runner_settings() -> RunnerSettings:
    """The limits of what runs at once as the environment has them now."""
    return _read(RunnerSettings)


def log_settings() -> LogSettings:
    """The logging as the environment has it now."""
    return _read(LogSettings)


def child_environment(extra: Mapping[str, str], without: Collection[str] = ()) -> dict[str, str]:
    """The whole environment for a child process: ours with `extra` on top, and nothing of `without`."""
    return {name: value for name, value in {**os.environ, **extra}.items() if name not in without}


def apply_to_environment(variables: Mapping[str, str]) -> None:
    """Set variables in this process, for libraries that read the environment themselves (Prefect)."""
    os.environ.update(variables)


Area = TypeVar("Area", bound=BaseSettings)


def _read(area: type[Area]) -> Area:
    ours = frozenset((name, text) for name, text in os.environ.items() if name.upper().startswith(PREFIX))
    return cast(Area, _read_once(area, ours, os.environ.get("HOME"), os.getcwd()))


@lru_cache(maxsize=32)
def _read_once(area: type[BaseSettings], *_of: object) -> BaseSettings:
    # Where a path begins is part of the cache's key, beside every variable of ours.
    try:
        return area()
    except ValidationError as fault:
        # Pydantic's own text repeats the input, which may be a password.
        raise InvalidSettings(_findings(fault, area)) from None


def _findings(fault: ValidationError, area: type[BaseSettings]) -> list[Finding]:
    prefix = str(area.model_config.get("env_prefix"))
    findings = []
    for item in fault.errors(include_url=False, include_input=False):
        name = prefix + "_".join(str(part) for part in item["loc"]).upper()
        message = item["msg"].removeprefix("Value error, ").rstrip(".")
        advice = f"Set or unset {name}." if item["loc"] else f"Check the variables {name}*."
        findings.append(Finding("environment", name, f"{message[:1].lower()}{message[1:]}.", advice))
    return findings
