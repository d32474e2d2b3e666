"""The document that a request names: its text. The place where ids of persisted documents are looked up."""

from __future__ import annotations

from gateway.errors import ErrorCode, RequestRefused, ResponseError, refusal
from gateway.http.read_request import RequestForm


def document_of(form: RequestForm) -> str:
    """The text to execute. Raises ``RequestRefused``; persisted queries in the words that Apollo's clients know."""
    if form.query:
        return form.query
    if form.document_id is not None or "persistedQuery" in (form.extensions or {}):
        error = ResponseError("PersistedQueryNotSupported", ErrorCode.PERSISTED_QUERY_NOT_SUPPORTED)
        raise RequestRefused([error], status=200)
    raise refusal(ErrorCode.BAD_REQUEST, "The request holds no query.")
