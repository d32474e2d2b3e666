"""URLs of specs: an identity and, last, a version (https://specs.apollo.dev/link/v1.0/#Url)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

_VERSION = re.compile(r"v(\d{1,9})\.(\d{1,9})")


class InvalidSpecUrl(ValueError):
    """The text is no URL of a spec; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class SpecUrl:
    """``identity`` is the URL without its version, user, query and fragment; ``name`` is its last path segment.

    ``name`` need not be a GraphQL name.
    """

    identity: str
    name: str
    version: tuple[int, int]


def parse_spec_url(text: str) -> SpecUrl:
    """Take a spec's URL apart.

    :raises InvalidSpecUrl: no absolute URL, no version at the end of its path, or no name before the version.
    """
    try:
        url = urlsplit(text)
    except ValueError as error:
        raise InvalidSpecUrl(f'"{text}" is not a URL: {error}') from error
    if not url.scheme:
        raise InvalidSpecUrl(f'"{text}" is not an absolute URL')
    *before, last = url.path.split("/")
    version = _VERSION.fullmatch(last)
    if version is None:
        raise InvalidSpecUrl(f'"{text}" does not end in a version such as "v1.0"')
    if not before or not before[-1]:
        raise InvalidSpecUrl(f'"{text}" names no spec before its version')
    host = url.netloc.rpartition("@")[2]
    identity = f"{url.scheme}:{f'//{host}' if host else ''}{'/'.join(before)}"
    return SpecUrl(identity, before[-1], (int(version[1]), int(version[2])))
