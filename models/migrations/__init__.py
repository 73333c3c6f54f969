"""Alembic's migrations of the tables; ``models.migrate`` runs them, without an alembic.ini."""
