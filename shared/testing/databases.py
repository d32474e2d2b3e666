"""A real database per domain and test process, migrated once, emptied before each test that uses it."""

from __future__ import annotations

import os
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncpg
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from shared.db.engine import Sessions, create_database_engine, session_factory
from shared.db.migrations import migrate
from shared.db.urls import database_on_server

_PATIENT_MS = 60_000  # a busy machine is no reason for a test to fail

_EMPTY_USED_TABLES = """
DO $$ DECLARE name text; used text[] := '{}'; has_rows boolean; BEGIN
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
        EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I)', name) INTO has_rows;
        IF has_rows THEN used := used || format('%I', name); END IF;
    END LOOP;
    IF used <> '{}' THEN EXECUTE 'TRUNCATE ' || array_to_string(used, ', ') || ' RESTART IDENTITY CASCADE'; END IF;
END $$
"""
"""Truncating costs some file operations a table, so tables that no test touched are left alone."""


@dataclass(frozen=True, slots=True)
class MigratedDatabase:
    """One migrated database with an engine that many connections may use at once."""

    url: str
    engine: AsyncEngine
    sessions: Sessions

    async def clean(self) -> None:
        """Empty every table."""
        async with self.engine.begin() as connection:
            await connection.execute(text(_EMPTY_USED_TABLES))


@asynccontextmanager
async def migrated_database(server_url: str, domain: str, migrations: Path) -> AsyncIterator[MigratedDatabase]:
    """A database of its own on ``server_url``, dropped at the end."""
    name = f"agora_test_{domain}_{os.getpid()}_{secrets.token_hex(3)}"
    url = database_on_server(server_url, name)
    await migrate(url, migrations)
    engine = create_database_engine(
        url, application_name=f"test {domain}", pool_size=20, statement_timeout_ms=_PATIENT_MS
    )
    try:
        yield MigratedDatabase(url=url, engine=engine, sessions=session_factory(engine))
    finally:
        await engine.dispose()
        await drop_database(server_url, name)


async def drop_database(server_url: str, name: str) -> None:
    """Drop it, ending connections that are still there."""
    connection = await asyncpg.connect(database_on_server(server_url, "postgres"))
    try:
        await connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    finally:
        await connection.close()
