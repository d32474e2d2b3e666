"""The root fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ariadne import QueryType

from shared.errors import BadUserInput
from shared.pagination import Page, make_page, page_request
from subgraphs.products.context import Info
from subgraphs.products.domain.records import (
    AttributeRecord,
    CategoryRecord,
    CollectionRecord,
    ProductRecord,
    VariantRecord,
)
from subgraphs.products.repository import categories
from subgraphs.products.resolvers.product_list import ProductList, list_products
from subgraphs.products.resolvers.search import begin_search
from subgraphs.products.search.session import SearchSession

query = QueryType()


@query.field("product")
async def resolve_product(
    _: Any,
    info: Info,
    *,
    id: str | None = None,  # noqa: A002 -- the schema's argument
    slug: str | None = None,
) -> ProductRecord | None:
    loaders = info.context.loaders
    key = _one_key(id=id, slug=slug)
    found = await (loaders.product.load(key) if id is not None else loaders.product_by_slug.load(key))
    return found if found is not None and info.context.may_list(found) else None


@query.field("productVariant")
async def resolve_product_variant(
    _: Any,
    info: Info,
    *,
    id: str | None = None,  # noqa: A002 -- the schema's argument
    sku: str | None = None,
) -> VariantRecord | None:
    loaders = info.context.loaders
    key = _one_key(id=id, sku=sku)
    found = await (loaders.variant.load(key) if id is not None else loaders.variant_by_sku.load(key))
    if found is None:
        return None
    product = await loaders.product.load(found.product_id)
    return found if product is not None and info.context.may_list(product) else None


@query.field("products")
async def resolve_products(_: Any, info: Info, **arguments: Any) -> ProductList:
    return await list_products(info.context, **arguments)


@query.field("category")
async def resolve_category(
    _: Any,
    info: Info,
    *,
    id: str | None = None,  # noqa: A002 -- the schema's argument
    slug: str | None = None,
) -> CategoryRecord | None:
    loaders = info.context.loaders
    key = _one_key(id=id, slug=slug)
    return await (loaders.category.load(key) if id is not None else loaders.category_by_slug.load(key))


@query.field("categories")
async def resolve_categories(
    _: Any,
    info: Info,
    *,
    first: int | None = None,
    after: str | None = None,
    parent_id: str | None = None,
    roots_only: bool | None = False,
) -> Page[CategoryRecord]:
    request = page_request("categories", (int, int, str), first=first, after=after)
    async with info.context.sessions() as session:
        rows, total = await categories.category_page(session, request, parent_id=parent_id, roots_only=bool(roots_only))
    return make_page(
        rows,
        request,
        order="categories",
        key=lambda item: (item.level, item.position, item.id),
        total_count=total,
    )


@query.field("collection")
async def resolve_collection(
    _: Any,
    info: Info,
    *,
    id: str | None = None,  # noqa: A002 -- the schema's argument
    slug: str | None = None,
) -> CollectionRecord | None:
    loaders = info.context.loaders
    key = _one_key(id=id, slug=slug)
    return await (loaders.collection.load(key) if id is not None else loaders.collection_by_slug.load(key))


@query.field("collections")
async def resolve_collections(
    _: Any, info: Info, *, first: int | None = None, after: str | None = None
) -> Page[CollectionRecord]:
    request = page_request("collections", (str,), first=first, after=after)
    async with info.context.sessions() as session:
        rows, total = await categories.collection_page(session, request)
    return make_page(rows, request, order="collections", key=lambda item: (item.slug,), total_count=total)


@query.field("searchProducts")
async def resolve_search_products(
    _: Any,
    info: Info,
    *,
    query: str | None = None,
    first: int | None = None,
    after: str | None = None,
    filter: Mapping[str, Any] | None = None,  # noqa: A002 -- the schema's argument
    sort: Mapping[str, Any] | None = None,
    language: str | None = None,
) -> SearchSession:
    return await begin_search(
        info, query=query, first=first, after=after, filter_value=filter, sort=sort, language=language
    )


@query.field("attributeDefinitions")
async def resolve_attribute_definitions(
    _: Any, info: Info, *, codes: Sequence[str] | None = None
) -> list[AttributeRecord]:
    known = await info.context.loaders.attribute_definitions()
    if codes is None:
        return list(known.values())
    return [known[code] for code in dict.fromkeys(codes) if code in known]


def _one_key(**keys: str | None) -> str:
    """The one key that was given. Raises BadUserInput."""
    given = [value for value in keys.values() if value is not None]
    if len(given) != 1:
        raise BadUserInput(f"Give exactly one of {', '.join(f'`{name}`' for name in keys)}.")
    return given[0]
