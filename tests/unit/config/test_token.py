from pathlib import Path

from config.token import FILE, hook_token


def test_the_token_is_made_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    token = hook_token(tmp_path)
    assert len(token) >= 32
    assert hook_token(tmp_path) == token
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0


def test_two_homes_have_two_tokens(tmp_path: Path) -> None:
    assert hook_token(tmp_path / "one") != hook_token(tmp_path / "two")
