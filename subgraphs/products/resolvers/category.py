"""Category and Collection: the places that products are browsed by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ariadne import ObjectType

from shared.pagination import Page
from subgraphs.products.context import Info
from subgraphs.products.domain.records import CategoryRecord, CollectionRecord
from subgraphs.products.resolvers.connections import page_of
from subgraphs.products.resolvers.search import begin_search
from subgraphs.products.resolvers.texts import resolve_seo, translated
from subgraphs.products.search.criteria import SearchFilter
from subgraphs.products.search.session import SearchSession

category = ObjectType("Category")
collection = ObjectType("Collection")
for _bindable in (category, collection):
    _bindable.set_field("name", translated("names"))
    _bindable.set_field("description", translated("descriptions"))
category.set_field("seo", resolve_seo)


@category.field("parent")
async def resolve_parent(source: CategoryRecord, info: Info) -> CategoryRecord | None:
    return await info.context.loaders.category.load(source.parent_id) if source.parent_id else None


@category.field("ancestors")
async def resolve_ancestors(source: CategoryRecord, info: Info) -> list[CategoryRecord]:
    """From the root down to the parent."""
    found = await info.context.loaders.category.load_many(source.path[:-1])
    return [ancestor for ancestor in found if ancestor is not None]


@category.field("children")
async def resolve_children(
    source: CategoryRecord, info: Info, *, first: int | None = None, after: str | None = None
) -> Page[CategoryRecord]:
    found = await info.context.loaders.children_of.load(source.id)
    return page_of(found, order="children", key=lambda item: (item.position, item.id), first=first, after=after)


@category.field("productCount")
async def resolve_product_count(source: CategoryRecord, info: Info) -> int:
    return await info.context.loaders.product_count.load(source.id)


@category.field("products")
async def resolve_category_products(
    source: CategoryRecord,
    info: Info,
    *,
    first: int | None = None,
    after: str | None = None,
    filter: Mapping[str, Any] | None = None,  # noqa: A002 -- the schema's argument
    sort: Mapping[str, Any] | None = None,
) -> SearchSession:
    within = SearchFilter(category_ids=(source.id,))
    return await begin_search(info, within=within, first=first, after=after, filter_value=filter, sort=sort)


@collection.field("products")
async def resolve_collection_products(
    source: CollectionRecord,
    info: Info,
    *,
    first: int | None = None,
    after: str | None = None,
    filter: Mapping[str, Any] | None = None,  # noqa: A002 -- the schema's argument
    sort: Mapping[str, Any] | None = None,
) -> SearchSession:
    within = SearchFilter(collection_ids=(source.id,))
    return await begin_search(info, within=within, first=first, after=after, filter_value=filter, sort=sort)
