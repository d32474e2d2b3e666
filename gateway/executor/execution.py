"""The state of one running plan: the response tree and what went wrong so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gateway.errors import ErrorPath, ResponseError
from gateway.executor.error_policy import ErrorPolicy
from gateway.executor.request_context import RequestContext
from gateway.executor.response_tree import JsonObject
from gateway.executor.type_conditions import TypeConditions


@dataclass(frozen=True, slots=True)
class FailedFetch:
    """A fetch brought nothing to the object at ``path``; ``error`` explains each null that is seen for it there."""

    path: ErrorPath
    error: ResponseError


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
