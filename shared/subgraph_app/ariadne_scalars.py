"""The scalars that all subgraphs share, for those that are written with Ariadne."""

from __future__ import annotations

from typing import Final

from ariadne import ScalarType

from shared.subgraph_app.scalar_values import (
    read_big_int,
    read_decimal,
    read_instant,
    read_text,
    write_decimal,
    write_instant,
)

SCALARS: Final = (
    ScalarType("DateTime", serializer=write_instant, value_parser=read_instant),
    ScalarType("Decimal", serializer=write_decimal, value_parser=read_decimal),
    ScalarType("BigInt", serializer=str, value_parser=read_big_int),
    *(ScalarType(name, value_parser=read_text) for name in ("CurrencyCode", "CountryCode", "LanguageCode", "URL")),
)
