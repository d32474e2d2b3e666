"""Reference resolvers: every representation of one type in one batch, by whichever key it carries."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from strawberry.dataloader import DataLoader

from shared.errors import BadUserInput
from shared.subgraph_app import EntityResolver
from subgraphs.products.context import ProductsContext
from subgraphs.products.domain.records import (
    AttributeRecord,
    BrandRecord,
    CategoryRecord,
    CollectionRecord,
    MediaRecord,
    ProductRecord,
    ProductTypeRecord,
    VariantRecord,
)
from subgraphs.products.loaders import Loaders

R = TypeVar("R")
Representations = Sequence[Mapping[str, Any]]


def _by_keys(keys: Mapping[str, Callable[[Loaders], DataLoader[str, Any]]]) -> EntityResolver:
    """A resolver by the first of ``keys`` that a representation has; one without any is an error there."""

    async def resolve(context: ProductsContext, representations: Representations) -> Sequence[object | None]:
        return await asyncio.gather(*(_load(context.loaders, each) for each in representations))

    async def _load(loaders: Loaders, representation: Mapping[str, Any]) -> object | None:
        for name, loader in keys.items():
            if name in representation:
                value = representation[name]
                return await loader(loaders).load(value) if isinstance(value, str) else None
        return BadUserInput("A representation lacks key fields.")

    return resolve


_find_products = _by_keys({"id": lambda loaders: loaders.product, "slug": lambda loaders: loaders.product_by_slug})
_find_variants = _by_keys({"id": lambda loaders: loaders.variant, "sku": lambda loaders: loaders.variant_by_sku})
_find_media = _by_keys({"id": lambda loaders: loaders.media})


async def resolve_products(context: ProductsContext, representations: Representations) -> list[object | None]:
    """Products that the caller may see referenced."""
    found = await _find_products(context, representations)
    return [None if isinstance(item, ProductRecord) and not context.may_reference(item) else item for item in found]


async def resolve_variants(context: ProductsContext, representations: Representations) -> list[object | None]:
    """Variants of such products."""
    found = await _find_variants(context, representations)
    variants = [item for item in found if isinstance(item, VariantRecord)]
    products = await context.loaders.product.load_many([variant.product_id for variant in variants])
    visible = {product.id for product in products if product is not None and context.may_reference(product)}
    return [None if isinstance(item, VariantRecord) and item.product_id not in visible else item for item in found]


async def resolve_attribute_definitions(
    context: ProductsContext, representations: Representations
) -> list[object | None]:
    """Definitions are few and loaded whole."""
    known = {definition.id: definition for definition in (await context.loaders.attribute_definitions()).values()}
    return [known.get(str(each.get("id"))) for each in representations]


def _media(kind: str) -> EntityResolver:
    async def resolve(context: ProductsContext, representations: Representations) -> list[object | None]:
        found = await _find_media(context, representations)
        return [None if isinstance(item, MediaRecord) and item.kind != kind else item for item in found]

    return resolve


ENTITIES: Mapping[str, EntityResolver] = {
    "Product": resolve_products,
    "ProductVariant": resolve_variants,
    "Category": _by_keys({"id": lambda loaders: loaders.category, "slug": lambda loaders: loaders.category_by_slug}),
    "Collection": _by_keys(
        {"id": lambda loaders: loaders.collection, "slug": lambda loaders: loaders.collection_by_slug}
    ),
    "Brand": _by_keys({"id": lambda loaders: loaders.brand}),
    "ProductType": _by_keys({"id": lambda loaders: loaders.product_type}),
    "AttributeDefinition": resolve_attribute_definitions,
    "Image": _media("IMAGE"),
    "Video": _media("VIDEO"),
}

_TYPE_OF_RECORD: Mapping[type, str] = {
    ProductRecord: "Product",
    VariantRecord: "ProductVariant",
    CategoryRecord: "Category",
    CollectionRecord: "Collection",
    BrandRecord: "Brand",
    ProductTypeRecord: "ProductType",
    AttributeRecord: "AttributeDefinition",
}


def type_of_entity(value: object, *_: Any) -> str:
    """The GraphQL type of what an entity resolver found."""
    if isinstance(value, MediaRecord):
        return "Video" if value.kind == "VIDEO" else "Image"
    return _TYPE_OF_RECORD[type(value)]
