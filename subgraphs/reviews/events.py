"""What the consumed events mean for reviews: who bought what may review it."""

from __future__ import annotations

from typing import Final

from shared.clock import Clock
from shared.db import Sessions
from shared.events import Event, Inbox, Subscription
from shared.events.contracts.orders import OrderPlacedV1
from subgraphs.reviews.models import PurchaseRow
from subgraphs.reviews.repository import ReviewsRepository

PURCHASES: Final = Subscription(queue="reviews.purchases", event_types=(OrderPlacedV1.TYPE,))


class PurchaseEvents:
    """Handles the events of ``PURCHASES``; an event that comes twice has its effect once."""

    def __init__(self, sessions: Sessions, clock: Clock) -> None:
        self._sessions = sessions
        self._clock = clock

    async def handle(self, event: Event) -> None:
        """Remember the lines of an order. Guests review nothing, so theirs are passed over."""
        placed = event.data_as(OrderPlacedV1)
        async with self._sessions.begin() as session:
            if await Inbox(session, consumer=PURCHASES.queue, clock=self._clock).is_new(event):
                await ReviewsRepository(session).add_purchases(_purchases(placed, event))


def _purchases(placed: OrderPlacedV1, event: Event) -> list[PurchaseRow]:
    if placed.customerId is None:
        return []
    return [
        PurchaseRow(
            order_line_id=line.lineId,
            customer_id=placed.customerId,
            product_id=line.productId,
            placed_at=event.time,
        )
        for line in placed.lines
        if line.productId is not None
    ]
