"""Databases are made, migrated once, loaded with one size, and bulk loaded."""

import asyncio
import secrets
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

import subgraphs.inventory
from shared.db import asyncpg_url, copy_rows, create_database_engine, migrate
from shared.db.demo_load import OtherSizeLoaded, is_loaded, mark_loaded, wipe
from shared.db.unit_of_work import retry_transaction
from shared.db.urls import InvalidDatabaseUrl, database_on_server
from shared.testing.databases import drop_database

MIGRATIONS = Path(subgraphs.inventory.__file__).parent / "migrations"


@pytest.fixture(scope="module")
async def engine(postgres_url):
    name = f"agora_test_db_{secrets.token_hex(4)}"
    url = database_on_server(postgres_url, name)
    await asyncio.gather(*(migrate(url, MIGRATIONS) for _ in range(3)))
    engine = create_database_engine(url, application_name="test db", statement_timeout_ms=1_000)
    yield engine
    await engine.dispose()
    await drop_database(postgres_url, name)


@pytest.mark.engine("postgres")
async def test_processes_that_migrate_at_once_end_at_one_revision(engine):
    async with engine.connect() as connection:
        assert (await connection.scalars(text("SELECT version_num FROM alembic_version"))).all() == ["0001"]


@pytest.mark.engine("postgres")
async def test_a_load_is_marked_and_another_size_is_refused(engine):
    async with engine.begin() as connection:
        assert not await is_loaded(connection, "inventory", 10)
        row = ("v1", "p1", "S1")
        await copy_rows(connection, "stocked_variant", ("variant_id", "product_id", "sku"), [row])
        await mark_loaded(connection, "inventory", 10, datetime.now(UTC))
        assert await is_loaded(connection, "inventory", 10)
        with pytest.raises(OtherSizeLoaded, match="make reseed CATALOG_SIZE=20"):
            await is_loaded(connection, "inventory", 20)
        assert (await connection.execute(text("SELECT * FROM stocked_variant"))).all() == [row]
        await wipe(connection, ["stocked_variant"])
        assert not await is_loaded(connection, "inventory", 20)
        assert (await connection.execute(text("SELECT * FROM stocked_variant"))).all() == []


@pytest.mark.engine("postgres")
async def test_a_statement_that_runs_too_long_is_cancelled(engine):
    async with engine.connect() as connection:
        with pytest.raises(Exception, match="statement timeout"):
            await connection.execute(text("SELECT pg_sleep(30)"))


@pytest.mark.engine("postgres")
async def test_a_deadlock_s_victim_tries_again(engine):
    async with engine.begin() as connection:
        await connection.execute(text("CREATE TABLE IF NOT EXISTS tug (id int PRIMARY KEY, n int NOT NULL)"))
        await connection.execute(text("INSERT INTO tug VALUES (1, 0), (2, 0)"))
    both_hold_one = asyncio.Barrier(2)
    victims = []

    async def pull(first, second):
        tries = 0

        async def work():
            nonlocal tries
            tries += 1
            async with engine.begin() as connection:
                await connection.execute(text("UPDATE tug SET n = n + 1 WHERE id = :id"), {"id": first})
                if tries == 1:
                    await both_hold_one.wait()
                else:
                    victims.append(first)
                await connection.execute(text("SET LOCAL lock_timeout = 0"))
                await connection.execute(text("SET LOCAL statement_timeout = 0"))
                await connection.execute(text("UPDATE tug SET n = n + 1 WHERE id = :id"), {"id": second})

        await retry_transaction(work)

    await asyncio.gather(pull(1, 2), pull(2, 1))
    async with engine.connect() as connection:
        assert (await connection.scalars(text("SELECT n FROM tug"))).all() == [2, 2]
    assert len(victims) == 1


def test_urls_say_which_driver_and_refuse_other_databases():
    assert asyncpg_url("postgresql://a:b@h/d").drivername == "postgresql+asyncpg"
    for bad in ("mysql://h/d", "nonsense", ""):
        with pytest.raises(InvalidDatabaseUrl):
            asyncpg_url(bad)
