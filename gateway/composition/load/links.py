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
    ListValueNode,
    NullValueNode,
    ObjectValueNode,
    SchemaDefinitionNode,
    SchemaExtensionNode,
    StringValueNode,
    ValueNode,
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
from gateway.composition.load.link_conflicts import check_link_conflicts
from gateway.composition.problems import Problems
from gateway.federation.directives import (
    CORE_IDENTITY,
    FEDERATION_IDENTITY,
    FEDERATION_VERSIONS,
    LINK_IDENTITY,
    LINK_PURPOSES,
    NEWEST_FEDERATION,
)
from gateway.federation.links import LinkedSpec, NameTable, federation_1_names, importable, linked_names
from gateway.federation.spec_url import InvalidSpecUrl, parse_spec_url

_NAME = re.compile(r"[_A-Za-z][_0-9A-Za-z]*")
_IMPORTED = re.compile(r"@?[_A-Za-z][_0-9A-Za-z]*")
_BOOTSTRAPS = {LINK_IDENTITY: "link", CORE_IDENTITY: "core"}


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
    if not any(_bootstraps(use) for use in uses):
        return SubgraphLinks((), federation_1_names(defined), None)
    links = tuple(link for use in uses if (link := _read_link(use, subgraph, problems)))
    check_link_conflicts(links, subgraph, problems)
    federation = next((link for link in links if link.identity == FEDERATION_IDENTITY), None)
    version = federation.version if federation else None
    if federation is not None and federation.version not in FEDERATION_VERSIONS:
        version = NEWEST_FEDERATION
    specs = [_as_spec(link, version) for link in links]
    if not any(spec.identity in _BOOTSTRAPS and spec.namespace == link_name for spec in specs):
        specs.append(LinkedSpec(LINK_IDENTITY, "link", (1, 0), link_name))
    base = federation_1_names(defined) if version is None else None
    return SubgraphLinks(links, linked_names(specs, base), version)


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
        identity = _identity(use)
        name = use.name.value
        if identity in _BOOTSTRAPS and name == (_text(use, "as") or _BOOTSTRAPS[identity]) and name in defined:
            return name
    return "link"


def _bootstraps(use: DirectiveNode) -> bool:
    return _identity(use) in (FEDERATION_IDENTITY, LINK_IDENTITY, CORE_IDENTITY)


def _identity(use: DirectiveNode) -> str | None:
    """The identity that the URL begins with, even when its version is malformed."""
    url = _text(use, "url") or _text(use, "feature")
    if url is None:
        return None
    for identity in (FEDERATION_IDENTITY, LINK_IDENTITY, CORE_IDENTITY):
        if url == identity or url.startswith(f"{identity}/"):
            return identity
    return url


def _argument(use: DirectiveNode, name: str) -> ValueNode | None:
    for argument in use.arguments or ():
        if argument.name.value == name and not isinstance(argument.value, NullValueNode):
            return argument.value
    return None


def _text(use: DirectiveNode, name: str) -> str | None:
    value = _argument(use, name)
    return value.value if isinstance(value, StringValueNode) else None


def _read_link(use: DirectiveNode, subgraph: str, problems: Problems) -> Link | None:
    url_text = _text(use, "url") or _text(use, "feature")
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
    if url.identity == LINK_IDENTITY and url.version != (1, 0):
        problems.report(UNKNOWN_LINK_VERSION, f'"{url_text}" is no known version of @link: link v1.0.', subgraph, use)
    namespace = _text(use, "as")
    if namespace is None:
        namespace = url.name
    fault = _namespace_fault(namespace, given="as" in (argument.name.value for argument in use.arguments or ()))
    if fault:
        message = f'"{url_text}" cannot be linked as "{namespace}", which {fault}: choose another name with "as".'
        problems.report(INVALID_LINK_DIRECTIVE_USAGE, message, subgraph, use)
    spec = LinkedSpec(url.identity, url.name, url.version, namespace)
    imports = _read_imports(use, spec, subgraph, problems)
    purpose = _argument(use, "for")
    return Link(
        identity=url.identity,
        name=url.name,
        version=url.version,
        namespace=namespace,
        imports=imports,
        purpose=purpose.value if isinstance(purpose, EnumValueNode) else None,
        node=use,
    )


