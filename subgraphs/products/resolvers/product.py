"""Product and what belongs to it alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ariadne import ObjectType

from shared.pagination import Page
from subgraphs.products.context import Info
from subgraphs.products.domain.attributes import AttributeValue, typed_values
from subgraphs.products.domain.market import LANGUAGES
from subgraphs.products.domain.prices import PriceRange, compare_at_range, price_range
from subgraphs.products.domain.records import (
    BrandRecord,
    CategoryRecord,
    CollectionRecord,
    MediaRecord,
    ProductRecord,
    ProductTypeRecord,
    VariantRecord,
)
from subgraphs.products.resolvers.connections import page_of
from subgraphs.products.resolvers.texts import resolve_seo, translated

product = ObjectType("Product")
product.set_field("name", translated("names"))
product.set_field("description", translated("descriptions"))
product.set_field("seo", resolve_seo)


@product.field("brand")
async def resolve_brand(source: ProductRecord, info: Info) -> BrandRecord | None:
    return await info.context.loaders.brand.load(source.brand_id) if source.brand_id else None


@product.field("productType")
async def resolve_product_type(source: ProductRecord, info: Info) -> ProductTypeRecord | None:
    return await info.context.loaders.product_type.load(source.product_type_id)


@product.field("categories")
async def resolve_categories(source: ProductRecord, info: Info) -> list[CategoryRecord]:
    loaders = info.context.loaders
    found = await loaders.category.load_many(await loaders.categories_of.load(source.id))
    return [category for category in found if category is not None]


@product.field("primaryCategory")
async def resolve_primary_category(source: ProductRecord, info: Info) -> CategoryRecord | None:
    key = source.primary_category_id
    return await info.context.loaders.category.load(key) if key else None


@product.field("collections")
async def resolve_collections(
    source: ProductRecord, info: Info, *, first: int | None = None, after: str | None = None
) -> Page[CollectionRecord]:
    found = await info.context.loaders.collections_of.load(source.id)
    by_id = sorted(found, key=lambda item: item.id)
    return page_of(by_id, order="collections", key=lambda item: (0, item.id), first=first, after=after)


@product.field("attributes")
async def resolve_attributes(
    source: ProductRecord, info: Info, *, codes: Sequence[str] | None = None
) -> list[AttributeValue]:
    return typed_values(source.attributes, await info.context.loaders.attribute_definitions(), codes)


@product.field("media")
async def resolve_media(
    source: ProductRecord, info: Info, *, first: int | None = None, after: str | None = None
) -> Page[MediaRecord]:
    found = await info.context.loaders.media_of.load(source.id)
    return page_of(found, order="media", key=lambda item: (item.position, item.id), first=first, after=after)


@product.field("featuredImage")
async def resolve_featured_image(source: ProductRecord, info: Info) -> MediaRecord | None:
    found = await info.context.loaders.media_of.load(source.id)
    return next((media for media in found if media.kind == "IMAGE"), None)


@product.field("variants")
async def resolve_variants(
    source: ProductRecord, info: Info, *, first: int | None = None, after: str | None = None
) -> Page[VariantRecord]:
    found = await info.context.loaders.variants_of.load(source.id)
    return page_of(found, order="variants", key=lambda item: (item.position, item.id), first=first, after=after)


@product.field("variantIds")
async def resolve_variant_ids(source: ProductRecord, info: Info) -> list[str]:
    return [variant.id for variant in await info.context.loaders.variants_of.load(source.id)]


@product.field("variantBySelectedOptions")
async def resolve_variant_by_selected_options(
    source: ProductRecord, info: Info, *, selected_options: Sequence[Mapping[str, str]]
) -> VariantRecord | None:
    """All options must be named: a partial choice is not a variant."""
    wanted = {option["name"]: option["value"] for option in selected_options}
    for variant in await info.context.loaders.variants_of.load(source.id):
        if {option["name"]: option["value"] for option in variant.selected_options} == wanted:
            return variant
    return None


@product.field("priceRange")
async def resolve_price_range(source: ProductRecord, info: Info, *, currency: str | None = None) -> PriceRange | None:
    return price_range(await info.context.loaders.price_spans_of.load(source.id), currency, info.context.market)


@product.field("compareAtPriceRange")
async def resolve_compare_at_price_range(
    source: ProductRecord, info: Info, *, currency: str | None = None
) -> PriceRange | None:
    return compare_at_range(await info.context.loaders.price_spans_of.load(source.id), currency, info.context.market)


@product.field("seller")
def resolve_seller(source: ProductRecord, _: Info) -> dict[str, str] | None:
    return {"id": source.seller_id} if source.seller_id else None


@product.field("translations")
def resolve_translations(source: ProductRecord, _: Info) -> list[dict[str, Any]]:
    return [
        {
            "language": language,
            "name": source.names.get(language),
            "description": source.descriptions.get(language),
            "complete": language in source.names and language in source.descriptions,
        }
        for language in LANGUAGES
    ]


@product.field("metafields")
def resolve_metafields(source: Any, _: Info, *, namespace: str | None = None) -> list[dict[str, str]]:
    return [field for field in source.metafields if namespace is None or field["namespace"] == namespace]
