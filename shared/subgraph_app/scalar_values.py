"""Values of the scalars that all subgraphs share, as both GraphQL libraries read and write them.

Readers raise ``GraphQLError`` with one sentence for the caller.
"""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from graphql import GraphQLError

_MAX_EXPONENT: Final = 30  # more than any amount or measure has; written out, 1E+999999999 would fill the memory
_BIG_INT_RANGE: Final = range(-(2**63), 2**63)


def read_instant(value: Any) -> datetime:
    """DateTime: RFC 3339, in UTC from here on."""
    if not isinstance(value, str):
        raise GraphQLError("A DateTime is an RFC 3339 string.")
    try:
        parsed = datetime.fromisoformat(value)
        instant = parsed.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise GraphQLError("A DateTime is an RFC 3339 string.") from error
    if parsed.tzinfo is None:
        raise GraphQLError("A DateTime names its offset from UTC.")
    return instant


def write_instant(value: datetime) -> str:
    """RFC 3339 in UTC."""
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def read_decimal(value: Any) -> Decimal:
    """Decimal: a finite number of a size that can be written out."""
    try:
        parsed = Decimal(str(value))
    except InvalidOperation as error:
        raise GraphQLError("A Decimal is a number, best written as a string.") from error
    if not parsed.is_finite() or abs(parsed.adjusted()) > _MAX_EXPONENT:
        raise GraphQLError("A Decimal is a finite number.")
    return parsed


def write_decimal(value: Decimal) -> str:
    """All digits, without an exponent."""
    return format(value, "f")


def read_big_int(value: Any) -> int:
    """BigInt: a whole number of 64 bits."""
    try:
        number = int(str(value))
    except ValueError as error:
        raise GraphQLError("A BigInt is a whole number, written as a string.") from error
    if number not in _BIG_INT_RANGE:
        raise GraphQLError("A BigInt has 64 bits.")
    return number


def read_text(value: Any) -> str:
    """Codes and URLs: any text; what it means is the domain's business."""
    if not isinstance(value, str):
        raise GraphQLError("A string is expected.")
    return value
