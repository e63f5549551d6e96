"""`coachlog doctor`: what is wrong with tokens, scopes, clock, database and messages."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

import aiohttp

from bot import settings as configuration
from bot.database import current
from bot.lock import file_of
from bot.manifest import manifest, scopes
from bot.program import Now, system_now
from bot.settings import Settings
from bot.slack import WORLD, client, http_session, scopes_of, told_by
from bot.trouble import Misconfigured
from storage.store import Store, Trouble, Unreached

MOST_SECONDS_OFF = 60


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: fine, or a problem with the way to mend it."""

    subject: str
    words: str
    mend: str = ""

    @property
    def is_fine(self) -> bool:
        return not self.mend

    @property
    def line(self) -> str:
        if self.is_fine:
            return f"ok       {self.subject}: {self.words}"
        return f"problem  {self.subject}: {self.words} {self.mend}"


async def examine(now: Now = system_now) -> list[Finding]:
    """Look at everything that CoachLog needs in order to run."""
    findings: list[Finding] = []
    try:
        settings = configuration.read(with_slack=True, with_requests=True)
    except Misconfigured as wrong:
        for problem in wrong.problems:
            what, _, mend = problem.partition(". ")
            findings.append(Finding("settings", f"{what}.", mend or "See docs/operations.md."))
        try:
            settings = configuration.read()
        except Misconfigured:
            return findings
    else:
        findings.append(Finding("settings", "all there."))
    async with http_session() as session:
        if settings.slack_bot_token is not None:
            findings += await _slack(session, settings, now)
        if settings.slack_app_token is not None:
            findings.append(await _sockets(session, settings))
    if settings.signing_secret is not None:
        findings.append(_secret(settings.signing_secret))
    database = await _database(settings)
    findings.append(database)
    if database.is_fine:
        findings += await _messages(settings, now)
    findings.append(
        Finding(
            "command", f"{settings.coachlog_command}, which the app's manifest must name as well."
        )
    )
    return findings


async def _slack(session: aiohttp.ClientSession, settings: Settings, now: Now) -> list[Finding]:
    slack = client(session, token=settings.bot_token, api_url=settings.slack_api_url, patience=2)
    try:
        answer = await slack.auth_test()
    except WORLD as error:
        told = told_by(error)
        mend = (
            "Copy the Bot User OAuth Token again, after installing the app in the workspace."
            if told.error in _REFUSED_TOKENS
            else f"Check that {settings.slack_api_url} can be reached from here."
        )
        return [Finding("bot token", f"auth.test answers {told.error}.", mend)]
    where = f"{answer.get('team')} ({answer.get('team_id')})"
    return [
        Finding("bot token", f"good for {where}, as {answer.get('user')}."),
        _scopes(scopes_of(answer.headers), settings),
        _clock(answer.headers, now()),
    ]


_REFUSED_TOKENS = frozenset(
    {"invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired"}
)


def _scopes(granted: frozenset[str], settings: Settings) -> Finding:
    needed, optional = scopes(manifest(command=settings.coachlog_command))
    lacking = sorted(needed - granted)
    if lacking:
        return Finding(
            "scopes",
            f"{', '.join(lacking)} not granted.",
            "Update the app's manifest (coachlog manifest) and install the app again.",
        )
    left_out = sorted(optional - granted)
    if left_out:
        return Finding("scopes", f"all that is needed; {', '.join(left_out)} left out by choice.")
    return Finding("scopes", "all granted.")


def _clock(headers: Mapping[str, str], now: dt.datetime) -> Finding:
    date = next((value for name, value in headers.items() if name.lower() == "date"), "")
    try:
        theirs = parsedate_to_datetime(date)
    except ValueError:
        return Finding("clock", "Slack's answer has no date to compare with.")
    seconds = round((now - theirs).total_seconds())
    if abs(seconds) > MOST_SECONDS_OFF:
        side = "ahead of" if seconds > 0 else "behind"
        return Finding(
            "clock",
            f"{abs(seconds)} s {side} Slack's.",
            "Switch time synchronisation (NTP) on; beyond 300 s every request is refused.",
        )
    return Finding("clock", "agrees with Slack's.")


async def _sockets(session: aiohttp.ClientSession, settings: Settings) -> Finding:
    slack = client(session, token=settings.app_token, api_url=settings.slack_api_url)
    try:
        await slack.apps_connections_open(app_token=settings.app_token)
    except WORLD as error:
        return Finding(
            "app token",
            f"apps.connections.open answers {told_by(error).error}.",
            "Make an app-level token with connections:write, and switch Socket Mode on.",
        )
    return Finding("app token", "Socket Mode can be opened.")


def _secret(secret: str) -> Finding:
    if re.fullmatch(r"[0-9a-f]{32}", secret):
        return Finding("signing secret", "looks like one.")
    return Finding(
        "signing secret",
        "is not 32 hexadecimal digits.",
        "Copy the Signing Secret (not the Client Secret or Verification Token).",
    )


async def _database(settings: Settings) -> Finding:
    path = file_of(settings.database_url)
    if path is not None and not path.exists():
        return Finding("database", f"{path} is made at the first run.")
    try:
        is_current = await current(settings.database_url)
    except Misconfigured as wrong:
        what, _, mend = wrong.problems[0].partition(". ")
        return Finding("database", f"{what}.", mend)
    if is_current:
        return Finding("database", "reached, and up to date.")
    if settings.is_sqlite:
        return Finding("database", "of an older version; the next run brings it up to date.")
    return Finding("database", "the tables are not those of this version.", "Run coachlog migrate.")


_PARKED = (
    "Mend what the reason says (reports are welcome) and start coachlog run again; a change of the "
    "log tries it again as well."
)


_UNREADABLE = (
    "The program's log says why (plan.failed). Mend the row, or run the newer version that wrote "
    "it; what waits for it is tried again every 15 minutes."
)


async def _messages(settings: Settings, now: Now) -> list[Finding]:
    """What delivery has given up for now. Nothing to say where there are no tables yet."""
    path = file_of(settings.database_url)
    if path is not None and not path.exists():
        return []
    store = await Store.open(settings.database_url)
    try:
        if not await store.is_migrated():
            return []
        troubles = await store.troubles()
        unplanned = await store.unplanned(now())
        unreached = await store.all_unreached(now())
    finally:
        await store.close()
    findings = [_message(trouble) for trouble in troubles]
    findings = findings or [Finding("messages", "none is held up.")]
    if unplanned:
        findings.append(Finding("logs", f"{', '.join(unplanned)} can't be read.", _UNREADABLE))
    return findings + [_unreached(one) for one in unreached]


def _unreached(one: Unreached) -> Finding:
    words = f"{one.receiver} gets none since {one.since:%Y-%m-%d %H:%M} UTC: {one.reason}."
    if one.waiting:
        words += f" {one.waiting} reminder{'' if one.waiting == 1 else 's'} due."
    if one.receiver.startswith(("U", "W")):
        return Finding("messages", words, "Take them out of the teams if they left.")
    return Finding("messages", words, "Invite the app there, or name another channel.")


def _message(trouble: Trouble) -> Finding:
    messages = f"{trouble.count} message{'' if trouble.count == 1 else 's'} ({trouble.kind})"
    since = f"since {trouble.since:%Y-%m-%d %H:%M} UTC"
    if trouble.state == "parked":
        words = f"{messages} parked {since}: {trouble.reason}."
        return Finding("messages", words, _PARKED)
    return Finding(
        "messages",
        f"{messages} perhaps sent, {since}: the answer was lost, and without im:history nobody can "
        "look. Left at that, since the next reminder or the digest says the same.",
    )
