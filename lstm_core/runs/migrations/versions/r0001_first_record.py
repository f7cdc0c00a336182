"""Datasets, runs, epochs and artifacts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "datasets",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("source", sa.String(16), nullable=False),
        sa.Column("frequency", sa.Text, nullable=False),
        sa.Column("num_rows", sa.BigInteger, nullable=False),
        sa.Column("num_series", sa.Integer, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False, index=True),
        sa.Column("created_at", TIME, nullable=False),
    )
    op.create_table(
        "runs",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("id", sa.String(16), nullable=False, unique=True),
        sa.Column("submission_key", sa.Text, nullable=True, unique=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("status", sa.String(16), nullable=False, index=True),
        sa.Column("spec", sa.JSON, nullable=False),
        sa.Column("resolved_spec", sa.JSON, nullable=True),
        sa.Column("reasons", sa.JSON, nullable=True),
        sa.Column(
            "dataset_id", sa.String(64), sa.ForeignKey("datasets.id"), nullable=False, index=True
        ),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("started_at", TIME, nullable=True),
        sa.Column("finished_at", TIME, nullable=True),
        sa.Column("phase", sa.Text, nullable=False),
        sa.Column("progress", sa.Double, nullable=False),
        sa.Column("epoch", sa.Integer, nullable=False),
        sa.Column("num_epochs", sa.Integer, nullable=True),
        sa.Column("device", sa.Text, nullable=True),
        sa.Column("num_parameters", sa.BigInteger, nullable=True),
        sa.Column("metrics", sa.JSON, nullable=True),
        sa.Column("baselines", sa.JSON, nullable=True),
        sa.Column("verdict", sa.JSON, nullable=True),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("cancel_requested_at", TIME, nullable=True),
        sa.Column("heartbeat_at", TIME, nullable=True),
        sa.Column("host", sa.Text, nullable=True),
        sa.Column("pid", sa.Integer, nullable=True),
        sa.Column("process_started", sa.Double, nullable=True),
    )
    op.create_table(
        "epochs",
        _run_id(),
        sa.Column("epoch", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("loss", sa.Double, nullable=True),
        sa.Column("validation_loss", sa.Double, nullable=True),
        sa.Column("seconds", sa.Double, nullable=False),
    )
    op.create_table(
        "artifacts",
        _run_id(),
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("sha256", sa.String(64), nullable=False, index=True),
        sa.Column("num_bytes", sa.BigInteger, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
    )


def downgrade() -> None:
    for table in ("artifacts", "epochs", "runs", "datasets"):
        op.drop_table(table)


def _run_id() -> sa.Column[str]:
    return sa.Column(
        "run_id",
        sa.String(16),
        sa.ForeignKey("runs.id", ondelete="CASCADE"),
        primary_key=True,
    )
