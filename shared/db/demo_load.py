"""Loading demo data once: a mark says which size a database holds, so that another size is refused, not mixed in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import Column, DateTime, Integer, MetaData, Table, Text, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.db.engine import create_database_engine

_STATEMENT_TIMEOUT_MS: Final = 600_000  # one chunk of a COPY may wait for the disk

demo_metadata = MetaData()

demo_load_table = Table(
    "demo_load",
    demo_metadata,
    Column("domain", Text, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("finished_at", DateTime(timezone=True), nullable=False),
)


class OtherSizeLoaded(Exception):
    """The database holds demo data of another size."""

    def __init__(self, domain: str, loaded: int, wanted: int) -> None:
        super().__init__(
            f"{domain} holds demo data of size {loaded}; to replace it with size {wanted} "
            f"run: make reseed CATALOG_SIZE={wanted}"
        )


async def load_once(
    database_url: str,
    domain: str,
    size: int,
    load: Callable[[AsyncConnection], Awaitable[None]],
    *,
    tables: Sequence[str],
    reset: bool,
) -> None:
    """Run ``load`` in one transaction, unless this very size is there; ``reset`` empties ``tables`` before.

    Raises OtherSizeLoaded.
    """
    engine = create_database_engine(
        database_url,
        application_name=f"agora {domain} seed",
        pool_size=1,
        statement_timeout_ms=_STATEMENT_TIMEOUT_MS,
    )
    try:
        async with engine.begin() as connection:
            if reset:
                await wipe(connection, tables)
            if not await is_loaded(connection, domain, size):
                await load(connection)
                await mark_loaded(connection, domain, size, datetime.now(UTC))
    finally:
        await engine.dispose()


async def is_loaded(connection: AsyncConnection, domain: str, size: int) -> bool:
    """True when this very load was finished before. Raises OtherSizeLoaded."""
    loaded = await connection.scalar(select(demo_load_table.c.size).where(demo_load_table.c.domain == domain))
    if loaded is None:
        return False
    if loaded != size:
        raise OtherSizeLoaded(domain, loaded, size)
    return True


async def mark_loaded(connection: AsyncConnection, domain: str, size: int, now: datetime) -> None:
    """Record the load in its own transaction's commit."""
    await connection.execute(insert(demo_load_table).values(domain=domain, size=size, finished_at=now))


async def wipe(connection: AsyncConnection, tables: Sequence[str]) -> None:
    """Empty ``tables``, the event tables and the mark."""
    names = (*tables, "outbox", "outbox_sequence", "inbox", "inbox_sequence", "demo_load")
    await connection.execute(text("TRUNCATE " + ", ".join(f'"{name}"' for name in names) + " CASCADE"))
