"""The fields of a product's search document, and which facet stands on which field.

Facet, filter and sort fields are only ever taken from here: nothing a client sends becomes a field name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from subgraphs.products.domain.market import BASE_CURRENCY
from subgraphs.products.domain.records import AttributeRecord, Texts

PRICE: Final = f"price_{BASE_CURRENCY.lower()}"
"""The least price of one piece among a product's variants, in minor units of the base currency."""

_ATTRIBUTE_PREFIX: Final = {
    "SELECT": "s_",
    "MULTISELECT": "s_",
    "COLOR": "s_",
    "BOOLEAN": "b_",
    "INTEGER": "n_",
    "DECIMAL": "n_",
    "MEASUREMENT": "n_",
}
_ATTRIBUTE_FACET: Final = {
    "SELECT": "LIST",
    "MULTISELECT": "LIST",
    "COLOR": "SWATCH",
    "BOOLEAN": "BOOLEAN",
    "INTEGER": "RANGE",
    "DECIMAL": "RANGE",
    "MEASUREMENT": "RANGE",
}


@dataclass(frozen=True, slots=True)
class FacetSpec:
    """A facet: ``kind`` is the schema's FacetType; ``attribute`` is None for the built-in ones."""

    code: str
    labels: Texts
    kind: str
    field: str
    attribute: AttributeRecord | None = None


BUILT_IN: Final = (
    FacetSpec("category", {"en": "Category", "de": "Kategorie"}, "HIERARCHY", "category_ids"),
    FacetSpec("brand", {"en": "Brand", "de": "Marke"}, "LIST", "brand_id"),
    FacetSpec("price", {"en": "Price", "de": "Preis"}, "RANGE", PRICE),
    FacetSpec("rating", {"en": "Rating", "de": "Bewertung"}, "RANGE", "rating"),
    FacetSpec("inStock", {"en": "In stock", "de": "Auf Lager"}, "BOOLEAN", "in_stock"),
    FacetSpec("onSale", {"en": "On sale", "de": "Reduziert"}, "BOOLEAN", "on_sale"),
    FacetSpec("collection", {"en": "Collection", "de": "Kollektion"}, "LIST", "collection_ids"),
    FacetSpec("tag", {"en": "Tag", "de": "Schlagwort"}, "LIST", "tags"),
)


def attribute_field(definition: AttributeRecord) -> str | None:
    """The field that holds an attribute's values; None for an attribute that is not facetable."""
    prefix = _ATTRIBUTE_PREFIX.get(definition.type)
    return f"{prefix}{definition.code}" if prefix and definition.facetable else None


def facet_specs(definitions: Iterable[AttributeRecord]) -> Mapping[str, FacetSpec]:
    """Every facet by code, built-in ones first; a built-in code wins over an attribute's."""
    specs = {spec.code: spec for spec in BUILT_IN}
    for definition in definitions:
        field = attribute_field(definition)
        if field is not None and definition.code not in specs:
            kind = _ATTRIBUTE_FACET[definition.type]
            specs[definition.code] = FacetSpec(definition.code, definition.labels, kind, field, definition)
    return specs


def collection_schema(name: str, definitions: Iterable[AttributeRecord], language: str) -> dict[str, Any]:
    """The Typesense schema of one language's collection."""
    locale = "" if language == "en" else language
    attributes = [
        {"name": spec.field, "type": _field_type(spec.field), "facet": True, "optional": True}
        for spec in facet_specs(definitions).values()
        if spec.attribute is not None
    ]
    return {
        "name": name,
        "fields": [
            {"name": "name", "type": "string", "sort": True, "locale": locale},
            {"name": "description", "type": "string", "optional": True, "locale": locale},
            {"name": "brand", "type": "string", "optional": True},
            {"name": "keywords", "type": "string[]", "locale": locale},
            {"name": "skus", "type": "string[]"},
            {"name": "category_ids", "type": "string[]", "facet": True},
            {"name": "collection_ids", "type": "string[]", "facet": True},
            {"name": "brand_id", "type": "string", "facet": True, "optional": True},
            {"name": "seller_id", "type": "string", "facet": True, "optional": True},
            {"name": "tags", "type": "string[]", "facet": True},
            {"name": PRICE, "type": "int64", "facet": True},
            {"name": "in_stock", "type": "bool", "facet": True},
            {"name": "on_sale", "type": "bool", "facet": True},
            {"name": "rating", "type": "float", "facet": True, "optional": True},
            {"name": "rating_order", "type": "float"},
            {"name": "sales_score", "type": "int32"},
            {"name": "published_at", "type": "int64"},
            {"name": "ordinal", "type": "int64"},
            *attributes,
        ],
    }


def _field_type(field: str) -> str:
    return {"s": "string[]", "b": "bool", "n": "float"}[field[0]]
