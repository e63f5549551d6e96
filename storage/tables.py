"""The tables. Every primary key begins with the workspace, so that data can be split by it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    DateTime,
    Dialect,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    TypeDecorator,
    UniqueConstraint,
    and_,
    bindparam,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class NaiveTimeError(ValueError):
    """A time without a zone; it could be any of two dozen moments, so it is not stored."""


class UtcDateTime(TypeDecorator[dt.datetime]):
    """An aware time, stored and read in UTC; naive ones raise NaiveTimeError."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> Any:
        """To UTC, without a zone where the database keeps none; NaiveTimeError as above."""
        if value is None:
            return None
        if value.utcoffset() is None:
            raise NaiveTimeError("A time without a zone can't be stored; times are kept in UTC.")
        utc = value.astimezone(dt.UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: Any, dialect: Dialect) -> dt.datetime | None:
        """From what the database kept, aware and in UTC."""
        if not isinstance(value, dt.datetime):
            return None
        if dialect.name == "sqlite":
            return value.replace(tzinfo=dt.UTC)
        return value.astimezone(dt.UTC)


def _workspace() -> Column[str]:
    return Column("workspace", String, nullable=False)


people = Table(
    "people",
    metadata,
    _workspace(),
    Column("user_id", String, nullable=False),
    Column("name", String, nullable=False),
    Column("first_name", String, nullable=False),
    Column("tz", String, nullable=False),
    Column("email", String, nullable=False),
    Column("is_admin", Boolean, nullable=False),
    Column("is_guest", Boolean, nullable=False),
    Column("is_active", Boolean, nullable=False),
    # None for somebody whom a team file named before Slack was asked about them.
    Column("fetched_at", UtcDateTime),
    # Their own working hours, where they aren't their team's, and days on which they don't work.
    Column("hours", JSON(none_as_null=True)),
    Column("leave", JSON(none_as_null=True)),
    PrimaryKeyConstraint("workspace", "user_id"),
)

teams = Table(
    "teams",
    metadata,
    _workspace(),
    Column("id", String, nullable=False),
    Column("name", String, nullable=False),
    Column("name_key", String, nullable=False),
    # What of its policy isn't usual.
    Column("policy", JSON(none_as_null=True)),
    # When to look at what the team is reminded of, and when somebody began with it; see
    # storage.timetables.
    Column("plan_at", UtcDateTime),
    Column("plan_begun", UtcDateTime),
    PrimaryKeyConstraint("workspace", "id"),
    UniqueConstraint("workspace", "name_key"),
)

memberships = Table(
    "memberships",
    metadata,
    _workspace(),
    Column("team", String, nullable=False),
    Column("user_id", String, nullable=False),
    Column("role", String, nullable=False),
    Column("since", UtcDateTime),
    PrimaryKeyConstraint("workspace", "user_id", "team", "role"),
    ForeignKeyConstraint(["workspace", "team"], ["teams.workspace", "teams.id"]),
    ForeignKeyConstraint(["workspace", "user_id"], ["people.workspace", "people.user_id"]),
    Index(None, "workspace", "team", "role", "user_id"),
)

