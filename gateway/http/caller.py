"""Who sends a request, and which of its headers go on to the subgraphs: the same for HTTP and WebSocket."""

from __future__ import annotations

import logging
from typing import Final

from starlette.datastructures import Headers as RequestHeaders

from gateway.authentication import Authenticator, InvalidCredentials
from gateway.authorization.caller import Caller
from gateway.errors import ErrorCode, RequestRefused, ResponseError
from gateway.executor.transport import Headers

_log = logging.getLogger(__name__)

_CHALLENGE: Final = {"www-authenticate": 'Bearer error="invalid_token"'}


async def identify(authenticator: Authenticator, authorization: str | None) -> Caller:
    """The caller of a verified token, or an anonymous one. Raises ``RequestRefused`` with status 401."""
    try:
        principal = await authenticator.authenticate(authorization)
    except InvalidCredentials as error:
        _log.info("credentials were refused: %s", error)
        refused = ResponseError("The credentials are invalid or expired.", ErrorCode.UNAUTHENTICATED)
        raise RequestRefused([refused], status=401, headers=_CHALLENGE) from error
    # Roles that a trusted issuer vouches for are the policies decided in the caller's favour.
    return Caller(principal, principal.roles)


def forwarded_headers(headers: RequestHeaders, names: tuple[str, ...]) -> Headers:
    """The client's headers of these names; repeated ones as one list (RFC 9110, section 5.2)."""
    found = [(name, headers.getlist(name)) for name in names]
    return tuple((name, ", ".join(values)) for name, values in found if values)
