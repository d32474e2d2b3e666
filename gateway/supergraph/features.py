"""The specs that a supergraph links, and the refusal to serve one whose guards or semantics are unknown.

A spec linked ``for: SECURITY`` protects data, one linked ``for: EXECUTION`` changes what operations mean: either must
be known, or nothing is served (https://specs.apollo.dev/link/v1.0/#Purpose).
"""

from __future__ import annotations

from dataclasses import dataclass

from graphql import ConstDirectiveNode, DocumentNode, SchemaDefinitionNode, SchemaExtensionNode

from gateway.federation.join import JOIN_IDENTITY, JOIN_V0_5
from gateway.federation.spec_url import InvalidSpecUrl, SpecUrl, parse_spec_url
from gateway.supergraph.errors import InvalidSupergraph, SupergraphErrorCode

Version = tuple[int, int]

_SPECS = "https://specs.apollo.dev/"
NEWEST_SUPPORTED: dict[str, Version] = {
    JOIN_IDENTITY: JOIN_V0_5,
    _SPECS + "core": (0, 2),
    _SPECS + "link": (1, 0),
    _SPECS + "tag": (0, 3),
    _SPECS + "inaccessible": (0, 2),
    _SPECS + "authenticated": (0, 1),
    _SPECS + "requiresScopes": (0, 1),
    _SPECS + "policy": (0, 1),
    _SPECS + "cost": (0, 1),
    _SPECS + "context": (0, 1),
    _SPECS + "cacheTag": (0, 1),
}
"""Specs that the gateway implements, each up to and including this version."""


@dataclass(frozen=True, slots=True)
class Feature:
    """A linked spec. ``purpose`` is ``SECURITY``, ``EXECUTION`` or None (safe to ignore)."""

    spec: SpecUrl
    purpose: str | None


def check_features(document: DocumentNode) -> Version:
    """The version of the join spec in use, once every feature with a purpose is known to be supported.

    :raises InvalidSupergraph: UNSUPPORTED_LINKED_FEATURE, or INVALID_SUPERGRAPH when no join spec is linked.
    """
    features = [
        feature
        for definition in document.definitions
        if isinstance(definition, (SchemaDefinitionNode, SchemaExtensionNode))
        for directive in definition.directives or ()
        if (feature := _feature(directive)) is not None
    ]
    for feature in features:
        newest = NEWEST_SUPPORTED.get(feature.spec.identity)
        if feature.purpose is not None and (newest is None or feature.spec.version > newest):
            major, minor = feature.spec.version
            raise InvalidSupergraph(
                SupergraphErrorCode.UNSUPPORTED_LINKED_FEATURE,
                f"the supergraph links {feature.spec.identity}/v{major}.{minor} for {feature.purpose}, "
                "which this gateway does not support",
            )
    for feature in features:
        if feature.spec.identity == JOIN_IDENTITY:
            return feature.spec.version
    raise InvalidSupergraph(
        SupergraphErrorCode.INVALID_SUPERGRAPH, "the document is not a supergraph: its schema links no join spec"
    )


def _feature(directive: ConstDirectiveNode) -> Feature | None:
    if directive.name.value not in {"link", "core"}:
        return None
    given = {argument.name.value: getattr(argument.value, "value", None) for argument in directive.arguments or ()}
    url = given.get("url") or given.get("feature")
    purpose = given.get("for")
    try:
        spec = parse_spec_url(str(url))
    except InvalidSpecUrl as error:
        if purpose is None:
            return None
        raise InvalidSupergraph(
            SupergraphErrorCode.UNSUPPORTED_LINKED_FEATURE,
            f'the supergraph links "{url}" for {purpose}, which names no supported feature',
        ) from error
    return Feature(spec, purpose)
