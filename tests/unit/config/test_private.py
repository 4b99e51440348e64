"""A home is its owner's alone, and its small files are whole or not there at all."""

import ast
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.private import private_folder, start_private
from config.whole_files import create_whole, write_whole

ROOT = Path(__file__).parents[3]
DEVELOPERS_TOOLS = {"console/vendor.py"}


@pytest.fixture
def careless_umask() -> Iterator[None]:
    """That of a system on which everybody may read everything."""
    before = os.umask(0o000)
    yield
    os.umask(before)


def rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def broken_disk(_handle: int) -> None:
    raise OSError(28, "No space left on device")


def test_what_a_started_process_makes_is_its_owners_alone(tmp_path: Path, careless_umask: None) -> None:
    start_private()
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("names")
    assert (rights(tmp_path / "folder"), rights(tmp_path / "file")) == (0o700, 0o600)


def test_a_home_is_made_for_its_owner_alone(tmp_path: Path, careless_umask: None) -> None:
    assert rights(private_folder(tmp_path / "home")) == 0o700


def test_a_home_of_an_earlier_version_is_closed_with_what_is_ours_in_it(tmp_path: Path) -> None:
    for name in ("jarcycle.db", "jarcycle.db-wal", "clock.json", "letter.txt"):
        (tmp_path / name).write_text("x")
        (tmp_path / name).chmod(0o644)
    (tmp_path / "mailbox").mkdir(0o755)
    tmp_path.chmod(0o755)
    private_folder(tmp_path)
    closed = {path.name: rights(path) for path in tmp_path.iterdir()}
    assert rights(tmp_path) == 0o700
    assert closed == {
        "jarcycle.db": 0o600,
        "jarcycle.db-wal": 0o600,
        "clock.json": 0o600,
        "letter.txt": 0o644,
        "mailbox": 0o700,
    }


def test_a_folder_in_which_everybody_may_write_is_left_as_it_is(tmp_path: Path) -> None:
    tmp_path.chmod(0o1777)
    private_folder(tmp_path)
    assert rights(tmp_path) == 0o1777


def test_a_link_out_of_the_home_changes_nothing_there(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text("x")
    elsewhere.chmod(0o644)
    home = tmp_path / "home"
    home.mkdir()
    (home / "clock.json").symlink_to(elsewhere)
    private_folder(home)
    assert rights(elsewhere) == 0o644


def test_a_file_whose_writing_fails_stays_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "clock.json"
    write_whole(path, b"old")
    with pytest.raises(OSError, match="No space"):
        write_whole(path, b"new", sync=broken_disk)
    assert path.read_bytes() == b"old"
    assert [own.name for own in tmp_path.iterdir()] == ["clock.json"]


def test_a_file_that_is_replaced_keeps_its_rights(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text("old")
    path.chmod(0o640)
    write_whole(path, b"new")
    assert (path.read_bytes(), rights(path)) == (b"new", 0o640)


def test_of_two_who_make_a_file_the_first_wins(tmp_path: Path) -> None:
    path = tmp_path / "hook.token"
    assert create_whole(path, b"first")
    assert not create_whole(path, b"second")
    assert path.read_bytes() == b"first"
    assert [own.name for own in tmp_path.iterdir()] == ["hook.token"]


def test_a_secret_that_could_not_be_written_is_not_there_at_all(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No space"):
        create_whole(tmp_path / "hook.token", b"secret", broken_disk)
    assert list(tmp_path.iterdir()) == []


def calls(path: Path) -> set[str]:
    """Names of the functions that a file calls."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            found.add(getattr(node.func, "id", "") or getattr(node.func, "attr", ""))
    return found


def entry_points() -> set[str]:
    """Files that are run as a program: with a main part, the console script, and the console's factory."""
    folders = ("cli", "flows", "console")
    run_as_main = {
        str(path.relative_to(ROOT))
        for folder in folders
        for path in (ROOT / folder).rglob("*.py")
        if '__name__ == "__main__"' in path.read_text(encoding="utf-8")
    }
    return (run_as_main - DEVELOPERS_TOOLS) | {"cli/main.py", "console/app.py"}


@pytest.mark.parametrize("file", sorted(entry_points()))
def test_every_entry_point_starts_private(file: str) -> None:
    assert "start_private" in calls(ROOT / file)


PRODUCT = ("cli", "config", "console", "flows", "models", "reports", "scheduler", "services")
WRITE_IN_PLACE = {"write_text", "write_bytes"}
ALLOWED = {
    "cli/files.py",  # what is no plain file, such as /dev/stdout
    "console/vendor.py",  # a developer's tool
}


def writes_in_place(path: Path) -> bool:
    """Whether a file's code calls what a Path has for writing."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        is_method = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if is_method and node.func.attr in WRITE_IN_PLACE:  # type: ignore[union-attr]
            return True
    return False


@pytest.mark.parametrize("folder", PRODUCT)
def test_nothing_is_written_in_place(folder: str) -> None:
    files = (ROOT / folder).rglob("*.py")
    found = {str(path.relative_to(ROOT)) for path in files if writes_in_place(path)}
    assert found <= ALLOWED
