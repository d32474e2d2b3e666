"""Variants by key and of products."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from subgraphs.products.domain.records import VariantRecord
from subgraphs.products.models import product_variant
from subgraphs.products.repository.rows import RecordShape

_VARIANTS = RecordShape(product_variant, VariantRecord)


async def variants_by_ids(session: AsyncSession, ids: Sequence[str]) -> Sequence[VariantRecord]:
    """Those of ``ids`` that exist, in no order."""
    return _VARIANTS.records(await session.execute(_VARIANTS.select().where(product_variant.c.id.in_(ids))))


async def variants_by_skus(session: AsyncSession, skus: Sequence[str]) -> Sequence[VariantRecord]:
    """Those of ``skus`` that exist, in no order."""
    return _VARIANTS.records(await session.execute(_VARIANTS.select().where(product_variant.c.sku.in_(skus))))


async def variants_of_products(session: AsyncSession, product_ids: Sequence[str]) -> Sequence[VariantRecord]:
    """All variants of the products, in their order within each."""
    table = product_variant
    statement = _VARIANTS.select().where(table.c.product_id.in_(product_ids))
    return _VARIANTS.records(
        await session.execute(statement.order_by(table.c.product_id, table.c.position, table.c.id))
    )
