"""Makes the client's answer of the response tree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import GraphQLSchema

from gateway.errors import ResponseError, sort_errors
from gateway.projection.build_shape import Coordinate, ShapeBuilder, condition_variables
from gateway.projection.report import ErrorReport, Failure
from gateway.projection.shape import PROPAGATE, ObjectShape
from gateway.selection_set import SelectionSet

MAX_KEPT_SHAPES = 32  # per operation: one for each combination of @skip/@include variables met lately


@dataclass(slots=True)
class Projection:
    """An operation's answer for one set of denied fields; keeps the shapes it has built."""

    schema: GraphQLSchema
    root_type: str
    selections: SelectionSet
    denied: frozenset[Coordinate] = frozenset()
    _variables: tuple[str, ...] = field(init=False)
    _shapes: dict[tuple[bool, ...], ObjectShape] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._variables = tuple(sorted(set(condition_variables(self.selections))))

    def project(
        self,
        tree: dict[str, Any],
        variables: Mapping[str, Any],
        *,
        reported: Iterable[ResponseError],
        failures: Iterable[Failure],
        max_errors: int,
    ) -> tuple[dict[str, Any] | None, list[ResponseError]]:
        """``data`` and the sorted errors.

        ``reported`` are errors with their places in the tree; ``failures`` are the objects that a failed fetch left
        incomplete.
        """
        report = ErrorReport(reported, failures, max_errors)
        data = self._shape(variables).complete(tree, None, report)
        if data is PROPAGATE:
            data = None
        return data, sort_errors(report.finish(data))[:max_errors]

    def _shape(self, variables: Mapping[str, Any]) -> ObjectShape:
        state = tuple(variables.get(name) is True for name in self._variables)
        shape = self._shapes.get(state)
        if shape is None:
            if len(self._shapes) >= MAX_KEPT_SHAPES:
                self._shapes.clear()
            builder = ShapeBuilder(self.schema, dict(zip(self._variables, state, strict=True)), self.denied)
            shape = self._shapes[state] = builder.root(self.root_type, self.selections)
        return shape
