"""The database engine of one process and its sessions."""

from __future__ import annotations

from typing import Final, TypeAlias

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

from shared.db.urls import asyncpg_url

Sessions: TypeAlias = async_sessionmaker[AsyncSession]

POOL_TIMEOUT_SECONDS: Final = 10
CONNECT_TIMEOUT_SECONDS: Final = 10


def create_database_engine(
    url: str,
    *,
    application_name: str,
    pool_size: int = 10,
    statement_timeout_ms: int = 10_000,
) -> AsyncEngine:
    """An engine for ``url``. Nothing connects before the first query.

    A statement that outlives the timeout is cancelled by the server, a transaction left idle is ended after a minute.
    Errors do not show parameters: they would carry people's data into the log.
    """
    return create_async_engine(
        asyncpg_url(url),
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=POOL_TIMEOUT_SECONDS,
        pool_pre_ping=True,
        pool_recycle=1_800,
        hide_parameters=True,
        connect_args={
            "timeout": CONNECT_TIMEOUT_SECONDS,
            "server_settings": {
                "application_name": application_name,
                "statement_timeout": str(statement_timeout_ms),
                "lock_timeout": str(statement_timeout_ms),
                "idle_in_transaction_session_timeout": "60000",
                "timezone": "UTC",
            },
        },
    )


def session_factory(engine: AsyncEngine) -> Sessions:
    """Sessions for one task each: sibling GraphQL resolvers run at once and cannot share an AsyncSession."""
    return async_sessionmaker(engine, expire_on_commit=False, autoflush=False)


async def ping_database(engine: AsyncEngine) -> None:
    """One round trip; raises when the database is out of reach."""
    async with engine.connect() as connection:
        await connection.execute(text("SELECT 1"))
