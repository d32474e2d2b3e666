"""Search in PostgreSQL: the same filters, with its full-text index, for when the search engine is away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Numeric, Subquery, and_, cast, false, func, or_, select
from sqlalchemy.dialects.postgresql import array
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.elements import KeyedColumnElement

from shared.money import exponent
from subgraphs.products.domain.market import BASE_CURRENCY
from subgraphs.products.models import (
    price,
    product,
    product_category,
    product_collection,
    product_signal,
    product_variant,
    variant_signal,
)
from subgraphs.products.repository.prices import in_force
from subgraphs.products.repository.products import on_sale
from subgraphs.products.search.criteria import AttributeFilter, Range, SearchCriteria, SearchFilter
from subgraphs.products.search.fields import FacetSpec


async def fulltext_search(
    session: AsyncSession,
    criteria: SearchCriteria,
    facets: Mapping[str, FacetSpec],
    now: datetime,
    *,
    offset: int,
    limit: int,
) -> tuple[Sequence[str], int]:
    """The ids of a window of the products found, and how many there are in all."""
    offers = _offers(now)
    conditions = [
        on_sale(now),
        *_conditions(criteria.within, facets, offers),
        *_conditions(criteria.filter, facets, offers),
    ]
    if criteria.query:
        conditions.append(product.c.search.bool_op("@@")(_tsquery(criteria)))
    offered = product.join(offers, offers.c.product_id == product.c.id)
    total = await session.scalar(select(func.count()).select_from(offered).where(*conditions))
    if limit == 0:
        return [], total or 0
    rated = offered.outerjoin(product_signal, product_signal.c.product_id == product.c.id)
    statement = select(product.c.id).select_from(rated).where(*conditions).order_by(*_order(criteria, offers))
    return list(await session.scalars(statement.offset(offset).limit(limit))), total or 0


def _offers(now: datetime) -> Subquery:
    """Per product that has a price: its least one, and whether any of its variants is reduced."""
    return (
        select(
            product_variant.c.product_id,
            func.min(price.c.amount_minor).label("least"),
            func.coalesce(func.bool_or(price.c.compare_at_minor > price.c.amount_minor), false()).label("reduced"),
        )
        .join(price, price.c.variant_id == product_variant.c.id)
        .where(price.c.currency == BASE_CURRENCY, price.c.minimum_quantity == 1, in_force(now))
        .group_by(product_variant.c.product_id)
        .subquery()
    )


def _tsquery(criteria: SearchCriteria) -> ColumnElement[Any]:
    return func.websearch_to_tsquery("simple", criteria.query)


def _order(criteria: SearchCriteria, offers: Subquery) -> list[ColumnElement[Any]]:
    """As in the search engine: PRICE and NAME by value, rankings from the best."""
    sales = func.coalesce(product_signal.c.sales_score, 0)
    key: ColumnElement[Any]
    match criteria.sort:
        case "PRICE":
            key, ascending = offers.c.least, True
        case "NAME":
            key, ascending = func.lower(product.c.names[criteria.language].astext), True
        case "NEWEST":
            key, ascending = product.c.published_at, False
        case "RATING":
            key, ascending = func.coalesce(product_signal.c.rating, 0), False
        case "RELEVANCE" if criteria.query:
            key, ascending = func.ts_rank(product.c.search, _tsquery(criteria)), False
        case _:
            key, ascending = sales, False
    return [key.asc() if ascending is not criteria.descending else key.desc(), sales.desc(), product.c.id.asc()]


def _conditions(
    criteria: SearchFilter, facets: Mapping[str, FacetSpec], offers: Subquery
) -> Sequence[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if criteria.category_ids is not None:
        found.append(_member(product_category.c.product_id, product_category.c.category_id.in_(criteria.category_ids)))
    if criteria.collection_ids is not None:
        members = product_collection.c.collection_id.in_(criteria.collection_ids)
        found.append(_member(product_collection.c.product_id, members))
    if criteria.brand_ids is not None:
        found.append(product.c.brand_id.in_(criteria.brand_ids))
    if criteria.seller_ids is not None:
        found.append(product.c.seller_id.in_(criteria.seller_ids))
    if criteria.tags is not None:
        found.append(product.c.tags.bool_op("&&")(list(criteria.tags)))
    if criteria.price is not None:
        found.extend(_between(offers.c.least, _in_minor_units(criteria.price)))
    if criteria.in_stock is not None:
        in_stock = _member(variant_signal.c.product_id, variant_signal.c.in_stock)
        found.append(in_stock if criteria.in_stock else ~in_stock)
    if criteria.on_sale is not None:
        found.append(offers.c.reduced == criteria.on_sale)
    if criteria.min_rating is not None:
        found.append(_member(product_signal.c.product_id, product_signal.c.rating >= criteria.min_rating))
    found.extend(_attribute(attribute, facets) for attribute in criteria.attributes)
    return found


def _member(product_id: KeyedColumnElement[str], condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return select(product_id).where(product_id == product.c.id, condition).correlate(product).exists()


def _attribute(attribute: AttributeFilter, facets: Mapping[str, FacetSpec]) -> ColumnElement[bool]:
    """The product's own value, or that of one of its variants, satisfies the filter."""
    field = facets[attribute.code].field
    in_variant = product_variant.c.product_id == product.c.id
    of_variant = _satisfies(product_variant.c.attributes[attribute.code], field, attribute)
    variant = select(product_variant.c.id).where(in_variant, of_variant).correlate(product).exists()
    return or_(_satisfies(product.c.attributes[attribute.code], field, attribute), variant)


def _satisfies(value: Any, field: str, attribute: AttributeFilter) -> ColumnElement[bool]:
    parts: list[ColumnElement[bool]] = []
    if attribute.values is not None:
        if not attribute.values:
            return false()
        match field[0]:
            case "s":
                parts.append(value.has_any(array(attribute.values)))
            case "b":
                parts.append(value.astext.in_(attribute.values))
            case _:
                parts.append(cast(value.astext, Numeric).in_([cast(number, Numeric) for number in attribute.values]))
    if attribute.range is not None:
        parts.extend(_between(cast(value.astext, Numeric), attribute.range))
    return and_(value.is_not(None), *parts)


def _between(value: ColumnElement[Any], bounds: Range) -> list[ColumnElement[bool]]:
    low = [value >= bounds.gte] if bounds.gte is not None else []
    return low + ([value <= bounds.lte] if bounds.lte is not None else [])


def _in_minor_units(amounts: Range) -> Range:
    digits = exponent(BASE_CURRENCY)
    return Range(
        None if amounts.gte is None else amounts.gte.scaleb(digits),
        None if amounts.lte is None else amounts.lte.scaleb(digits),
    )
