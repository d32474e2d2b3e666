"""The URL of a picture: ``<base>/<kind>-<rrggbb>-<image id>.<format>?w=400&h=300``.

The path says all that the drawing needs, so that serving one asks no database; its strict form is also what keeps a
request from naming anything else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from shared.errors import BadUserInput

LARGEST_EDGE: Final = 2_048
FORMATS: Final = ("svg", "webp", "avif", "jpeg", "png")
DEFAULT_FORMAT: Final = "webp"

_FILE_NAME: Final = re.compile(
    rf"(?P<kind>[a-z]{{1,20}})-(?P<color>[0-9a-f]{{6}})-(?P<id>img_[0-9A-HJKMNP-TV-Z]{{26}})\.(?P<format>{'|'.join(FORMATS)})"
)


@dataclass(frozen=True, slots=True)
class Transform:
    """Fit into ``max_width`` × ``max_height`` pixels, in ``format``."""

    max_width: int | None = None
    max_height: int | None = None
    format: str = DEFAULT_FORMAT


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing named by a URL: a known kind in a colour, varied by the image's id."""

    kind: str
    color: str
    image_id: str
    format: str


def parse_transform(value: Mapping[str, Any] | None) -> Transform:
    """An ``ImageTransformInput`` as graphql-core coerced it. Raises BadUserInput."""
    value = value or {}
    return Transform(
        max_width=_edge("maxWidth", value.get("max_width")),
        max_height=_edge("maxHeight", value.get("max_height")),
        format=(value.get("format") or DEFAULT_FORMAT).lower(),
    )


def image_url(base_url: str, path: str, transform: Transform) -> str:
    """The public URL of the image at ``path``."""
    sizes = {"w": transform.max_width, "h": transform.max_height}
    query = urlencode({name: size for name, size in sizes.items() if size is not None})
    return f"{base_url}/{path}.{transform.format}" + (f"?{query}" if query else "")


def parse_file_name(file_name: str) -> Picture | None:
    """The picture that a file name means; None for any other text."""
    match = _FILE_NAME.fullmatch(file_name)
    return Picture(match["kind"], match["color"], match["id"], match["format"]) if match else None


def parse_size(text: str | None) -> int | None:
    """A size in a URL. Raises ValueError unless it is from 1 to `LARGEST_EDGE`."""
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 4 and 1 <= int(text) <= LARGEST_EDGE):
        raise ValueError("not a size")
    return int(text)


def _edge(name: str, value: int | None) -> int | None:
    if value is not None and not 1 <= value <= LARGEST_EDGE:
        raise BadUserInput(f"`{name}` is from 1 to {LARGEST_EDGE} pixels.")
    return value
