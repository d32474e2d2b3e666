"""Consumed events. Each handler is one transaction or an idempotent use case, so a repeated event changes nothing."""

from __future__ import annotations

from shared.events import Consumer, Event, Subscription
from shared.events.contracts.orders import OrderCancelledV1, OrderRejectedV1
from subgraphs.inventory.errors import ReservationNotActive, ReservationNotFound
from subgraphs.inventory.service import ReservationService

RELEASES = Subscription(
    queue="inventory.release",
    event_types=(OrderRejectedV1.event_type(), OrderCancelledV1.event_type()),
)


def release_consumer(reservations: ReservationService) -> Consumer:
    """Frees the stock of orders that will not ship; a release is a no-op the second time."""

    async def handle(event: Event) -> None:
        order = _ended_order(event)
        if order.reservationId is None:
            return
        try:
            await reservations.release(order.reservationId, order.reason)
        except (ReservationNotFound, ReservationNotActive):
            return  # nothing is held any more: shipped, or never was

    return Consumer(RELEASES, handle)


def _ended_order(event: Event) -> OrderRejectedV1 | OrderCancelledV1:
    if event.type == OrderRejectedV1.event_type():
        return event.data_as(OrderRejectedV1)
    return event.data_as(OrderCancelledV1)
