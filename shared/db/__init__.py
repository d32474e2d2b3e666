"""PostgreSQL: engines, sessions, the unit of work, migrations and bulk loading."""

from shared.db.bulk import copy_rows
from shared.db.engine import Sessions, create_database_engine, ping_database, session_factory
from shared.db.keyset import keyset_after, keyset_order
from shared.db.migrations import migrate
from shared.db.unit_of_work import UnitOfWork, unit_of_work
from shared.db.urls import asyncpg_url, database_on_server

__all__ = [
    "Sessions",
    "UnitOfWork",
    "asyncpg_url",
    "copy_rows",
    "create_database_engine",
    "database_on_server",
    "keyset_after",
    "keyset_order",
    "migrate",
    "ping_database",
    "session_factory",
    "unit_of_work",
]
