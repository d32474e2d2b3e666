"""The shape of an answer: what stands under each response key, for each runtime type, and how nulls move.

Built once per operation and state of its conditions (``build_shape.py``); completing a value follows the GraphQL
specification, section 6.4.3 (value completion) and 6.4.4 (errors and non-null types).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from gateway.projection.leaves import Coerce, InvalidLeaf
from gateway.projection.report import ErrorReport, PathLink

PROPAGATE: Final = object()
"""A null where none may stand: the nearest nullable parent becomes null."""

_ABSENT: Final = object()


class Shape(Protocol):
    """How a value of one type position is completed."""

    def complete(self, value: Any, link: PathLink, report: ErrorReport) -> Any:
        """The client's value, None, or ``PROPAGATE``."""
        ...


@dataclass(slots=True)
class _Position:
    """A type position; ``coordinate`` is the field it belongs to, for messages."""

    coordinate: str
    non_null: bool

    def null(self, link: PathLink, report: ErrorReport) -> Any:
        if not self.non_null:
            return None
        report.null_in_non_null(link, self.coordinate)
        return PROPAGATE


@dataclass(slots=True)
class LeafShape(_Position):
    """A scalar or an enum."""

    coerce: Coerce | None

    def complete(self, value: Any, link: PathLink, report: ErrorReport) -> Any:
        if value is None:
            return self.null(link, report)
        if self.coerce is None:
            return value
        try:
            return self.coerce(value)
        except InvalidLeaf as error:
            report.invalid(link, str(error))
            return self.null(link, report)


@dataclass(slots=True)
class ListShape(_Position):
    """A list; lists of lists nest."""

    item: Shape

    def complete(self, value: Any, link: PathLink, report: ErrorReport) -> Any:
        if value is None:
            return self.null(link, report)
        if not isinstance(value, list):
            report.invalid(link, f"Expected a list for field {self.coordinate}.")
            return self.null(link, report)
        completed = []
        for index, item in enumerate(value):
            result = self.item.complete(item, (link, index), report)
            if result is PROPAGATE:
                return self.null(link, report)
            completed.append(result)
        return completed


@dataclass(frozen=True, slots=True)
class FieldShape:
    """A response key of an object."""

    key: str
    shape: Shape


@dataclass(slots=True)
class ObjectShape(_Position):
    """An object of a known type."""

    fields: tuple[FieldShape, ...]

    def complete(self, value: Any, link: PathLink, report: ErrorReport) -> Any:
        if value is None:
            return self.null(link, report)
        if not isinstance(value, dict):
            report.invalid(link, f"Expected an object for field {self.coordinate}.")
            return self.null(link, report)
        return self.complete_fields(value, link, report)

    def complete_fields(self, source: dict[str, Any], link: PathLink, report: ErrorReport) -> Any:
        completed: dict[str, Any] = {}
        for member in self.fields:
            key = member.key
            value = source.get(key, _ABSENT)
            here: PathLink = (link, key)
            if value is _ABSENT:
                report.absent(here)
                value = None
            result = member.shape.complete(value, here, report)
            if result is PROPAGATE:
                return self.null(link, report)
            completed[key] = result
        return completed


@dataclass(slots=True)
class AbstractShape(_Position):
    """An interface or a union: the object's ``__typename`` decides.

    ``build`` makes the shape for one of ``possible_types``. ``untyped`` serves objects of unknown type where the
    selections do not depend on it: an interface object that nobody asked for its type.
    """

    abstract_type: str
    possible_types: frozenset[str]
    build: Callable[[str], ObjectShape]
    untyped: ObjectShape | None
    _by_type: dict[str, ObjectShape] = field(default_factory=dict)

    def complete(self, value: Any, link: PathLink, report: ErrorReport) -> Any:
        if value is None:
            return self.null(link, report)
        if not isinstance(value, dict):
            report.invalid(link, f"Expected an object for field {self.coordinate}.")
            return self.null(link, report)
        shape = self._shape_of(value.get("__typename"))
        if shape is None:
            report.invalid(link, f"The type of the object resolved for field {self.coordinate} is not available.")
            return self.null(link, report)
        return shape.complete_fields(value, link, report)

    def _shape_of(self, typename: Any) -> ObjectShape | None:
        if not isinstance(typename, str) or typename == self.abstract_type:
            return self.untyped
        shape = self._by_type.get(typename)
        if shape is None and typename in self.possible_types:
            shape = self._by_type[typename] = self.build(typename)
        return shape


@dataclass(slots=True)
class ConstantShape:
    """``__typename``, once the type is known."""

    value: str

    def complete(self, _value: Any, _link: PathLink, _report: ErrorReport) -> Any:
        return self.value


@dataclass(slots=True)
class ReadyShape:
    """A value that was completed elsewhere: introspection."""

    def complete(self, value: Any, _link: PathLink, _report: ErrorReport) -> Any:
        return value


@dataclass(slots=True)
class DeniedShape(_Position):
    """A field that the caller may not read; it was never asked for."""

    def complete(self, _value: Any, link: PathLink, report: ErrorReport) -> Any:
        report.denied(link)
        return PROPAGATE if self.non_null else None
