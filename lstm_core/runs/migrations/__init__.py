"""The record's history: alembic runs these steps when ``Store.open`` meets an older record."""