criteria = Table(
    "criteria",
    metadata,
    _workspace(),
    Column("id", String, nullable=False),
    Column("name", String, nullable=False),
    Column("name_key", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("best", Integer, nullable=False),
    PrimaryKeyConstraint("workspace", "id"),
    UniqueConstraint("workspace", "name_key"),
)

counters = Table(
    "counters",
    metadata,
    _workspace(),
    Column("last_number", Integer, nullable=False),
    PrimaryKeyConstraint("workspace"),
)

logs = Table(
    "logs",
    metadata,
    _workspace(),
    Column("id", String, nullable=False),
    Column("number", Integer, nullable=False),
    Column("supervisor", String, nullable=False),
    Column("agent", String),
    Column("state", String, nullable=False),
    Column("saved", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("shared_at", UtcDateTime),
    Column("due_at", UtcDateTime),
    Column("extensions", Integer, nullable=False),
    Column("continues", String),
    Column("continued_by", String),
    Column("step_done", UtcDateTime),
    Column("step_later", UtcDateTime),
    Column("content", JSON, nullable=False),
    Column("versions", JSON, nullable=False),
    # What was said on the log after it was written: answers, views, check-ins, decision, void.
    Column("said", JSON, nullable=False),
    # Figured out at each save, to be queried by. A log that counts as no session (a draft, a
    # voided one) has no held_at.
    Column("criterion", String),
    Column("held_at", UtcDateTime),
    # When its own session took place, or is planned for where it is a draft; None once taken back.
    # A later check-in moves held_at and not this.
    Column("session_at", UtcDateTime),
    # When it was first shared with everything written.
    Column("finished_at", UtcDateTime),
    Column("decided_at", UtcDateTime),
    Column("decision", String),
    Column("verdict", String),
    Column("acknowledged_revision", Integer),
    # For whom it waits, None where it does not (any more): whose draft it is; the agent whose
    # target is open; who is to read it, and who waits for that; the agent of whom a lead has to
    # answer something.
    Column("draft_of", String),
    Column("open_of", String),
    Column("unread_by", String),
    Column("unread_of", String),
    Column("unanswered_of", String),
    # When to make the timetable of its reminders anew, at once after each change; and when somebody
    # began to, until it is made.
    Column("plan_at", UtcDateTime),
    Column("plan_begun", UtcDateTime),
    # Salts the hashes of this log in the audit trail; erasure destroys it.
    Column("salt", LargeBinary),
    PrimaryKeyConstraint("workspace", "id"),
    UniqueConstraint("workspace", "number"),
    Index(None, "workspace", "agent", "number"),
    Index(None, "workspace", "agent", "held_at"),
    Index("ix_logs_session_at", "workspace", "agent", "session_at"),
)


def _waiting(column: str, *then: str) -> None:
    """Keep what waits for somebody findable at a glance among any number of old logs."""
    keys = [logs.c[name] for name in ("workspace", column, *then)]
    waits = logs.c[column].is_not(None)
    Index(f"ix_logs_{column}", *keys, sqlite_where=waits, postgresql_where=waits)


def _planned(table: Table) -> None:
    """Keep what waits for its timetable findable, earliest first, across all workspaces."""
    waits = table.c.plan_at.is_not(None)
    name = f"ix_{table.name}_plan_at"
    Index(name, table.c.plan_at, sqlite_where=waits, postgresql_where=waits)


_planned(logs)
_planned(teams)
_waiting("draft_of", "number")
_waiting("open_of", "due_at")
_waiting("unread_by")
_waiting("unread_of")
_waiting("unanswered_of")
Index(
    "ix_logs_decided_at",
    logs.c.workspace,
    logs.c.agent,
    logs.c.decided_at,
    sqlite_where=logs.c.decided_at.is_not(None),
    postgresql_where=logs.c.decided_at.is_not(None),
)

# The next steps of shared logs, to be found by who promised them and by whose log it is; what they
# say is in the log.
promises = Table(
    "promises",
    metadata,
    _workspace(),
    Column("log", String, nullable=False),
    # 0 for the log's own, else the check-in's.
    Column("number", Integer, nullable=False),
    Column("who", String, nullable=False),
    # Whose log it is.
    Column("agent", String),
    Column("is_open", Boolean, nullable=False),
    PrimaryKeyConstraint("workspace", "log", "number"),
    ForeignKeyConstraint(["workspace", "log"], ["logs.workspace", "logs.id"]),
)
for _of in ("who", "agent"):
    Index(
        f"ix_promises_{_of}",
        promises.c.workspace,
        promises.c[_of],
        sqlite_where=promises.c.is_open,
        postgresql_where=promises.c.is_open,
    )

revisions = Table(
    "revisions",
    metadata,
    _workspace(),
    Column("log", String, nullable=False),
    Column("number", Integer, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", String, nullable=False),
    Column("content", JSON, nullable=False),
    PrimaryKeyConstraint("workspace", "log", "number"),
    ForeignKeyConstraint(["workspace", "log"], ["logs.workspace", "logs.id"]),
)

notices = Table(
    "notices",
    metadata,
    _workspace(),
    Column("id", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("receiver", String, nullable=False),
    Column("occurrence", String, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("state", String, nullable=False),
    # Sent, but its message no longer shows the log as it stands.
    Column("stale", Boolean, nullable=False),
    # How often its log changed; tells a sender that it changed while the message was on its way.
    Column("touched", Integer, nullable=False),
    # When a worker is to look at it next: its due time, a retry, the end of a lease, or never.
    Column("wake_at", UtcDateTime),
    Column("leased_until", UtcDateTime),
    Column("attempts", Integer, nullable=False),
    Column("key", String, nullable=False),
    Column("channel", String),
    Column("ts", String),
    Column("shown", String),
    Column("sent_at", UtcDateTime),
    Column("reason", String),
    # When the try began of which nobody knows whether it posted the message: only while it is
    # being sent, and where the answer was lost.
    Column("begun_at", UtcDateTime),
    # How often it failed by its own fault, which ends in its being parked.
    Column("faults", Integer, nullable=False),
    # The letter that tells a reminder, and until when the receiver put it off.
    Column("carried_by", String),
    Column("snoozed_until", UtcDateTime),
    PrimaryKeyConstraint("workspace", "id"),
    UniqueConstraint("workspace", "subject", "kind", "receiver", "occurrence"),
)

Index(
    "ix_notices_wake_at",
    notices.c.wake_at,
    sqlite_where=notices.c.wake_at.is_not(None),
    postgresql_where=notices.c.wake_at.is_not(None),
)

# The few whose state somebody may have to look at, for their figures. Databases use the index only
# for a query that has the same words in it.
UNCERTAIN = notices.c.state.in_(
    bindparam("uncertain", ["sending", "unknown", "parked"], expanding=True, literal_execute=True)
)
Index(
    "ix_notices_state",
    notices.c.state,
    sqlite_where=UNCERTAIN,
    postgresql_where=UNCERTAIN,
)

# Reminders that wait: they have a due time and no worker looks at them, but at their letter.
_reminders = and_(notices.c.state == "new", notices.c.wake_at.is_(None))
Index(
    "ix_notices_receiver",
    notices.c.workspace,
    notices.c.receiver,
    notices.c.due_at,
    sqlite_where=_reminders,
    postgresql_where=_reminders,
)
# Letters, which are about nothing by themselves, that a worker is still to look at.
_letters = and_(notices.c.subject == "", notices.c.wake_at.is_not(None))
Index(
    "ix_notices_letters",
    notices.c.workspace,
    notices.c.receiver,
    notices.c.due_at,
    sqlite_where=_letters,
    postgresql_where=_letters,
)
Index(
    "ix_notices_carried_by",
    notices.c.workspace,
    notices.c.carried_by,
    sqlite_where=notices.c.carried_by.is_not(None),
    postgresql_where=notices.c.carried_by.is_not(None),
)

# People and channels whom Slack refuses to hand messages to, until it does again.
unreached = Table(
    "unreached",
    metadata,
    _workspace(),
    Column("receiver", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("since", UtcDateTime, nullable=False),
    PrimaryKeyConstraint("workspace", "receiver"),
)

audit_entries = Table(
    "audit_entries",
    metadata,
    _workspace(),
    Column("seq", Integer, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", String, nullable=False),
    Column("action", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("state_hash", String, nullable=False),
    Column("previous", String, nullable=False),
    Column("hash", String, nullable=False),
    PrimaryKeyConstraint("workspace", "seq"),
    Index(None, "workspace", "subject", "seq"),
)

audit_heads = Table(
    "audit_heads",
    metadata,
    _workspace(),
    Column("seq", Integer, nullable=False),
    Column("hash", String, nullable=False),
    PrimaryKeyConstraint("workspace"),
)
