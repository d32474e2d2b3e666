"""Which names of a supergraph's SDL are machinery: elements of the specs that it links, not its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graphql import (
    ConstDirectiveNode,
    DocumentNode,
    ListValueNode,
    ObjectValueNode,
    SchemaDefinitionNode,
    SchemaExtensionNode,
    StringValueNode,
    ValueNode,
)

from gateway.federation.spec_url import InvalidSpecUrl, parse_spec_url

_SPECS = "https://specs.apollo.dev/"
_LINKING = ("link", "core")


@dataclass(frozen=True, slots=True)
class LinkedNames:
    """``namespaces`` begin the names of all elements of a spec that are not imported; ``imported`` are the others.

    ``inaccessible`` and ``tag`` are what the supergraph calls these directives, None where it does not link them.
    """

    namespaces: frozenset[str]
    imported_types: frozenset[str]
    imported_directives: frozenset[str]
    inaccessible: str | None
    tag: str | None

    def is_machinery_type(self, name: str) -> bool:
        """Whether a type belongs to a linked spec."""
        namespace, separator, _ = name.partition("__")
        return name in self.imported_types or (bool(separator) and namespace in self.namespaces)

    def is_machinery_directive(self, name: str) -> bool:
        """Whether a directive belongs to a linked spec."""
        return name in self.imported_directives or name.partition("__")[0] in self.namespaces


@dataclass(frozen=True, slots=True)
class _Link:
    identity: str
    spec_name: str
    namespace: str
    imports: tuple[tuple[str, str], ...]


def linked_names(document: DocumentNode) -> LinkedNames:
    """Read the ``@link`` and ``@core`` applications of a supergraph."""
    links = list(_links(document))
    imports = [name for link in links for _, name in link.imports]
    return LinkedNames(
        namespaces=frozenset({*_LINKING, "join", *(link.namespace for link in links)}),
        imported_types=frozenset(name for name in imports if not name.startswith("@")),
        imported_directives=frozenset(name[1:] for name in imports if name.startswith("@")),
        inaccessible=_name_of("inaccessible", links),
        tag=_name_of("tag", links),
    )


def _name_of(directive: str, links: list[_Link]) -> str | None:
    for link in links:
        if link.identity == f"{_SPECS}{directive}":
            return dict(link.imports).get(f"@{directive}", f"@{link.namespace}")[1:]
    return None


def _links(document: DocumentNode) -> Iterator[_Link]:
    for definition in document.definitions:
        if isinstance(definition, (SchemaDefinitionNode, SchemaExtensionNode)):
            for use in definition.directives or ():
                link = _read(use) if use.name.value in _LINKING else None
                if link is not None:
                    yield link


def _read(use: ConstDirectiveNode) -> _Link | None:
    given: dict[str, ValueNode] = {argument.name.value: argument.value for argument in use.arguments or ()}
    try:
        url = parse_spec_url(_text(given.get("url")) or _text(given.get("feature")) or "")
    except InvalidSpecUrl:
        return None
    imports = given.get("import")
    items = imports.values if isinstance(imports, ListValueNode) else ()
    return _Link(url.identity, url.name, _text(given.get("as")) or url.name, tuple(_import(item) for item in items))


def _import(value: ValueNode) -> tuple[str, str]:
    if not isinstance(value, ObjectValueNode):
        return _text(value) or "", _text(value) or ""
    parts = {field.name.value: _text(field.value) for field in value.fields}
    name = parts.get("name") or ""
    return name, parts.get("as") or name


def _text(value: ValueNode | None) -> str | None:
    return value.value if isinstance(value, StringValueNode) else None
