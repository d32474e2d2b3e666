"""The JSON body of a request to a subgraph: the same bytes for the same call, on both paths of execution."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from gateway.query_plan import Fetch


def client_variables(fetch: Fetch, values: Mapping[str, Any]) -> dict[str, Any]:
    """A variable that the client left out stays out: the subgraph operation repeats its default."""
    return {variable.name: values[variable.name] for variable in fetch.variables if variable.name in values}


def encode_body(document: str, operation_name: str | None, variables: Mapping[str, Any]) -> bytes:
    """``{"query", "operationName", "variables"}``; what is None or empty is left out."""
    body: dict[str, Any] = {"query": document}
    if operation_name is not None:
        body["operationName"] = operation_name
    if variables:
        body["variables"] = variables
    return msgspec.json.encode(body)
