"""The scalars that all subgraphs share, for those that are written with Ariadne."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from ariadne import ScalarType
from graphql import GraphQLError

date_time = ScalarType("DateTime")
decimal = ScalarType("Decimal")
big_int = ScalarType("BigInt", serializer=str)
texts = tuple(ScalarType(name) for name in ("CurrencyCode", "CountryCode", "LanguageCode", "URL"))


@date_time.serializer
def serialize_instant(value: datetime) -> str:
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


@date_time.value_parser
def parse_instant(value: Any) -> datetime:
    try:
        parsed = datetime.fromisoformat(value)
        instant = parsed.astimezone(UTC)
    except (TypeError, ValueError, OverflowError) as error:
        raise GraphQLError("A DateTime is an RFC 3339 string.") from error
    if parsed.tzinfo is None:
        raise GraphQLError("A DateTime names its offset from UTC.")
    return instant


@decimal.serializer
def serialize_decimal(value: Decimal) -> str:
    return format(value, "f")


@decimal.value_parser
def parse_decimal(value: Any) -> Decimal:
    try:
        parsed = Decimal(str(value))
    except InvalidOperation as error:
        raise GraphQLError("A Decimal is a number, best written as a string.") from error
    if isinstance(value, bool) or not parsed.is_finite() or abs(parsed.adjusted()) > 30:
        raise GraphQLError("A Decimal is a finite number.")
    return parsed


@big_int.value_parser
def parse_big_int(value: Any) -> int:
    try:
        return int(str(value))
    except ValueError as error:
        raise GraphQLError("A BigInt is a whole number, written as a string.") from error


def _parse_text(value: Any) -> str:
    if not isinstance(value, str):
        raise GraphQLError("A string is expected.")
    return value


for _scalar in texts:
    _scalar.set_value_parser(_parse_text)

SCALARS = (date_time, decimal, big_int, *texts)
