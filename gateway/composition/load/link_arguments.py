"""What a @link or @core says, read from its arguments."""

from __future__ import annotations

from graphql import DirectiveNode, NullValueNode, StringValueNode, ValueNode

from gateway.federation.directives import CORE_IDENTITY, FEDERATION_IDENTITY, LINK_IDENTITY
from gateway.federation.spec_url import InvalidSpecUrl, parse_spec_url

LINK_VERSION = (1, 0)
"""The one version of the link spec."""
LINKING_SPECS = {LINK_IDENTITY: "link", CORE_IDENTITY: "core"}
"""The specs that define directives that link, and what these directives are called."""


def link_argument(use: DirectiveNode, name: str) -> ValueNode | None:
    """An argument that is given and not null."""
    for argument in use.arguments or ():
        if argument.name.value == name and not isinstance(argument.value, NullValueNode):
            return argument.value
    return None


def link_text(use: DirectiveNode, name: str) -> str | None:
    """An argument that is a string."""
    value = link_argument(use, name)
    return value.value if isinstance(value, StringValueNode) else None


def link_url(use: DirectiveNode) -> str | None:
    """The URL of what is linked."""
    return link_text(use, "url") or link_text(use, "feature")


def linked_identity(use: DirectiveNode) -> str | None:
    """The identity that the URL begins with, even when its version is malformed."""
    url = link_url(use)
    if url is None:
        return None
    for identity in (FEDERATION_IDENTITY, *LINKING_SPECS):
        if url == identity or url.startswith(f"{identity}/"):
            return identity
    return url


def name_of_linking_directive(use: DirectiveNode) -> str | None:
    """What the directive that links is called from here on; None when something else is linked.

    A malformed URL of the link spec says nothing.
    """
    identity = linked_identity(use)
    if identity not in LINKING_SPECS:
        return None
    try:
        parse_spec_url(link_url(use) or "")
    except InvalidSpecUrl:
        return None
    return link_text(use, "as") or LINKING_SPECS[identity]
