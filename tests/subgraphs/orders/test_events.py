"""What happened to an order reaches others over the real bus, with the payload that its contract promises."""

import asyncio
import secrets
from contextlib import suppress

import pytest

from shared.db.urls import database_on_server
from shared.events import OutboxRelay, Subscription
from shared.events.contracts.orders import OrderPlacedV1, OrderRejectedV1
from shared.events.postgres import PostgresBus
from shared.events.rabbitmq import RabbitMqBus
from shared.testing.databases import drop_database


@pytest.fixture
async def postgres_bus(postgres_url):
    name = f"agora_test_events_{secrets.token_hex(4)}"
    bus = await PostgresBus.connect(database_on_server(postgres_url, name))
    yield bus
    await bus.close()
    await drop_database(postgres_url, name)


@pytest.fixture
async def rabbitmq_bus(amqp_url):
    bus = await RabbitMqBus.connect(amqp_url, namespace=f"test-{secrets.token_hex(4)}")
    yield bus
    await bus.close()


@pytest.fixture(
    params=[
        pytest.param("postgres_bus", marks=pytest.mark.engine("postgres")),
        pytest.param("rabbitmq_bus", marks=[pytest.mark.engine("postgres"), pytest.mark.engine("rabbitmq")]),
    ]
)
def bus(request):
    return request.getfixturevalue(request.param)


async def test_placed_and_rejected_orders_are_delivered(bus, shop, products, stock, database, clock):
    subscription = Subscription(queue=f"test.{secrets.token_hex(4)}", event_types=("orders.order.#",))
    await bus.declare(subscription)
    lamp = products.sell("lamp", 4_990)
    await stock(lamp, 5)
    guest = shop()
    placed = await guest.complete(await guest.ready((lamp, 2)), "key-1")
    await guest.complete(await guest.ready((lamp, 1)), "key-2", token="tok_declined")

    arrived: asyncio.Queue = asyncio.Queue()
    consumer = asyncio.create_task(bus.consume(subscription, arrived.put))
    try:
        await OutboxRelay(database.sessions, bus, database_url=database.url, clock=clock).relay_once()
        events = {event.type: event for event in [await asyncio.wait_for(arrived.get(), 30) for _ in range(2)]}
    finally:
        consumer.cancel()
        with suppress(asyncio.CancelledError):
            await consumer
    confirmed = events[OrderPlacedV1.TYPE].data_as(OrderPlacedV1)
    assert (confirmed.orderId, confirmed.number) == (placed["order"]["id"], placed["order"]["number"])
    assert (confirmed.total.minorUnits, confirmed.total.currencyCode, confirmed.country) == (10_470, "EUR", "DE")
    assert [(line.variantId, line.quantity) for line in confirmed.lines] == [(lamp, 2)]
    assert events[OrderPlacedV1.TYPE].correlationid == placed["attempt"]["id"]
    rejected = events[OrderRejectedV1.TYPE].data_as(OrderRejectedV1)
    assert (rejected.reason, rejected.reservationId is not None) == ("PAYMENT_DECLINED", True)
