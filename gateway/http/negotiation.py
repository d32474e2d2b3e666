"""Which media type answers a request (GraphQL over HTTP, section 6.2; RFC 9110, section 12.5.1)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Final


class MediaType(Enum):
    """What the gateway can answer with; the value is the content type."""

    JSON = "application/json"
    GRAPHQL_RESPONSE = "application/graphql-response+json"
    EVENT_STREAM = "text/event-stream"
    MULTIPART = "multipart/mixed"


SINGLE: Final = frozenset({MediaType.JSON, MediaType.GRAPHQL_RESPONSE})
# For wildcards: clients of before the watershed of GraphQL over HTTP know this one only.
DEFAULT: Final = MediaType.JSON
_PREFERENCE: Final = (MediaType.GRAPHQL_RESPONSE, MediaType.JSON, MediaType.MULTIPART, MediaType.EVENT_STREAM)


@dataclass(frozen=True, slots=True)
class AcceptedTypes:
    """What the client takes: one type for single answers, and for several-part answers, best first.

    ``single`` is None when the client takes streams only. ``multipart_parameters`` are those of the accepted
    ``multipart/mixed``, which name the protocol (``subscriptionspec``, ``deferspec``).
    """

    single: MediaType | None
    streams: tuple[MediaType, ...] = ()
    multipart_parameters: frozenset[tuple[str, str]] = frozenset()


@lru_cache(maxsize=512)
def negotiate(accept: str | None) -> AcceptedTypes | None:
    """Read an ``Accept`` header; None when nothing that the gateway has is acceptable."""
    if accept is None or not accept.strip():
        return AcceptedTypes(DEFAULT)
    qualities: dict[MediaType, float] = {}
    multipart: frozenset[tuple[str, str]] = frozenset()
    wildcard = 0.0
    for entry in accept.split(","):
        name, parameters, quality = _read_entry(entry)
        if name in {"*/*", "application/*"}:
            wildcard = max(wildcard, quality)
        media_type = next((each for each in MediaType if each.value == name), None)
        if media_type is None or not _takes_utf8(parameters):
            continue
        qualities[media_type] = max(quality, qualities.get(media_type, 0.0))
        if media_type is MediaType.MULTIPART:
            multipart |= parameters.items()
    if wildcard:
        qualities.setdefault(DEFAULT, wildcard)
    return _accepted(qualities, multipart)


def _accepted(qualities: dict[MediaType, float], multipart: frozenset[tuple[str, str]]) -> AcceptedTypes | None:
    ranked = sorted(
        (each for each in _PREFERENCE if qualities.get(each, 0.0) > 0),
        key=lambda each: (-qualities[each], _PREFERENCE.index(each)),
    )
    if not ranked:
        return None
    single = next((each for each in ranked if each in SINGLE), None)
    return AcceptedTypes(single, tuple(each for each in ranked if each not in SINGLE), multipart)


def _read_entry(entry: str) -> tuple[str, dict[str, str], float]:
    name, *rest = (part.strip() for part in entry.split(";"))
    parameters = {
        key.strip().lower(): value.strip().strip('"').lower()
        for key, _, value in (part.partition("=") for part in rest)
    }
    try:
        quality = min(1.0, max(0.0, float(parameters.pop("q", "1"))))
    except ValueError:
        quality = 0.0
    return name.lower(), parameters, quality


def _takes_utf8(parameters: dict[str, str]) -> bool:
    """JSON is always UTF-8 (RFC 8259, section 8.1)."""
    return parameters.get("charset", "utf-8") in {"utf-8", "utf8"}
