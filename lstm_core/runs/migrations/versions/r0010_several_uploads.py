"""A draft may have several uploaded files, each with the name it came with.

What older versions kept has one at most, under the name that its spec holds.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_DRAFTS = sa.table(
    "drafts",
    *(sa.column(name, sa.Text) for name in ("id", "upload")),
    *(sa.column(name, sa.JSON) for name in ("spec", "uploads")),
)


def upgrade() -> None:
    op.add_column("drafts", sa.Column("uploads", sa.JSON, nullable=False, server_default="[]"))
    connection, columns = op.get_bind(), _DRAFTS.c
    known = sa.select(columns.id, columns.upload, columns.spec).where(columns.upload.is_not(None))
    for draft_id, upload, spec in connection.execute(known).all():
        uploads = [{"name": str(spec.get("data", {}).get("name", "")), "sha256": upload}]
        one = _DRAFTS.update().where(columns.id == draft_id)
        connection.execute(one.values(uploads=uploads))
    op.drop_column("drafts", "upload")


def downgrade() -> None:
    """Older versions know one file of a draft: the first."""
    op.add_column("drafts", sa.Column("upload", sa.String(64), nullable=True))
    connection, columns = op.get_bind(), _DRAFTS.c
    for draft_id, uploads in connection.execute(sa.select(columns.id, columns.uploads)).all():
        if uploads:
            one = _DRAFTS.update().where(columns.id == draft_id)
            connection.execute(one.values(upload=uploads[0]["sha256"]))
    op.drop_column("drafts", "uploads")
