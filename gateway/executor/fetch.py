"""One request to one subgraph: prepare (sync, reads the tree), send (awaits), merge (sync, writes the tree)."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gateway.errors import ResponseError
from gateway.executor.asked_members import asked_members, drop_unasked
from gateway.executor.batch_document import batch_document
from gateway.executor.execution import Execution, FailedFetch, asked_keys
from gateway.executor.merge_entities import merge_entities
from gateway.executor.representations import EntityBatch, build_batches
from gateway.executor.request_body import client_variables, encode_body
from gateway.executor.response_tree import merge_object
from gateway.executor.rewrites import apply_rewrites, rewrite_error_path
from gateway.executor.schedule import ScheduledRequest
from gateway.executor.subgraph_answer import MalformedAnswer, SubgraphAnswer, read_answer
from gateway.executor.subgraph_client import SubgraphCall, SubgraphSender, SubgraphUnavailable
from gateway.query_plan import Fetch, OperationKind

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _EntityPart:
    """What stands under one ``_entities`` alias of a request."""

    alias: str
    fetch: Fetch
    batch: EntityBatch


@dataclass(frozen=True, slots=True)
class _PreparedRequest:
    call: SubgraphCall
    fetch: Fetch
    parts: tuple[_EntityPart, ...]


async def perform(request: ScheduledRequest, execution: Execution, sender: SubgraphSender) -> None:
    """Make one request and merge what it brings. Never raises for what a subgraph does or sends."""
    prepared = _prepare(request, execution)
    if prepared is None:
        return
    try:
        answer = read_answer(await sender.send(prepared.call, execution.context))
    except (SubgraphUnavailable, MalformedAnswer) as failure:
        _log.warning("fetch from subgraph %s failed: %s", prepared.call.subgraph, failure)
        _fail(prepared, execution, execution.error_policy.unavailable(prepared.call.subgraph))
        return
    try:
        _merge(prepared, answer, execution)
    except RecursionError:
        # JSON may be nested about as deep as it can be decoded; walking it takes more of the stack than decoding.
        _log.warning("fetch from subgraph %s failed: the answer is nested too deeply", prepared.call.subgraph)
        _fail(prepared, execution, execution.error_policy.unavailable(prepared.call.subgraph))


def _prepare(request: ScheduledRequest, execution: Execution) -> _PreparedRequest | None:
    """None when there is nothing to ask: no object of the tree needs these entities."""
    first = request.parts[0]
    if not first.asks_for_entities:
        return _PreparedRequest(root_call(first.fetch, execution), first.fetch, ())
    found = [
        (part.fetch, batch) for part in request.parts for batch in build_batches(execution.tree, part, execution.types)
    ]
    if not found:
        return None
    if len(found) == 1:
        return _single_entity_request(*found[0], execution)
    return _batched_entity_request(found, execution)


def root_call(fetch: Fetch, execution: Execution) -> SubgraphCall:
    """The call of a fetch of root fields."""
    variables = client_variables(fetch, execution.variables)
    return _call(fetch.subgraph, fetch.kind, fetch.operation, fetch.operation_name, variables)


def _single_entity_request(fetch: Fetch, batch: EntityBatch, execution: Execution) -> _PreparedRequest:
    variables = {
        "representations": batch.representations,
        **client_variables(fetch, execution.variables),
        **batch.context_values,
    }
    call = _call(fetch.subgraph, fetch.kind, fetch.operation, fetch.operation_name, variables)
    return _PreparedRequest(call, fetch, (_EntityPart("_entities", fetch, batch),))


def _batched_entity_request(found: Sequence[tuple[Fetch, EntityBatch]], execution: Execution) -> _PreparedRequest:
    document = batch_document(tuple(fetch for fetch, _ in found))
    variables: dict[str, Any] = {}
    parts = []
    for (fetch, batch), part in zip(found, document.parts, strict=True):
        variables[part.representations] = batch.representations
        variables.update(client_variables(fetch, execution.variables))
        variables.update({part.renamed[name]: value for name, value in batch.context_values.items()})
        parts.append(_EntityPart(part.alias, fetch, batch))
    first = parts[0].fetch
    call = _call(first.subgraph, OperationKind.QUERY, document.text, document.operation_name, variables)
    return _PreparedRequest(call, first, tuple(parts))


def _call(
    subgraph: str, kind: OperationKind, document: str, operation_name: str | None, variables: Mapping[str, Any]
) -> SubgraphCall:
    return SubgraphCall(subgraph, kind, encode_body(document, operation_name, variables))


def _merge(prepared: _PreparedRequest, answer: SubgraphAnswer, execution: Execution) -> None:
    if prepared.parts:
        _merge_entity_answer(prepared, answer, execution)
    else:
        merge_root_answer(prepared.fetch, answer, execution)


def merge_root_answer(fetch: Fetch, answer: SubgraphAnswer, execution: Execution) -> None:
    """Merge root fields into the tree, with the errors that the subgraph reported."""
    if answer.data is not None:
        drop_unasked(answer.data, asked_members(fetch.selections))
        apply_rewrites(answer.data, fetch.output_rewrites)
        merge_object(execution.tree, answer.data, execution.types)
    for entry in answer.errors:
        if entry.path is None:
            error = execution.error_policy.reported(fetch.subgraph, entry, None)
            execution.failures.append(FailedFetch((), error, asked_keys(fetch)))
        else:
            path = rewrite_error_path(entry.path, fetch.output_rewrites)
            execution.errors.append(execution.error_policy.reported(fetch.subgraph, entry, path))


def _merge_entity_answer(prepared: _PreparedRequest, answer: SubgraphAnswer, execution: Execution) -> None:
    by_alias = {part.alias: part for part in prepared.parts}
    for part in prepared.parts:
        errors = [entry for entry in answer.errors if entry.path is not None and entry.path[0] == part.alias]
        results = None if answer.data is None else answer.data.get(part.alias)
        merge_entities(part.fetch, part.batch, results, errors, execution)
    for entry in answer.errors:
        if entry.path is None or entry.path[0] not in by_alias:
            _fail(prepared, execution, execution.error_policy.reported(prepared.call.subgraph, entry, None))


def _fail(prepared: _PreparedRequest, execution: Execution, error: ResponseError) -> None:
    """Every object that waited for this request goes without."""
    execution.failures.extend(
        FailedFetch(place.path, error, keys)
        for part in prepared.parts
        for keys in (asked_keys(part.fetch),)
        for places in part.batch.places
        for place in places
    )
    if not prepared.parts:
        execution.failures.append(FailedFetch((), error, asked_keys(prepared.fetch)))
