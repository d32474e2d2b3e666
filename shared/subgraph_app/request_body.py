"""From bytes to one GraphQL request; everything malformed becomes a 4xx with a code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import msgspec
from starlette.requests import Request

_NUL_IN_JSON: Final = b"\\u0000"


class BadRequest(Exception):
    """A request that is refused before execution."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True)
class GraphQLRequest:
    """A document with its variables."""

    query: str
    variables: dict[str, Any]
    operation_name: str | None


class _Form(msgspec.Struct):
    query: str
    variables: dict[str, Any] | None = None
    operationName: str | None = None  # noqa: N815 - GraphQL over HTTP's spelling


async def read_body(request: Request, limit: int) -> bytes:
    """The body, at most ``limit`` bytes; a longer one is refused without being read to its end."""
    declared = request.headers.get("content-length", "0")
    if declared.isdigit() and int(declared) > limit:
        raise _too_large(limit)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise _too_large(limit)
    return bytes(body)


def parse_request(content_type: str, body: bytes) -> GraphQLRequest:
    """The single request in a JSON body. Raises BadRequest."""
    if content_type.partition(";")[0].strip().lower() != "application/json":
        raise BadRequest(415, "UNSUPPORTED_MEDIA_TYPE", "Send application/json.")
    if body.lstrip()[:1] == b"[":
        raise BadRequest(400, "BAD_USER_INPUT", "Batched requests are not supported.")
    try:
        form = msgspec.json.decode(body, type=_Form)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise BadRequest(400, "BAD_USER_INPUT", "The body is not a GraphQL request in JSON.") from error
    if _NUL_IN_JSON in body and _has_nul([form.query, form.variables]):
        raise BadRequest(400, "BAD_USER_INPUT", "Text must not contain the NUL character.")
    return GraphQLRequest(form.query, form.variables or {}, form.operationName)


def _has_nul(root: Any) -> bool:
    """PostgreSQL stores no NUL; both a NUL and GraphQL's own escape of one in the document are refused."""
    open_values = [root]
    while open_values:
        value = open_values.pop()
        match value:
            case str():
                if "\0" in value or "\\u0000" in value:
                    return True
            case dict():
                open_values.extend(value)
                open_values.extend(value.values())
            case list():
                open_values.extend(value)
    return False


def _too_large(limit: int) -> BadRequest:
    return BadRequest(413, "PAYLOAD_TOO_LARGE", f"The body is larger than {limit} bytes.")
