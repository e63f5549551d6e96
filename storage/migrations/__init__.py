"""Alembic's migrations; run by `storage.migration`."""
