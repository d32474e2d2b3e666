"""Alembic's entry point: migrations run on the connection that `shared.db.migrate` opened."""

from shared.db.migrations import run_environment
from subgraphs.products.models import metadata

run_environment(metadata)
