"""The contract that both transports keep, against real engines."""

import asyncio
import secrets
from contextlib import asynccontextmanager, suppress

import pytest

from shared.events import Subscription


@pytest.fixture
def subscribe():
    def make(*event_types, retries=(0.01, 0.02), prefetch=4):
        return Subscription(
            queue=f"test.{secrets.token_hex(4)}", event_types=event_types, retry_delays=retries, prefetch=prefetch
        )

    return make


class Recorder:
    """A handler that remembers, fails as often as told, and tells when it has seen enough."""

    def __init__(self, failures=0):
        self.seen = []
        self.failures = failures
        self._changed = asyncio.Condition()

    async def __call__(self, event):
        async with self._changed:
            self.seen.append(event)
            self._changed.notify_all()
        if len(self.seen) <= self.failures:
            raise RuntimeError("not yet")

    async def until(self, count):
        async with asyncio.timeout(30), self._changed:
            await self._changed.wait_for(lambda: len(self.seen) >= count)


@asynccontextmanager
async def consuming(bus, subscription, handler):
    task = asyncio.create_task(bus.consume(subscription, handler))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def dead_letters(bus, subscription, count):
    async with asyncio.timeout(30):
        while len(found := await bus.dead_letters(subscription)) < count:  # noqa: ASYNC110 - an engine is asked
            await asyncio.sleep(0.02)
    return found


async def test_an_event_waits_in_a_declared_queue_and_arrives_whole(bus, subscribe, make_event):
    subscription = subscribe("orders.order.placed.v1")
    await bus.declare(subscription)
    event = make_event(total={"minorUnits": 1999, "currencyCode": "EUR"}, note="ä\n😀")
    await bus.publish(event)
    recorder = Recorder()
    async with consuming(bus, subscription, recorder):
        await recorder.until(1)
    assert recorder.seen == [event]


async def test_patterns_choose_the_events_and_each_queue_gets_its_own_copy(bus, subscribe, make_event):
    placed, everything, stock = subscribe("orders.*.placed.v1"), subscribe("#"), subscribe("inventory.stock.#")
    recorders = {subscription: Recorder() for subscription in (placed, everything, stock)}
    for subscription in recorders:
        await bus.declare(subscription)
    kinds = ["orders.order.placed.v1", "orders.order.rejected.v1", "inventory.stock.changed.v1"]
    for kind in kinds:
        await bus.publish(make_event(kind))
    for subscription, recorder in recorders.items():
        async with consuming(bus, subscription, recorder):
            await recorder.until(3 if subscription is everything else 1)
    seen = {subscription: sorted(event.type for event in recorder.seen) for subscription, recorder in recorders.items()}
    assert seen == {placed: [kinds[0]], everything: sorted(kinds), stock: [kinds[2]]}


async def test_an_event_that_nobody_waits_for_is_no_error(bus, make_event):
    await bus.publish(make_event("nobody.listens.v1"))


async def test_a_failed_handler_gets_the_event_again(bus, subscribe, make_event):
    subscription = subscribe("orders.order.placed.v1")
    await bus.declare(subscription)
    recorder = Recorder(failures=2)
    async with consuming(bus, subscription, recorder):
        event = make_event()
        await bus.publish(event)
        await recorder.until(3)
    assert recorder.seen == [event] * 3
    assert await bus.dead_letters(subscription) == []


async def test_a_poison_event_ends_as_a_dead_letter_while_others_flow(bus, subscribe, make_event):
    subscription = subscribe("orders.order.placed.v1", retries=(0.01,))
    await bus.declare(subscription)
    poison, good = make_event(subject="poison"), make_event(subject="good")
    done = Recorder()

    async def handle(event):
        if event.subject == "poison":
            raise RuntimeError("poison")
        await done(event)

    async with consuming(bus, subscription, handle):
        await bus.publish(poison)
        await bus.publish(good)
        await done.until(1)
        assert await dead_letters(bus, subscription, 1) == [poison]
    assert await bus.dead_letters(subscription) == [poison], "looking at dead letters leaves them in place"


async def test_dead_letters_can_be_redriven(bus, subscribe, make_event):
    subscription = subscribe("orders.order.placed.v1", retries=())
    await bus.declare(subscription)
    recorder = Recorder(failures=1)
    event = make_event()
    async with consuming(bus, subscription, recorder):
        await bus.publish(event)
        await dead_letters(bus, subscription, 1)
        assert await bus.redrive(subscription) == 1
        await recorder.until(2)
    assert recorder.seen == [event, event]
    assert await bus.dead_letters(subscription) == []


async def test_an_event_whose_consumer_was_stopped_midway_is_delivered_again(bus, subscribe, make_event):
    subscription = subscribe("orders.order.placed.v1")
    await bus.declare(subscription)
    started = asyncio.Event()

    async def hang(_):
        started.set()
        await asyncio.get_running_loop().create_future()

    event = make_event()
    async with consuming(bus, subscription, hang):
        await bus.publish(event)
        await asyncio.wait_for(started.wait(), 30)
    recorder = Recorder()
    async with consuming(bus, subscription, recorder):
        await recorder.until(1)
    assert recorder.seen == [event]


async def test_one_consumer_at_a_time_sees_events_in_the_order_of_publication(bus, subscribe, make_event):
    subscription = subscribe("orders.order.placed.v1", prefetch=1)
    await bus.declare(subscription)
    events = [make_event(sequence=number) for number in range(1, 21)]
    for event in events:
        await bus.publish(event)
    recorder = Recorder()
    async with consuming(bus, subscription, recorder):
        await recorder.until(20)
    assert [event.sequence for event in recorder.seen] == list(range(1, 21))
