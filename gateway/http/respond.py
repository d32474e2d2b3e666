"""GraphQL answers and refusals as HTTP responses (GraphQL over HTTP, section 6.4)."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from starlette.responses import Response

from gateway.engine import Answer
from gateway.errors import RequestRefused
from gateway.http.negotiation import MediaType

_CONTENT_TYPES: Mapping[MediaType, str] = {
    MediaType.JSON: "application/json; charset=utf-8",
    MediaType.GRAPHQL_RESPONSE: "application/graphql-response+json; charset=utf-8",
}


def respond(answer: Answer, media_type: MediaType) -> Response:
    """The answer to an executed request: always 200, its errors are in the body."""
    return Response(answer.body, headers={"content-type": _CONTENT_TYPES[media_type]})


def respond_refused(refused: RequestRefused, media_type: MediaType) -> Response:
    """A refusal. Clients of ``application/json`` take any other status than 200 for a failure of the transport."""
    status = 200 if refused.well_formed and media_type is MediaType.JSON else refused.status
    return Response(
        refusal_body(refused),
        status_code=status,
        headers={"content-type": _CONTENT_TYPES[media_type], **refused.headers},
    )


def refusal_body(refused: RequestRefused) -> bytes:
    """The response of a request that was not executed: no ``data``."""
    return msgspec.json.encode({"errors": [error.to_json() for error in refused.errors]})
