from __future__ import annotations

from pathlib import Path

import pytest

from bot.lock import file_of, sole_runner
from bot.trouble import Misconfigured


def test_a_second_runner_is_refused_until_the_first_has_ended(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'coachlog.db'}"
    with (
        sole_runner(url),
        pytest.raises(Misconfigured, match=r"Another coachlog run .* Stop it first"),
        sole_runner(url),
    ):
        pytest.fail("there were two")
    with sole_runner(url):
        pass


def test_two_spellings_are_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert file_of("sqlite:///coachlog.db") == file_of(
        f"sqlite+aiosqlite:///{tmp_path}/coachlog.db"
    )


def test_a_link_leads_to_the_same_lock(tmp_path: Path) -> None:
    (tmp_path / "coachlog.db").touch()
    (tmp_path / "link.db").symlink_to(tmp_path / "coachlog.db")
    with (
        sole_runner(f"sqlite:///{tmp_path}/coachlog.db"),
        pytest.raises(Misconfigured, match="Another coachlog run"),
        sole_runner(f"sqlite:///{tmp_path}/link.db"),
    ):
        pytest.fail("there were two")


@pytest.mark.parametrize("url", ["postgresql://host/coachlog", "sqlite://"])
def test_other_databases_need_no_lock(url: str) -> None:
    with sole_runner(url), sole_runner(url):
        assert file_of(url) is None


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with (
        pytest.raises(Misconfigured, match=r"can't be written.*Check the folder"),
        sole_runner(f"sqlite:///{tmp_path}/none/coachlog.db"),
    ):
        pytest.fail("it was locked")
