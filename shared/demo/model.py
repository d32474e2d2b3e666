"""The values of the demo catalogue: what the generator yields and the five subgraphs load.

Nothing here knows how a value is chosen or where it is stored. Money is in minor units of `CURRENCY`, weights in
grams, lengths in millimetres, instants in UTC.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeAlias

CURRENCY = "EUR"
LANGUAGES = ("en", "de")
PASSWORD = "agora-demo-1"  # noqa: S105 -- the published password of the demo logins

AttributeValues: TypeAlias = Mapping[str, Any]
"""Attribute code to JSON value, as the attribute's definition types it."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text in each of `LANGUAGES`."""

    en: str
    de: str

    def as_json(self) -> dict[str, str]:
        """``{"en": …, "de": …}``, the form in which translations are stored."""
        return {"en": self.en, "de": self.de}


@dataclass(frozen=True, slots=True)
class Brand:
    """A maker; ``code`` is the prefix of its SKUs."""

    id: str
    slug: str
    name: str
    code: str


@dataclass(frozen=True, slots=True)
class Category:
    """A node of the tree. ``path`` holds the ids from the root to the node itself; a root has level 0."""

    id: str
    slug: str
    name: Text
    description: Text
    parent_id: str | None
    path: tuple[str, ...]
    level: int
    position: int


@dataclass(frozen=True, slots=True)
class Collection:
    """A hand-merchandised selection of products."""

    id: str
    slug: str
    name: Text
    description: Text


@dataclass(frozen=True, slots=True)
class AttributeOption:
    """One admissible value of a SELECT, MULTISELECT or COLOR attribute; ``swatch`` is ``#rrggbb``."""

    code: str
    label: Text
    swatch: str | None = None


@dataclass(frozen=True, slots=True)
class AttributeDefinition:
    """What an attribute means; ``type`` is a name of the schema's ``AttributeType``."""

    id: str
    code: str
    label: Text
    type: str
    unit: str | None = None
    options: tuple[AttributeOption, ...] = ()
    facetable: bool = False
    searchable: bool = False
    sortable: bool = False


@dataclass(frozen=True, slots=True)
class ProductType:
    """Which attributes its products, and their variants, carry."""

    id: str
    code: str
    name: str
    attribute_codes: tuple[str, ...]
    variant_attribute_codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dimensions:
    """Of the packed article, in millimetres."""

    length: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class PastPrice:
    """A price that held from ``effective_from`` to ``effective_to``."""

    amount: int
    effective_from: datetime
    effective_to: datetime


@dataclass(frozen=True, slots=True)
class Variant:
    """What is sold and stocked. ``price`` and ``compare_at`` are minor units, tax included."""

    id: str
    product_id: str
    sku: str
    gtin: str
    position: int
    title: Text
    selected_options: tuple[tuple[str, str], ...]
    attributes: AttributeValues
    price: int
    compare_at: int | None
    price_since: datetime
    past_prices: tuple[PastPrice, ...]
    weight_grams: int
    dimensions: Dimensions


@dataclass(frozen=True, slots=True)
class Image:
    """A drawing that products can make from ``path`` alone: ``<kind>-<rrggbb>-<id>``."""

    id: str
    path: str
    alt: Text
    position: int
    width: int
    height: int
    variant_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Product:
    """A product with all that hangs on it. ``index`` counts from 0 and does not depend on the catalogue's size."""

    index: int
    id: str
    slug: str
    name: Text
    description: Text
    brand_id: str
    product_type_id: str
    category_path: tuple[str, ...]
    collection_ids: tuple[str, ...]
    tags: tuple[str, ...]
    attributes: AttributeValues
    options: tuple[tuple[str, tuple[str, ...]], ...]
    variants: tuple[Variant, ...]
    images: tuple[Image, ...]
    sales_score: int
    created_at: datetime
    published_at: datetime

    @property
    def category_id(self) -> str:
        """The leaf category that the product belongs to."""
        return self.category_path[-1]


@dataclass(frozen=True, slots=True)
class Warehouse:
    """A place that holds stock; a lower ``priority`` ships first."""

    id: str
    code: str
    name: str
    country: str
    postal_code: str
    latitude: float
    longitude: float
    priority: int
    serves_countries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StockLevel:
    """Units of one variant in one warehouse."""

    id: str
    variant_id: str
    product_id: str
    sku: str
    warehouse_id: str
    on_hand: int
    reorder_point: int
    reorder_quantity: int


@dataclass(frozen=True, slots=True)
class Review:
    """An approved review; ``author_name`` is the display name of the user ``author_id``."""

    id: str
    product_id: str
    author_id: str
    author_name: str
    rating: int
    title: str
    body: str
    language: str
    verified_purchase: bool
    helpful_count: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class DemoAddress:
    """A postal address in a user's address book."""

    id: str
    name: str
    line1: str
    city: str
    postal_code: str
    country: str


@dataclass(frozen=True, slots=True)
class DemoUser:
    """A user. One without a password writes reviews and cannot sign in."""

    id: str
    email: str
    first_name: str
    last_name: str
    display_name: str
    roles: tuple[str, ...]
    password: str | None = None
    language: str = "en"
    addresses: tuple[DemoAddress, ...] = field(default=())


RELEASED = date(2025, 1, 1)
"""The oldest release date of a demo product; every instant of the demo data derives from it."""
