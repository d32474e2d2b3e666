"""Events of the products subgraph."""
# ruff: noqa: N815 - field names are the wire's

from __future__ import annotations

from typing import ClassVar

from shared.events.contracts.base import EventData, MoneyData


class ProductCreatedV1(EventData, frozen=True, kw_only=True):
    """A product exists. Subject: the product id."""

    TYPE: ClassVar[str] = "catalog.product.created.v1"
    productId: str
    slug: str
    status: str


class ProductUpdatedV1(EventData, frozen=True, kw_only=True):
    """Something of a product changed; ``changed`` names its fields. Subject: the product id."""

    TYPE: ClassVar[str] = "catalog.product.updated.v1"
    productId: str
    slug: str
    status: str
    changed: list[str]


class PriceChangedV1(EventData, frozen=True, kw_only=True):
    """A variant's price was set, to hold now or later. Subject: the variant id."""

    TYPE: ClassVar[str] = "catalog.price.changed.v1"
    variantId: str
    productId: str
    old: MoneyData | None
    new: MoneyData
    reason: str
