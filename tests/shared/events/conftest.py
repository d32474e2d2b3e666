import secrets
from datetime import UTC, datetime

import pytest

from shared.db.urls import database_on_server
from shared.events.envelope import Event
from shared.events.postgres import PostgresBus
from shared.events.rabbitmq import RabbitMqBus
from shared.ids import new_id
from shared.testing.databases import drop_database


@pytest.fixture(scope="session")
async def postgres_bus(postgres_url):
    name = f"agora_test_events_{secrets.token_hex(4)}"
    bus = await PostgresBus.connect(database_on_server(postgres_url, name))
    yield bus
    await bus.close()
    await drop_database(postgres_url, name)


@pytest.fixture(scope="session")
async def rabbitmq_bus(amqp_url):
    bus = await RabbitMqBus.connect(amqp_url, namespace=f"test-{secrets.token_hex(4)}")
    yield bus
    await bus.close()


@pytest.fixture(
    params=[
        pytest.param("postgres_bus", marks=pytest.mark.engine("postgres")),
        pytest.param("rabbitmq_bus", marks=pytest.mark.engine("rabbitmq")),
    ]
)
def bus(request):
    """Both transports: what holds for one must hold for the other."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def make_event():
    def make(kind="orders.order.placed.v1", *, subject="ord_1", sequence=1, **data):
        return Event(
            id=new_id("evt"),
            type=kind,
            source="/orders",
            subject=subject,
            time=datetime(2026, 1, 1, tzinfo=UTC),
            sequence=sequence,
            data=data,
        )

    return make
