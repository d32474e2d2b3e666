"""Loads the demo catalogue into products' database, by COPY, in one transaction."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.db import copy_rows
from shared.demo import CURRENCY, AttributeOption, Catalogue, Product, Text, Variant, reviews_of, stock_of

Rows: TypeAlias = dict[str, list[Sequence[Any]]]
Progress: TypeAlias = Callable[[str, int, int], None]

_COLUMNS: dict[str, tuple[str, ...]] = {
    "brand": ("id", "slug", "name"),
    "attribute_definition": (
        "id", "code", "labels", "type", "unit", "options", "facetable", "searchable", "sortable", "position",
    ),
    "product_type": ("id", "code", "name", "attribute_codes", "variant_attribute_codes"),
    "category": ("id", "slug", "names", "descriptions", "parent_id", "path", "level", "position"),
    "collection": ("id", "slug", "names", "descriptions"),
    "product_staging": (
        "id", "slug", "status", "names", "descriptions", "brand_id", "product_type_id", "primary_category_id",
        "attributes", "options", "tags", "published_at", "created_at", "updated_at", "search_text",
    ),
    "product_category": ("category_id", "product_id", "direct"),
    "product_collection": ("collection_id", "product_id", "position"),
    "product_variant": (
        "id", "product_id", "sku", "gtin", "titles", "position", "selected_options", "attributes", "weight_grams",
        "length_mm", "width_mm", "height_mm", "country_of_origin", "created_at", "updated_at",
    ),
    "price": (
        "variant_id", "currency", "minimum_quantity", "effective_from", "effective_to", "amount_minor",
        "compare_at_minor", "includes_tax", "reason",
    ),
    "media": ("id", "product_id", "kind", "path", "alts", "position", "width", "height", "variant_ids"),
    "variant_signal": ("variant_id", "product_id", "in_stock"),
    "product_signal": ("product_id", "rating", "rating_count", "sales_score"),
}  # fmt: skip

_FILL_PRODUCTS = text(
    """
    INSERT INTO product (id, slug, status, names, descriptions, brand_id, product_type_id, primary_category_id,
                         attributes, options, tags, published_at, created_at, updated_at, search)
    SELECT id, slug, status, names, descriptions, brand_id, product_type_id, primary_category_id,
           attributes, options, tags, published_at, created_at, updated_at, to_tsvector('simple', search_text)
    FROM product_staging
    """
)
_STAGE_PRODUCTS = text(
    "CREATE TEMPORARY TABLE product_staging ON COMMIT DROP AS "
    "SELECT *, ''::text AS search_text FROM product WITH NO DATA"
)


async def load_catalogue(connection: AsyncConnection, catalogue: Catalogue, progress: Progress) -> None:
    """Fill the empty tables inside the connection's transaction; ``progress`` gets (stage, SKUs done, SKUs in all)."""
    await connection.execute(_STAGE_PRODUCTS)
    await _copy(connection, _fixed_rows(catalogue))
    brand_names = {brand.id: brand.name for brand in catalogue.brands}
    done = 0
    progress("products", 0, catalogue.size)
    for chunk in catalogue.products():
        await _copy(connection, {"product_staging": [_product_row(product, brand_names) for product in chunk]})
        await connection.execute(_FILL_PRODUCTS)
        await connection.execute(text("TRUNCATE product_staging"))
        await _copy(connection, _dependent_rows(chunk))
        done += sum(len(product.variants) for product in chunk)
        progress("products", done, catalogue.size)
    await connection.execute(text("ANALYZE"))  # the next reads must not wait for autovacuum to learn the sizes


async def _copy(connection: AsyncConnection, rows: Rows) -> None:
    for table, records in rows.items():
        await copy_rows(connection, table, _COLUMNS[table], records)


