"""A GraphQL request after its transport: what every way in (POST, GET, WebSocket) comes down to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gateway.authorization.caller import ANONYMOUS_CALLER, Caller
from gateway.executor.response_headers import ResponseHeaders
from gateway.executor.transport import Headers


@dataclass(frozen=True, slots=True)
class GraphQLRequest:
    """``document`` is the text to execute. ``response_headers`` collects those of subgraphs.
    ``allows_mutations`` is false for requests that must be safe (GET).
    """

    document: str
    operation_name: str | None = None
    variables: Mapping[str, Any] = field(default_factory=dict)
    extensions: Mapping[str, Any] = field(default_factory=dict)
    caller: Caller = ANONYMOUS_CALLER
    headers: Headers = ()
    response_headers: ResponseHeaders | None = None
    allows_mutations: bool = True
