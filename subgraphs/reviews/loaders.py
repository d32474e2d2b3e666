"""Set-based reads of one request: however many resolvers ask, each kind is one statement."""

from __future__ import annotations

from collections.abc import Sequence

from strawberry.dataloader import DataLoader

from shared.auth import Principal
from shared.db import Sessions
from shared.pagination import Page
from subgraphs.reviews.domain import UNRATED, Eligibility, Rating, eligibility
from subgraphs.reviews.models import ReviewRow
from subgraphs.reviews.repository import ReviewQuery, ReviewsRepository


class ReviewsLoaders:
    """Loaders of one request by ``principal``; nothing outlives it."""

    def __init__(self, sessions: Sessions, principal: Principal) -> None:
        self._sessions = sessions
        self._principal = principal
        self._pages: dict[ReviewQuery, DataLoader[str, Page[ReviewRow]]] = {}
        self.rating: DataLoader[str, Rating] = DataLoader(self._ratings)
        self.eligibility: DataLoader[str, Eligibility] = DataLoader(self._eligibilities)
        self.review: DataLoader[str, ReviewRow | None] = DataLoader(self._reviews)
        self.review_of_order_line: DataLoader[str, ReviewRow | None] = DataLoader(self._reviews_of_order_lines)

    async def product_reviews(self, product_id: str, query: ReviewQuery) -> Page[ReviewRow]:
        """A product's page; products asked for with the same arguments share one statement."""
        if query not in self._pages:
            self._pages[query] = DataLoader(lambda product_ids: self._product_reviews(product_ids, query))
        return await self._pages[query].load(product_id)

    async def _ratings(self, product_ids: Sequence[str]) -> list[Rating]:
        async with self._sessions() as session:
            found = await ReviewsRepository(session).ratings(product_ids)
        return [found.get(each, UNRATED) for each in product_ids]

    async def _eligibilities(self, product_ids: Sequence[str]) -> list[Eligibility]:
        """Whether the caller may review each product; nothing is asked of the database for anonymous callers."""
        customer = self._principal.subject
        if customer is None or self._principal.is_service:
            return [eligibility(signed_in=False, order_line_id=None, reviewed=False)] * len(product_ids)
        async with self._sessions() as session:
            reviews = ReviewsRepository(session)
            bought = await reviews.purchases(customer, product_ids)
            reviewed = await reviews.reviewed_products(customer, product_ids)
        return [
            eligibility(signed_in=True, order_line_id=bought.get(each), reviewed=each in reviewed)
            for each in product_ids
        ]

    async def _reviews(self, ids: Sequence[str]) -> list[ReviewRow | None]:
        async with self._sessions() as session:
            found = await ReviewsRepository(session).reviews(ids)
        return [found.get(each) for each in ids]

    async def _reviews_of_order_lines(self, order_line_ids: Sequence[str]) -> list[ReviewRow | None]:
        async with self._sessions() as session:
            found = await ReviewsRepository(session).reviews_of_order_lines(order_line_ids)
        return [found.get(each) for each in order_line_ids]

    async def _product_reviews(self, product_ids: Sequence[str], query: ReviewQuery) -> list[Page[ReviewRow]]:
        async with self._sessions() as session:
            found = await ReviewsRepository(session).product_reviews(product_ids, query)
        return [found[each] for each in product_ids]
