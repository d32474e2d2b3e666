"""From a table and the frozen record of its rows to the statement that selects them and the conversion."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from typing import Any, Generic, TypeVar

from sqlalchemy import Row, Select, Table, select

R = TypeVar("R")


class RecordShape(Generic[R]):
    """Selects exactly the columns that the record has fields for."""

    def __init__(self, table: Table, record: type[R]) -> None:
        self._record: Callable[..., R] = record
        self._columns = [table.c[field.name] for field in fields(record)]  # type: ignore[arg-type]

    def select(self) -> Select[Any]:
        """``SELECT`` of the record's columns."""
        return select(*self._columns)

    def records(self, rows: Iterable[Row[Any]]) -> Sequence[R]:
        """The records of the statement's rows."""
        return [self._record(*row) for row in rows]
