"""A run trains several networks, shows a forecast film, and has diagnoses.

What the first version wrote is of runs with one network.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "networks",
        sa.Column(
            "run_id",
            sa.String(16),
            sa.ForeignKey("runs.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("network", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("title", sa.Text, nullable=False),
    )
    # Added in place: copying the runs would drop their table, and their epochs and artifacts
    # would go with it.
    with op.batch_alter_table("runs", recreate="never") as runs:
        for column in _new_in_runs():
            runs.add_column(column)
    op.execute(
        "UPDATE runs SET num_networks = 1, network = 1, network_num_epochs = num_epochs, "
        "num_epochs_done = epoch WHERE num_epochs IS NOT NULL"
    )
    with op.batch_alter_table("epochs") as epochs:
        epochs.add_column(sa.Column("network", sa.Integer, nullable=False, server_default="1"))
        epochs.add_column(sa.Column("film", sa.JSON, nullable=True))
        epochs.drop_constraint("pk_epochs", type_="primary")
        epochs.create_primary_key("pk_epochs", ["run_id", "network", "epoch"])


def downgrade() -> None:
    op.execute("DELETE FROM epochs WHERE network > 1")
    with op.batch_alter_table("epochs") as epochs:
        epochs.drop_constraint("pk_epochs", type_="primary")
        epochs.create_primary_key("pk_epochs", ["run_id", "epoch"])
        epochs.drop_column("film")
        epochs.drop_column("network")
    for column in _new_in_runs():
        op.drop_column("runs", column.name)
    op.drop_table("networks")


def _new_in_runs() -> list[sa.Column[Any]]:
    return [
        sa.Column("num_networks", sa.Integer, nullable=True),
        sa.Column("network", sa.Integer, nullable=False, server_default="0"),
        sa.Column("network_title", sa.Text, nullable=False, server_default=""),
        sa.Column("network_num_epochs", sa.Integer, nullable=True),
        sa.Column("num_epochs_done", sa.Integer, nullable=False, server_default="0"),
        sa.Column("film", sa.JSON, nullable=True),
        sa.Column("diagnoses", sa.JSON, nullable=True),
    ]
