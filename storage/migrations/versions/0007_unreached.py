"""Whom Slack refuses to hand messages to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "unreached",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("receiver", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "receiver", name="pk_unreached"),
    )


def downgrade() -> None:
    op.drop_table("unreached")
    # The release before knows no such reminder.
    op.execute("DELETE FROM notices WHERE kind = 'unreached'")
