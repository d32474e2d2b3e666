"""Alembic's environment: migrates on the connection that the runner opened."""

from shared.db.migrations import run_environment
from subgraphs.orders.models import metadata

run_environment(metadata)
