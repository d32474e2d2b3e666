"""Events of the reviews subgraph."""
# ruff: noqa: N815 - field names are the wire's

from __future__ import annotations

from typing import ClassVar

from shared.events.contracts.base import EventData


class RatingChangedV1(EventData, frozen=True, kw_only=True):
    """A product's rating summary changed; ``average`` is null when ``count`` is 0. Subject: the product id."""

    TYPE: ClassVar[str] = "reviews.rating.changed.v1"
    productId: str
    average: float | None
    count: int
