"""What of a client's request reaches the subgraphs, besides the operation."""

from __future__ import annotations

from dataclasses import dataclass

from gateway.executor.response_headers import ResponseHeaders
from gateway.executor.transport import Headers
from shared.auth.principal import ANONYMOUS, Principal


@dataclass(frozen=True, slots=True)
class RequestContext:
    """The verified caller, the headers to send on (lower-case names), and where headers of responses go if anywhere."""

    principal: Principal = ANONYMOUS
    headers: Headers = ()
    response_headers: ResponseHeaders | None = None
