"""What clients learn of errors in subgraphs: known client codes pass with their message, everything else is masked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gateway.errors import ErrorCode, ErrorPath, ResponseError
from gateway.executor.subgraph_answer import SubgraphErrorEntry

MASKED_MESSAGE = "An error occurred in a subgraph."
UNAVAILABLE_MESSAGE = "A subgraph could not answer."
DEFAULT_CLIENT_CODES = frozenset(
    {
        "BAD_USER_INPUT",
        "CONFLICT",
        "DOWNSTREAM_UNAVAILABLE",
        "FORBIDDEN",
        "LIMIT_EXCEEDED",
        "NOT_FOUND",
        "RATE_LIMITED",
        "UNAUTHENTICATED",
    }
)
DEFAULT_EXTENSION_KEYS = frozenset({"argument", "field", "retryAfterSeconds"})


@dataclass(frozen=True, slots=True)
class ErrorExposure:
    """What passes from one subgraph. ``everything`` shows messages, codes and extensions as sent (development)."""

    client_codes: frozenset[str] = DEFAULT_CLIENT_CODES
    extension_keys: frozenset[str] = DEFAULT_EXTENSION_KEYS
    everything: bool = False


@dataclass(frozen=True, slots=True)
class ErrorPolicy:
    """The exposure of each subgraph; ``default`` for those without their own."""

    default: ErrorExposure = field(default_factory=ErrorExposure)
    subgraphs: Mapping[str, ErrorExposure] = field(default_factory=dict)

    def reported(self, subgraph: str, entry: SubgraphErrorEntry, path: ErrorPath | None) -> ResponseError:
        """The client's form of an error that the subgraph reported."""
        exposure = self.subgraphs.get(subgraph, self.default)
        sent = entry.extensions.get("code")
        if exposure.everything:
            extensions = {key: value for key, value in entry.extensions.items() if key != "code"}
            code = sent if isinstance(sent, str) else ErrorCode.DOWNSTREAM_SERVICE_ERROR
            return ResponseError(entry.message, code, path, extensions={**extensions, "service": subgraph})
        if isinstance(sent, str) and sent in exposure.client_codes:
            passed = {key: value for key, value in _scalars(entry.extensions) if key in exposure.extension_keys}
            return ResponseError(
                entry.message or MASKED_MESSAGE, sent, path, extensions={**passed, "service": subgraph}
            )
        return ResponseError(MASKED_MESSAGE, ErrorCode.DOWNSTREAM_SERVICE_ERROR, path, extensions={"service": subgraph})

    def unavailable(self, subgraph: str) -> ResponseError:
        """The client's form of a fetch that brought no usable answer."""
        return ResponseError(UNAVAILABLE_MESSAGE, ErrorCode.DOWNSTREAM_UNAVAILABLE, extensions={"service": subgraph})


def _scalars(extensions: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return [(key, value) for key, value in extensions.items() if isinstance(value, (str, int, float, bool))]
