"""The Alembic runner: one history per subgraph, in ``subgraphs/<domain>/migrations``.

``migrate`` makes the database when it is missing, takes an advisory lock, so that two starting processes do not
migrate at once, and upgrades to the newest revision. A subgraph's ``env.py`` is two lines: it calls
``run_environment`` with its metadata.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import asyncpg
from alembic import command, context
from alembic.config import Config
from sqlalchemy import Connection, MetaData, pool, text
from sqlalchemy.ext.asyncio import create_async_engine

from shared.db.urls import asyncpg_url, database_name, database_on_server, plain_url

_LOCK: Final = 0x61676F7261  # "agora": any fixed number, the same in all processes


async def migrate(database_url: str, migrations: Path, *, revision: str = "head") -> None:
    """Bring ``database_url`` to ``revision`` of the history in ``migrations``."""
    await ensure_database(database_url)
    engine = create_async_engine(asyncpg_url(database_url), poolclass=pool.NullPool)
    try:
        async with engine.connect() as connection:
            await connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _LOCK})
            await connection.commit()
            try:
                await connection.run_sync(_upgrade, migrations, revision)
                await connection.commit()
            finally:
                await connection.rollback()
                await connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _LOCK})
    finally:
        await engine.dispose()


async def ensure_database(database_url: str) -> None:
    """Create the database that the URL names unless it is there; the server's ``postgres`` database must be."""
    name = database_name(database_url)
    try:
        probe = await asyncpg.connect(plain_url(database_url), timeout=10)
    except asyncpg.InvalidCatalogNameError:
        pass
    else:
        await probe.close()
        return
    connection = await asyncpg.connect(database_on_server(database_url, "postgres"), timeout=10)
    try:
        quoted = '"' + name.replace('"', '""') + '"'
        await connection.execute(f"CREATE DATABASE {quoted} ENCODING 'UTF8' TEMPLATE template0")
    except (asyncpg.DuplicateDatabaseError, asyncpg.UniqueViolationError):
        return  # another process was faster
    finally:
        await connection.close()


def run_environment(metadata: MetaData) -> None:
    """The body of a subgraph's ``env.py``: migrate on the connection that ``migrate`` opened."""
    connection: Connection = context.config.attributes["connection"]
    context.configure(connection=connection, target_metadata=metadata, transaction_per_migration=True)
    with context.begin_transaction():
        context.run_migrations()


def _upgrade(connection: Connection, migrations: Path, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
