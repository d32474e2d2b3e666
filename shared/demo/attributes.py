"""The demo's attribute definitions and the product types that combine them."""

from __future__ import annotations

from shared.demo.model import AttributeDefinition, AttributeOption, ProductType, Text
from shared.demo.vocabulary import APPAREL_SIZES, AUDIENCES, CAPACITIES, COLORS, FEATURES, MATERIALS, SHOE_SIZES
from shared.ids import derived_id


def _define(
    code: str,
    label: Text,
    type_: str,
    *,
    unit: str | None = None,
    options: tuple[AttributeOption, ...] = (),
    facetable: bool = False,
    searchable: bool = False,
) -> AttributeDefinition:
    return AttributeDefinition(
        id=derived_id("att", "demo", code),
        code=code,
        label=label,
        type=type_,
        unit=unit,
        options=options,
        facetable=facetable,
        searchable=searchable,
        sortable=type_ in {"MEASUREMENT", "INTEGER", "DATE"},
    )


DEFINITIONS = (
    _define("color", Text("Colour", "Farbe"), "COLOR", options=COLORS, facetable=True, searchable=True),
    _define("size", Text("Size", "Größe"), "SELECT", options=APPAREL_SIZES, facetable=True),
    _define("shoe-size", Text("Shoe size (EU)", "Schuhgröße (EU)"), "SELECT", options=SHOE_SIZES, facetable=True),
    _define("capacity", Text("Capacity", "Fassungsvermögen"), "SELECT", options=CAPACITIES, facetable=True),
    _define("material", Text("Material", "Material"), "SELECT", options=MATERIALS, facetable=True, searchable=True),
    _define("audience", Text("For", "Für"), "SELECT", options=AUDIENCES, facetable=True),
    _define("features", Text("Features", "Merkmale"), "MULTISELECT", options=FEATURES, facetable=True, searchable=True),
    _define("waterproof", Text("Waterproof", "Wasserdicht"), "BOOLEAN", facetable=True),
    _define("weight", Text("Weight", "Gewicht"), "MEASUREMENT", unit="g", facetable=True),
    _define("length", Text("Length", "Länge"), "MEASUREMENT", unit="mm", facetable=True),
    _define("battery-hours", Text("Battery life", "Akkulaufzeit"), "INTEGER", unit="h", facetable=True),
    _define("power", Text("Power", "Leistung"), "MEASUREMENT", unit="W", facetable=True),
    _define("care", Text("Care", "Pflege"), "TEXT"),
    _define("released", Text("Released", "Erschienen"), "DATE"),
)


def _type(code: str, name: str, attributes: tuple[str, ...], variant_attributes: tuple[str, ...]) -> ProductType:
    return ProductType(derived_id("ptp", "demo", code), code, name, attributes, variant_attributes)


_COMMON = ("material", "features", "weight", "length", "released")

PRODUCT_TYPES = (
    _type("apparel", "Apparel", (*_COMMON, "audience", "care"), ("color", "size")),
    _type("footwear", "Footwear", (*_COMMON, "audience", "waterproof"), ("color", "shoe-size")),
    _type("bag", "Bag", (*_COMMON, "waterproof"), ("color", "capacity")),
    _type("furniture", "Furniture", (*_COMMON, "care"), ("color",)),
    _type("kitchenware", "Kitchenware", _COMMON, ("color", "capacity")),
    _type("lighting", "Lighting", (*_COMMON, "power"), ("color",)),
    _type("electronics", "Electronics", (*_COMMON, "battery-hours", "power"), ("color", "capacity")),
    _type("outdoor", "Outdoor gear", (*_COMMON, "waterproof"), ("color", "capacity")),
)
