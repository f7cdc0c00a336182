"""Runs may belong together: a race compares several.

What older versions wrote belongs to no group.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "run_groups",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("id", sa.String(16), nullable=False, unique=True),
        sa.Column("submission_key", sa.Text, nullable=True, unique=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column(
            "dataset_id", sa.String(64), sa.ForeignKey("datasets.id"), nullable=False, index=True
        ),
        sa.Column("settings", sa.JSON, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    )
    # Added in place: copying the runs would drop their table, and their epochs and artifacts
    # would go with it.
    group_id = sa.Column("group_id", sa.String(16), sa.ForeignKey("run_groups.id"), nullable=True)
    op.add_column("runs", group_id, inline_references=True)
    op.add_column("runs", sa.Column("label", sa.Text, nullable=False, server_default=""))
    op.create_index("ix_runs_group_id", "runs", ["group_id"])


def downgrade() -> None:
    op.drop_index("ix_runs_group_id", "runs")
    op.drop_column("runs", "label")
    op.drop_column("runs", "group_id")
    op.drop_table("run_groups")
