"""Projects the parts of a deferred operation: the first answer without them, then each part where it belongs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import GraphQLSchema, get_named_type, is_object_type

from gateway.errors import ErrorPath, ResponseError, sort_errors
from gateway.projection.build_shape import TYPENAME, ShapeBuilder, condition_variables
from gateway.projection.project import Projection
from gateway.projection.report import ErrorReport, Failure, PathLink
from gateway.projection.shape import PROPAGATE
from gateway.query_plan import DeferNode, DeferredPart, Key, ResponsePath
from gateway.selection_set import Field, SelectionSet


@dataclass(frozen=True, slots=True)
class Problems:
    """What went wrong in the fetches of one part: errors with their places, and objects left incomplete."""

    reported: tuple[ResponseError, ...]
    failures: tuple[Failure, ...]


@dataclass(slots=True)
class IncrementalProjection:
    """Shapes for the parts of an operation, built when first needed."""

    schema: GraphQLSchema
    root_type: str
    selections: SelectionSet
    max_errors: int
    _primary: dict[int, Projection] = field(init=False, default_factory=dict)

    def primary(
        self, node: DeferNode, tree: dict[str, Any], variables: Mapping[str, Any], problems: Problems
    ) -> tuple[dict[str, Any] | None, list[ResponseError]]:
        """``data`` and errors of the first answer."""
        projection = self._primary.get(id(node))
        if projection is None:
            projection = self._primary[id(node)] = Projection(self.schema, self.root_type, node.primary_selections)
        return projection.project(
            tree, variables, reported=problems.reported, failures=problems.failures, max_errors=self.max_errors
        )

    def part(
        self,
        part: DeferredPart,
        source: dict[str, Any],
        path: ErrorPath,
        variables: Mapping[str, Any],
        problems: Problems,
    ) -> tuple[dict[str, Any] | None, list[ResponseError]]:
        """The part's data for the object at ``path``; None when a null in it had to propagate."""
        shape = self._builder(part, variables).at(self._type_at(part.path), part.selections)
        report = ErrorReport(
            (error for error in problems.reported if _is_under(path, error.path)),
            (failed for failed in problems.failures if _is_under(path, failed[0])),
            self.max_errors,
        )
        data = shape.complete(source, _link(path), report)
        return (None if data is PROPAGATE else data), sort_errors(report.errors)

    def applies(self, part: DeferredPart, source: dict[str, Any], variables: Mapping[str, Any]) -> bool:
        """Whether the part is asked of the object, as far as its type is known: an interface's name tells nothing."""
        name = source.get(TYPENAME)
        is_known = isinstance(name, str) and is_object_type(self.schema.type_map.get(name))
        return self._builder(part, variables).asks(part.selections, name if is_known else None)

    def _builder(self, part: DeferredPart, variables: Mapping[str, Any]) -> ShapeBuilder:
        names = condition_variables(part.selections)
        return ShapeBuilder(self.schema, {name: variables.get(name) is True for name in names})

    def _type_at(self, path: ResponsePath) -> str:
        """The declared type of the objects at ``path``."""
        type_name = self.root_type
        selections: tuple[SelectionSet, ...] = (self.selections,)
        for step in path:
            if isinstance(step, Key):
                asked = [
                    (parent, each) for parent, each in _fields(selections, type_name) if each.response_key == step.name
                ]
                parent, first = asked[0]
                definition = getattr(self.schema.type_map[parent], "fields", {})[first.name]
                type_name = get_named_type(definition.type).name
                selections = tuple(each.selections for _, each in asked if each.selections is not None)
        return type_name


def _fields(selections: tuple[SelectionSet, ...], parent: str) -> list[tuple[str, Field]]:
    """All fields with the type that they are selected on, also those in fragments."""
    found: list[tuple[str, Field]] = []
    for selection in (each for selection_set in selections for each in selection_set):
        if isinstance(selection, Field):
            found.append((parent, selection))
        else:
            found.extend(_fields((selection.selections,), selection.type_condition or parent))
    return found


def _is_under(path: ErrorPath, other: ErrorPath | None) -> bool:
    return other is not None and other[: len(path)] == path


def _link(path: ErrorPath) -> PathLink:
    link: PathLink = None
    for step in path:
        link = (link, step)
    return link
