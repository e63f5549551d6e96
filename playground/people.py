"""Who and what is in the workspace, and the user object that the Web API shows of a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from playground.wire import Json


@dataclass(frozen=True, slots=True)
class Team:
    """A workspace: its id, its name for people and its part of the address."""

    id: str
    name: str
    domain: str


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """A person, or the app's bot. `name` is the short one typed after @; `tz` an IANA zone."""

    id: str
    name: str
    real_name: str
    tz: str = "UTC"
    title: str = ""
    email: str | None = None
    is_admin: bool = False
    is_owner: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    deleted: bool = False
    is_bot: bool = False

    @property
    def first_name(self) -> str:
        return self.real_name.split(" ", 1)[0]

    @property
    def last_name(self) -> str:
        return self.real_name.partition(" ")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A channel and the ids of those who are in it, the app's bot included where it was invited."""

    id: str
    name: str
    members: tuple[str, ...] = ()
    is_private: bool = False
    is_archived: bool = False


# Slack's own helper is in every workspace and does not call itself a bot.
SLACKBOT = User(id="USLACKBOT", name="slackbot", real_name="Slackbot", tz="America/Los_Angeles")


def user_object(user: User, team: Team, now: datetime, *, with_email: bool) -> Json:
    """The user as users.info and user_change show it; a deactivated one has no time zone."""
    profile: Json = {
        "title": user.title,
        "phone": "",
        "skype": "",
        "real_name": user.real_name,
        "real_name_normalized": user.real_name,
        "display_name": user.name,
        "display_name_normalized": user.name,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "status_text": "",
        "status_emoji": "",
        "status_expiration": 0,
        "avatar_hash": "",
        "team": team.id,
    }
    if with_email and user.email is not None:
        profile["email"] = user.email
    shown: Json = {
        "id": user.id,
        "team_id": team.id,
        "name": user.name,
        "deleted": user.deleted,
        "profile": profile,
        "is_bot": user.is_bot,
        "is_app_user": False,
        "updated": int(now.timestamp()),
    }
    if user.deleted:
        return shown
    offset = now.astimezone(ZoneInfo(user.tz)).utcoffset()
    return shown | {
        "color": "9f69e7",
        "real_name": user.real_name,
        "tz": user.tz,
        "tz_label": user.tz,
        "tz_offset": int(offset.total_seconds()) if offset is not None else 0,
        "is_admin": user.is_admin or user.is_owner,
        "is_owner": user.is_owner,
        "is_primary_owner": False,
        "is_restricted": user.is_restricted or user.is_ultra_restricted,
        "is_ultra_restricted": user.is_ultra_restricted,
        "is_email_confirmed": user.email is not None,
        "who_can_share_contact_card": "EVERYONE",
    }
