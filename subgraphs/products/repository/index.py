"""What the search index needs: whole products for documents, the signals of other domains, and what changed when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from subgraphs.products.domain.market import BASE_CURRENCY
from subgraphs.products.models import index_change, product, product_signal, product_variant, variant_signal


@dataclass(frozen=True, slots=True)
class IndexableProduct:
    """An active product with all that is searched, filtered or sorted by; price in minor units of the base currency."""

    id: str
    names: dict[str, str]
    descriptions: dict[str, str]
    brand_id: str | None
    brand: str | None
    seller_id: str | None
    tags: list[str]
    attributes: dict[str, Any]
    variant_attributes: list[dict[str, Any]]
    skus: list[str]
    category_ids: list[str]
    collection_ids: list[str]
    price: int
    on_sale: bool
    in_stock: bool
    rating: float | None
    sales_score: int
    published_at: datetime


_INDEXABLE = text(
    """
    SELECT p.id, p.names, p.descriptions, p.brand_id, b.name AS brand, p.seller_id, p.tags, p.attributes,
           v.attributes AS variant_attributes, v.skus, coalesce(c.ids, '{}') AS category_ids,
           coalesce(k.ids, '{}') AS collection_ids, r.least AS price, r.on_sale,
           coalesce(s.in_stock, false) AS in_stock, g.rating, coalesce(g.sales_score, 0) AS sales_score, p.published_at
    FROM product p
    LEFT JOIN brand b ON b.id = p.brand_id
    LEFT JOIN product_signal g ON g.product_id = p.id
    JOIN LATERAL (SELECT jsonb_agg(attributes ORDER BY position) AS attributes, array_agg(sku ORDER BY position) AS skus
                  FROM product_variant WHERE product_id = p.id) v ON v.skus IS NOT NULL
    JOIN LATERAL (SELECT min(x.amount_minor) AS least, bool_or(x.compare_at_minor > x.amount_minor) IS TRUE AS on_sale
                  FROM product_variant pv JOIN price x ON x.variant_id = pv.id
                  WHERE pv.product_id = p.id AND x.currency = :currency AND x.minimum_quantity = 1
                    AND x.effective_from <= :now AND (x.effective_to IS NULL OR x.effective_to > :now)
                 ) r ON r.least IS NOT NULL
    LEFT JOIN LATERAL (SELECT array_agg(category_id ORDER BY category_id) AS ids
                       FROM product_category WHERE product_id = p.id) c ON true
    LEFT JOIN LATERAL (SELECT array_agg(collection_id ORDER BY collection_id) AS ids
                       FROM product_collection WHERE product_id = p.id) k ON true
    LEFT JOIN LATERAL (SELECT bool_or(in_stock) AS in_stock FROM variant_signal WHERE product_id = p.id) s ON true
    WHERE p.id = ANY(:ids) AND p.status = 'ACTIVE' AND p.published_at IS NOT NULL
    """
)


async def indexable_products(session: AsyncSession, ids: Sequence[str], now: datetime) -> Sequence[IndexableProduct]:
    """Those of ``ids`` that belong in the index: active, with a variant and a price."""
    rows = await session.execute(_INDEXABLE, {"ids": list(ids), "now": now, "currency": BASE_CURRENCY})
    return [IndexableProduct(*row) for row in rows]


async def product_ids_after(session: AsyncSession, after: str, limit: int) -> Sequence[str]:
    """The next ``limit`` product ids, for walking through all of them."""
    statement = select(product.c.id).where(product.c.id > after).order_by(product.c.id).limit(limit)
    return list(await session.scalars(statement))


async def count_all_products(session: AsyncSession) -> int:
    """How many products there are, whatever their status."""
    return await session.scalar(select(func.count()).select_from(product)) or 0


async def mark_changed(session: AsyncSession, product_ids: Sequence[str], now: datetime) -> None:
    """Remember that the products' documents are out of date since ``now``."""
    statement = insert(index_change).values([{"product_id": key, "changed_at": now} for key in product_ids])
    newest = func.greatest(index_change.c.changed_at, statement.excluded.changed_at)
    await session.execute(
        statement.on_conflict_do_update(index_elements=[index_change.c.product_id], set_={"changed_at": newest})
    )


async def changed_since(session: AsyncSession, instant: datetime) -> Sequence[str]:
    """The products marked at or after ``instant``."""
    return list(await session.scalars(select(index_change.c.product_id).where(index_change.c.changed_at >= instant)))


async def forget_changes_before(session: AsyncSession, instant: datetime) -> None:
    """Drop marks that no re-index under way can still need."""
    await session.execute(delete(index_change).where(index_change.c.changed_at < instant))


async def product_of_variant(session: AsyncSession, variant_id: str) -> str | None:
    """The product that a variant belongs to, None for a variant that is not ours."""
    return await session.scalar(select(product_variant.c.product_id).where(product_variant.c.id == variant_id))


async def set_variant_stock(session: AsyncSession, variant_id: str, *, in_stock: bool) -> str | None:
    """Copy a variant's availability; its product's id, None for a variant that is not ours."""
    product_id = await product_of_variant(session, variant_id)
    if product_id is not None:
        statement = insert(variant_signal).values(variant_id=variant_id, product_id=product_id, in_stock=in_stock)
        await session.execute(
            statement.on_conflict_do_update(
                index_elements=[variant_signal.c.variant_id], set_={"in_stock": statement.excluded.in_stock}
            )
        )
    return product_id


async def set_rating(session: AsyncSession, product_id: str, *, average: float | None, count: int) -> bool:
    """Copy a product's rating; False for a product that is not ours."""
    if await session.scalar(select(product.c.id).where(product.c.id == product_id)) is None:
        return False
    statement = insert(product_signal).values(product_id=product_id, rating=average, rating_count=count)
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=[product_signal.c.product_id], set_={"rating": average, "rating_count": count}
        )
    )
    return True
