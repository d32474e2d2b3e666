"""All SQL of the reviews database."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from sqlmodel import col

from shared.db import keyset_after, keyset_order
from shared.pagination import Page, PageRequest, make_page
from subgraphs.reviews.domain import Rating, ReviewOrder, ReviewStatus
from subgraphs.reviews.models import PurchaseRow, RatingRow, ReviewRow, metadata

_KEYS: Final[dict[ReviewOrder, tuple[str, bool]]] = {
    ReviewOrder.NEWEST: ("created_at", True),
    ReviewOrder.OLDEST: ("created_at", False),
    ReviewOrder.MOST_HELPFUL: ("helpful_count", True),
    ReviewOrder.RATING_HIGH: ("rating", True),
    ReviewOrder.RATING_LOW: ("rating", False),
}


@dataclass(frozen=True, slots=True)
class ReviewQuery:
    """Which public reviews of a product, in which order; equal queries of many products are answered together."""

    page: PageRequest
    order: ReviewOrder
    verified_only: bool = False
    language: str | None = None
    min_rating: int | None = None
    max_rating: int | None = None


class ReviewsRepository:
    """Queries inside one session."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def ratings(self, product_ids: Collection[str]) -> dict[str, Rating]:
        """Ratings by product; products without reviews are missing."""
        rows = await self._session.scalars(select(RatingRow).where(col(RatingRow.product_id).in_(product_ids)))
        return {
            row.product_id: Rating((row.stars_1, row.stars_2, row.stars_3, row.stars_4, row.stars_5)) for row in rows
        }

    async def reviews(self, ids: Collection[str]) -> dict[str, ReviewRow]:
        """Reviews by id, whatever their status."""
        rows = await self._session.scalars(select(ReviewRow).where(col(ReviewRow.id).in_(ids)))
        return {row.id: row for row in rows}

    async def reviews_of_order_lines(self, order_line_ids: Collection[str]) -> dict[str, ReviewRow]:
        """Reviews by the order line that they speak of."""
        statement = select(ReviewRow).where(col(ReviewRow.order_line_id).in_(order_line_ids))
        return {row.order_line_id: row for row in await self._session.scalars(statement) if row.order_line_id}

    async def add_purchases(self, purchases: Sequence[PurchaseRow]) -> None:
        """Lines that are known already stay as they are."""
        if purchases:
            rows = [purchase.model_dump() for purchase in purchases]
            await self._session.execute(insert(PurchaseRow).values(rows).on_conflict_do_nothing())

    async def purchases(self, customer_id: str, product_ids: Collection[str]) -> dict[str, str]:
        """The line with which the customer last bought each product; products never bought are missing."""
        statement = (
            select(col(PurchaseRow.product_id), col(PurchaseRow.order_line_id))
            .where(col(PurchaseRow.customer_id) == customer_id, col(PurchaseRow.product_id).in_(product_ids))
            .order_by(col(PurchaseRow.placed_at))
        )
        return dict((await self._session.execute(statement)).all())

    async def reviewed_products(self, author_id: str, product_ids: Collection[str]) -> frozenset[str]:
        """Products that the author has a review of, whatever became of it, unless it was withdrawn."""
        statement = select(col(ReviewRow.product_id)).where(
            col(ReviewRow.author_id) == author_id,
            col(ReviewRow.product_id).in_(product_ids),
            col(ReviewRow.status) != ReviewStatus.WITHDRAWN.value,
        )
        return frozenset(await self._session.scalars(statement))

    async def product_reviews(self, product_ids: Collection[str], query: ReviewQuery) -> dict[str, Page[ReviewRow]]:
        """One page per product, in one statement."""
        wanted = _public(query, product_ids)
        ranked = (
            select(
                ReviewRow,
                func.row_number().over(partition_by=col(ReviewRow.product_id), order_by=_order(query)).label("rank"),
            )
            .where(*wanted, *_after(query))
            .subquery()
        )
        review = aliased(ReviewRow, ranked)
        statement = select(review).where(ranked.c.rank <= query.page.fetch_limit).order_by(ranked.c.rank)
        totals = await self._totals(wanted)
        found: dict[str, list[ReviewRow]] = {product_id: [] for product_id in product_ids}
        for row in await self._session.scalars(statement):
            found[row.product_id].append(row)
        return {product_id: _page(rows, query, totals.get(product_id, 0)) for product_id, rows in found.items()}

    async def _totals(self, wanted: Sequence[ColumnElement[bool]]) -> dict[str, int]:
        product_id = col(ReviewRow.product_id)
        statement = select(product_id, func.count()).where(*wanted).group_by(product_id)
        return dict((await self._session.execute(statement)).all())


def cursor_types(order: ReviewOrder) -> tuple[Any, ...]:
    """Types of the sort key that a cursor of ``order`` holds."""
    name, _ = _KEYS[order]
    return (ReviewRow.model_fields[name].annotation, str)


def _public(query: ReviewQuery, product_ids: Collection[str]) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [
        col(ReviewRow.product_id).in_(product_ids),
        col(ReviewRow.status) == ReviewStatus.APPROVED.value,
    ]
    if query.verified_only:
        conditions.append(col(ReviewRow.verified_purchase).is_(True))
    if query.language is not None:
        conditions.append(col(ReviewRow.language) == query.language)
    if query.min_rating is not None:
        conditions.append(col(ReviewRow.rating) >= query.min_rating)
    if query.max_rating is not None:
        conditions.append(col(ReviewRow.rating) <= query.max_rating)
    return conditions


def _columns(order: ReviewOrder) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    name, _ = _KEYS[order]
    columns = metadata.tables["review"].c
    return columns[name], columns["id"]


def _order(query: ReviewQuery) -> list[Any]:
    return list(keyset_order(_columns(query.order), query.page, descending=_KEYS[query.order][1]))


def _after(query: ReviewQuery) -> list[ColumnElement[bool]]:
    return keyset_after(_columns(query.order), query.page, descending=_KEYS[query.order][1])


def _page(rows: Sequence[ReviewRow], query: ReviewQuery, total: int) -> Page[ReviewRow]:
    name, _ = _KEYS[query.order]
    return make_page(
        rows,
        query.page,
        order=query.order.value,
        key=lambda row: (getattr(row, name), row.id),
        total_count=total,
    )
