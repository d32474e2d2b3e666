"""Fetches the schemas that a config names: files, URLs to introspect, text. All of composition's input is here."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from http.client import HTTPException
from pathlib import Path

from gateway.composition.config import SubgraphEntry
from gateway.composition.elements import SubgraphSource
from gateway.composition.errors import SUBGRAPH_UNREADABLE
from gateway.composition.problems import Problems

_QUERY = b'{"query":"{ _service { sdl } }"}'
_TIMEOUT_SECONDS = 30
_MAX_BYTES = 64 * 1024 * 1024


class Unreadable(Exception):
    """A subgraph's schema cannot be had; the message continues a sentence that begins with the subgraph's name."""


def read_sources(entries: Sequence[SubgraphEntry], problems: Problems) -> tuple[SubgraphSource, ...]:
    """Fetch every schema; report those that cannot be had, and leave them out."""
    sources: list[SubgraphSource] = []
    for entry in entries:
        try:
            sources.append(SubgraphSource(entry.name, entry.routing_url, _sdl(entry)))
        except Unreadable as error:
            problems.report(SUBGRAPH_UNREADABLE, f"{error}.", entry.name)
    return tuple(sources)


def _sdl(entry: SubgraphEntry) -> str:
    if entry.file is not None:
        return _read_file(entry.file)
    if entry.subgraph_url is not None:
        return introspect(entry.subgraph_url, entry.headers)
    return entry.sdl or ""


def _read_file(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except OSError as error:
        raise Unreadable(f"its schema file {path} cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise Unreadable(f"its schema file {path} is not UTF-8 text (byte {error.start})") from error


def introspect(url: str, headers: Mapping[str, str]) -> str:
    """The SDL that a running subgraph gives for ``_service { sdl }``.

    :raises Unreadable: no answer, or an answer without SDL.
    """
    if not url.startswith(("http://", "https://")):
        raise Unreadable(f'its subgraph_url "{url}" is neither http nor https')
    answer = _post(url, headers)
    try:
        sdl = json.loads(answer)["data"]["_service"]["sdl"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Unreadable(f"{url} does not answer {{ _service {{ sdl }} }} as a federation subgraph does") from error
    if not isinstance(sdl, str):
        raise Unreadable(f"{url} gives no text for {{ _service {{ sdl }} }}")
    return sdl


def _post(url: str, headers: Mapping[str, str]) -> bytes:
    given = {"Content-Type": "application/json", "Accept": "application/json", **headers}
    try:
        request = urllib.request.Request(url, _QUERY, given, method="POST")  # noqa: S310 - introspect checks the scheme
        with urllib.request.urlopen(request, timeout=_TIMEOUT_SECONDS) as response:  # noqa: S310
            body: bytes = response.read(_MAX_BYTES + 1)
    except urllib.error.HTTPError as error:
        raise Unreadable(f"introspecting {url} failed with HTTP status {error.code}") from error
    except (OSError, HTTPException, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        raise Unreadable(f"introspecting {url} failed: {reason}") from error
    if len(body) > _MAX_BYTES:
        raise Unreadable(f"introspecting {url} gave more than {_MAX_BYTES} bytes")
    return body
