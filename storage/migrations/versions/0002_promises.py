"""Next steps in a table of their own: those promised in a check-in come back as well."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_LOGS = sa.table(
    "logs",
    sa.column("workspace", sa.String()),
    sa.column("id", sa.String()),
    sa.column("state", sa.String()),
    sa.column("agent", sa.String()),
    sa.column("said", sa.JSON()),
)
_PROMISES = sa.table(
    "promises",
    sa.column("workspace", sa.String()),
    sa.column("log", sa.String()),
    sa.column("number", sa.Integer()),
    sa.column("who", sa.String()),
    sa.column("is_open", sa.Boolean()),
)
_OPEN = sa.text("is_open")
_PROMISED = sa.text("promised_by IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "promises",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("log", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "log"], ["logs.workspace", "logs.id"], name="fk_promises_logs"
        ),
        sa.PrimaryKeyConstraint("workspace", "log", "number", name="pk_promises"),
    )
    op.create_index(
        "ix_promises_who",
        "promises",
        ["workspace", "who"],
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )
    op.execute(
        "INSERT INTO promises (workspace, log, number, who, is_open) "
        "SELECT workspace, id, 0, promised_by, true FROM logs "
        "WHERE promised_by IS NOT NULL"
    )
    if promised := _in_check_ins():
        op.bulk_insert(_PROMISES, promised)
    op.drop_index("ix_logs_promised_by", "logs")
    op.drop_column("logs", "promised_by")
    op.drop_column("logs", "step_by")


def _in_check_ins() -> list[dict[str, object]]:
    """What was promised in check-ins: until here no column said so, only the log itself."""
    held = sa.select(_LOGS).where(
        _LOGS.c.state.in_(("open", "closed", "continued", "escalated")),
        sa.cast(_LOGS.c.said, sa.Text()).contains("step_what"),
    )
    return [
        {
            "workspace": log.workspace,
            "log": log.id,
            "number": number,
            "who": log.agent if told["content"].get("step_who") == "agent" else told["by"],
            "is_open": told.get("step_done") is None,
        }
        for log in op.get_bind().execute(held)
        for number, told in enumerate(log.said.get("check_ins", ()), start=1)
        if told["content"].get("step_what")
    ]


def downgrade() -> None:
    op.add_column("logs", sa.Column("step_by", sa.Date(), nullable=True))
    op.add_column("logs", sa.Column("promised_by", sa.String(), nullable=True))
    # The day is filled in again at the log's next save; only the order in a list rests on it.
    op.execute(
        "UPDATE logs SET promised_by = (SELECT who FROM promises WHERE is_open AND number = 0 "
        "AND promises.workspace = logs.workspace AND promises.log = logs.id)"
    )
    op.create_index(
        "ix_logs_promised_by",
        "logs",
        ["workspace", "promised_by", "step_by"],
        sqlite_where=_PROMISED,
        postgresql_where=_PROMISED,
    )
    op.drop_table("promises")
