"""The cache fails open: without Redis every read is a miss and nothing raises."""

import secrets

import pytest

from shared.cache import connect_cache


@pytest.mark.engine("redis")
async def test_values_come_back_until_deleted_and_areas_do_not_mix(redis_url):
    prefix = f"test-{secrets.token_hex(4)}"
    cache, other = (connect_cache(redis_url, prefix=prefix, area=area) for area in ("one", "two"))
    await cache.set_many({"a": b"1", "b": b"2"}, ttl_seconds=60)
    assert await cache.get_many(["a", "b", "c"]) == {"a": b"1", "b": b"2"}
    assert await other.get_many(["a"]) == {}
    await cache.delete(["a"])
    assert await cache.get_many(["a", "b"]) == {"b": b"2"}
    assert await cache.get_many([]) == {}


@pytest.mark.parametrize("url", ["redis://127.0.0.1:1/0", None])
async def test_without_redis_every_read_is_a_miss(url):
    cache = connect_cache(url, prefix="test", area="one")
    await cache.set_many({"a": b"1"}, ttl_seconds=60)
    assert await cache.get_many(["a"]) == {}
    await cache.delete(["a"])
