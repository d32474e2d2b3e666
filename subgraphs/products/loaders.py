"""The loaders of one request: the only read path of entities and of what hangs on them, each a statement per batch."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession
from strawberry.dataloader import DataLoader

from shared.clock import Clock
from shared.db import Sessions
from subgraphs.products.domain.records import (
    AttributeRecord,
    BrandRecord,
    CategoryRecord,
    CollectionRecord,
    MediaRecord,
    PriceRecord,
    PriceSpan,
    ProductRecord,
    ProductTypeRecord,
    VariantRecord,
)
from subgraphs.products.repository import categories, details, prices, products, variants

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Loaders:
    """Made for each request; what was loaded once is not loaded again in it."""

    def __init__(self, sessions: Sessions, clock: Clock) -> None:
        self._sessions = sessions
        self._clock = clock
        self.product: DataLoader[str, ProductRecord | None] = self._one(products.products_by_ids, "id")
        self.product_by_slug: DataLoader[str, ProductRecord | None] = self._one(products.products_by_slugs, "slug")
        self.variant: DataLoader[str, VariantRecord | None] = self._one(variants.variants_by_ids, "id")
        self.variant_by_sku: DataLoader[str, VariantRecord | None] = self._one(variants.variants_by_skus, "sku")
        self.category: DataLoader[str, CategoryRecord | None] = self._one(categories.categories_by_ids, "id")
        self.category_by_slug: DataLoader[str, CategoryRecord | None] = self._one(
            categories.categories_by_slugs, "slug"
        )
        self.collection: DataLoader[str, CollectionRecord | None] = self._one(categories.collections_by_ids, "id")
        self.collection_by_slug: DataLoader[str, CollectionRecord | None] = self._one(
            categories.collections_by_slugs, "slug"
        )
        self.brand: DataLoader[str, BrandRecord | None] = self._one(details.brands_by_ids, "id")
        self.product_type: DataLoader[str, ProductTypeRecord | None] = self._one(details.product_types_by_ids, "id")
        self.media: DataLoader[str, MediaRecord | None] = self._one(details.media_by_ids, "id")
        self.variants_of: DataLoader[str, list[VariantRecord]] = self._many(
            variants.variants_of_products, lambda variant: variant.product_id
        )
        self.media_of: DataLoader[str, list[MediaRecord]] = self._many(
            details.media_of_products, lambda media: media.product_id
        )
        self.children_of: DataLoader[str, list[CategoryRecord]] = self._many(
            categories.children_of, lambda category: category.parent_id or ""
        )
        self.categories_of: DataLoader[str, list[str]] = self._pairs(products.category_ids_of)
        self.collections_of: DataLoader[str, list[CollectionRecord]] = self._pairs(categories.collections_of_products)
        self.product_count: DataLoader[str, int] = DataLoader(self._product_counts)
        self.prices_of: DataLoader[str, list[PriceRecord]] = DataLoader(self._prices)
        self.price_spans_of: DataLoader[str, list[PriceSpan]] = DataLoader(self._price_spans)
        self.lowest_prior: DataLoader[PriceRecord, int | None] = DataLoader(self._lowest_priors)
        self._definitions: DataLoader[str, Mapping[str, AttributeRecord]] = DataLoader(self._all_definitions)

    async def attribute_definitions(self) -> Mapping[str, AttributeRecord]:
        """All definitions by code, in the shop's order."""
        return await self._definitions.load("all")

    def _one(
        self, read: Callable[[AsyncSession, Sequence[str]], Awaitable[Sequence[V]]], key: str
    ) -> DataLoader[str, V | None]:
        """A loader of single records by their field ``key``."""

        async def load(keys: Sequence[str]) -> list[V | None]:
            async with self._sessions() as session:
                found = {getattr(record, key): record for record in await read(session, keys)}
            return [found.get(wanted) for wanted in keys]

        return DataLoader(load)

    def _many(
        self,
        read: Callable[[AsyncSession, Sequence[str]], Awaitable[Sequence[V]]],
        owner: Callable[[V], str],
    ) -> DataLoader[str, list[V]]:
        """A loader of the records that belong to an owner."""

        async def load(keys: Sequence[str]) -> list[list[V]]:
            async with self._sessions() as session:
                rows = await read(session, keys)
            return _grouped(keys, ((owner(row), row) for row in rows))

        return DataLoader(load)

    def _pairs(
        self, read: Callable[[AsyncSession, Sequence[str]], Awaitable[Sequence[tuple[str, V]]]]
    ) -> DataLoader[str, list[V]]:
        """A loader of what (owner, value) rows give to each owner."""

        async def load(keys: Sequence[str]) -> list[list[V]]:
            async with self._sessions() as session:
                return _grouped(keys, await read(session, keys))

        return DataLoader(load)

    async def _product_counts(self, category_ids: Sequence[str]) -> list[int]:
        async with self._sessions() as session:
            counts = dict(await categories.product_counts(session, category_ids, self._clock.now()))
        return [counts.get(key, 0) for key in category_ids]

    async def _prices(self, variant_ids: Sequence[str]) -> list[list[PriceRecord]]:
        async with self._sessions() as session:
            rows = await prices.prices_of_variants(session, variant_ids, self._clock.now())
        return _grouped(variant_ids, ((row.variant_id, row) for row in rows))

    async def _price_spans(self, product_ids: Sequence[str]) -> list[list[PriceSpan]]:
        async with self._sessions() as session:
            rows = await prices.price_spans_of_products(session, product_ids, self._clock.now())
        return _grouped(product_ids, ((row.product_id, row) for row in rows))

    async def _lowest_priors(self, reductions: Sequence[PriceRecord]) -> list[int | None]:
        async with self._sessions() as session:
            rows = await prices.lowest_prior_prices(session, reductions)
        found: dict[Any, int] = {(variant_id, currency): amount for variant_id, currency, amount in rows}
        return [found.get((price.variant_id, price.currency)) for price in reductions]

    async def _all_definitions(self, keys: Sequence[str]) -> list[Mapping[str, AttributeRecord]]:
        async with self._sessions() as session:
            found = {definition.code: definition for definition in await details.attribute_definitions(session)}
        return [found for _ in keys]


def _grouped(keys: Sequence[str], rows: Iterable[tuple[str, V]]) -> list[list[V]]:
    groups: dict[str, list[V]] = {key: [] for key in keys}
    for owner, row in rows:
        groups[owner].append(row)
    return [groups[key] for key in keys]
