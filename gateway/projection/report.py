"""The errors of one answer while it is projected: which nulls are explained already, and by what."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

from gateway.errors import ErrorCode, ErrorPath, ResponseError

# A path in the making: (path of the parent, key). Most paths are never needed whole.
PathLink: TypeAlias = "tuple[PathLink | None, str | int] | None"

# An object that a failed fetch left incomplete: its path, the reason, and the keys that the fetch asked for there.
Failure: TypeAlias = tuple[ErrorPath, ResponseError, frozenset[str]]


def whole_path(link: PathLink) -> ErrorPath:
    """The path from the root."""
    steps: list[str | int] = []
    while link is not None:
        link, step = link
        steps.append(step)
    return tuple(reversed(steps))


class ErrorReport:
    """Collects errors up to ``max_errors``; a null below which an error is reported needs no other."""

    def __init__(self, reported: Iterable[ResponseError], failures: Iterable[Failure], max_errors: int) -> None:
        self.errors: list[ResponseError] = []
        self._max_errors = max_errors
        self._explained: set[ErrorPath] = set()
        self._failures: dict[ErrorPath, list[tuple[ResponseError, frozenset[str]]]] = {}
        self._unseen: dict[int, tuple[ErrorPath, ResponseError]] = {}
        for error in reported:
            self.add(error)
        for path, error, keys in failures:
            self._failures.setdefault(path, []).append((error, keys))
            self._unseen.setdefault(id(error), (path, error))

    def add(self, error: ResponseError) -> None:
        if len(self.errors) < self._max_errors:
            self.errors.append(error)
        if error.path is not None:
            for length in range(len(error.path) + 1):
                self._explained.add(error.path[:length])

    def absent(self, link: PathLink) -> None:
        """No subgraph delivered the field at ``link``: a failed fetch for its object, if any, is the reason.

        The one that asked for it, or else the first: what follows a failed fetch was never asked for.
        """
        if not self._failures:
            return
        path = whole_path(link)
        failures = self._failures.get(path[:-1])
        if failures is not None and path not in self._explained:
            failure = next((error for error, keys in failures if path[-1] in keys), failures[0][0])
            self._unseen.pop(id(failure), None)
            self.add(ResponseError(failure.message, failure.code, path, extensions=failure.extensions))

    def null_in_non_null(self, link: PathLink, coordinate: str) -> None:
        """A null that has to propagate."""
        path = whole_path(link)
        if path not in self._explained:
            message = f"Cannot return null for non-nullable field {coordinate}."
            self.add(ResponseError(message, ErrorCode.RESPONSE_VALIDATION_FAILED, path))

    def invalid(self, link: PathLink, message: str) -> None:
        """A value that does not fit its type."""
        self.add(ResponseError(message, ErrorCode.RESPONSE_VALIDATION_FAILED, whole_path(link)))

    def denied(self, link: PathLink) -> None:
        """A field that the caller may not read."""
        message = "Unauthorized field or type"
        self.add(ResponseError(message, ErrorCode.UNAUTHORIZED_FIELD_OR_TYPE, whole_path(link)))

    def finish(self, data: Any) -> list[ResponseError]:
        """All errors, those of failed fetches included that no null showed; paths end where the answer ends."""
        for path, error in self._unseen.values():
            self.add(ResponseError(error.message, error.code, path or None, extensions=error.extensions))
        distinct: dict[tuple[object, ...], ResponseError] = {}
        for error in self.errors:
            seen = error if error.path is None else _with_path(error, _visible(data, error.path))
            distinct.setdefault((seen.path, seen.code, seen.message), seen)
        return list(distinct.values())


def _with_path(error: ResponseError, path: ErrorPath) -> ResponseError:
    return ResponseError(error.message, error.code, path or None, error.locations, error.extensions)


def _visible(data: Any, path: ErrorPath) -> ErrorPath:
    """``path`` up to where it leaves what the client asked for; a null may have swallowed the rest of it."""
    value = data
    for length, step in enumerate(path):
        if value is None:
            return path
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return path[:length]
    return path
