"""An operation of a client document, ready to be executed for any caller: all that does not depend on the request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec
from graphql import DocumentNode, GraphQLSchema, OperationDefinitionNode

from gateway.authorization.authorize import Coordinate, GuardedFields
from gateway.bounded_cache import BoundedCache
from gateway.compiled import CompiledVariants
from gateway.executor.schedule import ExecutablePlan
from gateway.operation.normalized import NormalizedOperation
from gateway.operation.variables import coerce_variables
from gateway.projection.incremental import IncrementalProjection
from gateway.projection.introspection import introspect
from gateway.projection.project import Projection
from gateway.query_plan import OperationKind

_MAX_VARIANTS: Final = 64
_MAX_INTROSPECTION_ANSWERS: Final = 16


@dataclass(frozen=True, slots=True)
class Variant:
    """What decides the plan besides the operation.

    Fields denied to the caller, active override labels, and whether deferred parts may follow the first answer.
    """

    denied: frozenset[Coordinate] = frozenset()
    active_labels: frozenset[str] = frozenset()
    incremental: bool = False


@dataclass(frozen=True, slots=True)
class ExecutableOperation:
    """A variant of an operation with its plan and the shape of its answer.

    ``compiled`` is absent where fields are denied: such answers have errors. ``incremental`` is there for variants
    that may be answered in parts.
    """

    plan: ExecutablePlan
    projection: Projection
    compiled: CompiledVariants | None
    incremental: IncrementalProjection | None = None


@dataclass(eq=False, slots=True)
class PreparedOperation:
    """Parsed, validated and normalized; ``guarded`` are the fields that need permission.

    ``literals`` are the document's own values for variables that normalization made, ``renamed`` the client's variables
    that it gave another name; ``defers`` says whether any part of the answer may come later.
    """

    schema: GraphQLSchema
    definition: OperationDefinitionNode
    normalized: NormalizedOperation
    literals: Mapping[str, Any]
    renamed: Mapping[str, str]
    root_type: str
    guarded: GuardedFields
    introspection: DocumentNode | None
    defers: bool
    variants: BoundedCache[Variant, ExecutableOperation] = field(
        init=False, default_factory=lambda: BoundedCache(_MAX_VARIANTS)
    )
    _introspected: BoundedCache[bytes, dict[str, Any]] = field(
        init=False, default_factory=lambda: BoundedCache(_MAX_INTROSPECTION_ANSWERS)
    )

    @property
    def kind(self) -> OperationKind:
        """Query, mutation or subscription."""
        return self.normalized.kind

    def coerce(self, variables: Mapping[str, Any], *, max_list_size: int) -> dict[str, Any]:
        """The variables to execute with. Raises ``RequestRefused``."""
        coerced = coerce_variables(self.schema, self.definition, variables, max_list_size=max_list_size)
        if self.renamed:
            coerced |= {new: coerced[name] for name, new in self.renamed.items() if name in coerced}
        return {**coerced, **self.literals} if self.literals else coerced

    def introspect(self, variables: Mapping[str, Any]) -> dict[str, Any]:
        """The root's meta fields by response key; empty for most operations."""
        if self.introspection is None:
            return {}
        key = msgspec.json.encode(variables)
        answer = self._introspected.get(key)
        if answer is None:
            answer = introspect(self.schema, self.introspection, variables)
            self._introspected.put(key, answer)
        return dict(answer)
