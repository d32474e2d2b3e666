"""The bound on executions: order, adaptation to the processor's load, refusal, cancellation."""

import asyncio
import time

import pytest

from gateway.executor.concurrency import BoundSettings, ExecutionBound, TooManyWaiting, next_bound
from gateway.executor.runnable_time import runnable_seconds


@pytest.fixture
def clocks():
    """Busy and wall seconds that only a test moves."""

    class Clocks:
        busy = 0.0
        wall = 0.0

    return Clocks()


@pytest.fixture
def make_bound(clocks):
    def make(**settings):
        values = {"floor": 1, "ceiling": 8, "start": 2, "interval_ms": 1, **settings}
        return ExecutionBound(
            BoundSettings(**values), busy_seconds=lambda: clocks.busy, wall_seconds=lambda: clocks.wall
        )

    return make


@pytest.mark.parametrize(
    ("bound", "share", "expected"), [(32, 0.95, 24), (8, 1.0, 8), (9, 1.0, 8), (32, 0.5, 64), (2000, 0.1, 2048)]
)
def test_down_while_saturated_up_while_waiting(bound, share, expected):
    assert next_bound(bound, share, BoundSettings()) == expected


async def test_places_are_given_in_order_of_arrival(make_bound, clocks):
    bound = make_bound(start=1, interval_ms=60_000)
    order = []

    async def execute(number: int) -> None:
        async with bound:
            assert bound.executing == 1
            order.append(number)
            await asyncio.sleep(0)

    await asyncio.gather(*(execute(number) for number in range(20)))
    assert order == list(range(20))
    assert (bound.executing, bound.waiting) == (0, 0)


async def test_slow_subgraphs_raise_the_bound_until_all_run(make_bound, clocks):
    bound = make_bound()
    together = asyncio.Barrier(8)

    async def execute() -> None:
        async with bound:
            clocks.wall += 1.0
            await together.wait()

    await asyncio.gather(*(execute() for _ in range(8)))
    assert bound.bound == 8


async def test_a_saturated_processor_lowers_the_bound(make_bound, clocks):
    bound = make_bound(start=8, floor=2)
    lowered = asyncio.Event()

    async def execute() -> None:
        async with bound:
            while not lowered.is_set():
                clocks.wall += 1.0
                clocks.busy += 1.0
                if bound.bound == 2:
                    lowered.set()
                await asyncio.sleep(0)

    await asyncio.gather(*(execute() for _ in range(9)))
    assert bound.bound == 2


async def test_a_full_queue_refuses(make_bound):
    bound = make_bound(start=1, max_waiting=1, interval_ms=60_000)
    async with bound:
        waiting = asyncio.create_task(bound.__aenter__())
        await asyncio.sleep(0)
        with pytest.raises(TooManyWaiting):
            async with bound:
                pass
    await waiting
    await bound.__aexit__(None, None, None)
    assert bound.executing == 0


@pytest.mark.parametrize("at_the_same_moment", [False, True])
async def test_a_cancelled_waiter_keeps_no_place(make_bound, at_the_same_moment):
    bound = make_bound(start=1, interval_ms=60_000)
    await bound.__aenter__()
    waiting = asyncio.create_task(bound.__aenter__())
    await asyncio.sleep(0)
    if at_the_same_moment:
        await bound.__aexit__(None, None, None)
        waiting.cancel()
    else:
        waiting.cancel()
        await bound.__aexit__(None, None, None)
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert (bound.executing, bound.waiting) == (0, 0)


def test_busy_time_never_goes_back():
    first = runnable_seconds()
    assert 0 < first <= runnable_seconds()


def test_without_scheduler_statistics_running_time_is_taken(monkeypatch, tmp_path):
    monkeypatch.setattr("gateway.executor.runnable_time._SCHEDULER_STATISTICS", tmp_path / "missing")
    assert runnable_seconds() <= time.thread_time()
