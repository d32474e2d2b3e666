"""A search as the client means it, checked and typed: no engine's syntax yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from shared.errors import BadUserInput, LimitExceeded

MAX_QUERY_LENGTH: Final = 200
MAX_FILTER_VALUES: Final = 100
MAX_VALUE_LENGTH: Final = 200
MAX_ATTRIBUTE_FILTERS: Final = 20


@dataclass(frozen=True, slots=True)
class Range:
    """Bounds, both inclusive; None is open."""

    gte: Decimal | None = None
    lte: Decimal | None = None


@dataclass(frozen=True, slots=True)
class AttributeFilter:
    """One of ``values`` (codes, or true and false), within ``range``, or both."""

    code: str
    values: tuple[str, ...] | None = None
    range: Range | None = None


@dataclass(frozen=True, slots=True)
class SearchFilter:
    """AND across fields, OR inside a tuple; None does not restrict. Prices are decimal amounts."""

    category_ids: tuple[str, ...] | None = None
    collection_ids: tuple[str, ...] | None = None
    brand_ids: tuple[str, ...] | None = None
    seller_ids: tuple[str, ...] | None = None
    tags: tuple[str, ...] | None = None
    price: Range | None = None
    in_stock: bool | None = None
    on_sale: bool | None = None
    min_rating: float | None = None
    attributes: tuple[AttributeFilter, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchCriteria:
    """What is searched for. ``within`` is the category or collection that a page stands for: no facet lifts it."""

    language: str
    query: str = ""
    filter: SearchFilter = field(default_factory=SearchFilter)
    within: SearchFilter = field(default_factory=SearchFilter)
    sort: str = "RELEVANCE"
    descending: bool = False

    @property
    def order(self) -> str:
        """Names the order that a cursor belongs to."""
        return f"search:{self.sort}:{'desc' if self.descending else 'asc'}"


def parse_query(query: str | None) -> str:
    """The query's text; white space and what cannot be printed only separate words. Raises BadUserInput."""
    text = " ".join("".join(c if c.isprintable() else " " for c in query or "").split())
    if len(text) > MAX_QUERY_LENGTH:
        raise BadUserInput(f"The query is longer than {MAX_QUERY_LENGTH} characters.")
    return text


def parse_filter(value: Mapping[str, Any] | None) -> SearchFilter:
    """A ``ProductSearchFilter`` as graphql-core coerced it. Raises BadUserInput, LimitExceeded."""
    value = value or {}
    attributes = value.get("attributes") or ()
    if len(attributes) > MAX_ATTRIBUTE_FILTERS:
        raise LimitExceeded(f"At most {MAX_ATTRIBUTE_FILTERS} attribute filters are allowed.")
    return SearchFilter(
        category_ids=_texts(value.get("category_ids")),
        collection_ids=_texts(value.get("collection_ids")),
        brand_ids=_texts(value.get("brand_ids")),
        seller_ids=_texts(value.get("seller_ids")),
        tags=_texts(value.get("tags")),
        price=_range(value.get("price")),
        in_stock=value.get("in_stock"),
        on_sale=value.get("on_sale"),
        min_rating=value.get("min_rating"),
        attributes=tuple(
            AttributeFilter(_text(item["code"]), _texts(item.get("in")), _range(item.get("range")))
            for item in attributes
        ),
    )


def _texts(values: Sequence[str] | None) -> tuple[str, ...] | None:
    if values is None:
        return None
    if len(values) > MAX_FILTER_VALUES:
        raise LimitExceeded(f"At most {MAX_FILTER_VALUES} values are allowed in one filter.")
    return tuple(_text(value) for value in values)


def _text(value: str) -> str:
    """A back-tick would end the quoting of the engine's filter language, a control character has no business here."""
    if "`" in value or not value.isprintable() or len(value) > MAX_VALUE_LENGTH:
        raise BadUserInput("A filter value has characters that are not allowed.")
    return value


def _range(value: Mapping[str, Decimal | None] | None) -> Range | None:
    return None if value is None else Range(value.get("gte"), value.get("lte"))
