"""Orders that will not ship give their stock back, once, however often the event arrives."""

from datetime import UTC, datetime

import msgspec
import pytest
from sqlalchemy import func, select

from shared.events.contracts.orders import OrderCancelledV1, OrderRejectedV1
from shared.events.envelope import Event, MalformedEvent
from shared.ids import new_id
from subgraphs.inventory.events import release_consumer
from subgraphs.inventory.models import StockLevelRow
from subgraphs.inventory.service import ReservationRequest

pytestmark = pytest.mark.engine("postgres")


def event(contract, **changes):
    data = contract(
        **({"orderId": "ord_1", "number": "AG-1", "customerId": None, "reservationId": None, "reason": "x"} | changes)
    )
    return Event(
        id=new_id("evt"),
        type=contract.TYPE,
        source="/orders",
        subject="ord_1",
        time=datetime.now(UTC),
        sequence=1,
        data=msgspec.to_builtins(data),
    )


@pytest.mark.parametrize("contract", [OrderRejectedV1, OrderCancelledV1])
async def test_an_ended_order_frees_its_stock_once(contract, stock, reservations, sessions, variant):
    await stock("a", BER=5)
    request = ReservationRequest("cart_1", {variant("a"): 2}, None, 900, allow_split=True)
    held = await reservations.create(request, caller="orders", key="1")
    other = await reservations.create(request, caller="orders", key="2")
    await reservations.commit(held.id, "ord_01JGFJJZ004NS2JZ9K72RCZ7PJ")
    handle = release_consumer(reservations).handler
    for _ in range(3):
        await handle(event(contract, reservationId=held.id))
    await handle(event(contract))
    await handle(event(contract, reservationId="rsv_01JGFJJZ004NS2JZ9K72RCZ7PJ"))
    async with sessions() as session:
        assert await session.scalar(select(func.sum(StockLevelRow.reserved))) == 2
    assert (await reservations.extend(other.id, 60)).status == "HELD"


async def test_an_event_of_the_wrong_shape_is_refused(reservations):
    broken = event(OrderRejectedV1)
    broken.data.pop("reason")
    with pytest.raises(MalformedEvent):
        await release_consumer(reservations).handler(broken)
