"""Search criteria in Typesense's filter language, one clause per facet, so that a facet's own can be left out."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Final

from shared.errors import BadUserInput
from shared.money import exponent
from subgraphs.products.domain.market import BASE_CURRENCY
from subgraphs.products.search.criteria import AttributeFilter, Range, SearchFilter
from subgraphs.products.search.fields import PRICE, FacetSpec

_LARGEST: Final = Decimal(10) ** 15
_NOTHING: Final = "ordinal:<0"
"""Matches no document: what an empty list of admissible values means."""


def visibility_clause(now: datetime) -> str:
    """Forced on every search; only active products are indexed at all."""
    return f"published_at:<={int(now.timestamp())}"


def clauses(criteria: SearchFilter, facets: Mapping[str, FacetSpec]) -> dict[str, str]:
    """The clause of each restricting facet, by facet code. Raises BadUserInput for an unknown attribute."""
    found: dict[str, list[str]] = {}

    def add(code: str, clause: str | None) -> None:
        if clause is not None:
            found.setdefault(code, []).append(clause)

    add("category", _one_of("category_ids", criteria.category_ids))
    add("collection", _one_of("collection_ids", criteria.collection_ids))
    add("brand", _one_of("brand_id", criteria.brand_ids))
    add("seller", _one_of("seller_id", criteria.seller_ids))
    add("tag", _one_of("tags", criteria.tags))
    add("inStock", _flag("in_stock", criteria.in_stock))
    add("onSale", _flag("on_sale", criteria.on_sale))
    if criteria.price is not None:
        add("price", _price(criteria.price))
    if criteria.min_rating is not None:
        add("rating", f"rating:>={_number(Decimal(repr(_finite(criteria.min_rating))))}")
    for attribute in criteria.attributes:
        add(attribute.code, _attribute(attribute, facets))
    return {code: conjunction(parts) for code, parts in found.items()}


def conjunction(parts: Iterable[str]) -> str:
    """All of ``parts``; no part restricts nothing."""
    return " && ".join(f"({part})" for part in parts)


def _attribute(attribute: AttributeFilter, facets: Mapping[str, FacetSpec]) -> str | None:
    spec = facets.get(attribute.code)
    if spec is None or spec.attribute is None:
        raise BadUserInput(f"There is no filterable attribute {attribute.code!r}.")
    parts: list[str | None] = []
    match spec.field[0]:
        case "s":
            if attribute.range is not None:
                raise BadUserInput(f"The attribute {attribute.code!r} has no range.")
            parts.append(_one_of(spec.field, attribute.values))
        case "b":
            if attribute.range is not None or not {"true", "false"}.issuperset(attribute.values or ()):
                raise BadUserInput(f"The attribute {attribute.code!r} is true or false.")
            if attribute.values is not None:
                parts.append(f"{spec.field}:=[{','.join(attribute.values)}]" if attribute.values else _NOTHING)
        case _:
            if attribute.range is not None:
                parts.append(_between(spec.field, _bound(attribute.range.gte), _bound(attribute.range.lte)))
            if attribute.values is not None:
                numbers = [_number(_decimal(attribute.code, value)) for value in attribute.values]
                parts.append(f"{spec.field}:=[{','.join(numbers)}]" if numbers else _NOTHING)
    return conjunction(part for part in parts if part) or None


def _one_of(field: str, values: tuple[str, ...] | None) -> str | None:
    """Values stand in back-ticks, which they cannot contain: `criteria` refused those. A blank one names nothing."""
    if values is None:
        return None
    named = [f"`{value}`" for value in values if value.strip()]
    return f"{field}:=[{','.join(named)}]" if named else _NOTHING


def _flag(field: str, value: bool | None) -> str | None:
    return None if value is None else f"{field}:={'true' if value else 'false'}"


def _price(bounds: Range) -> str | None:
    digits = exponent(BASE_CURRENCY)
    low = None if bounds.gte is None else _clamp(bounds.gte).scaleb(digits).to_integral_value(ROUND_CEILING)
    high = None if bounds.lte is None else _clamp(bounds.lte).scaleb(digits).to_integral_value(ROUND_FLOOR)
    return _between(PRICE, None if low is None else str(int(low)), None if high is None else str(int(high)))


def _between(field: str, low: str | None, high: str | None) -> str | None:
    """None without any bound."""
    parts = [f"{field}:{sign}{bound}" for sign, bound in ((">=", low), ("<=", high)) if bound is not None]
    return " && ".join(parts) or None


def _bound(value: Decimal | None) -> str | None:
    return None if value is None else _number(value)


def _number(value: Decimal) -> str:
    """Plain digits: the engine reads no exponents."""
    return format(_clamp(value), "f")


def _clamp(value: Decimal) -> Decimal:
    """Far beyond every attribute and price, and within what the engine can hold; at most six decimal places."""
    return max(-_LARGEST, min(_LARGEST, value)).quantize(Decimal("0.000001")).normalize() + 0


def _decimal(code: str, text: str) -> Decimal:
    try:
        value = Decimal(text)
    except ArithmeticError as error:
        raise BadUserInput(f"The attribute {code!r} is a number.") from error
    if not value.is_finite():
        raise BadUserInput(f"The attribute {code!r} is a number.")
    return value


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise BadUserInput("minRating is a finite number.")
    return value
