"""URLs of specs: an identity and, last, a version (https://specs.apollo.dev/link/v1.0/#Url)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

_VERSION = re.compile(r"v(\d{1,9})\.(\d{1,9})")
_NAME = re.compile(r"[_A-Za-z][_0-9A-Za-z]*")


class InvalidSpecUrl(ValueError):
    """The text is no URL of a spec; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class SpecUrl:
    """``identity`` is the URL without its version; ``name`` is the identity's last path segment.

    ``name`` is empty when that segment is no GraphQL name.
    """

    identity: str
    name: str
    version: tuple[int, int]


def parse_spec_url(text: str) -> SpecUrl:
    """Take a spec's URL apart.

    :raises InvalidSpecUrl: no absolute URL, no version at its end, or no name before the version.
    """
    try:
        url = urlsplit(text)
    except ValueError as error:
        raise InvalidSpecUrl(f'"{text}" is not a URL: {error}') from error
    if not url.scheme or not url.netloc:
        raise InvalidSpecUrl(f'"{text}" is not an absolute URL')
    *before, last = url.path.removeprefix("/").split("/")
    version = _VERSION.fullmatch(last)
    if version is None:
        raise InvalidSpecUrl(f'"{text}" does not end in a version such as "v1.0"')
    if not before:
        raise InvalidSpecUrl(f'"{text}" names no spec before its version')
    name = before[-1] if _NAME.fullmatch(before[-1]) else ""
    return SpecUrl(f"{url.scheme}://{url.netloc}/{'/'.join(before)}", name, (int(version[1]), int(version[2])))
