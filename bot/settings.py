"""Settings: read from the environment (and a `.env` file) once, at start, and checked whole.

Names and defaults: docs/operations.md. Nothing is read at import.
"""

from __future__ import annotations

import re
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    Field,
    SecretStr,
    ValidationError,
)
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.trouble import Misconfigured
from storage.engine import NotADatabase, driven

_WHAT_TO_DO = {
    "SLACK_BOT_TOKEN": "Copy the Bot User OAuth Token (xoxb-…) from your app's page, "
    "OAuth & Permissions.",
    "SLACK_APP_TOKEN": "Copy an app-level token (xapp-…) with connections:write from your app's "
    "page, Basic Information, or leave it out to be reached over HTTP.",
    "SLACK_SIGNING_SECRET": "Copy the Signing Secret from your app's page, Basic Information; or "
    "set SLACK_APP_TOKEN to use Socket Mode, which needs none.",
    "SLACK_CLIENT_ID": "Set it together with SLACK_CLIENT_SECRET, or leave both out.",
    "SLACK_CLIENT_SECRET": "Set it together with SLACK_CLIENT_ID, or leave both out.",
    "SLACK_API_URL": "Write an address like https://slack.com/api/ "
    "(GovSlack: https://slack-gov.com/api/).",
    "DATABASE_URL": "Write sqlite:///coachlog.db or postgresql://user:password@host/database.",
    "COACHLOG_HOST": "Write the address to listen at: 127.0.0.1 behind a proxy on this machine, "
    "0.0.0.0 in a container.",
    "PORT": "Write a port number from 0 (any free one) to 65535.",
    "COACHLOG_COMMAND": "Write a slash command like /coach: a slash, then up to 31 lower-case "
    "letters, digits, - or _.",
    "COACHLOG_TICK_SECONDS": "Write a number of seconds from 0.05 to 3600, for example 15.",
    "COACHLOG_LOG_FORMAT": "Write text or json.",
}


def _address(url: str) -> str:
    wrong = ValueError("is not a web address")
    try:
        parts = urlsplit(url)
        is_one = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError as error:
        raise wrong from error
    if not is_one or re.search(r"\s", url):
        raise wrong
    return url if url.endswith("/") else f"{url}/"


def _host(host: str) -> str:
    if not re.fullmatch(r"[0-9A-Za-z.:%_-]+", host):
        raise ValueError("is not an address")
    return host


def _database(url: str) -> str:
    try:
        driven(url)
    except NotADatabase as error:
        raise ValueError("names no database that CoachLog works with") from error
    if re.fullmatch(r"sqlite(\+\w+)?://(/|/:memory:)?", url):
        raise ValueError("names no file; what is kept in memory is gone at the next start")
    return url


def _command(command: str) -> str:
    if not re.fullmatch(r"/[a-z0-9_-]{1,31}", command):
        raise ValueError("is not the name of a slash command")
    return command


def _starts_with(prefix: str) -> AfterValidator:
    def check(secret: SecretStr) -> SecretStr:
        if not secret.get_secret_value().startswith(prefix):
            raise ValueError(f"does not start with {prefix}")
        if not re.fullmatch(r"[!-~]+", secret.get_secret_value()):
            raise ValueError("holds a character that no token has")
        return secret

    return AfterValidator(check)


class Settings(BaseSettings):
    """What the environment says. Field names are the variables' names in lower case."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
        # A secret that was read from a file ends in a line break.
        str_strip_whitespace=True,
    )

    slack_bot_token: Annotated[SecretStr, _starts_with("xoxb-")] | None = None
    slack_app_token: Annotated[SecretStr, _starts_with("xapp-")] | None = None
    slack_signing_secret: Annotated[SecretStr, Field(min_length=1)] | None = None
    slack_client_id: str | None = None
    slack_client_secret: SecretStr | None = None
    slack_api_url: Annotated[str, AfterValidator(_address)] = "https://slack.com/api/"
    database_url: Annotated[str, AfterValidator(_database)] = "sqlite:///coachlog.db"
    coachlog_host: Annotated[str, AfterValidator(_host)] = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 3000
    coachlog_command: Annotated[str, AfterValidator(_command)] = "/coach"
    coachlog_tick_seconds: Annotated[float, Field(ge=0.05, le=3600)] = 15.0
    coachlog_log_format: Literal["text", "json"] = "text"

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")

    @property
    def uses_sockets(self) -> bool:
        return self.slack_app_token is not None

    @property
    def bot_token(self) -> str:
        """The bot token; what `read` was told to ask for is there."""
        return _plain(self.slack_bot_token, "SLACK_BOT_TOKEN")

    @property
    def app_token(self) -> str:
        return _plain(self.slack_app_token, "SLACK_APP_TOKEN")

    @property
    def signing_secret(self) -> str | None:
        """None only in Socket Mode, where requests come over a connection that is ours."""
        secret = self.slack_signing_secret
        return secret.get_secret_value() if secret else None


def _plain(secret: SecretStr | None, name: str) -> str:
    if secret is None:
        raise Misconfigured([_missing(name)])
    return secret.get_secret_value()


def _missing(name: str) -> str:
    return f"{name} is not set. {_WHAT_TO_DO[name]}"


def read(*, with_slack: bool = False, with_requests: bool = False) -> Settings:
    """The settings of the environment.

    Args:
        with_slack: whether the command talks to Slack and so needs a bot token.
        with_requests: whether it is also reached by Slack: by HTTP or by Socket Mode.

    Raises:
        Misconfigured: something is wrong or missing; every such thing is named.
    """
    try:
        settings = Settings()
    except ValidationError as error:
        raise Misconfigured([_words(item["loc"], item["msg"]) for item in error.errors()]) from None
    except (OSError, UnicodeDecodeError) as error:
        raise Misconfigured([".env can't be read. Save it as text in UTF-8."]) from error
    problems = []
    if with_slack and settings.slack_bot_token is None:
        problems.append(_missing("SLACK_BOT_TOKEN"))
    if with_requests and not settings.uses_sockets and settings.slack_signing_secret is None:
        problems.append(_missing("SLACK_SIGNING_SECRET"))
    if (settings.slack_client_id is None) != (settings.slack_client_secret is None):
        given = "SLACK_CLIENT_ID" if settings.slack_client_id else "SLACK_CLIENT_SECRET"
        problems.append(f"{given} stands alone. {_WHAT_TO_DO[given]}")
    if problems:
        raise Misconfigured(problems)
    return settings


def _words(loc: tuple[int | str, ...], message: str) -> str:
    name = str(loc[0]).upper()
    wrong = message.removeprefix("Value error, ")
    wrong = wrong if wrong.startswith(("is ", "does ", "holds ", "names ")) else "can't be read"
    return f"{name} {wrong}. {_WHAT_TO_DO[name]}"
