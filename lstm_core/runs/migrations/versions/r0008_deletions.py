"""What is deleted is hidden first, and removed later."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("runs", "run_groups"):
        op.add_column(table, sa.Column("deleted_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    """What was deleted and not removed yet is there again."""
    for table in ("run_groups", "runs"):
        op.drop_column(table, "deleted_at")
