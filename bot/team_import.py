"""`coachlog teams import`: the team file's members, as Slack knows them, into their teams."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import settings as configuration
from bot.database import opened
from bot.program import new_id, system_now
from bot.slack import WORLD, client, http_session, identify, told_by
from bot.teams import HOURS, LEAVE, BadLine, Line, NotATeamFile, TeamFile, read
from bot.trouble import Misconfigured
from coaching.hours import leave_words, week_words
from coaching.people import Role
from handlers.hours import hours_changed
from handlers.profiles import profile_of
from handlers.taking_over import teams_changed
from storage.people import Profile
from storage.store import ImportResult, Store, TeamRow

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
    """The good lines with the people behind them, and all bad ones in the order of the file.

    `named_badly` are those of the people whom a bad line names as well: what the file says of them
    is not known whole. `hours` are lines with what it says of each person's hours and leave, by
    user ID, where it says anything.
    """

    rows: tuple[TeamRow, ...]
    profiles: tuple[Profile, ...]
    bad: tuple[BadLine, ...]
    named_badly: frozenset[str]
    hours: Mapping[str, Line]


async def import_file(path: Path, *, whole: bool = False) -> Report:
    """Import a team file; the same file again changes nothing.

    Whoever is an agent in it is one in those teams alone. With `whole` it is all of each team that
    it names: who isn't in it leaves that team, unless a line was refused, which might name them.

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
        result = await store.import_teams(
            identity.workspace,
            resolved.rows,
            ACTOR,
            now,
            whole=whole and not resolved.bad,
            held=resolved.named_badly,
        )
        users = {row.user for row in resolved.rows}
        timed = await _set_hours(store, identity.workspace, resolved, now)
        await teams_changed(store, identity.workspace, users, now, moved=result.moved, actor=ACTOR)
        if timed:
            await hours_changed(store, identity.workspace, timed, now, actor=ACTOR)
        ended = (*result.left, *result.kept)
        known = await store.people(identity.workspace, {row.user for row in ended})
    names = {user: person.name for user, person in known.items()}
    names |= {profile.user: profile.name for profile in resolved.profiles}
    said = [f"Line {bad.number}: {bad.reason}" for bad in resolved.bad]
    if whole and resolved.bad:
        said.append("Since lines were refused, nobody was taken out of a team for not being named.")
    of_hours = [
        f"{what} {names.get(user, user)}: {words}" for user in timed for what, words in timed[user]
    ]
    return Report((*said, *of_hours, *told(result, names, len(resolved.bad))), len(resolved.bad))


async def _set_hours(
    store: Store, workspace: str, resolved: Resolved, now: dt.datetime
) -> dict[str, list[tuple[str, str]]]:
    """Keep the hours and the leave that the file says; what is new, in words, by user ID."""
    changed: dict[str, list[tuple[str, str]]] = {}
    known = await store.people(workspace, resolved.hours)
    for user, line in resolved.hours.items():
        person = known[user]
        week = person.hours if line.hours is None else line.hours or None
        leave = person.leave if line.leave is None else line.leave
        if await store.set_hours(workspace, user, week, leave, actor=ACTOR, now=now):
            told_of = changed.setdefault(user, [])
            if week != person.hours:
                told_of.append(("hours   ", week_words(week) if week else "those of the team"))
            if leave != person.leave:
                told_of.append(("leave   ", leave_words(leave) or "none"))
    return changed


def told(result: ImportResult, names: Mapping[str, str], refused: int) -> list[str]:
    """What an import did: a line for each person and role, then the sums; `names` by user ID."""
    came_from: dict[str, list[str]] = {}
    for row in result.left:
        if row.role is Role.AGENT:
            came_from.setdefault(row.user, []).append(row.team)
    came = {row.user for row in result.joined if row.role is Role.AGENT}
    lines: dict[str, list[str]] = {"added": [], "moved": [], "removed": [], "stays": []}
    for row in result.joined:
        who = f"{names.get(row.user, row.user)}: {row.role} of {row.team}"
        teams = came_from.get(row.user, []) if row.role is Role.AGENT else []
        lines["moved" if teams else "added"].append(
            f"{who}, no longer of {' and '.join(teams)}" if teams else who
        )
    for row in result.left:
        if row.role is not Role.AGENT or row.user not in came:
            who = names.get(row.user, row.user)
            lines["removed"].append(f"{who}: no longer {row.role} of {row.team}")
    for row in result.kept:
        who = names.get(row.user, row.user)
        lines["stays"].append(f"{who}: {row.role} of {row.team}, since a line on them was refused")
    listed = [f"{what:<8} {line}" for what, those in lines.items() for line in those]
    sums = ", ".join(f"{len(lines[what])} {what}" for what in ("added", "moved", "removed"))
    return [*listed, f"{sums}, {result.unchanged} there already, {refused} refused."]


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
    hours: dict[str, Line] = {}
    bad = list(team_file.bad)
    for line in team_file.lines:
        if line.member not in users:
            users[line.member] = await _user(slack, line)
        reason = _objection(line, users[line.member], workspace)
        if reason:
            bad.append(BadLine(line.number, reason, line.member))
            continue
        profile = profile_of(users[line.member] or {})
        if reason := _says_otherwise(line, hours.get(profile.user)):
            bad.append(BadLine(line.number, reason, line.member))
            continue
        hours[profile.user] = _both(line, hours.get(profile.user))
        profiles[profile.user] = profile
        rows.append(TeamRow(line.team, line.role, profile.user))
    bad.sort(key=lambda one: one.number)
    badly = {line.member for line in bad}
    named_badly = frozenset(
        one.user for one in profiles.values() if {one.user, one.email.lower()} & badly
    )
    timed = {
        user: line
        for user, line in hours.items()
        if line.hours is not None or line.leave is not None
    }
    return Resolved(tuple(rows), tuple(profiles.values()), tuple(bad), named_badly, timed)


def _says_otherwise(line: Line, before: Line | None) -> str:
    """Why a line speaks against an earlier one on the same person; empty where it doesn't."""
    if before is None:
        return ""
    for what, one, other in (
        (HOURS, line.hours, before.hours),
        (LEAVE, line.leave, before.leave),
    ):
        if one is not None and other is not None and one != other:
            return f"“{line.member}” has other {what} in an earlier line."
    return ""


def _both(line: Line, before: Line | None) -> Line:
    """The line with the hours and the leave that an earlier one says of the same person."""
    if before is None:
        return line
    return replace(
        line,
        hours=line.hours if before.hours is None else before.hours,
        leave=line.leave if before.leave is None else before.leave,
    )


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
