"""What the consumed events mean for the search index.

A handler first records, in one transaction, what the event says and that the product's documents are out of date, then
writes the documents. A write that fails fails the handler: the bus delivers again, and writing twice changes nothing.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from shared.clock import Clock
from shared.db import Sessions
from shared.events import Event, Inbox, Subscription
from shared.events.contracts.catalog import PriceChangedV1, ProductCreatedV1, ProductUpdatedV1
from shared.events.contracts.inventory import AvailabilityChangedV1
from shared.events.contracts.reviews import RatingChangedV1
from subgraphs.products.repository import index
from subgraphs.products.search.indexer import Indexer

INDEXING: Final = Subscription(
    queue="products.search",
    event_types=(
        ProductCreatedV1.TYPE,
        ProductUpdatedV1.TYPE,
        PriceChangedV1.TYPE,
        AvailabilityChangedV1.TYPE,
        RatingChangedV1.TYPE,
    ),
)
_SELLABLE_NOW: Final = frozenset({"IN_STOCK", "LOW_STOCK"})


class SearchEvents:
    """Handles the events of `INDEXING`."""

    def __init__(self, indexer: Indexer, sessions: Sessions, clock: Clock) -> None:
        self._indexer = indexer
        self._sessions = sessions
        self._clock = clock

    async def handle(self, event: Event) -> None:
        """Bring the documents that the event concerns up to date."""
        async with self._sessions.begin() as session:
            product_id = await self._record(session, event)
            if product_id is None:
                return
            await index.mark_changed(session, [product_id], self._clock.now())
        await self._indexer.index_products([product_id])

    async def _record(self, session: AsyncSession, event: Event) -> str | None:
        """Copy the signal that the event carries; the product concerned, None if it is not ours."""
        match event.type:
            case AvailabilityChangedV1.TYPE:
                stock = event.data_as(AvailabilityChangedV1)
                if await self._is_newest(session, event):
                    in_stock = stock.status in _SELLABLE_NOW
                    return await index.set_variant_stock(session, stock.variantId, in_stock=in_stock)
                return await index.product_of_variant(session, stock.variantId)
            case RatingChangedV1.TYPE:
                rating = event.data_as(RatingChangedV1)
                if await self._is_newest(session, event):
                    known = await index.set_rating(
                        session, rating.productId, average=rating.average, count=rating.count
                    )
                    return rating.productId if known else None
                return rating.productId
            case PriceChangedV1.TYPE:
                return event.data_as(PriceChangedV1).productId
            case ProductCreatedV1.TYPE:
                return event.data_as(ProductCreatedV1).productId
            case ProductUpdatedV1.TYPE:
                return event.data_as(ProductUpdatedV1).productId
            case _:
                return None

    async def _is_newest(self, session: AsyncSession, event: Event) -> bool:
        return await Inbox(session, consumer=INDEXING.queue, clock=self._clock).is_newest(event)
