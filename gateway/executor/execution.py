"""The state of one running plan: the response tree and what went wrong so far."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from gateway.errors import ErrorPath, ResponseError
from gateway.executor.error_policy import ErrorPolicy
from gateway.executor.request_context import RequestContext
from gateway.executor.response_tree import JsonObject
from gateway.executor.rewrites import rewrite_error_path
from gateway.executor.type_conditions import TypeConditions
from gateway.query_plan import Fetch
from gateway.selection_set import Field, SelectionSet


@dataclass(frozen=True, slots=True)
class FailedFetch:
    """A fetch brought nothing to the object at ``path``; ``error`` explains each null that is seen for it there.

    ``keys`` are those that the fetch would have brought.
    """

    path: ErrorPath
    error: ResponseError
    keys: frozenset[str] = frozenset()


@dataclass(slots=True)
class Execution:
    """One plan under way. Fetches run at the same time, but only their synchronous parts touch this.

    ``variables`` are the client's, as sent (subgraphs coerce them again) and after defaults.
    """

    variables: Mapping[str, Any]
    context: RequestContext
    types: TypeConditions
    error_policy: ErrorPolicy
    tree: JsonObject = field(default_factory=dict)
    errors: list[ResponseError] = field(default_factory=list)
    failures: list[FailedFetch] = field(default_factory=list)


def asked_keys(fetch: Fetch) -> frozenset[str]:
    """The response keys that a fetch brings to each object that it is for."""
    return frozenset(
        str(rewrite_error_path((key,), fetch.output_rewrites)[0]) for key in _response_keys(fetch.selections)
    )


def _response_keys(selections: SelectionSet) -> Iterator[str]:
    for selection in selections:
        if isinstance(selection, Field):
            yield selection.response_key
        else:
            yield from _response_keys(selection.selections)
