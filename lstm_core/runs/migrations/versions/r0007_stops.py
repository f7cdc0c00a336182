"""A run that was asked to stop may be asked once more, to end without judging."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("runs", sa.Column("abort_requested_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    op.drop_column("runs", "abort_requested_at")
