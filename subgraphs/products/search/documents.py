"""A product as a search document of one language."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from subgraphs.products.domain.attributes import AttributeValue, display_value
from subgraphs.products.domain.market import Market, text_in
from subgraphs.products.domain.records import AttributeRecord
from subgraphs.products.repository.index import IndexableProduct
from subgraphs.products.search.fields import PRICE, attribute_field

_ORDINAL_BYTES: Final = 6  # exact as a JSON number everywhere


def document(
    product: IndexableProduct,
    definitions: Sequence[AttributeRecord],
    category_names: Mapping[str, str],
    language: str,
) -> dict[str, Any]:
    """The document; ``category_names`` are the names of all categories in ``language``."""
    market = Market(language=language)
    values = _values_by_code(product)
    fields: dict[str, Any] = {
        "id": product.id,
        "name": text_in(product.names, language, market) or "",
        "description": text_in(product.descriptions, language, market) or "",
        "brand": product.brand or "",
        "keywords": [
            *(category_names[key] for key in product.category_ids if key in category_names),
            *_searchable_labels(values, definitions, language, market),
            *product.tags,
        ],
        "skus": product.skus,
        "category_ids": product.category_ids,
        "collection_ids": product.collection_ids,
        "tags": product.tags,
        PRICE: product.price,
        "in_stock": product.in_stock,
        "on_sale": product.on_sale,
        "rating_order": product.rating or 0.0,
        "sales_score": product.sales_score,
        "published_at": int(product.published_at.timestamp()),
        "ordinal": ordinal(product.id),
        **_attribute_fields(values, definitions),
    }
    optional = {"brand_id": product.brand_id, "seller_id": product.seller_id, "rating": product.rating}
    return fields | {name: value for name, value in optional.items() if value is not None}


def ordinal(product_id: str) -> int:
    """A fixed number per product that breaks ties in every sort order, so that pages never overlap."""
    return int.from_bytes(hashlib.sha256(product_id.encode()).digest()[:_ORDINAL_BYTES], "big")


def _values_by_code(product: IndexableProduct) -> dict[str, list[Any]]:
    """Each attribute's distinct values over the product and its variants, in order of appearance."""
    values: dict[str, list[Any]] = {}
    for attributes in (product.attributes, *product.variant_attributes):
        for code, value in attributes.items():
            for single in value if isinstance(value, list) else [value]:
                known = values.setdefault(code, [])
                if single not in known:
                    known.append(single)
    return values


def _attribute_fields(values: Mapping[str, list[Any]], definitions: Iterable[AttributeRecord]) -> dict[str, Any]:
    """Flags and numbers are single: those of a product, not of its variants, are filtered by."""
    fields: dict[str, Any] = {}
    for definition in definitions:
        field = attribute_field(definition)
        if field is None or definition.code not in values:
            continue
        match field[0]:
            case "s":
                fields[field] = [str(value) for value in values[definition.code]]
            case "b":
                fields[field] = bool(values[definition.code][0])
            case _:
                fields[field] = float(values[definition.code][0])
    return fields


def _searchable_labels(
    values: Mapping[str, list[Any]], definitions: Iterable[AttributeRecord], language: str, market: Market
) -> Iterable[str]:
    for definition in definitions:
        if definition.searchable and definition.code in values:
            several = definition.type == "MULTISELECT"
            for value in values[definition.code]:
                yield display_value(AttributeValue(definition, [value] if several else value), language, market)
