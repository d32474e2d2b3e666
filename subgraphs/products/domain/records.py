"""Rows of the catalogue as frozen values, field for field; translated texts are mappings from language to text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

Texts: TypeAlias = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ProductRecord:
    """A product; ``status`` is DRAFT, ACTIVE or ARCHIVED."""

    id: str
    slug: str
    status: str
    names: Texts
    descriptions: Texts
    brand_id: str | None
    product_type_id: str
    primary_category_id: str | None
    attributes: Mapping[str, Any]
    options: list[dict[str, Any]]
    tags: list[str]
    metafields: list[dict[str, str]]
    seller_id: str | None
    published_at: datetime | None
    created_at: datetime
    updated_at: datetime
    version: int

    def is_on_sale_at(self, now: datetime) -> bool:
        """True when shoppers see it."""
        return self.status == "ACTIVE" and self.published_at is not None and self.published_at <= now


@dataclass(frozen=True, slots=True)
class VariantRecord:
    """A product variant; the measures are of the packed article."""

    id: str
    product_id: str
    sku: str
    gtin: str | None
    titles: Texts
    position: int
    selected_options: list[dict[str, str]]
    attributes: Mapping[str, Any]
    weight_grams: int | None
    length_mm: int | None
    width_mm: int | None
    height_mm: int | None
    requires_shipping: bool
    track_inventory: bool
    tax_class: str
    country_of_origin: str | None
    hs_code: str | None
    metafields: list[dict[str, str]]
    created_at: datetime
    updated_at: datetime
    version: int


@dataclass(frozen=True, slots=True)
class CategoryRecord:
    """A category; ``path`` holds the ids from the root to itself."""

    id: str
    slug: str
    names: Texts
    descriptions: Texts
    parent_id: str | None
    path: list[str]
    level: int
    position: int
    version: int


@dataclass(frozen=True, slots=True)
class CollectionRecord:
    """A collection; without a rule its members are chosen by hand."""

    id: str
    slug: str
    names: Texts
    descriptions: Texts
    rule: dict[str, Any] | None
    version: int


@dataclass(frozen=True, slots=True)
class BrandRecord:
    """A brand."""

    id: str
    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class ProductTypeRecord:
    """A product type with the codes of its attributes."""

    id: str
    code: str
    name: str
    attribute_codes: list[str]
    variant_attribute_codes: list[str]


@dataclass(frozen=True, slots=True)
class AttributeRecord:
    """An attribute definition; ``options`` are ``{"code", "labels", "swatch", "position"}``."""

    id: str
    code: str
    labels: Texts
    type: str
    unit: str | None
    options: list[dict[str, Any]]
    required: bool
    localizable: bool
    facetable: bool
    searchable: bool
    sortable: bool
    validation: Any


@dataclass(frozen=True, slots=True)
class MediaRecord:
    """An image or a video; an empty ``variant_ids`` means that it shows every variant."""

    id: str
    product_id: str
    kind: str
    path: str
    alts: Texts
    position: int
    width: int | None
    height: int | None
    variant_ids: list[str]


@dataclass(frozen=True, slots=True)
class PriceRecord:
    """A price in force; amounts are minor units of ``currency``."""

    variant_id: str
    currency: str
    minimum_quantity: int
    effective_from: datetime
    effective_to: datetime | None
    amount_minor: int
    compare_at_minor: int | None
    includes_tax: bool


@dataclass(frozen=True, slots=True)
class PriceSpan:
    """Least and greatest price for one piece among a product's variants, in minor units of ``currency``."""

    product_id: str
    currency: str
    least: int
    greatest: int
    compare_least: int | None
    compare_greatest: int | None
