"""``products(…)``: keyset pages over the catalogue table, for clients that walk through it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement

from shared.errors import BadUserInput
from shared.pagination import Page, make_page, page_request
from subgraphs.products.context import Info, ProductsContext
from subgraphs.products.domain.records import ProductRecord
from subgraphs.products.repository.product_filter import product_conditions
from subgraphs.products.repository.products import count_products, on_sale, product_page
from subgraphs.products.resolvers.connections import connection_type

DEFAULT_PAGE: Final = 24
_KEY_TYPES: Final[Mapping[str, type]] = {
    "NAME": str,
    "CREATED_AT": datetime,
    "UPDATED_AT": datetime,
    "PUBLISHED_AT": datetime,
}


@dataclass(frozen=True, slots=True)
class ProductList(Page[ProductRecord]):
    """A page that counts its list only when a client asks for the count."""

    conditions: tuple[ColumnElement[bool], ...] = ()


async def list_products(
    context: ProductsContext,
    *,
    first: int | None = None,
    after: str | None = None,
    last: int | None = None,
    before: str | None = None,
    filter: Mapping[str, Any] | None = None,  # noqa: A002 -- the schema's argument
    sort: Sequence[Mapping[str, Any]] | None = None,
) -> ProductList:
    """A page of the products that the caller may list. Raises BadUserInput, LimitExceeded."""
    field, descending = _single_sort(sort)
    order = f"products:{field}:{'desc' if descending else 'asc'}"
    if first is None and last is None:
        first = DEFAULT_PAGE
    request = page_request(order, (_KEY_TYPES[field], str), first=first, after=after, last=last, before=before)
    conditions = product_conditions(filter or {})
    if not context.sees_everything:
        conditions = (*conditions, on_sale(context.clock.now()))
    async with context.sessions() as session:
        rows = await product_page(session, request, conditions, sort=field, descending=descending)
    keyed = make_page(rows, request, order=order, key=lambda row: (row[0], row[1].id))
    return ProductList(
        items=tuple(record for _, record in keyed.items),
        cursors=keyed.cursors,
        has_next_page=keyed.has_next_page,
        has_previous_page=keyed.has_previous_page,
        conditions=conditions,
    )


def _single_sort(sort: Sequence[Mapping[str, Any]] | None) -> tuple[str, bool]:
    if not sort:
        return "CREATED_AT", False
    if len(sort) > 1:
        raise BadUserInput("Sort products by one field.")
    return sort[0]["field"], sort[0]["direction"] == "DESC"


product_connection = connection_type("ProductConnection")


@product_connection.field("totalCount")
async def resolve_total_count(source: ProductList, info: Info) -> int:
    async with info.context.sessions() as session:
        return await count_products(session, source.conditions)
