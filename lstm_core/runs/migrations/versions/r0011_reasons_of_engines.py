"""Why a run was trained on the engine that it was trained on; of old runs nobody knows."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    reason = sa.Column("engine_reason", sa.Text, nullable=False, server_default="")
    op.add_column("runs", reason)


def downgrade() -> None:
    op.drop_column("runs", "engine_reason")
