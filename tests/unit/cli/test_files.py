from pathlib import Path

import pytest

from cli.files import read_text, require_writable, write_text
from cli.shown.errors import WrongUsage


def test_a_file_is_replaced_as_a_whole(tmp_path: Path) -> None:
    target = tmp_path / "plan.json"
    write_text(target, "old")
    write_text(target, "new")
    assert target.read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["plan.json"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.json", tmp_path / "link.json"
    link.symlink_to(real)
    write_text(link, "new")
    assert link.is_symlink()
    assert real.read_text() == "new"


def test_what_is_no_plain_file_is_written_to_and_not_replaced() -> None:
    write_text(Path("/dev/null"), "gone")
    assert Path("/dev/null").is_char_device()


def test_a_full_disk_leaves_what_was_there(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No space left") as caught:
        write_text(Path("/dev/full"), "too much")
    assert caught.value.filename == "/dev/full"


@pytest.mark.parametrize(
    ("name", "words"), [("missing/plan.json", "there is no folder"), ("", "is a folder")]
)
def test_a_place_that_cannot_be_written_is_found_before_the_work(
    tmp_path: Path, name: str, words: str
) -> None:
    require_writable(tmp_path / "plan.json")
    with pytest.raises(WrongUsage, match=words):
        require_writable(tmp_path / name)


def test_what_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "picture").write_bytes(b"\xff\xd8\xff")
    with pytest.raises(WrongUsage, match="not UTF-8"):
        read_text(tmp_path / "picture")
    with pytest.raises(WrongUsage, match="can't be read"):
        read_text(tmp_path / "nothing")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_byte_order_mark_says_how_to_read_a_file(tmp_path: Path, encoding: str) -> None:
    """PowerShell redirects what a command prints as UTF-16."""
    (tmp_path / "problem.json").write_bytes('{"name": "é"}'.encode(encoding))
    assert read_text(tmp_path / "problem.json") == '{"name": "é"}'
