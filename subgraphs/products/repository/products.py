"""Products by key and by page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from shared.db import keyset_after, keyset_order
from shared.pagination import PageRequest
from subgraphs.products.domain.records import ProductRecord
from subgraphs.products.models import product, product_category
from subgraphs.products.repository.rows import RecordShape

_PRODUCTS = RecordShape(product, ProductRecord)

SORT_COLUMNS: dict[str, ColumnElement[object]] = {
    "NAME": func.coalesce(product.c.names["en"].astext, product.c.slug),
    "CREATED_AT": product.c.created_at,
    "UPDATED_AT": product.c.updated_at,
    "PUBLISHED_AT": func.coalesce(product.c.published_at, product.c.created_at),
}
"""What each ``ProductSortField`` orders by; none is ever null."""


def on_sale(now: datetime) -> ColumnElement[bool]:
    """What shoppers see: active and published."""
    return and_(product.c.status == "ACTIVE", product.c.published_at <= now)


async def products_by_ids(session: AsyncSession, ids: Sequence[str]) -> Sequence[ProductRecord]:
    """Those of ``ids`` that exist, in no order."""
    return _PRODUCTS.records(await session.execute(_PRODUCTS.select().where(product.c.id.in_(ids))))


async def products_by_slugs(session: AsyncSession, slugs: Sequence[str]) -> Sequence[ProductRecord]:
    """Those of ``slugs`` that exist, in no order."""
    return _PRODUCTS.records(await session.execute(_PRODUCTS.select().where(product.c.slug.in_(slugs))))


async def product_page(
    session: AsyncSession,
    request: PageRequest,
    conditions: Sequence[ColumnElement[bool]],
    *,
    sort: str,
    descending: bool,
) -> Sequence[tuple[object, ProductRecord]]:
    """Up to ``request.fetch_limit`` products with their sort keys, by ``sort`` and then id."""
    key = SORT_COLUMNS[sort]
    statement = _PRODUCTS.select().add_columns(key.label("sort_key")).where(*conditions)
    statement = statement.where(*keyset_after([key, product.c.id], request, descending=descending))
    statement = statement.order_by(*keyset_order([key, product.c.id], request, descending=descending))
    rows = (await session.execute(statement.limit(request.fetch_limit))).all()
    return [(row[-1], ProductRecord(*row[:-1])) for row in rows]


async def count_products(session: AsyncSession, conditions: Sequence[ColumnElement[bool]]) -> int:
    """How many products satisfy ``conditions``."""
    return await session.scalar(select(func.count()).select_from(product).where(*conditions)) or 0


async def category_ids_of(session: AsyncSession, product_ids: Sequence[str]) -> Sequence[tuple[str, str]]:
    """(product id, category id) for the categories that each product was put into itself."""
    table = product_category
    statement = select(table.c.product_id, table.c.category_id).where(table.c.product_id.in_(product_ids))
    rows = await session.execute(statement.where(table.c.direct).order_by(table.c.product_id, table.c.category_id))
    return [(row[0], row[1]) for row in rows]
