"""``@defer``: the first answer at once, each deferred part when its fetches are done.

Two forms are spoken: that of the 2022 working draft, which most clients know, and the present one, which announces
what is pending by id. Spec: https://github.com/graphql/graphql-spec/pull/1110.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterator, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import msgspec

from gateway.errors import ErrorPath, ResponseError
from gateway.executor.concurrency import ExecutionBound
from gateway.executor.execute import execute_plan
from gateway.executor.execution import Execution
from gateway.executor.response_tree import Place, find_objects, merge_object
from gateway.executor.schedule import ExecutablePlan
from gateway.projection.incremental import IncrementalProjection, Problems
from gateway.query_plan import ConditionNode, DeferNode, DeferredPart, PlanNode
from gateway.started_operation import StartedOperation, encode_response, failures_of


class IncrementalForm(Enum):
    """DRAFT_2022 repeats path and label in each part; CURRENT announces parts and refers to them by id."""

    DRAFT_2022 = "2022"
    CURRENT = "current"


async def incremental_answers(
    started: StartedOperation, bound: ExecutionBound, form: IncrementalForm
) -> AsyncGenerator[bytes, None]:
    """Response bodies; the last one says that no more follow."""
    node = _chosen(started.executable.plan.node, started.variables)
    projection = started.executable.incremental
    if not isinstance(node, DeferNode) or projection is None:
        execution = started.begin()
        async with bound:
            await execute_plan(started.executable.plan, execution, started.snapshot.sender)
        yield started.answer(execution)
        return
    delivery = _Delivery(started, bound, form, projection)
    async with aclosing(delivery.run(node)) as bodies:
        async for body in bodies:
            yield body


def _chosen(node: PlanNode | None, variables: Mapping[str, Any]) -> PlanNode | None:
    """Conditions around the whole plan are those of ``@defer(if:)``."""
    while isinstance(node, ConditionNode):
        node = node.if_node if variables.get(node.variable) is True else node.else_node
    return node


@dataclass(frozen=True, slots=True)
class _Pending:
    """A part for one object."""

    id: str
    part: DeferredPart
    place: Place


@dataclass(slots=True)
class _Delivery:
    """One operation under way; ``delivered`` is what the client has by now."""

    started: StartedOperation
    bound: ExecutionBound
    form: IncrementalForm
    projection: IncrementalProjection
    _tree: dict[str, Any] = field(default_factory=dict)
    _delivered: dict[str, Any] = field(default_factory=dict)
    _running: dict[asyncio.Task[Problems], list[_Pending]] = field(default_factory=dict)
    _announced: int = 0

    async def run(self, node: DeferNode) -> AsyncGenerator[bytes, None]:
        execution = self.started.begin()
        self._tree = execution.tree
        async with self.bound:
            await execute_plan(ExecutablePlan(node.primary), execution, self.started.snapshot.sender)
        data, errors = self.projection.primary(node, self._tree, self.started.variables, _problems(execution))
        self._delivered = data or {}
        pending = self._start(node.deferred)
        try:
            yield encode_response(self._first(data, pending), errors)
            while self._running:
                done, _ = await asyncio.wait(self._running, return_when=asyncio.FIRST_COMPLETED)
                yield self._deliver([(each, self._running.pop(each)) for each in done])
        finally:
            for task in self._running:
                task.cancel()

    def _start(self, parts: tuple[DeferredPart, ...]) -> list[_Pending]:
        """Begin the fetches of parts whose objects the client has; others can never be delivered."""
        started: list[_Pending] = []
        for part in parts:
            places = [place for place in find_objects(self._tree, part.path) if self._awaits(part, place)]
            own = [self._pend(part, place) for place in places]
            if own:
                started.extend(own)
                self._running[asyncio.create_task(self._fetch(part))] = own
        return started

    def _pend(self, part: DeferredPart, place: Place) -> _Pending:
        self._announced += 1
        return _Pending(str(self._announced - 1), part, place)

    def _awaits(self, part: DeferredPart, place: Place) -> bool:
        return self._has(place.path) and self._is_asked(part, place)

    def _is_asked(self, part: DeferredPart, place: Place) -> bool:
        """Whether the part, or one inside it, is asked of the object at all."""
        if self.projection.applies(part, place.value, self.started.variables):
            return True
        inside = part.node.deferred if isinstance(part.node, DeferNode) else ()
        return any(each.path == part.path and self._is_asked(each, place) for each in inside)

    def _has(self, path: ErrorPath) -> bool:
        value: Any = self._delivered
        try:
            for step in path:
                value = value[step]
        except (KeyError, IndexError, TypeError):
            return False
        return isinstance(value, dict)

    async def _fetch(self, part: DeferredPart) -> Problems:
        execution = self.started.begin(self._tree)
        node = part.node.primary if isinstance(part.node, DeferNode) else part.node
        async with self.bound:
            await execute_plan(ExecutablePlan(node), execution, self.started.snapshot.sender)
        return _problems(execution)

    def _deliver(self, done: list[tuple[asyncio.Task[Problems], list[_Pending]]]) -> bytes:
        incremental: list[dict[str, Any]] = []
        completed: list[dict[str, Any]] = []
        announced: list[_Pending] = []
        for task, parts in done:
            for pending in parts:
                data, errors = self.projection.part(
                    pending.part, pending.place.value, pending.place.path, self.started.variables, task.result()
                )
                self._add(pending.place.path, data)
                incremental.extend(self._increment(pending, data, errors))
                completed.append(_completion(pending, data, errors))
            inner = parts[0].part.node
            if isinstance(inner, DeferNode):
                announced += self._start(inner.deferred)
        return self._later(incremental, completed, announced)

    def _add(self, path: ErrorPath, data: dict[str, Any] | None) -> None:
        value: Any = self._delivered
        for step in path:
            value = value[step]
        merge_object(value, data or {}, self.started.snapshot.types)

    def _first(self, data: dict[str, Any] | None, pending: list[_Pending]) -> dict[str, Any]:
        first: dict[str, Any] = {"data": data}
        if pending and self.form is IncrementalForm.CURRENT:
            first["pending"] = [_announcement(each) for each in pending]
        return {**first, "hasNext": bool(pending)}

    def _increment(
        self, pending: _Pending, data: dict[str, Any] | None, errors: list[ResponseError]
    ) -> Iterator[dict[str, Any]]:
        if self.form is IncrementalForm.CURRENT:
            if data is not None:
                yield _with_errors({"id": pending.id, "data": data}, errors)
        else:
            yield _with_errors({"data": data, **_announcement(pending, with_id=False)}, errors)

    def _later(
        self, incremental: list[dict[str, Any]], completed: list[dict[str, Any]], announced: list[_Pending]
    ) -> bytes:
        later: dict[str, Any] = {}
        if self.form is IncrementalForm.CURRENT and announced:
            later["pending"] = [_announcement(each) for each in announced]
        if incremental:
            later["incremental"] = incremental
        if self.form is IncrementalForm.CURRENT:
            later["completed"] = completed
        return msgspec.json.encode({**later, "hasNext": bool(self._running)})


def _announcement(pending: _Pending, *, with_id: bool = True) -> dict[str, Any]:
    announcement: dict[str, Any] = {"id": pending.id} if with_id else {}
    announcement["path"] = list(pending.place.path)
    if pending.part.label is not None:
        announcement["label"] = pending.part.label
    return announcement


def _completion(pending: _Pending, data: dict[str, Any] | None, errors: list[ResponseError]) -> dict[str, Any]:
    """A part whose null had to propagate completes with its errors and without data."""
    return {"id": pending.id} if data is not None else _with_errors({"id": pending.id}, errors)


def _with_errors(entry: dict[str, Any], errors: list[ResponseError]) -> dict[str, Any]:
    return {**entry, "errors": [error.to_json() for error in errors]} if errors else entry


def _problems(execution: Execution) -> Problems:
    return Problems(tuple(execution.errors), tuple(failures_of(execution)))
