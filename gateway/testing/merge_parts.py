"""Puts the parts of a deferred answer together: what the client has when all have come."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

ABSENT: Final = object()


def merged(bodies: Iterable[bytes]) -> tuple[Any, list[Any]]:
    """``data`` and errors of all parts together, in both forms of incremental delivery."""
    data: Any = ABSENT
    errors: list[Any] = []
    places: dict[str, list[Any]] = {}
    for body in bodies:
        part = json.loads(body)
        errors += part.get("errors", [])
        if data is ABSENT:
            data = part.get("data")
        places |= {each["id"]: each["path"] for each in part.get("pending", ())}
        for each in (*part.get("incremental", ()), *part.get("completed", ())):
            errors += each.get("errors", [])
            if each.get("data") is not None:
                path = [*(each["path"] if "path" in each else places[each["id"]]), *each.get("subPath", ())]
                _merge(_at(data, path), each["data"])
    return data, errors


def _at(data: Any, path: Iterable[str | int]) -> Any:
    for step in path:
        data = data[step]
    return data


def _merge(target: Any, source: Any) -> None:
    for key, value in source.items() if isinstance(source, dict) else enumerate(source):
        known = target.get(key) if isinstance(target, dict) else target[key]
        if isinstance(known, dict | list) and isinstance(value, dict | list):
            _merge(known, value)
        else:
            target[key] = value
