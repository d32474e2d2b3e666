"""ProductVariant: what a cart and an order line are made of."""

from __future__ import annotations

from collections.abc import Sequence

from ariadne import ObjectType

from shared.errors import BadUserInput
from shared.money import Money
from shared.pagination import Page
from subgraphs.products.context import Info
from subgraphs.products.domain.attributes import AttributeValue, typed_values
from subgraphs.products.domain.prices import (
    Price,
    QuantityBreak,
    current_reduction,
    quantity_breaks,
    resolve_price,
)
from subgraphs.products.domain.records import MediaRecord, ProductRecord, VariantRecord
from subgraphs.products.resolvers.connections import page_of
from subgraphs.products.resolvers.product import resolve_metafields
from subgraphs.products.resolvers.texts import translated

variant = ObjectType("ProductVariant")
variant.set_field("title", translated("titles"))
variant.set_field("metafields", resolve_metafields)


@variant.field("product")
async def resolve_product(source: VariantRecord, info: Info) -> ProductRecord | None:
    return await info.context.loaders.product.load(source.product_id)


@variant.field("attributes")
async def resolve_attributes(
    source: VariantRecord, info: Info, *, codes: Sequence[str] | None = None
) -> list[AttributeValue]:
    return typed_values(source.attributes, await info.context.loaders.attribute_definitions(), codes)


@variant.field("media")
async def resolve_media(
    source: VariantRecord, info: Info, *, first: int | None = None, after: str | None = None
) -> Page[MediaRecord]:
    """Its own pictures; the product's general ones where it has none."""
    found = await info.context.loaders.media_of.load(source.product_id)
    own = [media for media in found if source.id in media.variant_ids]
    shown = own or [media for media in found if not media.variant_ids]
    return page_of(shown, order="media", key=lambda item: (item.position, item.id), first=first, after=after)


@variant.field("price")
async def resolve_variant_price(
    source: VariantRecord, info: Info, *, currency: str | None = None, quantity: int | None = 1
) -> Price | None:
    wanted = 1 if quantity is None else quantity
    if wanted < 1:
        raise BadUserInput("`quantity` is at least 1.")
    return resolve_price(await info.context.loaders.prices_of.load(source.id), currency, wanted, info.context.market)


@variant.field("quantityPriceBreaks")
async def resolve_quantity_price_breaks(
    source: VariantRecord, info: Info, *, currency: str | None = None
) -> list[QuantityBreak]:
    return quantity_breaks(await info.context.loaders.prices_of.load(source.id), currency, info.context.market)


@variant.field("lowestPriorPrice")
async def resolve_lowest_prior_price(source: VariantRecord, info: Info, *, currency: str | None = None) -> Money | None:
    loaders = info.context.loaders
    reduction = current_reduction(await loaders.prices_of.load(source.id), currency, info.context.market)
    if reduction is None:
        return None
    amount = await loaders.lowest_prior.load(reduction)
    return None if amount is None else Money(amount, reduction.currency)


@variant.field("dimensionsMm")
def resolve_dimensions(source: VariantRecord, _: Info) -> dict[str, int] | None:
    if source.length_mm is None or source.width_mm is None or source.height_mm is None:
        return None
    return {"length": source.length_mm, "width": source.width_mm, "height": source.height_mm}
