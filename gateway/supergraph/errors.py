"""Why a supergraph cannot be loaded."""

from __future__ import annotations

from enum import Enum


class SupergraphErrorCode(Enum):
    """Stable codes; the value is what people and programs see."""

    INVALID_GRAPHQL = "INVALID_GRAPHQL"
    INVALID_SUPERGRAPH = "INVALID_SUPERGRAPH"
    UNSUPPORTED_LINKED_FEATURE = "UNSUPPORTED_LINKED_FEATURE"


class InvalidSupergraph(Exception):
    """The text is no supergraph that this gateway can serve safely."""

    def __init__(self, code: SupergraphErrorCode, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
