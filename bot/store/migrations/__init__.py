"""Alembic migrations; `plumb db upgrade` runs them, SQLite in the data folder runs them by itself."""
