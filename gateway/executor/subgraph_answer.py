"""A subgraph's bytes as a GraphQL response, whatever the subgraph sent.

A subgraph is trusted to be right no further than this: wrong shapes become one ``MalformedAnswer``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

import msgspec

MAX_READ_ERRORS = 100  # of one response; a subgraph that reports a million errors has reported enough


class MalformedAnswer(Exception):
    """Not a GraphQL response. The text is for logs."""


@dataclass(frozen=True, slots=True)
class SubgraphErrorEntry:
    """An entry of ``errors`` as the subgraph sent it, reduced to what has the right type."""

    message: str
    path: tuple[str | int, ...] | None
    extensions: dict[str, Any]


@dataclass(frozen=True, slots=True)
class SubgraphAnswer:
    """``data`` is None when it was null or absent; then there is at least one error."""

    data: dict[str, Any] | None
    errors: tuple[SubgraphErrorEntry, ...]


_ESCAPE: Final = re.compile(
    rb"\\u[dD][89abAB]..\\u[dD][c-fC-F]..|(?P<half>\\u[dD][89a-fA-F][0-9a-fA-F]{2})|\\."  # a pair, a half, any other
)

_decode = msgspec.json.Decoder().decode


def read_answer(body: bytes) -> SubgraphAnswer:
    """Decode a response body. Raises ``MalformedAnswer``."""
    try:
        value = _decode_text(body)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise MalformedAnswer(f"not JSON: {error}") from error
    if not isinstance(value, dict):
        raise MalformedAnswer("not a JSON object")
    data = value.get("data")
    if data is not None and not isinstance(data, dict):
        raise MalformedAnswer("data is not an object")
    errors = _read_errors(value.get("errors"))
    if data is None and not errors:
        raise MalformedAnswer("neither data nor errors")
    return SubgraphAnswer(data, errors)


def _decode_text(body: bytes) -> Any:
    """Half of a character that was cut in two, as JavaScript writes it, must not cost the whole answer."""
    try:
        return _decode(body)
    except msgspec.DecodeError:
        whole = _ESCAPE.sub(_whole_character, body)
        if whole == body:
            raise
        return _decode(whole)


def _whole_character(escape: re.Match[bytes]) -> bytes:
    return rb"\ufffd" if escape.lastgroup == "half" else escape.group()


def _read_errors(value: Any) -> tuple[SubgraphErrorEntry, ...]:
    if value is None:
        return ()
    if not isinstance(value, list):
        raise MalformedAnswer("errors is not a list")
    return tuple(_read_error(entry) for entry in value[:MAX_READ_ERRORS])


def _read_error(entry: Any) -> SubgraphErrorEntry:
    if not isinstance(entry, dict):
        return SubgraphErrorEntry("", None, {})
    message, path, extensions = entry.get("message"), entry.get("path"), entry.get("extensions")
    return SubgraphErrorEntry(
        message if isinstance(message, str) else "",
        _read_path(path),
        extensions if isinstance(extensions, dict) else {},
    )


def _read_path(path: Any) -> tuple[str | int, ...] | None:
    if not isinstance(path, list) or not path:
        return None
    if not all(isinstance(step, str) or (isinstance(step, int) and not isinstance(step, bool)) for step in path):
        return None
    return tuple(path)
