"""The value types that all subgraphs share, for those that are written with Strawberry.

The definitions, descriptions included, are the same in all subgraphs: composition intersects input fields, so that one
that only some have would disappear without a word. Only what a subgraph uses is printed into its schema.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal as PythonDecimal
from typing import Any, Final, NewType, TypeVar

import strawberry
from graphql import GraphQLSchema
from strawberry.federation import Schema
from strawberry.scalars import JSON
from strawberry.schema.config import StrawberryConfig
from strawberry.types.scalar import ScalarDefinition

from shared.pagination import Page
from shared.subgraph_app.scalar_values import (
    read_big_int,
    read_decimal,
    read_instant,
    read_text,
    write_decimal,
    write_instant,
)

FEDERATION_VERSION: Final = "2.5"

DateTime = NewType("DateTime", datetime)
Decimal = NewType("Decimal", PythonDecimal)
BigInt = NewType("BigInt", int)
CurrencyCode = NewType("CurrencyCode", str)
CountryCode = NewType("CountryCode", str)
LanguageCode = NewType("LanguageCode", str)
URL = NewType("URL", str)


def _scalar(
    name: str, description: str | None, *, serialize: Any = str, parse_value: Any = read_text
) -> ScalarDefinition:
    return strawberry.scalar(name=name, description=description, serialize=serialize, parse_value=parse_value)


SCALARS: Final[dict[object, ScalarDefinition]] = {
    DateTime: _scalar("DateTime", "RFC 3339 UTC instant.", serialize=write_instant, parse_value=read_instant),
    Decimal: _scalar(
        "Decimal",
        "Arbitrary-precision decimal, serialised as a string.",
        serialize=write_decimal,
        parse_value=read_decimal,
    ),
    BigInt: _scalar("BigInt", "64-bit integer, serialised as a string.", parse_value=read_big_int),
    CurrencyCode: _scalar(
        "CurrencyCode", "ISO 4217 code; a scalar, not an enum, so that adding a currency is not a schema change."
    ),
    CountryCode: _scalar("CountryCode", "ISO 3166-1 alpha-2."),
    LanguageCode: _scalar("LanguageCode", "BCP 47."),
    URL: _scalar("URL", None),
    JSON: _scalar("JSON", None, serialize=lambda value: value, parse_value=lambda value: value),
}


@strawberry.interface
class Node:
    id: strawberry.ID


@strawberry.interface(
    description="Every business-rule failure; transport and authorisation failures are GraphQL errors instead."
)
class UserError:
    field: list[str] | None = strawberry.field(
        description='Path into the mutation\'s arguments, e.g. ["input","lines","0","quantity"].'
    )
    message: str


@strawberry.federation.type(shareable=True)
class Money:
    amount: Decimal
    currency_code: CurrencyCode
    minor_units: BigInt = strawberry.field(description="amount × 10^exponent(currency), exact.")


@strawberry.federation.type(shareable=True)
class PageInfo:
    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None


@strawberry.input
class IDFilter:
    eq: strawberry.ID | None = strawberry.UNSET
    in_: list[strawberry.ID] | None = strawberry.field(name="in", default=strawberry.UNSET)
    not_in: list[strawberry.ID] | None = strawberry.UNSET


@strawberry.input
class StringFilter:
    eq: str | None = strawberry.UNSET
    in_: list[str] | None = strawberry.field(name="in", default=strawberry.UNSET)
    contains: str | None = strawberry.UNSET
    starts_with: str | None = strawberry.UNSET


@strawberry.input
class BooleanFilter:
    eq: bool | None = strawberry.UNSET


@strawberry.input
class IntFilter:
    eq: int | None = strawberry.UNSET
    gt: int | None = strawberry.UNSET
    gte: int | None = strawberry.UNSET
    lt: int | None = strawberry.UNSET
    lte: int | None = strawberry.UNSET


@strawberry.input
class DateTimeFilter:
    gte: DateTime | None = strawberry.UNSET
    lt: DateTime | None = strawberry.UNSET


T = TypeVar("T")


def page_info(page: Page[T]) -> PageInfo:
    """The ``pageInfo`` of a page."""
    return PageInfo(
        has_next_page=page.has_next_page,
        has_previous_page=page.has_previous_page,
        start_cursor=page.start_cursor,
        end_cursor=page.end_cursor,
    )


def federation_schema(query: type, mutation: type | None = None, *, types: list[type]) -> Schema:
    """A federation schema with the shared scalars; ``types`` are entities that no root field returns."""
    return Schema(
        query=query,
        mutation=mutation,
        types=types,
        federation_version=FEDERATION_VERSION,
        config=StrawberryConfig(scalar_map=SCALARS),
    )


def executable(schema: Schema) -> GraphQLSchema:
    """graphql-core's schema, which the mount executes."""
    return schema._schema  # noqa: SLF001 - Strawberry has no public name for it


def federation_sdl(schema: Schema) -> str:
    """What ``_service { sdl }`` answers."""
    result = schema.execute_sync("{ _service { sdl } }")
    assert result.data is not None, result.errors
    sdl: str = result.data["_service"]["sdl"]
    return sdl
