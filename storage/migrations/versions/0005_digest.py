"""What the digest counts by: sessions, when a log was finished, whose log a step is in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_TIME = sa.DateTime(timezone=True)
_DECIDED = sa.text("decided_at IS NOT NULL")
_OPEN = sa.text("is_open")
_CHUNK = 1000
_LOGS = sa.table(
    "logs",
    sa.column("workspace"),
    sa.column("id"),
    sa.column("state"),
    sa.column("created_at", _TIME),
    sa.column("shared_at", _TIME),
    sa.column("content", sa.JSON()),
    sa.column("session_at", _TIME),
    sa.column("finished_at", _TIME),
)
_REVISIONS = sa.table(
    "revisions",
    sa.column("workspace"),
    sa.column("log"),
    sa.column("number"),
    sa.column("at", _TIME),
    sa.column("content", sa.JSON()),
)
# The fields of the conversation, as they were when this was written.
_CONVERSATION = (
    "points",
    "own_words",
    "obstacles",
    "obstacle_note",
    "agreement",
    "approach",
    "step_who",
    "step_what",
    "step_by",
)


def upgrade() -> None:
    op.add_column("logs", sa.Column("session_at", _TIME, nullable=True))
    op.add_column("logs", sa.Column("finished_at", _TIME, nullable=True))
    op.add_column("promises", sa.Column("agent", sa.String(), nullable=True))
    op.execute(
        "UPDATE promises SET agent = (SELECT logs.agent FROM logs "
        "WHERE logs.workspace = promises.workspace AND logs.id = promises.log)"
    )
    _fill(op.get_bind())
    op.create_index("ix_logs_session_at", "logs", ["workspace", "agent", "session_at"])
    op.create_index(
        "ix_logs_decided_at",
        "logs",
        ["workspace", "agent", "decided_at"],
        sqlite_where=_DECIDED,
        postgresql_where=_DECIDED,
    )
    # As the queries word it: in other words SQLite doesn't see that the index fits.
    op.drop_index("ix_promises_who", "promises")
    for column in ("who", "agent"):
        op.create_index(
            f"ix_promises_{column}",
            "promises",
            ["workspace", column],
            sqlite_where=sa.text("is_open = 1"),
            postgresql_where=_OPEN,
        )


def downgrade() -> None:
    for column in ("agent", "who"):
        op.drop_index(f"ix_promises_{column}", "promises")
    op.create_index(
        "ix_promises_who",
        "promises",
        ["workspace", "who"],
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )
    op.drop_index("ix_logs_decided_at", "logs")
    op.drop_index("ix_logs_session_at", "logs")
    op.drop_column("promises", "agent")
    for column in ("finished_at", "session_at"):
        op.drop_column("logs", column)


def _fill(connection: sa.Connection) -> None:
    """Work the times out from the logs and their revisions, a chunk of logs at a time."""
    last: tuple[str, str] = ("", "")
    change = (
        sa.update(_LOGS)
        .where(_LOGS.c.workspace == sa.bindparam("of"), _LOGS.c.id == sa.bindparam("log_id"))
        .values(session_at=sa.bindparam("session"), finished_at=sa.bindparam("finished"))
    )
    columns = (
        _LOGS.c.workspace,
        _LOGS.c.id,
        _LOGS.c.state,
        _LOGS.c.created_at,
        _LOGS.c.shared_at,
        _LOGS.c.content,
    )
    while True:
        query = (
            sa.select(*columns)
            .where(
                sa.or_(
                    _LOGS.c.workspace > last[0],
                    sa.and_(_LOGS.c.workspace == last[0], _LOGS.c.id > last[1]),
                )
            )
            .order_by(_LOGS.c.workspace, _LOGS.c.id)
            .limit(_CHUNK)
        )
        rows = connection.execute(query).all()
        if not rows:
            return
        last = (rows[-1].workspace, rows[-1].id)
        finished = _finished(connection, rows)
        values = [
            {
                "of": row.workspace,
                "log_id": row.id,
                "session": _session(row),
                "finished": finished.get((row.workspace, row.id)),
            }
            for row in rows
        ]
        connection.execute(change, values)


def _session(row: Any) -> dt.datetime | None:
    at = row.content.get("session_at")
    written = dt.datetime.fromtimestamp(at, dt.UTC) if isinstance(at, int) else None
    match row.state:
        case "voided" | "discarded":
            return None
        case "draft":
            return written
        case _:
            return written or row.shared_at or row.created_at


def _finished(
    connection: sa.Connection, rows: Sequence[Any]
) -> Mapping[tuple[str, str], dt.datetime]:
    """When each of the logs was first shared with everything written."""
    found: dict[tuple[str, str], dt.datetime] = {}
    r = _REVISIONS.c
    for workspace in sorted({row.workspace for row in rows}):
        ids = [row.id for row in rows if row.workspace == workspace]
        query = (
            sa.select(r.log, r.at, r.content)
            .where(r.workspace == workspace, r.log.in_(ids))
            .order_by(r.log, r.number)
        )
        for revision_ in connection.execute(query):
            if _is_whole(revision_.content):
                found.setdefault((workspace, revision_.log), revision_.at)
    return found


def _is_whole(content: Mapping[str, Any]) -> bool:
    return "observed" in content and any(key in content for key in _CONVERSATION)
