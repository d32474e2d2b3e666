"""The demo catalogue of a given size, streamed."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from shared.demo.attributes import DEFINITIONS, PRODUCT_TYPES
from shared.demo.model import AttributeDefinition, Brand, Category, Collection, Product, ProductType
from shared.demo.products import COLLECTIONS, brands, build_product, collection_id
from shared.demo.taxonomy import plant
from shared.ids import derived_id

DEFAULT_SIZE = 1_000
CHUNK = 500


class Catalogue:
    """A catalogue of exactly ``size`` SKUs; the same size always gives the same catalogue.

    Product ``n`` is the same in every size, except that the last one loses the variants that would exceed it.
    Nothing is kept: iterate as often as wanted, one chunk is in memory at a time. Stock and reviews of a product come
    from `shared.demo.stock.stock_of` and `shared.demo.reviews.reviews_of`.
    """

    def __init__(self, size: int = DEFAULT_SIZE) -> None:
        if size < 1:
            raise ValueError("a catalogue has at least one SKU")
        self.size = size
        self.brands: tuple[Brand, ...] = brands()
        self.categories: tuple[Category, ...]
        self.categories, self._leaves = plant()
        self.attribute_definitions: tuple[AttributeDefinition, ...] = DEFINITIONS
        self.product_types: tuple[ProductType, ...] = PRODUCT_TYPES
        self.collections = tuple(
            Collection(collection_id(slug), slug, name, description) for slug, name, description in COLLECTIONS
        )

    def products(self, chunk_size: int = CHUNK) -> Iterator[tuple[Product, ...]]:
        """All products in order, in chunks of ``chunk_size``; their variants number ``size`` in all."""
        chunk: list[Product] = []
        for product in self._each():
            chunk.append(product)
            if len(chunk) == chunk_size:
                yield tuple(chunk)
                chunk = []
        if chunk:
            yield tuple(chunk)

    def _each(self) -> Iterator[Product]:
        remaining, index = self.size, 0
        while remaining > 0:
            product = build_product(index, self._leaves, self.brands)
            if len(product.variants) > remaining:
                product = _truncate(product, remaining)
            remaining -= len(product.variants)
            index += 1
            yield product


def product_id(index: int) -> str:
    """The id of the ``index``-th product, for whoever needs one without building it."""
    return derived_id("prod", "demo", index)


def _truncate(product: Product, count: int) -> Product:
    kept = product.variants[:count]
    ids = {variant.id for variant in kept}
    images = tuple(
        dataclasses.replace(image, variant_ids=tuple(v for v in image.variant_ids if v in ids))
        for image in product.images
        if not image.variant_ids or ids.intersection(image.variant_ids)
    )
    return dataclasses.replace(product, variants=kept, images=images, options=_offered(product, count))


def _offered(product: Product, count: int) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The options that the first ``count`` variants still show."""
    shown = [dict(variant.selected_options) for variant in product.variants[:count]]
    return tuple(
        (name, tuple(value for value in values if any(options[name] == value for options in shown)))
        for name, values in product.options
    )
