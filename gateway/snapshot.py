"""One supergraph and everything derived from it. A request keeps the snapshot that it began with."""

from __future__ import annotations

from dataclasses import dataclass, field

from graphql import GraphQLSchema

from gateway.authorization.authorize import find_guarded_fields, without_denied
from gateway.authorization.requirements import Requirements
from gateway.bounded_cache import BoundedCache
from gateway.compiled import CompiledVariants, CompilerOptions, SchemaView
from gateway.errors import ErrorCode, RequestRefused, ResponseError
from gateway.executor.event_source import EventSource
from gateway.executor.schedule import ExecutablePlan
from gateway.executor.subgraph_client import SubgraphSender
from gateway.executor.type_conditions import TypeConditions
from gateway.operation.limits import OperationLimits, check_limits
from gateway.operation.normalize import extract_literals, normalize_operation, rename_variables
from gateway.operation.normalized import NormalizedOperation
from gateway.operation.parse import find_operation, parse_document
from gateway.operation.repeated_selections import drop_repeated_selections
from gateway.operation.validate import ValidationOptions, validate_document
from gateway.planner import OperationNotPlannable, Planner
from gateway.planner.deferred_selections import has_defer
from gateway.prepared_operation import ExecutableOperation, PreparedOperation, Variant
from gateway.projection.incremental import IncrementalProjection
from gateway.projection.introspection import introspection_document
from gateway.projection.project import Projection
from gateway.query_plan import OperationKind, PlanNode
from gateway.supergraph.model import Supergraph


@dataclass(frozen=True, slots=True)
class SnapshotOptions:
    """How documents are taken in, and how many results are kept."""

    limits: OperationLimits = field(default_factory=OperationLimits)
    validation: ValidationOptions = field(default_factory=ValidationOptions)
    kept_documents: int = 1_000
    kept_plans: int = 1_000
    max_response_errors: int = 100
    compiler: CompilerOptions = field(default_factory=CompilerOptions)


@dataclass(frozen=True, slots=True)
class _KeptPlan:
    plan: ExecutablePlan
    compiled: CompiledVariants | None


@dataclass(eq=False)
class Snapshot:
    """``schema`` is what clients see of ``supergraph``; ``sender`` and ``events`` reach its subgraphs."""

    supergraph: Supergraph
    schema: GraphQLSchema
    sender: SubgraphSender
    events: EventSource
    options: SnapshotOptions = field(default_factory=SnapshotOptions)
    planner: Planner = field(init=False)
    types: TypeConditions = field(init=False)
    _requirements: Requirements = field(init=False)
    _operations: BoundedCache[tuple[str, str | None], PreparedOperation] = field(init=False)
    _plans: BoundedCache[tuple[NormalizedOperation, frozenset[str], bool], _KeptPlan] = field(init=False)
    _schema_view: SchemaView = field(init=False)

    def __post_init__(self) -> None:
        self.planner = Planner(self.supergraph)
        self.types = TypeConditions(
            {name: frozenset(types) for name, types in self.supergraph.possible_types.items() if types != (name,)}
        )
        self._requirements = Requirements(self.supergraph.schema)
        self._operations = BoundedCache(self.options.kept_documents)
        self._plans = BoundedCache(self.options.kept_plans)
        self._schema_view = SchemaView(self.schema, self.supergraph.schema)

    def prepare(self, text: str, operation_name: str | None) -> PreparedOperation:
        """Parse, bound, validate, normalize and extract literals, or find it done. Raises ``RequestRefused``."""
        key = (text, operation_name)
        operation = self._operations.get(key)
        if operation is None:
            operation = self._prepare(text, operation_name)
            self._operations.put(key, operation)
        return operation

    def _prepare(self, text: str, operation_name: str | None) -> PreparedOperation:
        parsed = parse_document(text, self.options.limits)
        definition = find_operation(parsed, operation_name)
        check_limits(parsed, definition, self.options.limits)
        document = drop_repeated_selections(parsed)
        validate_document(document, self.schema, self.options.validation)
        named_apart, renamed = rename_variables(document, definition)
        written = normalize_operation(named_apart, operation_name, self.schema)
        root_type = self.supergraph.root_types[written.kind]
        defined = (each.variable.name.value for each in definition.variable_definitions or ())
        extracted = extract_literals(written, root_type, self.schema, defined)
        normalized = extracted.operation
        return PreparedOperation(
            schema=self.schema,
            definition=definition,
            normalized=normalized,
            literals=extracted.literals,
            renamed=renamed,
            root_type=root_type,
            guarded=find_guarded_fields(normalized, root_type, self.supergraph.schema, self._requirements),
            introspection=introspection_document(document, definition),
            defers=has_defer(normalized.selections),
        )

    def executable(self, operation: PreparedOperation, variant: Variant) -> ExecutableOperation:
        """The operation's plan for ``variant`` and the shape of its answer. Raises ``RequestRefused``."""
        executable = operation.variants.get(variant)
        if executable is None:
            kept = self._plan(self._permitted(operation, variant), operation.root_type, variant)
            executable = ExecutableOperation(
                plan=kept.plan,
                compiled=None if variant.denied else kept.compiled,
                projection=Projection(
                    self.schema, operation.root_type, operation.normalized.selections, variant.denied
                ),
                incremental=self._incremental(operation) if variant.incremental else None,
            )
            operation.variants.put(variant, executable)
        return executable

    def _permitted(self, operation: PreparedOperation, variant: Variant) -> NormalizedOperation:
        if not variant.denied:
            return operation.normalized
        return without_denied(operation.normalized, operation.root_type, self.schema, variant.denied)

    def _incremental(self, operation: PreparedOperation) -> IncrementalProjection:
        selections = operation.normalized.selections
        return IncrementalProjection(self.schema, operation.root_type, selections, self.options.max_response_errors)

    def _plan(self, operation: NormalizedOperation, root_type: str, variant: Variant) -> _KeptPlan:
        """Plans are shared by all documents that normalize to the same operation."""
        key = (operation, variant.active_labels, variant.incremental)
        kept = self._plans.get(key)
        if kept is None:
            kept = self._keep(ExecutablePlan(self._plan_node(operation, variant)), root_type, operation, variant)
            self._plans.put(key, kept)
        return kept

    def _plan_node(self, operation: NormalizedOperation, variant: Variant) -> PlanNode | None:
        if not operation.selections:
            # Everything that was asked for is denied or skipped.
            return None
        try:
            return self.planner.plan(operation, variant.active_labels, incremental=variant.incremental).node
        except OperationNotPlannable as error:
            refused = ResponseError(str(error), ErrorCode.OPERATION_NOT_PLANNABLE)
            raise RequestRefused([refused], status=422) from error

    def _keep(
        self, plan: ExecutablePlan, root_type: str, operation: NormalizedOperation, variant: Variant
    ) -> _KeptPlan:
        if variant.incremental or operation.kind is OperationKind.SUBSCRIPTION:
            return _KeptPlan(plan, None)
        return _KeptPlan(
            plan,
            CompiledVariants(plan, root_type, operation.selections, self._schema_view, self.options.compiler),
        )

    def warm_from(self, other: Snapshot, count: int) -> None:
        """Plan what was asked of ``other`` lately; operations that this supergraph cannot answer are passed over."""
        for text, operation_name in reversed(other.recent_operations(count)):
            try:
                operation = self.prepare(text, operation_name)
                self.executable(operation, Variant())
            except RequestRefused:
                continue

    def recent_operations(self, count: int) -> list[tuple[str, str | None]]:
        """Documents with operation names, the ones used last first."""
        return self._operations.recent(count)
