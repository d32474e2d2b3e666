"""What hangs on products: media, brands, product types, attribute definitions."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Table
from sqlalchemy.ext.asyncio import AsyncSession

from subgraphs.products.domain.records import AttributeRecord, BrandRecord, MediaRecord, ProductTypeRecord
from subgraphs.products.models import attribute_definition, brand, media, product_type
from subgraphs.products.repository.rows import R, RecordShape

_MEDIA = RecordShape(media, MediaRecord)
_BRANDS = RecordShape(brand, BrandRecord)
_PRODUCT_TYPES = RecordShape(product_type, ProductTypeRecord)
_ATTRIBUTES = RecordShape(attribute_definition, AttributeRecord)


async def _by_ids(session: AsyncSession, shape: RecordShape[R], table: Table, ids: Sequence[str]) -> Sequence[R]:
    return shape.records(await session.execute(shape.select().where(table.c.id.in_(ids))))


async def brands_by_ids(session: AsyncSession, ids: Sequence[str]) -> Sequence[BrandRecord]:
    """Those of ``ids`` that exist, in no order."""
    return await _by_ids(session, _BRANDS, brand, ids)


async def product_types_by_ids(session: AsyncSession, ids: Sequence[str]) -> Sequence[ProductTypeRecord]:
    """Those of ``ids`` that exist, in no order."""
    return await _by_ids(session, _PRODUCT_TYPES, product_type, ids)


async def media_by_ids(session: AsyncSession, ids: Sequence[str]) -> Sequence[MediaRecord]:
    """Those of ``ids`` that exist, in no order."""
    return await _by_ids(session, _MEDIA, media, ids)


async def media_of_products(session: AsyncSession, product_ids: Sequence[str]) -> Sequence[MediaRecord]:
    """All media of the products, in their order within each."""
    statement = _MEDIA.select().where(media.c.product_id.in_(product_ids))
    return _MEDIA.records(await session.execute(statement.order_by(media.c.product_id, media.c.position, media.c.id)))


async def attribute_definitions(session: AsyncSession) -> Sequence[AttributeRecord]:
    """Every definition, in the shop's order: dozens, not thousands."""
    table = attribute_definition
    return _ATTRIBUTES.records(await session.execute(_ATTRIBUTES.select().order_by(table.c.position, table.c.code)))
