"""Categories and collections: by key, by page, and how many products they hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from shared.db import keyset_after, keyset_order
from shared.pagination import PageRequest
from subgraphs.products.domain.records import CategoryRecord, CollectionRecord
from subgraphs.products.models import category, collection, product, product_category, product_collection
from subgraphs.products.repository.products import on_sale
from subgraphs.products.repository.rows import RecordShape

_CATEGORIES = RecordShape(category, CategoryRecord)
_COLLECTIONS = RecordShape(collection, CollectionRecord)


async def categories_by_ids(session: AsyncSession, ids: Sequence[str]) -> Sequence[CategoryRecord]:
    """Those of ``ids`` that exist, in no order."""
    return _CATEGORIES.records(await session.execute(_CATEGORIES.select().where(category.c.id.in_(ids))))


async def categories_by_slugs(session: AsyncSession, slugs: Sequence[str]) -> Sequence[CategoryRecord]:
    """Those of ``slugs`` that exist, in no order."""
    return _CATEGORIES.records(await session.execute(_CATEGORIES.select().where(category.c.slug.in_(slugs))))


async def children_of(session: AsyncSession, parent_ids: Sequence[str]) -> Sequence[CategoryRecord]:
    """The children of all the parents, in their order within each."""
    statement = _CATEGORIES.select().where(category.c.parent_id.in_(parent_ids))
    statement = statement.order_by(category.c.parent_id, category.c.position, category.c.id)
    return _CATEGORIES.records(await session.execute(statement))


async def category_page(
    session: AsyncSession, request: PageRequest, *, parent_id: str | None, roots_only: bool
) -> tuple[Sequence[CategoryRecord], int]:
    """A page by level, position and id, and the number of categories in the whole list."""
    conditions = []
    if parent_id is not None:
        conditions.append(category.c.parent_id == parent_id)
    elif roots_only:
        conditions.append(category.c.parent_id.is_(None))
    key = [category.c.level, category.c.position, category.c.id]
    statement = _CATEGORIES.select().where(*conditions, *keyset_after(key, request))
    rows = await session.execute(statement.order_by(*keyset_order(key, request)).limit(request.fetch_limit))
    total = await session.scalar(select(func.count()).select_from(category).where(*conditions))
    return _CATEGORIES.records(rows), total or 0


async def product_counts(
    session: AsyncSession, category_ids: Sequence[str], now: datetime
) -> Sequence[tuple[str, int]]:
    """(category id, products that shoppers see in it or below it); a category without any is left out."""
    statement = (
        select(product_category.c.category_id, func.count())
        .join(product, product.c.id == product_category.c.product_id)
        .where(product_category.c.category_id.in_(category_ids), on_sale(now))
        .group_by(product_category.c.category_id)
    )
    return [(row[0], row[1]) for row in await session.execute(statement)]


async def collections_by_ids(session: AsyncSession, ids: Sequence[str]) -> Sequence[CollectionRecord]:
    """Those of ``ids`` that exist, in no order."""
    return _COLLECTIONS.records(await session.execute(_COLLECTIONS.select().where(collection.c.id.in_(ids))))


async def collections_by_slugs(session: AsyncSession, slugs: Sequence[str]) -> Sequence[CollectionRecord]:
    """Those of ``slugs`` that exist, in no order."""
    return _COLLECTIONS.records(await session.execute(_COLLECTIONS.select().where(collection.c.slug.in_(slugs))))


async def collections_of_products(
    session: AsyncSession, product_ids: Sequence[str]
) -> Sequence[tuple[str, CollectionRecord]]:
    """(product id, collection), by slug within each product."""
    table = product_collection
    statement = _COLLECTIONS.select().add_columns(table.c.product_id)
    statement = statement.join(table, table.c.collection_id == collection.c.id)
    statement = statement.where(table.c.product_id.in_(product_ids)).order_by(collection.c.slug)
    return [(row[-1], CollectionRecord(*row[:-1])) for row in await session.execute(statement)]


async def collection_page(session: AsyncSession, request: PageRequest) -> tuple[Sequence[CollectionRecord], int]:
    """A page by slug, and the number of collections."""
    key = [collection.c.slug]
    statement = _COLLECTIONS.select().where(*keyset_after(key, request)).order_by(*keyset_order(key, request))
    rows = await session.execute(statement.limit(request.fetch_limit))
    total = await session.scalar(select(func.count()).select_from(collection))
    return _COLLECTIONS.records(rows), total or 0


async def all_categories(session: AsyncSession) -> Sequence[CategoryRecord]:
    """The whole tree."""
    return _CATEGORIES.records(await session.execute(_CATEGORIES.select()))