def _namespace_fault(namespace: str, *, given: bool) -> str | None:
    """A spec whose URL yields no GraphQL name may be linked without one: nothing then bears its prefix."""
    if not _NAME.fullmatch(namespace):
        return "is not a GraphQL name" if given else None
    if namespace.endswith("_") or "__" in namespace:
        return "would make prefixed names ambiguous by its underscores"
    return None


def _check_purposes(uses: list[DirectiveNode], subgraph: str, problems: Problems) -> None:
    for use in uses:
        purpose = _argument(use, "for")
        if purpose is not None and not (isinstance(purpose, EnumValueNode) and purpose.value in LINK_PURPOSES):
            message = f"{value_text(purpose)} is no purpose of a @{use.name.value}: {' or '.join(LINK_PURPOSES)} is."
            problems.report(INVALID_GRAPHQL, message, subgraph, purpose)


def _read_imports(use: DirectiveNode, spec: LinkedSpec, subgraph: str, problems: Problems) -> dict[str, str]:
    given = _argument(use, "import")
    if given is None:
        return {}
    known = importable(spec)
    imports: dict[str, str] = {}
    if not isinstance(given, ListValueNode):
        message = f"import of {spec.identity}: {value_text(given)} is not a list."
        problems.report(INVALID_LINK_DIRECTIVE_USAGE, message, subgraph, given)
        return imports
    for value in given.values:
        entry = _read_import(value)
        if isinstance(entry, str):
            problems.report(INVALID_LINK_DIRECTIVE_USAGE, f"import of {spec.identity}: {entry}", subgraph, value)
            continue
        element, name = entry
        if known is not None and element not in known and spec.version in _checked_versions(spec):
            problems.report(INVALID_LINK_DIRECTIVE_USAGE, _unknown_element(element, spec, known), subgraph, value)
            continue
        if imports.setdefault(element, name) != name:
            problems.report(
                INVALID_LINK_DIRECTIVE_USAGE,
                f'"{element}" is imported from {spec.identity} both as "{imports[element]}" and as "{name}": '
                f"keep one of them.",
                subgraph,
                value,
            )
    return imports


def _checked_versions(spec: LinkedSpec) -> tuple[tuple[int, int], ...]:
    return FEDERATION_VERSIONS if spec.identity == FEDERATION_IDENTITY else (spec.version,)


def _unknown_element(element: str, spec: LinkedSpec, known: frozenset[str]) -> str:
    version = f"v{spec.version[0]}.{spec.version[1]}"
    message = f'{spec.identity} {version} has no element "{element}" to import'
    if f"@{element}" in known:
        return f'{message}: directives are imported with their "@", as "@{element}".'
    return f"{message}: remove it, or link a version that has it."


def _read_import(value: ValueNode) -> tuple[str, str] | str:
    """Element and name of one import; or what is wrong with it."""
    if isinstance(value, StringValueNode):
        return value.value, value.value
    if not isinstance(value, ObjectValueNode):
        return f'{value_text(value)} is neither a name nor of the form {{name: "@key", as: "@primaryKey"}}.'
    parts: dict[str, str] = {}
    for part in value.fields:
        if part.name.value not in ("name", "as"):
            return f'{value_text(value)} has an unknown field "{part.name.value}": only "name" and "as" are allowed.'
        if not isinstance(part.value, StringValueNode):
            return f'"{part.name.value}" of {value_text(value)} is not a string.'
        parts[part.name.value] = part.value.value
    if "name" not in parts:
        return f'{value_text(value)} has no "name".'
    element, name = parts["name"], parts.get("as", parts["name"])
    if not _IMPORTED.fullmatch(name):
        return f'{value_text(value)} gives "{name}", which is no GraphQL name.'
    if element.startswith("@") != name.startswith("@"):
        return f'"{element}" cannot be renamed to "{name}": either both or neither begin with "@".'
    return element, name
