"""Identical queries under way share one exchange; nothing else does."""

import asyncio

import pytest

from gateway.executor.deduplication import DeduplicatingTransport
from gateway.executor.transport import SubgraphRequest, SubgraphResponse, TransportError, TransportErrorKind


class HeldTransport:
    """Answers when told to; each answer holds the number of the request that was really sent."""

    def __init__(self) -> None:
        self.sent = []
        self.go_on = asyncio.Event()
        self.error = None

    async def send(self, request: SubgraphRequest) -> SubgraphResponse:
        self.sent.append(request)
        number = len(self.sent)
        await self.go_on.wait()
        if self.error:
            raise self.error
        return SubgraphResponse(200, (), b"%d" % number)

    async def close(self) -> None:
        self.go_on.set()


@pytest.fixture
def held():
    return HeldTransport()


@pytest.fixture
def query():
    def make(**changes) -> SubgraphRequest:
        values = {"url": "http://a/", "headers": (("authorization", "x"),), "body": b"{}", "timeout_ms": 20_000.0}
        return SubgraphRequest(**{**values, "idempotent": True, **changes})

    return make


async def start(transport, *requests):
    tasks = [asyncio.create_task(transport.send(request)) for request in requests]
    await asyncio.sleep(0)
    return tasks


async def test_identical_queries_become_one(held, query):
    tasks = await start(DeduplicatingTransport(held), *[query() for _ in range(5)])
    held.go_on.set()
    assert {response.body for response in await asyncio.gather(*tasks)} == {b"1"}
    assert len(held.sent) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"url": "http://b/"},
        {"body": b"{ }"},
        {"headers": (("authorization", "y"),)},
        {"headers": ()},
        {"headers": (("authorization", "x"), ("x-market", "de"))},
    ],
)
async def test_anything_forwarded_that_differs_keeps_queries_apart(held, query, changes):
    tasks = await start(DeduplicatingTransport(held), query(), query(**changes))
    held.go_on.set()
    assert [response.body for response in await asyncio.gather(*tasks)] == [b"1", b"2"]


async def test_mutations_are_never_shared(held, query):
    tasks = await start(DeduplicatingTransport(held), *[query(idempotent=False) for _ in range(3)])
    held.go_on.set()
    await asyncio.gather(*tasks)
    assert len(held.sent) == 3


async def test_only_what_is_under_way_is_shared(held, query):
    transport = DeduplicatingTransport(held)
    held.go_on.set()
    assert (await transport.send(query())).body == b"1"
    assert (await transport.send(query())).body == b"2"


async def test_an_error_is_shared(held, query):
    tasks = await start(DeduplicatingTransport(held), query(), query())
    held.error = TransportError(TransportErrorKind.CLOSED, "gone")
    held.go_on.set()
    assert [type(error) for error in await asyncio.gather(*tasks, return_exceptions=True)] == [TransportError] * 2
    assert len(held.sent) == 1


async def test_when_the_first_caller_leaves_another_takes_its_place(held, query):
    first, second, third = await start(DeduplicatingTransport(held), query(), query(), query())
    first.cancel()
    await asyncio.gather(first, return_exceptions=True)
    held.go_on.set()
    assert (await second).body == (await third).body == b"2"
    assert len(held.sent) == 2


async def test_a_follower_that_leaves_disturbs_nobody(held, query):
    first, second, third = await start(DeduplicatingTransport(held), query(), query(), query())
    second.cancel()
    await asyncio.gather(second, return_exceptions=True)
    held.go_on.set()
    assert (await first).body == (await third).body == b"1"


async def test_a_follower_waits_no_longer_than_its_own_time(held, query):
    first, second = await start(DeduplicatingTransport(held), query(), query(timeout_ms=1.0))
    with pytest.raises(TransportError) as caught:
        await second
    assert caught.value.kind is TransportErrorKind.TIMEOUT
    held.go_on.set()
    await first
