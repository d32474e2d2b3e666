"""The base of all tables of this domain."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, DateTime, MetaData, Numeric, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase

metadata = MetaData()


class OrdersTable(DeclarativeBase):
    """Base that keeps these tables in the metadata of this domain; integers are 64 bits wide."""

    metadata = metadata
    type_annotation_map = {  # noqa: RUF012 - read by the declarative machinery
        str: Text,
        int: BigInteger,
        datetime: DateTime(timezone=True),
        Decimal: Numeric,
        dict[str, Any]: JSONB(none_as_null=True),
        list[dict[str, Any]]: JSONB(none_as_null=True),
    }
