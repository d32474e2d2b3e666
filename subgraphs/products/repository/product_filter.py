"""``ProductFilter`` as SQL conditions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, or_, select

from shared.errors import BadUserInput, LimitExceeded
from subgraphs.products.models import product, product_category

MAX_DEPTH: Final = 5
MAX_VALUES: Final = 100


def product_conditions(value: Mapping[str, Any], depth: int = 0) -> tuple[ColumnElement[bool], ...]:
    """Conditions that all must hold. Raises LimitExceeded for a filter that is nested too deeply."""
    if depth > MAX_DEPTH:
        raise LimitExceeded(f"A filter may be nested {MAX_DEPTH} levels deep.")
    found: list[ColumnElement[bool]] = []
    for name, part in value.items():
        if part is not None:
            found.append(_condition(name, part, depth))
    return tuple(found)


def _condition(name: str, part: Any, depth: int) -> ColumnElement[bool]:
    match name:
        case "id":
            return _ids(product.c.id, part)
        case "seller_id":
            return _ids(product.c.seller_id, part)
        case "category_id":
            member = select(product_category.c.product_id).where(_ids(product_category.c.category_id, part))
            return product.c.id.in_(member)
        case "slug":
            return _text(product.c.slug, part)
        case "name":
            return _text(product.c.names["en"].astext, part)
        case "status":
            return product.c.status.in_(_bounded(part))
        case "updated_at":
            return _instants(product.c.updated_at, part)
        case "and":
            return and_(*(and_(True, *product_conditions(item, depth + 1)) for item in _bounded(part)))
        case "or":
            return or_(False, *(and_(True, *product_conditions(item, depth + 1)) for item in _bounded(part)))
        case _:
            raise BadUserInput(f"Products cannot be filtered by {name!r}.")


def _ids(column: ColumnElement[Any], part: Mapping[str, Any]) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = []
    if part.get("eq") is not None:
        conditions.append(column == part["eq"])
    if part.get("in") is not None:
        conditions.append(column.in_(_bounded(part["in"])))
    if part.get("not_in") is not None:
        conditions.append(column.not_in(_bounded(part["not_in"])))
    return and_(True, *conditions)


def _text(column: ColumnElement[Any], part: Mapping[str, Any]) -> ColumnElement[bool]:
    """``contains`` and ``startsWith`` take every character literally and ignore case."""
    conditions: list[ColumnElement[bool]] = []
    if part.get("eq") is not None:
        conditions.append(column == part["eq"])
    if part.get("in") is not None:
        conditions.append(column.in_(_bounded(part["in"])))
    if part.get("contains") is not None:
        conditions.append(column.icontains(part["contains"], autoescape=True))
    if part.get("starts_with") is not None:
        conditions.append(column.istartswith(part["starts_with"], autoescape=True))
    return and_(True, *conditions)


def _instants(column: ColumnElement[Any], part: Mapping[str, Any]) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = []
    if part.get("gte") is not None:
        conditions.append(column >= part["gte"])
    if part.get("lt") is not None:
        conditions.append(column < part["lt"])
    return and_(True, *conditions)


def _bounded(values: list[Any]) -> list[Any]:
    if len(values) > MAX_VALUES:
        raise LimitExceeded(f"At most {MAX_VALUES} values are allowed in one filter.")
    return values
