"""Prices in force at an instant, and the lowest of the month before a reduction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession

from subgraphs.products.domain.records import PriceRecord, PriceSpan
from subgraphs.products.models import price, product_variant
from subgraphs.products.repository.rows import RecordShape

PRIOR_PRICE_PERIOD: Final = timedelta(days=30)
"""Directive 98/6/EC, article 6a: a reduction shows the lowest price of the 30 days before it."""

_PRICES = RecordShape(price, PriceRecord)


def in_force(now: datetime) -> ColumnElement[bool]:
    """Activation is this comparison, not a job: a late scheduler never sells at the wrong price."""
    return and_(price.c.effective_from <= now, or_(price.c.effective_to.is_(None), price.c.effective_to > now))


async def prices_of_variants(session: AsyncSession, variant_ids: Sequence[str], now: datetime) -> Sequence[PriceRecord]:
    """One price per variant, currency and quantity tier; where spans overlap, the one that began last."""
    keys = (price.c.variant_id, price.c.currency, price.c.minimum_quantity)
    statement = _PRICES.select().ext(distinct_on(*keys)).where(price.c.variant_id.in_(variant_ids), in_force(now))
    return _PRICES.records(await session.execute(statement.order_by(*keys, price.c.effective_from.desc())))


async def price_spans_of_products(
    session: AsyncSession, product_ids: Sequence[str], now: datetime
) -> Sequence[PriceSpan]:
    """Least and greatest price for one piece, per product and currency."""
    variants = product_variant
    current = (
        select(variants.c.product_id, price.c.currency, price.c.amount_minor, price.c.compare_at_minor)
        .ext(distinct_on(price.c.variant_id, price.c.currency))
        .join_from(variants, price, price.c.variant_id == variants.c.id)
        .where(variants.c.product_id.in_(product_ids), price.c.minimum_quantity == 1, in_force(now))
        .order_by(price.c.variant_id, price.c.currency, price.c.effective_from.desc())
        .subquery()
    )
    statement = select(
        current.c.product_id,
        current.c.currency,
        func.min(current.c.amount_minor),
        func.max(current.c.amount_minor),
        func.min(current.c.compare_at_minor),
        func.max(current.c.compare_at_minor),
    ).group_by(current.c.product_id, current.c.currency)
    return [PriceSpan(*row) for row in await session.execute(statement)]


async def lowest_prior_prices(
    session: AsyncSession, reductions: Sequence[PriceRecord]
) -> Sequence[tuple[str, str, int]]:
    """(variant id, currency, minor units) of the lowest price in the period before each reduction began."""
    conditions = [
        and_(
            price.c.variant_id == reduction.variant_id,
            price.c.currency == reduction.currency,
            price.c.effective_from < reduction.effective_from,
            or_(price.c.effective_to.is_(None), price.c.effective_to > reduction.effective_from - PRIOR_PRICE_PERIOD),
        )
        for reduction in reductions
    ]
    keys = (price.c.variant_id, price.c.currency)
    statement = select(*keys, func.min(price.c.amount_minor)).where(price.c.minimum_quantity == 1, or_(*conditions))
    return [(row[0], row[1], row[2]) for row in await session.execute(statement.group_by(*keys))]
