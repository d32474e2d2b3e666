"""The engines of a test session answer as the real servers that they are."""

import asyncpg
import pytest
import redis

from deploy.engines.probes import probe_amqp, probe_typesense
from deploy.program import NotReady


@pytest.mark.engine("postgres")
async def test_postgres_wants_the_password(postgres_url: str) -> None:
    connection = await asyncpg.connect(f"{postgres_url}/postgres")
    assert await connection.fetchval("select 1") == 1
    await connection.close()
    host = postgres_url.rpartition("@")[2]
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(f"postgresql://agora:wrong@{host}/postgres")


@pytest.mark.engine("redis")
def test_redis_wants_the_password(redis_url: str) -> None:
    assert redis.Redis.from_url(redis_url).ping()
    with pytest.raises(redis.AuthenticationError):
        redis.Redis.from_url(f"redis://{redis_url.rpartition('@')[2]}").ping()


@pytest.mark.engine("typesense")
def test_typesense_wants_the_key(typesense_url: str, typesense_api_key: str) -> None:
    probe_typesense(typesense_url, typesense_api_key)
    with pytest.raises(NotReady, match="401"):
        probe_typesense(typesense_url, "wrong")


@pytest.mark.engine("rabbitmq")
def test_rabbitmq_has_the_virtual_host_and_wants_the_password(amqp_url: str) -> None:
    probe_amqp(amqp_url)
    with pytest.raises(NotReady):
        probe_amqp(amqp_url.replace("agora:", "agora:wrong"))
