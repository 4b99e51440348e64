"""Secrets of a home: made once, whole or not at all, and readable by their owner only."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from config.token import HOOK_FILE, PREFECT_FILE, DamagedSecret, hook_token, prefect_secret

SECRETS = pytest.mark.parametrize(
    ("make", "file"), [(hook_token, HOOK_FILE), (prefect_secret, PREFECT_FILE)], ids=["hook", "prefect"]
)
Make = Callable[[Path], str]


@SECRETS
def test_a_secret_is_made_once_and_readable_by_its_owner_only(make: Make, file: str, tmp_path: Path) -> None:
    secret = make(tmp_path)
    assert len(secret) >= 32
    assert make(tmp_path) == secret == (tmp_path / file).read_text().strip()
    assert (tmp_path / file).stat().st_mode & 0o777 == 0o600


@SECRETS
def test_two_homes_have_two_secrets(make: Make, file: str, tmp_path: Path) -> None:
    assert make(tmp_path / "one") != make(tmp_path / "two")


def test_the_two_secrets_of_a_home_differ(tmp_path: Path) -> None:
    assert hook_token(tmp_path) not in prefect_secret(tmp_path)


def test_prefects_secret_is_a_user_and_a_password(tmp_path: Path) -> None:
    user, password = prefect_secret(tmp_path).split(":")
    assert (user, len(password) >= 32) == ("jarcycle", True)


@SECRETS
def test_a_secret_that_could_not_be_written_leaves_nothing_behind(
    make: Make, file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            make(tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert make(tmp_path) == make(tmp_path)


@SECRETS
def test_of_two_that_make_it_at_once_both_get_the_first(
    make: Make, file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link, first = os.link, make(tmp_path / "elsewhere")

    def overtaken(new: str, path: Path) -> None:
        path.write_text(first)
        link(new, path)

    monkeypatch.setattr(os, "link", overtaken)
    assert make(tmp_path) == first
    assert [entry.name for entry in tmp_path.iterdir() if entry.is_file()] == [file]


@SECRETS
def test_a_file_system_without_hard_links_has_secrets_too(
    make: Make, file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(_new: str, _path: Path) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", unknown)
    assert make(tmp_path) == make(tmp_path)
    assert [entry.name for entry in tmp_path.iterdir()] == [file]


@SECRETS
@pytest.mark.parametrize(
    "damage", [b"", b"\n", b"short", b"two words of more than thirty-two signs", b"\xff" * 50]
)
def test_a_damaged_secret_is_named_with_what_to_do_and_never_used(
    make: Make, file: str, damage: bytes, tmp_path: Path
) -> None:
    (tmp_path / file).write_bytes(damage)
    with pytest.raises(DamagedSecret, match=f"{file} is damaged.*Delete it"):
        make(tmp_path)
    (tmp_path / file).unlink()
    assert make(tmp_path) == make(tmp_path)
