"""`coachlog teams import`: the team file's members, as Slack knows them, into their teams."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import settings as configuration
from bot.database import opened
from bot.program import new_id, system_now
from bot.slack import WORLD, client, http_session, identify, told_by
from bot.teams import BadLine, Line, NotATeamFile, TeamFile, read
from bot.trouble import Misconfigured
from coaching.people import Role
from handlers.profiles import profile_of
from storage.people import Profile
from storage.store import TeamRow

ACTOR = "file"
"""Who the audit trail says it was: a file at the command line, not a person in Slack."""
_PATIENCE = 8
_NOT_FOUND = frozenset({"user_not_found", "users_not_found", "user_not_visible"})


@dataclass(frozen=True, slots=True)
class Report:
    """What to print, and how many lines were refused."""

    lines: tuple[str, ...]
    refused: int


@dataclass(frozen=True, slots=True)
class Resolved:
    """The good lines with the people behind them, and all bad ones in the order of the file."""

    rows: tuple[TeamRow, ...]
    profiles: tuple[Profile, ...]
    bad: tuple[BadLine, ...]


async def import_file(path: Path) -> Report:
    """Import a team file; the same file again changes nothing.

    Raises:
        Misconfigured: the file can't be read, or Slack or the database not be reached. Then
            nothing was changed.
    """
    settings = configuration.read(with_slack=True)
    team_file = _read(path)
    async with http_session() as session:
        slack = client(
            session, token=settings.bot_token, api_url=settings.slack_api_url, patience=_PATIENCE
        )
        try:
            identity = await identify(slack)
            resolved = await resolve(slack, identity.workspace, team_file)
        except WORLD as error:
            words = (
                f"Slack can't be asked who is who ({told_by(error).error}). Run coachlog doctor."
            )
            raise Misconfigured([words]) from error
    async with opened(settings, new_id=new_id) as store:
        now = system_now()
        await store.remember(identity.workspace, resolved.profiles, now)
        result = await store.import_teams(identity.workspace, resolved.rows, ACTOR, now)
    said = [f"Line {bad.number}: {bad.reason}" for bad in resolved.bad]
    said.append(
        f"{result.added} added, {result.unchanged} there already, {len(resolved.bad)} refused."
    )
    return Report(tuple(said), len(resolved.bad))


def _read(path: Path) -> TeamFile:
    try:
        return read(path.read_bytes())
    except OSError as error:
        raise Misconfigured([f"{path} can't be read ({error.strerror})."]) from error
    except NotATeamFile as error:
        raise Misconfigured([f"{path}: {error}"]) from error


async def resolve(slack: AsyncWebClient, workspace: str, team_file: TeamFile) -> Resolved:
    """Ask Slack about each member once; raises when Slack can't be asked at all."""
    users: dict[str, dict[str, Any] | None] = {}
    rows: list[TeamRow] = []
    profiles: dict[str, Profile] = {}
    bad = list(team_file.bad)
    for line in team_file.lines:
        if line.member not in users:
            users[line.member] = await _user(slack, line)
        reason = _objection(line, users[line.member], workspace)
        if reason:
            bad.append(BadLine(line.number, reason))
            continue
        profile = profile_of(users[line.member] or {})
        profiles[profile.user] = profile
        rows.append(TeamRow(line.team, line.role, profile.user))
    bad.sort(key=lambda one: one.number)
    return Resolved(tuple(rows), tuple(profiles.values()), tuple(bad))


async def _user(slack: AsyncWebClient, line: Line) -> dict[str, Any] | None:
    try:
        if line.by_email:
            answer = await slack.users_lookupByEmail(email=line.member)
        else:
            answer = await slack.users_info(user=line.member)
    except SlackApiError as error:
        if error.response["error"] in _NOT_FOUND:
            return None
        raise
    user: dict[str, Any] = answer["user"]
    return user


def _objection(line: Line, user: dict[str, Any] | None, workspace: str) -> str:
    """Why Slack's answer speaks against the line; empty when nothing does."""
    who = f"“{line.member}”"
    if user is None:
        kind = "address" if line.by_email else "ID"
        return f"Slack knows nobody with the {kind} {who} in this workspace."
    if user.get("deleted"):
        return f"{who} is deactivated in Slack."
    if user.get("is_bot") or user.get("id") == "USLACKBOT":
        return f"{who} is a bot."
    if user.get("team_id", workspace) != workspace:
        return f"{who} belongs to another workspace."
    guest = user.get("is_restricted") or user.get("is_ultra_restricted")
    if guest and line.role is not Role.AGENT:
        return f"{who} is a guest; guests can only be agents."
    return ""
