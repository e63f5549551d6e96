"""Reminders: timetables of logs and teams, letters that carry them, hours and policies."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_PLANNED = sa.text("plan_at IS NOT NULL")
_REMINDERS = sa.text("state = 'new' AND wake_at IS NULL")
_LETTERS = sa.text("subject = '' AND wake_at IS NOT NULL")
_CARRIED = sa.text("carried_by IS NOT NULL")
_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("people", sa.Column("hours", sa.JSON(), nullable=True))
    op.add_column("people", sa.Column("leave", sa.JSON(), nullable=True))
    op.add_column("teams", sa.Column("policy", sa.JSON(), nullable=True))
    op.add_column("memberships", sa.Column("since", _TIME, nullable=True))
    for table in ("logs", "teams"):
        op.add_column(table, sa.Column("plan_at", _TIME, nullable=True))
        op.add_column(table, sa.Column("plan_begun", _TIME, nullable=True))
        op.create_index(
            f"ix_{table}_plan_at",
            table,
            ["plan_at"],
            sqlite_where=_PLANNED,
            postgresql_where=_PLANNED,
        )
    op.add_column(
        "notices", sa.Column("faults", sa.Integer(), nullable=False, server_default=sa.text("0"))
    )
    op.add_column("notices", sa.Column("carried_by", sa.String(), nullable=True))
    op.add_column("notices", sa.Column("snoozed_until", _TIME, nullable=True))
    op.create_index(
        "ix_notices_receiver",
        "notices",
        ["workspace", "receiver", "due_at"],
        sqlite_where=_REMINDERS,
        postgresql_where=_REMINDERS,
    )
    op.create_index(
        "ix_notices_letters",
        "notices",
        ["workspace", "receiver", "due_at"],
        sqlite_where=_LETTERS,
        postgresql_where=_LETTERS,
    )
    op.create_index(
        "ix_notices_carried_by",
        "notices",
        ["workspace", "carried_by"],
        sqlite_where=_CARRIED,
        postgresql_where=_CARRIED,
    )
    # Whatever is open gets its timetable, and each team its digest. Prompts that wait are written
    # anew with it; those that were sent stay as they are.
    op.execute("UPDATE logs SET plan_at = created_at WHERE state IN ('draft', 'open', 'escalated')")
    op.execute(
        "UPDATE logs SET plan_at = created_at WHERE plan_at IS NULL AND (workspace, id) IN "
        "(SELECT workspace, log FROM promises WHERE is_open)"
    )
    op.execute(
        "UPDATE logs SET plan_at = created_at WHERE plan_at IS NULL AND unanswered_of IS NOT NULL"
    )
    op.execute("UPDATE teams SET plan_at = CURRENT_TIMESTAMP")
    # Nobody knows who joined when; without a session it counts from now.
    op.execute("UPDATE memberships SET since = CURRENT_TIMESTAMP")
    op.execute(
        "UPDATE notices SET wake_at = NULL, leased_until = NULL "
        "WHERE kind = 'outcome_due' AND state = 'new'"
    )


def downgrade() -> None:
    # Prompts wait by themselves again, those that were put off as well: only the first counts.
    op.execute("DELETE FROM notices WHERE kind = 'outcome_due' AND occurrence LIKE '%~%'")
    op.execute("UPDATE notices SET wake_at = due_at WHERE kind = 'outcome_due' AND state = 'new'")
    # What a letter told has no message of its own that could be updated.
    op.execute(
        "UPDATE notices SET state = 'dropped' "
        "WHERE kind = 'outcome_due' AND state = 'sent' AND ts IS NULL"
    )
    op.execute(
        "DELETE FROM notices WHERE kind IN ('letter', 'finish', 'acknowledge', 'half_way', 'step', "
        "'overdue', 'unanswered', 'no_session', 'digest', 'totals', 'orphaned')"
    )
    op.drop_index("ix_notices_carried_by", "notices")
    op.drop_index("ix_notices_letters", "notices")
    op.drop_index("ix_notices_receiver", "notices")
    for column in ("snoozed_until", "carried_by", "faults"):
        op.drop_column("notices", column)
    for table in ("teams", "logs"):
        op.drop_index(f"ix_{table}_plan_at", table)
        op.drop_column(table, "plan_begun")
        op.drop_column(table, "plan_at")
    op.drop_column("memberships", "since")
    op.drop_column("teams", "policy")
    for column in ("leave", "hours"):
        op.drop_column("people", column)
