"""Files are written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from scheduler.files.disk import check_writable, write_beside


def names(folder: Path) -> list[str]:
    """Return what is in a folder."""
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_written_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    write_beside(tmp_path / "plan.json", b"new")

    assert (tmp_path / "plan.json").read_bytes() == b"new"
    assert names(tmp_path) == ["plan.json"]


def test_a_file_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_bytes(b"old")
    path.chmod(0o640)

    write_beside(path, b"new")

    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_link_goes_on_pointing_to_its_file(tmp_path: Path) -> None:
    (tmp_path / "real.json").write_bytes(b"old")
    (tmp_path / "link.json").symlink_to("real.json")

    write_beside(tmp_path / "link.json", b"new")

    assert (tmp_path / "link.json").is_symlink()
    assert (tmp_path / "real.json").read_bytes() == b"new"


def test_a_pipe_is_written_into_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)

    write_beside(pipe, b"new")

    assert os.read(reader, 100) == b"new"
    assert pipe.is_fifo()
    os.close(reader)


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_bytes(b"old")

    with pytest.raises(TypeError):
        write_beside(path, "no bytes")  # type: ignore[arg-type]  # what fails in the middle

    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["plan.json"]


def test_asking_whether_a_file_can_be_written_leaves_nothing(tmp_path: Path) -> None:
    check_writable(tmp_path / "plan.json")

    assert names(tmp_path) == []


def test_a_pipe_is_not_asked_since_it_would_wait_for_a_reader(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    check_writable(tmp_path / "pipe")

    assert names(tmp_path) == ["pipe"]


def test_a_folder_cannot_be_written_as_a_file(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError) as raised:
        check_writable(tmp_path)

    assert raised.value.filename == str(tmp_path)


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as raised:
        check_writable(tmp_path / "nowhere" / "plan.json")

    assert raised.value.filename == str(tmp_path / "nowhere")
    assert raised.value.strerror == "no such folder"


def test_a_file_in_place_of_a_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(NotADirectoryError) as raised:
        check_writable(tmp_path / "file" / "plan.json")

    assert raised.value.filename == str(tmp_path / "file" / "plan.json")
