"""Lays a schedule over an answer: every fetch with the objects it reads, and the requests that the fetches make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from gateway.compiled.build_layout import LayoutBuilder
from gateway.compiled.deliveries import Deliveries
from gateway.compiled.layout import KeyPath, Layout, ObjectLayout, StepId
from gateway.compiled.refusal import NotCompilable
from gateway.compiled.repeating import mark_repeating
from gateway.compiled.representation import Part, Representation, RepresentationKind, kind_of, representation_parts
from gateway.compiled.schema_view import SchemaView
from gateway.executor.request_parts import RequestPart, Step
from gateway.executor.schedule import Schedule, ScheduledRequest
from gateway.query_plan import Fetch, Key, OperationKind
from gateway.selection_set import SelectionSet


@dataclass(frozen=True, slots=True)
class LaidStep:
    """One fetch: ``representations`` of the objects it reads, by type; empty for a root fetch."""

    id: StepId
    step: Step
    representations: tuple[Representation, ...]

    @property
    def fetch(self) -> Fetch:
        """The plan's fetch."""
        return self.step.fetch


@dataclass(frozen=True, slots=True)
class LaidPart:
    """The steps that share one ``_entities`` field, or the one step of a root operation."""

    steps: tuple[LaidStep, ...]

    @property
    def fetch(self) -> Fetch:
        """The fetch that speaks for all steps."""
        return self.steps[0].fetch

    @property
    def representations(self) -> tuple[Representation, ...]:
        """Those of all steps."""
        return tuple(each for step in self.steps for each in step.representations)


@dataclass(frozen=True, slots=True)
class LaidRequest:
    """The parts that travel together, after the requests ``after``."""

    parts: tuple[LaidPart, ...]
    after: tuple[int, ...]

    @property
    def asks_for_entities(self) -> bool:
        """Whether the request has ``_entities`` fields; else it is an operation of root fields."""
        return self.parts[0].steps[0].step.is_entity_fetch

    @property
    def steps(self) -> tuple[LaidStep, ...]:
        """The steps of all parts."""
        return tuple(step for part in self.parts for step in part.steps)


@dataclass(frozen=True, slots=True)
class LaidPlan:
    """Everything that the source is written from."""

    schema: SchemaView
    layout: Layout
    root: ObjectLayout
    requests: tuple[LaidRequest, ...]

    @property
    def steps(self) -> tuple[LaidStep, ...]:
        """All steps in the order of the schedule."""
        return tuple(step for request in self.requests for step in request.steps)

    def brought_layouts(self, step: LaidStep) -> list[ObjectLayout]:
        """The layouts into which the step's results are merged, one for each type."""
        if not step.step.is_entity_fetch:
            return [self.root]
        by_type: dict[str, ObjectLayout] = {}
        for representation in step.representations:
            by_type.setdefault(representation.layout.type_name, representation.layout)
        return list(by_type.values())


def lay_plan(
    schedule: Schedule, root_type: str, selections: SelectionSet, schema: SchemaView, conditions: Mapping[str, bool]
) -> LaidPlan:
    """Lay ``schedule`` over the answer to ``selections``. Raises ``NotCompilable``."""
    layout = Layout()
    builder = LayoutBuilder(schema, conditions, _fetched_at(schedule), layout)
    root = builder.root(root_type, selections)
    deliveries = Deliveries(builder)
    laid = _StepLayer(root, deliveries)
    requests = tuple(laid.lay(request) for request in schedule)
    layout.drop_undelivered()
    plan = LaidPlan(schema, layout, root, tuple(_without_dropped(request) for request in requests))
    for step in plan.steps:
        for brought in plan.brought_layouts(step):
            mark_repeating(brought, step.id, in_list=bool(step.representations))
    return plan


def _without_dropped(request: LaidRequest) -> LaidRequest:
    parts = tuple(
        LaidPart(
            tuple(
                replace(step, representations=tuple(each for each in step.representations if _is_kept(each.layout)))
                for step in part.steps
            )
        )
        for part in request.parts
    )
    return replace(request, parts=parts)


def _is_kept(layout: ObjectLayout) -> bool:
    return layout in layout.position.layouts


def _fetched_at(schedule: Schedule) -> frozenset[KeyPath]:
    return frozenset(
        tuple(element.name for element in step.path if isinstance(element, Key))
        for request in schedule
        for part in request.parts
        for step in part.steps
    )


@dataclass(slots=True)
class _StepLayer:
    root: ObjectLayout
    deliveries: Deliveries
    _merged_after: list[frozenset[StepId]] = field(default_factory=list)
    _steps: int = 0
    _representations: int = 0

    def lay(self, request: ScheduledRequest) -> LaidRequest:
        """Requests are laid in the order of the schedule: what one waits for is laid before it."""
        first = self._steps
        merged = frozenset[StepId]().union(*(self._merged_after[before] for before in request.after))
        self.deliveries.merged = merged
        laid = LaidRequest(tuple(self._lay_part(part) for part in request.parts), request.after)
        self._merged_after.append(merged | frozenset(range(first, self._steps)))
        return laid

    def _lay_part(self, part: RequestPart) -> LaidPart:
        """Representations of one kind have one number, whichever step they belong to."""
        numbers: dict[RepresentationKind, int] = {}
        return LaidPart(tuple(self._lay_step(step, numbers) for step in part.steps))

    def _lay_step(self, step: Step, numbers: dict[RepresentationKind, int]) -> LaidStep:
        id_, self._steps = self._steps, self._steps + 1
        fetch = step.fetch
        if fetch.kind is OperationKind.SUBSCRIPTION or fetch.context_values or fetch.output_rewrites:
            raise NotCompilable(f"fetch {fetch.id} is a subscription, takes context or has its results rewritten")
        if not step.is_entity_fetch:
            self.deliveries.deliver(self.root, (fetch.selections,), id_)
            return LaidStep(id_, step, ())
        if not step.path:
            raise NotCompilable(f"fetch {fetch.id} represents the root object")
        representations = []
        for layout in self.deliveries.find(self.root, step.path):
            parts = representation_parts(layout, fetch, self.deliveries)
            if parts is not None:
                representations.append(Representation(self._number(layout, parts, numbers), layout, parts))
        for each in representations:
            self.deliveries.deliver(each.layout, (fetch.selections,), id_)
        _check_one_place_per_object(representations, id_)
        return LaidStep(id_, step, tuple(representations))

    def _number(self, layout: ObjectLayout, parts: tuple[Part, ...], numbers: dict[RepresentationKind, int]) -> int:
        kind = kind_of(layout.type_name, parts)
        if kind not in numbers:
            self._representations += 1
            numbers[kind] = self._representations
        return numbers[kind]


def _check_one_place_per_object(representations: list[Representation], step: StepId) -> None:
    """A result decodes into the structs of one position: below two positions of one type these would differ."""
    seen: set[str] = set()
    for each in representations:
        brings_objects = any(slot.child is not None for slot in each.layout.brought_by(step))
        if each.layout.type_name in seen and brings_objects:
            raise NotCompilable("one fetch brings objects to several positions")
        seen.add(each.layout.type_name)
