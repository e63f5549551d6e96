from __future__ import annotations

from pathlib import Path

import pytest

from bot import settings
from bot.trouble import Misconfigured

GOOD = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "secret"}


@pytest.fixture(autouse=True)
def _plain_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No `.env` file, and none of our variables but those that a test sets."""
    monkeypatch.chdir(tmp_path)
    for name in settings.Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def read(monkeypatch: pytest.MonkeyPatch, **variables: str) -> settings.Settings:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return settings.read(with_slack=True, with_requests=True)


def problems(monkeypatch: pytest.MonkeyPatch, **variables: str) -> tuple[str, ...]:
    with pytest.raises(Misconfigured) as wrong:
        read(monkeypatch, **variables)
    return wrong.value.problems


def test_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    made = read(monkeypatch, **GOOD)
    assert made.slack_api_url == "https://slack.com/api/"
    assert made.database_url == "sqlite:///coachlog.db"
    assert made.coachlog_command == "/coach"
    assert made.coachlog_tick_seconds == 15
    assert (made.bot_token, made.signing_secret) == ("xoxb-1", "secret")
    assert not made.uses_sockets


def test_everything_that_is_missing_is_named_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bot, secret = problems(monkeypatch)
    assert bot.startswith("SLACK_BOT_TOKEN is not set. Copy the Bot User OAuth Token")
    assert secret.startswith("SLACK_SIGNING_SECRET is not set. Copy the Signing Secret")


def test_an_empty_variable_is_a_missing_one(monkeypatch: pytest.MonkeyPatch) -> None:
    made = read(monkeypatch, **GOOD, SLACK_APP_TOKEN="", PORT="", COACHLOG_COMMAND="")
    assert made.slack_app_token is None
    assert made.port == 3000


def test_socket_mode_needs_no_signing_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    made = read(monkeypatch, SLACK_BOT_TOKEN="xoxb-1", SLACK_APP_TOKEN="xapp-1")
    assert made.uses_sockets
    assert made.app_token == "xapp-1"


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("SLACK_BOT_TOKEN", "xoxp-1", "does not start with xoxb-. Copy the Bot User"),
        ("SLACK_APP_TOKEN", "A0APP", "does not start with xapp-. Copy an app-level token"),
        ("SLACK_BOT_TOKEN", "xoxb-1\r\nX: y", "holds a character that no token has. Copy"),
        ("SLACK_APP_TOKEN", "xapp-é", "holds a character that no token has. Copy"),
        ("SLACK_SIGNING_SECRET", " ", "can't be read. Copy the Signing Secret"),
        ("SLACK_API_URL", "slack.com", "is not a web address. Write an address like"),
        ("SLACK_API_URL", "http://[/", "is not a web address. Write an address like"),
        ("SLACK_API_URL", "http://slack.com:99999/", "is not a web address. Write an address"),
        ("DATABASE_URL", "mysql://host/db", "names no database that CoachLog works with. Write"),
        ("DATABASE_URL", "postgresql://host:x/db", "names no database that CoachLog works with."),
        ("COACHLOG_HOST", "höst", "is not an address. Write the address to listen at"),
        ("PORT", "eighty", "can't be read. Write a port number"),
        ("PORT", "70000", "can't be read. Write a port number"),
        ("COACHLOG_COMMAND", "coach", "is not the name of a slash command. Write"),
        ("COACHLOG_COMMAND", "/Coach me", "is not the name of a slash command. Write"),
        ("COACHLOG_TICK_SECONDS", "0", "can't be read. Write a number of seconds"),
        ("COACHLOG_TICK_SECONDS", "often", "can't be read. Write a number of seconds"),
        ("COACHLOG_LOG_FORMAT", "xml", "can't be read. Write text or json"),
        ("SLACK_CLIENT_ID", "1.2", "stands alone. Set it together with SLACK_CLIENT_SECRET"),
        ("SLACK_CLIENT_SECRET", "s3cret", "stands alone. Set it together with SLACK_CLIENT_ID"),
    ],
)
def test_a_wrong_one_is_named_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str
) -> None:
    (problem,) = problems(monkeypatch, **{**GOOD, name: value})
    assert problem.startswith(f"{name} {words}")


def test_a_wrong_secret_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    (problem,) = problems(monkeypatch, **{**GOOD, "SLACK_BOT_TOKEN": "hunter2"})
    assert "hunter2" not in problem


def test_a_secret_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    made = read(monkeypatch, **GOOD)
    assert "xoxb-1" not in f"{made!r} {made}"


def test_the_api_address_gets_its_slash(monkeypatch: pytest.MonkeyPatch) -> None:
    made = read(monkeypatch, **GOOD, SLACK_API_URL="https://slack-gov.com/api")
    assert made.slack_api_url == "https://slack-gov.com/api/"


def test_a_file_beside_the_program_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("SLACK_BOT_TOKEN=xoxb-file\nSLACK_SIGNING_SECRET=s\n")
    assert read(monkeypatch).bot_token == "xoxb-file"


def test_a_file_in_another_encoding_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("SLACK_BOT_TOKEN=xoxb-file\n", encoding="utf-16")
    assert problems(monkeypatch) == (".env can't be read. Save it as text in UTF-8.",)


def test_the_line_break_of_the_file_that_a_secret_came_from_is_no_part_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = read(monkeypatch, SLACK_BOT_TOKEN="xoxb-1\n", SLACK_SIGNING_SECRET="secret\r\n")
    assert (made.bot_token, made.signing_secret) == ("xoxb-1", "secret")


def test_a_command_that_asks_nobody_needs_no_tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://host/coachlog")
    assert not settings.read().is_sqlite


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///", "sqlite:///:memory:"])
def test_a_database_in_memory_is_no_place_for_logs(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    (problem,) = problems(monkeypatch, **GOOD, DATABASE_URL=url)
    assert problem.startswith("DATABASE_URL names no file")
