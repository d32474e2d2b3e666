"""What clients see of an error: message, place and a stable code. The rest goes to the log."""

from __future__ import annotations

import logging
from typing import Any, Final

from graphql import GraphQLError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from shared.db.unit_of_work import sqlstate
from shared.errors import AppError, ErrorCode

logger = logging.getLogger(__name__)

_DATA_EXCEPTION_CLASS: Final = "22"  # SQLSTATE class: a value that the column's type cannot hold
_UNAVAILABLE_CLASSES: Final = ("08", "53", "57")  # connection, resources, operator intervention (also timeouts)


def format_error(error: GraphQLError) -> dict[str, Any]:
    """The error of a response's ``errors`` list."""
    message, extensions = _visible(error)
    formatted: dict[str, Any] = {"message": message}
    if error.path is not None:
        formatted["path"] = list(error.path)
    formatted["extensions"] = extensions
    return formatted


def request_error(code: str, message: str) -> dict[str, Any]:
    """The whole answer to a request that was refused before execution."""
    return {"errors": [{"message": message, "extensions": {"code": code}}]}


def _visible(error: GraphQLError) -> tuple[str, dict[str, Any]]:
    cause = error.original_error
    while isinstance(cause, GraphQLError) and cause.original_error is not None:
        cause = cause.original_error
    match cause:
        case AppError():
            return cause.message, {"code": cause.code.value, **cause.extensions}
        case None | GraphQLError():
            return error.message, {"code": ErrorCode.BAD_USER_INPUT.value, **(error.extensions or {})}
        case DBAPIError() if (sqlstate(cause) or "").startswith(_DATA_EXCEPTION_CLASS):
            return "A value is out of range.", {"code": ErrorCode.BAD_USER_INPUT.value}
        case _ if _is_unavailability(cause):
            logger.error("a dependency is not available at %s: %s", error.path, cause)
            return "The service is not available.", {"code": ErrorCode.DOWNSTREAM_UNAVAILABLE.value}
        case _:
            logger.error("a resolver failed at %s", error.path, exc_info=cause)
            return "Internal error.", {"code": ErrorCode.INTERNAL.value}


def _is_unavailability(cause: BaseException) -> bool:
    if isinstance(cause, DBAPIError):
        state = sqlstate(cause)
        return cause.connection_invalidated or state is None or state[:2] in _UNAVAILABLE_CLASSES
    return isinstance(cause, OSError | TimeoutError | PoolTimeout)
