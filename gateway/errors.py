"""What a client can be told went wrong: every code of the gateway, and the form of an error in a response."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeAlias

ErrorPath: TypeAlias = tuple[str | int, ...]


class ErrorCode(StrEnum):
    """``extensions.code`` of the gateway's own errors. Codes of subgraphs pass beside them (``settings.errors``)."""

    GRAPHQL_PARSE_FAILED = "GRAPHQL_PARSE_FAILED"
    GRAPHQL_VALIDATION_FAILED = "GRAPHQL_VALIDATION_FAILED"
    OPERATION_NOT_FOUND = "OPERATION_NOT_FOUND"
    BAD_USER_INPUT = "BAD_USER_INPUT"
    BAD_REQUEST = "BAD_REQUEST"
    INTROSPECTION_DISABLED = "INTROSPECTION_DISABLED"
    OPERATION_TOO_LARGE = "OPERATION_TOO_LARGE"
    MAX_DEPTH_LIMIT = "MAX_DEPTH_LIMIT"
    MAX_ALIASES_LIMIT = "MAX_ALIASES_LIMIT"
    MAX_ROOT_FIELDS_LIMIT = "MAX_ROOT_FIELDS_LIMIT"
    MAX_DIRECTIVES_LIMIT = "MAX_DIRECTIVES_LIMIT"
    MAX_HEIGHT_LIMIT = "MAX_HEIGHT_LIMIT"
    MAX_VARIABLES_LIMIT = "MAX_VARIABLES_LIMIT"
    MAX_LIST_SIZE_LIMIT = "MAX_LIST_SIZE_LIMIT"
    BATCHING_NOT_SUPPORTED = "BATCHING_NOT_SUPPORTED"
    BATCH_TOO_LARGE = "BATCH_TOO_LARGE"
    PAYLOAD_TOO_LARGE = "PAYLOAD_TOO_LARGE"
    REQUEST_TIMEOUT = "REQUEST_TIMEOUT"
    UNSUPPORTED_MEDIA_TYPE = "UNSUPPORTED_MEDIA_TYPE"
    NOT_ACCEPTABLE = "NOT_ACCEPTABLE"
    METHOD_NOT_ALLOWED = "METHOD_NOT_ALLOWED"
    CSRF_PREVENTED = "CSRF_PREVENTED"
    PERSISTED_QUERY_NOT_SUPPORTED = "PERSISTED_QUERY_NOT_SUPPORTED"
    UNAUTHENTICATED = "UNAUTHENTICATED"
    UNAUTHORIZED_FIELD_OR_TYPE = "UNAUTHORIZED_FIELD_OR_TYPE"
    OPERATION_NOT_PLANNABLE = "OPERATION_NOT_PLANNABLE"
    SUBSCRIPTION_NOT_SUPPORTED = "SUBSCRIPTION_NOT_SUPPORTED"
    DOWNSTREAM_UNAVAILABLE = "DOWNSTREAM_UNAVAILABLE"
    DOWNSTREAM_SERVICE_ERROR = "DOWNSTREAM_SERVICE_ERROR"
    RESPONSE_VALIDATION_FAILED = "RESPONSE_VALIDATION_FAILED"
    OVERLOADED = "OVERLOADED"
    INTERNAL = "INTERNAL"


@dataclass(frozen=True, slots=True)
class ResponseError:
    """One entry of a response's ``errors``. ``locations`` are (line, column), both from 1."""

    message: str
    code: str
    path: ErrorPath | None = None
    locations: tuple[tuple[int, int], ...] = ()
    extensions: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The error as the GraphQL specification section 7.1.2 writes it; the code comes first in ``extensions``."""
        entry: dict[str, Any] = {"message": self.message}
        if self.locations:
            entry["locations"] = [{"line": line, "column": column} for line, column in self.locations]
        if self.path is not None:
            entry["path"] = list(self.path)
        entry["extensions"] = {"code": self.code, **self.extensions}
        return entry


def sort_errors(errors: Sequence[ResponseError]) -> list[ResponseError]:
    """The order in which a response names its errors: by path, then message; those without path first.

    Parallel fetches end in any order, so the order of arrival would change from one request to the next.
    """
    return sorted(errors, key=_order)


def _order(error: ResponseError) -> tuple[tuple[tuple[int, int, str], ...], str, str]:
    steps = tuple((0, step, "") if isinstance(step, int) else (1, 0, step) for step in error.path or ())
    return steps, error.message, error.code


class RequestRefused(Exception):
    """The request ends before execution: ``data`` is absent from the response, ``errors`` are all it holds.

    ``status`` answers clients that accept ``application/graphql-response+json``; ``well_formed`` refusals (a document
    that does not parse or validate) answer 200 to ``application/json`` clients, as GraphQL over HTTP section 6.4.1
    asks. ``headers`` are added to the HTTP response.
    """

    def __init__(
        self,
        errors: Sequence[ResponseError],
        *,
        status: int = 400,
        well_formed: bool = False,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(errors[0].message)
        self.errors = tuple(errors)
        self.status = status
        self.well_formed = well_formed
        self.headers = dict(headers or {})


def refusal(code: ErrorCode, message: str, *, status: int = 400) -> RequestRefused:
    """A refusal for one reason that has no place in the document."""
    return RequestRefused((ResponseError(message, code),), status=status)


class StartupError(Exception):
    """The gateway cannot start; the message is one line for the operator."""
