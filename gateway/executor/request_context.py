"""What of a client's request reaches the subgraphs, besides the operation."""

from __future__ import annotations

from dataclasses import dataclass

from gateway.executor.transport import Headers
from shared.auth.principal import ANONYMOUS, Principal


@dataclass(frozen=True, slots=True)
class RequestContext:
    """The verified caller, and the headers to send on (lower-case names)."""

    principal: Principal = ANONYMOUS
    headers: Headers = ()


NO_CONTEXT = RequestContext()
