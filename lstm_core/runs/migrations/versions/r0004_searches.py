"""Runs may be the trials of a search.

What older versions wrote belongs to none.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "searches",
        sa.Column(
            "group_id",
            sa.String(16),
            sa.ForeignKey("run_groups.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("status", sa.String(16), nullable=False, index=True),
        sa.Column("phase", sa.String(16), nullable=False),
        sa.Column("wish", sa.String(16), nullable=True),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("num_trials", sa.Integer, nullable=False),
        sa.Column("minutes", sa.Double, nullable=True),
        sa.Column("num_events", sa.Integer, nullable=False),
        sa.Column("seconds_spent", sa.Double, nullable=False),
        sa.Column("num_starts", sa.Integer, nullable=False),
        sa.Column("importances", sa.JSON, nullable=True),
        sa.Column("verdict", sa.JSON, nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("heartbeat_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("host", sa.Text, nullable=True),
        sa.Column("pid", sa.Integer, nullable=True),
        sa.Column("process_started", sa.Double, nullable=True),
    )
    op.create_table(
        "trials",
        sa.Column(
            "group_id",
            sa.String(16),
            sa.ForeignKey("searches.group_id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("values", sa.JSON, nullable=False),
        sa.Column("raw", sa.JSON, nullable=True),
        sa.Column("score", sa.Double, nullable=True),
        sa.Column("spread", sa.Double, nullable=True),
        sa.Column("seconds", sa.Double, nullable=True),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("asked", sa.Integer, nullable=True),
        sa.Column("told", sa.Integer, nullable=True),
        sa.Column("ended_after", sa.Double, nullable=True),
        sa.Column("limit", sa.JSON, nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
    )
    for column in _new_in_runs():
        op.add_column("runs", column)


def downgrade() -> None:
    for column in _new_in_runs():
        op.drop_column("runs", column.name)
    op.drop_table("trials")
    op.drop_table("searches")


def _new_in_runs() -> list[sa.Column[Any]]:
    return [
        sa.Column("trial", sa.Integer, nullable=True),
        sa.Column("role", sa.String(16), nullable=True),
        sa.Column("place", sa.Text, nullable=False, server_default=""),
        sa.Column("limit", sa.JSON, nullable=True),
        sa.Column("main_network", sa.Integer, nullable=True),
    ]
