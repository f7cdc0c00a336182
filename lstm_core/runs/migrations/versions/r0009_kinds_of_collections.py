"""A collection says of which kind it is, and what lists say of it in words.

What older versions kept are tables of regular series.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_DATASETS = sa.table(
    "datasets",
    *(sa.column(name, sa.Text) for name in ("id", "kind", "summary", "frequency")),
    *(sa.column(name, sa.Integer) for name in ("num_rows", "num_series")),
)


def upgrade() -> None:
    op.add_column(
        "datasets", sa.Column("kind", sa.String(16), nullable=False, server_default="series")
    )
    op.add_column("datasets", sa.Column("summary", sa.Text, nullable=False, server_default=""))
    connection = op.get_bind()
    columns = _DATASETS.c
    known = sa.select(columns.id, columns.frequency, columns.num_series, columns.num_rows)
    for dataset_id, frequency, num_series, num_rows in connection.execute(known).all():
        series = f"{num_series:,} series, " if num_series > 1 else ""
        rows = f"{num_rows:,} row{'' if num_rows == 1 else 's'}"
        one = _DATASETS.update().where(columns.id == dataset_id)
        connection.execute(one.values(summary=f"{frequency}, {series}{rows}"))
    # Not by copying the table: it is what runs refer to.
    op.execute("ALTER TABLE datasets RENAME COLUMN num_series TO num_items")
    op.drop_column("datasets", "frequency")


def downgrade() -> None:
    """Older versions can't read collections of other kinds, and say so; nothing is removed."""
    op.add_column("datasets", sa.Column("frequency", sa.Text, nullable=False, server_default=""))
    op.execute("ALTER TABLE datasets RENAME COLUMN num_items TO num_series")
    connection = op.get_bind()
    columns = _DATASETS.c
    for dataset_id, summary in connection.execute(sa.select(columns.id, columns.summary)).all():
        one = _DATASETS.update().where(columns.id == dataset_id)
        connection.execute(one.values(frequency=summary.split(",")[0]))
    op.drop_column("datasets", "summary")
    op.drop_column("datasets", "kind")
