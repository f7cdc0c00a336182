"""Whoever takes a run or a search says so, and a run remembers when its process began.

Runs of older versions that have a process had begun.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("runs", "searches"):
        op.add_column(table, sa.Column("claimer_pid", sa.Integer, nullable=True))
        op.add_column(table, sa.Column("claimer_started", sa.Double, nullable=True))
    op.add_column("runs", sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("runs", sa.Column("num_starts", sa.Integer, nullable=False, server_default="0"))
    op.execute("UPDATE runs SET begun_at = started_at WHERE pid IS NOT NULL")


def downgrade() -> None:
    op.drop_column("runs", "num_starts")
    op.drop_column("runs", "begun_at")
    for table in ("runs", "searches"):
        op.drop_column(table, "claimer_started")
        op.drop_column(table, "claimer_pid")
