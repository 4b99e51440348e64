from pathlib import Path

import pytest

from config.token import FILE, DamagedToken, hook_token


def test_the_token_is_made_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    token = hook_token(tmp_path)
    assert len(token) >= 32
    assert hook_token(tmp_path) == token
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0


def test_two_homes_have_two_tokens(tmp_path: Path) -> None:
    assert hook_token(tmp_path / "one") != hook_token(tmp_path / "two")


@pytest.mark.parametrize("text", ["", "\n", "abc", "é" * 43, "x" * 500])
def test_an_empty_or_damaged_token_lets_nobody_in_and_says_how_to_mend_it(tmp_path: Path, text: str) -> None:
    """A kill between making and writing it once left an empty one, which every request without a token knew."""
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(DamagedToken, match=f"Delete {tmp_path / FILE}, then start jarcycle up again"):
        hook_token(tmp_path)
    (tmp_path / FILE).unlink()
    assert len(hook_token(tmp_path)) == 43
