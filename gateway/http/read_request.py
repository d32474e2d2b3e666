"""From an HTTP request to GraphQL requests (GraphQL over HTTP, section 5), refusing what cannot be one early."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import msgspec
from starlette.requests import Request

from gateway.errors import ErrorCode, RequestRefused, ResponseError, refusal

JSON_TYPES: Final = frozenset({"application/json", "application/graphql+json"})
# A browser sends these without asking the server first (CORS "simple" requests): another site's page could, too.
SIMPLE_TYPES: Final = frozenset({"text/plain", "application/x-www-form-urlencoded", "multipart/form-data"})
MAX_URL_PARAMETER_BYTES: Final = 64 * 1024


class RequestForm(msgspec.Struct, rename={"operation_name": "operationName", "document_id": "documentId"}):
    """The members of a GraphQL request as JSON. Unknown members are ignored, as the specification asks."""

    query: str | None = None
    operation_name: str | None = None
    variables: dict[str, Any] | None = None
    extensions: dict[str, Any] | None = None
    document_id: str | None = None


@dataclass(frozen=True, slots=True)
class ReadRequest:
    """One or, in a batch, several requests. ``is_safe`` marks GET, which must not change anything."""

    forms: tuple[RequestForm, ...]
    is_batch: bool = False
    is_safe: bool = False


_single = msgspec.json.Decoder(RequestForm)
_batch = msgspec.json.Decoder(list[RequestForm])
_object: msgspec.json.Decoder[dict[str, Any] | None] = msgspec.json.Decoder(dict[str, Any] | None)


async def read_request(
    request: Request, *, max_body_bytes: int, body_timeout_seconds: float, max_batch: int
) -> ReadRequest:
    """Raises ``RequestRefused`` with status 400, 405, 408, 413 or 415."""
    if request.method == "GET":
        return ReadRequest((_read_url(request.query_params),), is_safe=True)
    if request.method != "POST":
        raise RequestRefused(
            refusal(ErrorCode.METHOD_NOT_ALLOWED, "GraphQL is served by GET and POST.").errors,
            status=405,
            headers={"allow": "GET, POST"},
        )
    _check_content_type(request.headers.get("content-type"))
    try:
        async with asyncio.timeout(body_timeout_seconds):
            body = await read_body(request, max_body_bytes)
    except TimeoutError:
        raise _unread(ErrorCode.REQUEST_TIMEOUT, "The request body did not arrive in time.", 408) from None
    return _read_body(body, max_batch)


async def read_body(request: Request, max_bytes: int) -> bytes:
    """The body, given up as soon as it is known to be too large."""
    declared = request.headers.get("content-length")
    if declared is not None and declared.isascii() and declared.isdigit() and int(declared) > max_bytes:
        raise _too_large(max_bytes)
    chunks: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > max_bytes:
            raise _too_large(max_bytes)
        chunks.append(chunk)
    return b"".join(chunks)


def _too_large(max_bytes: int) -> RequestRefused:
    return _unread(ErrorCode.PAYLOAD_TOO_LARGE, f"The request body is larger than {max_bytes} bytes.", 413)


def _unread(code: ErrorCode, message: str, status: int) -> RequestRefused:
    """What is left of the body is not read, so the connection cannot be used again."""
    return RequestRefused([ResponseError(message, code)], status=status, headers={"connection": "close"})


def _check_content_type(content_type: str | None) -> None:
    media_type, _, parameters = (content_type or "").partition(";")
    media_type = media_type.strip().lower()
    if media_type in JSON_TYPES:
        charset = parameters.lower().partition("charset=")[2].strip(' "')
        if charset and charset not in {"utf-8", "utf8"}:
            raise refusal(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "Requests must be encoded in UTF-8.", status=415)
        return
    if media_type in SIMPLE_TYPES:
        raise refusal(
            ErrorCode.CSRF_PREVENTED, f"A POST of {media_type} is refused: send application/json.", status=415
        )
    message = "The content type must be application/json."
    raise refusal(ErrorCode.UNSUPPORTED_MEDIA_TYPE, message, status=415)


def _read_body(body: bytes, max_batch: int) -> ReadRequest:
    if body.lstrip(b" \t\r\n")[:1] == b"[":
        return _read_batch(body, max_batch)
    try:
        return ReadRequest((_single.decode(body),))
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise _bad_body(error) from error


def _read_batch(body: bytes, max_batch: int) -> ReadRequest:
    if max_batch == 0:
        raise refusal(ErrorCode.BATCHING_NOT_SUPPORTED, "Batched requests are not supported.")
    try:
        forms = _batch.decode(body)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise _bad_body(error) from error
    if not forms:
        raise refusal(ErrorCode.BAD_REQUEST, "The batch is empty.")
    if len(forms) > max_batch:
        raise refusal(ErrorCode.BATCH_TOO_LARGE, f"The batch has more than {max_batch} requests.")
    return ReadRequest(tuple(forms), is_batch=True)


def _bad_body(error: Exception) -> RequestRefused:
    if isinstance(error, msgspec.ValidationError):
        return refusal(ErrorCode.BAD_REQUEST, f"The request is malformed: {error}")
    return refusal(ErrorCode.BAD_REQUEST, "The request body is not valid JSON.")


def _read_url(parameters: Mapping[str, str]) -> RequestForm:
    """Parameters of a GET; ``variables`` and ``extensions`` are JSON texts."""
    return RequestForm(
        query=parameters.get("query"),
        operation_name=parameters.get("operationName") or None,
        variables=_read_parameter(parameters, "variables"),
        extensions=_read_parameter(parameters, "extensions"),
        document_id=parameters.get("documentId"),
    )


def _read_parameter(parameters: Mapping[str, str], name: str) -> dict[str, Any] | None:
    text = parameters.get(name)
    if not text:
        return None
    if len(text) > MAX_URL_PARAMETER_BYTES:
        raise refusal(ErrorCode.PAYLOAD_TOO_LARGE, f"The parameter {name} is too large.", status=413)
    try:
        return _object.decode(text.encode("utf-8"))
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise refusal(ErrorCode.BAD_REQUEST, f"The parameter {name} is not a JSON object.") from error
