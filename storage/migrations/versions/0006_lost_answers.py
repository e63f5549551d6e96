"""Lost answers: when a try began, and an index of what is under way, unknown or parked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_UNCERTAIN = sa.text("state IN ('sending', 'unknown', 'parked')")


def upgrade() -> None:
    op.add_column("notices", sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "ix_notices_state",
        "notices",
        ["state"],
        sqlite_where=_UNCERTAIN,
        postgresql_where=_UNCERTAIN,
    )


def downgrade() -> None:
    op.drop_index("ix_notices_state", "notices")
    # The earlier version knows no such states; it looks up or posts again what was tried before.
    op.execute(
        "UPDATE notices SET state = CASE WHEN ts IS NULL THEN 'new' ELSE 'sent' END, "
        "attempts = attempts + 1, wake_at = due_at, leased_until = NULL "
        "WHERE state IN ('sending', 'unknown', 'parked')"
    )
    op.drop_column("notices", "begun_at")
