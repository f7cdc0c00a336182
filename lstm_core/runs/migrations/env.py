"""What alembic runs: the steps, inside the transaction that the caller has open."""

from __future__ import annotations

from alembic import context

from lstm_core.runs.database.tables import Table

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata,
    render_as_batch=True,  # SQLite changes a column only by copying its table
)
context.run_migrations()
