"""Merges the answers to representations into the objects that they were made from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from gateway.errors import ErrorPath, ResponseError
from gateway.executor.asked_members import asked_members, drop_unasked
from gateway.executor.execution import Execution, FailedFetch, asked_keys
from gateway.executor.representations import EntityBatch
from gateway.executor.response_tree import TYPENAME, JsonObject, Place, copy_json, merge_object
from gateway.executor.rewrites import apply_rewrites, rewrite_error_path
from gateway.executor.subgraph_answer import SubgraphErrorEntry
from gateway.query_plan import Fetch


def merge_entities(
    fetch: Fetch, batch: EntityBatch, results: Any, errors: Sequence[SubgraphErrorEntry], execution: Execution
) -> None:
    """Merge ``results``, the value of ``_entities``, and place the errors whose path starts there.

    A list of another length cannot be told apart: nothing of it is used.
    """
    reported = _place_errors(fetch, batch, errors, execution)
    if not isinstance(results, list) or len(results) != len(batch.representations):
        if results is not None or not reported:
            _fail(_all_places(batch), fetch, execution, execution.error_policy.unavailable(fetch.subgraph))
        return
    asked = asked_members(fetch.selections)
    for representation, places, result in zip(batch.representations, batch.places, results, strict=True):
        if result is None:
            continue
        drop_unasked(result, asked)
        if not _answers(result, representation, execution):
            _fail(places, fetch, execution, execution.error_policy.unavailable(fetch.subgraph))
            continue
        apply_rewrites(result, fetch.output_rewrites)
        _merge_into(places, result, execution)


def _merge_into(places: Sequence[Place], result: JsonObject, execution: Execution) -> None:
    for number, place in enumerate(places):
        merge_object(place.value, copy_json(result) if number else result, execution.types)


def _answers(result: Any, representation: JsonObject, execution: Execution) -> bool:
    """Whether ``result`` can be the entity asked for: an object, of the type of its representation if it names one.

    An interface object answers with the interface's name, an interface with the object's.
    """
    if not isinstance(result, dict):
        return False
    got, asked = result.get(TYPENAME), representation.get(TYPENAME)
    if not isinstance(got, str) or not isinstance(asked, str):
        return TYPENAME not in result
    return execution.types.matches(got, asked) or execution.types.matches(asked, got)


def _place_errors(fetch: Fetch, batch: EntityBatch, errors: Sequence[SubgraphErrorEntry], execution: Execution) -> bool:
    """Errors with an index go to that entity's places, others to all; True when there were any."""
    for entry in errors:
        assert entry.path is not None
        places, rest = _all_places(batch), entry.path[1:]
        if rest and isinstance(rest[0], int) and 0 <= rest[0] < len(batch.places):
            places, rest = batch.places[rest[0]], rewrite_error_path(rest[1:], fetch.output_rewrites)
        if rest:
            execution.errors.extend(_reported(fetch, entry, place.path + rest, execution) for place in places)
        else:
            _fail(places, fetch, execution, _reported(fetch, entry, None, execution))
    return bool(errors)


def _reported(fetch: Fetch, entry: SubgraphErrorEntry, path: ErrorPath | None, execution: Execution) -> ResponseError:
    return execution.error_policy.reported(fetch.subgraph, entry, path)


def _fail(places: Iterable[Place], fetch: Fetch, execution: Execution, error: ResponseError) -> None:
    keys = asked_keys(fetch)
    execution.failures.extend(FailedFetch(place.path, error, keys) for place in places)


def _all_places(batch: EntityBatch) -> list[Place]:
    return [place for places in batch.places for place in places]
