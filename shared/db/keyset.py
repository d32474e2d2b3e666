"""Keyset pagination in SQL: order by a unique key, continue after its value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, UnaryExpression, tuple_

from shared.pagination import PageRequest


def keyset_order(
    columns: Sequence[ColumnElement[Any]], request: PageRequest, *, descending: bool = False
) -> list[UnaryExpression[Any]]:
    """``ORDER BY`` terms over ``columns`` (the last one unique), reversed for a page from the end."""
    downwards = descending is not request.backward
    return [column.desc() if downwards else column.asc() for column in columns]


def keyset_after(
    columns: Sequence[ColumnElement[Any]], request: PageRequest, *, descending: bool = False
) -> list[ColumnElement[bool]]:
    """Conditions that start the page where its cursors say. No column may be nullable."""
    conditions: list[ColumnElement[bool]] = []
    row = tuple_(*columns)
    if request.after is not None:
        conditions.append(row < request.after if descending else row > request.after)
    if request.before is not None:
        conditions.append(row > request.before if descending else row < request.before)
    return conditions