def _fixed_rows(catalogue: Catalogue) -> Rows:
    """What does not grow with the catalogue, parents first."""
    return {
        "brand": [(brand.id, brand.slug, brand.name) for brand in catalogue.brands],
        "attribute_definition": [
            (d.id, d.code, _texts(d.label), d.type, d.unit, _options(d.options), d.facetable, d.searchable,
             d.sortable, position)
            for position, d in enumerate(catalogue.attribute_definitions)
        ],
        "product_type": [
            (t.id, t.code, t.name, list(t.attribute_codes), list(t.variant_attribute_codes))
            for t in catalogue.product_types
        ],
        "category": [
            (c.id, c.slug, _texts(c.name), _texts(c.description), c.parent_id, list(c.path), c.level, c.position)
            for c in catalogue.categories
        ],
        "collection": [(c.id, c.slug, _texts(c.name), _texts(c.description)) for c in catalogue.collections],
    }  # fmt: skip


def _product_row(product: Product, brand_names: dict[str, str]) -> Sequence[Any]:
    return (
        product.id,
        product.slug,
        "ACTIVE",
        _texts(product.name),
        _texts(product.description),
        product.brand_id,
        product.product_type_id,
        product.category_id,
        json.dumps(product.attributes),
        json.dumps([{"name": name, "values": values} for name, values in product.options]),
        list(product.tags),
        product.published_at,
        product.created_at,
        product.created_at,
        search_text(product.name.as_json().values(), brand_names[product.brand_id], product.description.as_json()),
    )


def search_text(names: Iterable[str], brand: str, descriptions: dict[str, str]) -> str:
    """What the full-text fallback finds a product by, in all languages."""
    return " ".join((*names, brand, *descriptions.values()))


def _dependent_rows(chunk: Sequence[Product]) -> Rows:
    """What refers to the products of ``chunk``."""
    rows: Rows = {
        "product_category": [],
        "product_collection": [],
        "product_variant": [],
        "price": [],
        "media": [],
        "variant_signal": [],
        "product_signal": [],
    }
    for product in chunk:
        rows["product_category"].extend((c, product.id, c == product.category_id) for c in product.category_path)
        rows["product_collection"].extend((c, product.id, product.index) for c in product.collection_ids)
        rows["media"].extend(
            (i.id, product.id, "IMAGE", i.path, _texts(i.alt), i.position, i.width, i.height, list(i.variant_ids))
            for i in product.images
        )
        rows["product_signal"].append(_signal_row(product))
        for variant in product.variants:
            in_stock = any(level.on_hand > 0 for level in stock_of(variant))
            rows["product_variant"].append(_variant_row(product, variant))
            rows["price"].extend(_price_rows(variant))
            rows["variant_signal"].append((variant.id, product.id, in_stock))
    return rows


def _variant_row(product: Product, variant: Variant) -> Sequence[Any]:
    return (
        variant.id,
        product.id,
        variant.sku,
        variant.gtin,
        _texts(variant.title),
        variant.position,
        json.dumps([{"name": name, "value": value} for name, value in variant.selected_options]),
        json.dumps(variant.attributes),
        variant.weight_grams,
        variant.dimensions.length,
        variant.dimensions.width,
        variant.dimensions.height,
        "DE",
        product.created_at,
        product.created_at,
    )


def _price_rows(variant: Variant) -> Iterator[Sequence[Any]]:
    for past in variant.past_prices:
        yield _price_row(variant, past.effective_from, past.effective_to, past.amount, None)
    yield _price_row(variant, variant.price_since, None, variant.price, variant.compare_at)


def _price_row(
    variant: Variant, since: datetime, until: datetime | None, amount: int, compare_at: int | None
) -> Sequence[Any]:
    return (variant.id, CURRENCY, 1, since, until, amount, compare_at, True, "IMPORT")


def _signal_row(product: Product) -> Sequence[Any]:
    ratings = [review.rating for review in reviews_of(product)]
    average = sum(ratings) / len(ratings) if ratings else None
    return (product.id, average, len(ratings), product.sales_score)


def _texts(value: Text) -> str:
    return json.dumps(value.as_json(), ensure_ascii=False)


def _options(options: Sequence[AttributeOption]) -> str:
    return json.dumps(
        [
            {"code": option.code, "labels": option.label.as_json(), "swatch": option.swatch, "position": position}
            for position, option in enumerate(options)
        ],
        ensure_ascii=False,
    )
