"""What the first migration of each subgraph creates beside the domain's own tables: outbox, inbox, demo mark."""

from __future__ import annotations

from alembic import op

from shared.db.demo_load import demo_metadata
from shared.events.tables import event_metadata


def create_platform_tables_v1() -> None:
    """Called once by each subgraph's first migration; a later change gets a function of its own."""
    for metadata in (event_metadata, demo_metadata):
        metadata.create_all(op.get_bind(), checkfirst=False)


def drop_platform_tables_v1() -> None:
    """The way back."""
    for metadata in (demo_metadata, event_metadata):
        metadata.drop_all(op.get_bind(), checkfirst=False)
