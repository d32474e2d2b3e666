"""Reads a subgraph's @link and @core applications (https://specs.apollo.dev/link/v1.0/)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graphql import (
    DirectiveDefinitionNode,
    DirectiveNode,
    DocumentNode,
    EnumValueNode,
    SchemaDefinitionNode,
    SchemaExtensionNode,
)

from gateway.ast_text import value_text
from gateway.composition.elements import Link
from gateway.composition.errors import (
    INVALID_GRAPHQL,
    INVALID_LINK_DIRECTIVE_USAGE,
    INVALID_LINK_IDENTIFIER,
    UNKNOWN_FEDERATION_LINK_VERSION,
    UNKNOWN_LINK_VERSION,
)
from gateway.composition.load.link_arguments import (
    LINK_VERSION,
    LINKING_SPECS,
    link_argument,
    link_text,
    link_url,
    linked_identity,
    name_of_linking_directive,
)
from gateway.composition.load.link_conflicts import check_defines_itself, check_link_conflicts
from gateway.composition.load.link_imports import read_imports
from gateway.composition.problems import Problems
from gateway.federation.directives import (
    FEDERATION_IDENTITY,
    FEDERATION_VERSIONS,
    LINK_IDENTITY,
    LINK_PURPOSES,
    NEWEST_FEDERATION,
    UPGRADED_DIRECTIVES,
    UPGRADED_FEDERATION,
)
from gateway.federation.links import LinkedSpec, NameTable, federation_1_names, linked_names
from gateway.federation.spec_url import InvalidSpecUrl, parse_spec_url

_NAMESPACE = re.compile(r"[_A-Za-z][_0-9A-Za-z.-]*")


@dataclass(frozen=True, slots=True)
class SubgraphLinks:
    """What a subgraph links, and the names that follow from it. ``federation`` is None for federation v1."""

    links: tuple[Link, ...]
    names: NameTable
    federation: tuple[int, int] | None


def read_links(document: DocumentNode, subgraph: str, problems: Problems) -> SubgraphLinks:
    """Read and check the links of a subgraph. Without a link to federation or to the link spec there are none."""
    applied = list(_schema_directives(document))
    defined = {node.name.value for node in document.definitions if isinstance(node, DirectiveDefinitionNode)}
    link_name = _linking_directive(defined, applied)
    uses = [use for use in applied if use.name.value == link_name]
    _check_purposes(uses, subgraph, problems)
    if link_name not in defined:
        check_defines_itself(uses, link_name, subgraph, problems)
    if not any(_makes_links(use, link_name) for use in uses):
        return SubgraphLinks((), federation_1_names(defined), None)
    links = tuple(link for use in uses if (link := _read_link(use, subgraph, problems)))
    federation = next((link for link in links if link.identity == FEDERATION_IDENTITY), None)
    implied = [_link_to_link(link_name, uses[0])]
    if federation is None:
        implied.append(_implied_by_the_upgrade(uses[0]))
    check_link_conflicts(links, implied, subgraph, problems)
    version = federation.version if federation else None
    if federation is not None and federation.version not in FEDERATION_VERSIONS:
        version = NEWEST_FEDERATION
    specs = [_as_spec(link, version) for link in links]
    if not any(spec.identity in LINKING_SPECS and spec.namespace == link_name for spec in specs):
        specs.append(LinkedSpec(LINK_IDENTITY, "link", LINK_VERSION, link_name))
    base = federation_1_names(defined) if version is None else None
    return SubgraphLinks(links, linked_names(specs, base), version)


def _link_to_link(name: str, node: DirectiveNode) -> Link:
    """What the directive that links stands for, whether the subgraph says so or not."""
    return Link(LINK_IDENTITY, "link", LINK_VERSION, name, {}, None, node)


def _implied_by_the_upgrade(node: DirectiveNode) -> Link:
    """What the upgrade of federation v1 links, besides what the subgraph itself does."""
    imports = {f"@{name}": f"@{name}" for name in UPGRADED_DIRECTIVES}
    return Link(FEDERATION_IDENTITY, "federation", UPGRADED_FEDERATION, "federation", imports, None, node)


def _as_spec(link: Link, federation: tuple[int, int] | None) -> LinkedSpec:
    version = federation if link.identity == FEDERATION_IDENTITY and federation else link.version
    return LinkedSpec(link.identity, link.name, version, link.namespace, link.imports)


def _schema_directives(document: DocumentNode) -> Iterator[DirectiveNode]:
    for definition in document.definitions:
        if isinstance(definition, (SchemaDefinitionNode, SchemaExtensionNode)):
            yield from definition.directives or ()


def _linking_directive(defined: set[str], applied: list[DirectiveNode]) -> str:
    """The name of the directive that links. Another name than ``link`` must be defined by the subgraph."""
    for use in applied:
        if use.name.value in defined and use.name.value == name_of_linking_directive(use):
            return use.name.value
    return "link"


def _makes_links(use: DirectiveNode, link_name: str) -> bool:
    """A subgraph links if it links federation, be its URL malformed, or the link spec by its own directive."""
    return linked_identity(use) == FEDERATION_IDENTITY or name_of_linking_directive(use) == link_name


def _read_link(use: DirectiveNode, subgraph: str, problems: Problems) -> Link | None:
    url_text = link_url(use)
    if url_text is None:
        problems.report(
            INVALID_LINK_DIRECTIVE_USAGE,
            f'@{use.name.value} has no url: give it the URL of a spec, as in url: "{FEDERATION_IDENTITY}/v2.9".',
            subgraph,
            use,
        )
        return None
    try:
        url = parse_spec_url(url_text)
    except InvalidSpecUrl as error:
        problems.report(INVALID_LINK_IDENTIFIER, f"@{use.name.value}: {error}.", subgraph, use)
        return None
    if url.identity == FEDERATION_IDENTITY and url.version not in FEDERATION_VERSIONS:
        problems.report(
            UNKNOWN_FEDERATION_LINK_VERSION,
            f'"{url_text}" is no known version of federation: link a version from v2.0 to '
            f"v{NEWEST_FEDERATION[0]}.{NEWEST_FEDERATION[1]}.",
            subgraph,
            use,
        )
    if url.identity == LINK_IDENTITY and url.version != LINK_VERSION:
        problems.report(UNKNOWN_LINK_VERSION, f'"{url_text}" is no known version of @link: link v1.0.', subgraph, use)
    namespace = link_text(use, "as")
    if namespace is None:
        namespace = url.name
    fault = _namespace_fault(namespace)
    if fault:
        message = f'"{url_text}" cannot be linked as "{namespace}", which {fault}: choose another name with "as".'
        problems.report(INVALID_LINK_DIRECTIVE_USAGE, message, subgraph, use)
    spec = LinkedSpec(url.identity, url.name, url.version, namespace)
    imports = read_imports(use, spec, subgraph, problems)
    purpose = link_argument(use, "for")
    return Link(
        identity=url.identity,
        name=url.name,
        version=url.version,
        namespace=namespace,
        imports=imports,
        purpose=purpose.value if isinstance(purpose, EnumValueNode) else None,
        node=use,
    )


def _namespace_fault(namespace: str) -> str | None:
    """Dots and hyphens are allowed: nothing then bears such a prefix."""
    if not _NAMESPACE.fullmatch(namespace):
        return "is not a GraphQL name"
    if namespace.endswith("_") or "__" in namespace:
        return "would make prefixed names ambiguous by its underscores"
    return None


def _check_purposes(uses: list[DirectiveNode], subgraph: str, problems: Problems) -> None:
    for use in uses:
        purpose = link_argument(use, "for")
        if purpose is not None and not (isinstance(purpose, EnumValueNode) and purpose.value in LINK_PURPOSES):
            message = f"{value_text(purpose)} is no purpose of a @{use.name.value}: {' or '.join(LINK_PURPOSES)} is."
            problems.report(INVALID_GRAPHQL, message, subgraph, purpose)
