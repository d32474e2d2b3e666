"""What is imported from a spec under one name is not defined and used under its prefixed name as well."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gateway.ast_text import base_type_name
from gateway.composition.elements import Link, Subgraph
from gateway.composition.errors import INVALID_LINK_DIRECTIVE_USAGE
from gateway.composition.problems import Problems
from gateway.composition.written import Place, WrittenSubgraph


def check_shadowed_imports(written: WrittenSubgraph, places: Sequence[Place], problems: Problems) -> None:
    """Report definitions under prefixed names that are used although an import gives their element another name."""
    subgraph = written.subgraph
    prefixed = {name: link for link in subgraph.links for name in _prefixed_names(link)}
    if not prefixed:
        return
    used = _used(subgraph, places)
    definitions = [(f"@{name}", element.node) for name, element in subgraph.directives.items()]
    definitions += [(name, element.nodes[0]) for name, element in subgraph.types.items()]
    for name, node in definitions:
        if name in prefixed and name in used:
            message = (
                f"{name} is used although {prefixed[name].identity} imports it under another name: "
                "use that one, and remove this definition."
            )
            problems.report(INVALID_LINK_DIRECTIVE_USAGE, message, subgraph.name, node)


def _prefixed_names(link: Link) -> Iterator[str]:
    """The names, directives with ``@``, that the elements imported from a spec would have without the import."""
    for element, name in link.imports.items():
        at, bare = ("@", element[1:]) if element.startswith("@") else ("", element)
        unimported = f"{at}{link.namespace if at and bare == link.name else f'{link.namespace}__{bare}'}"
        if unimported != name:
            yield unimported


def _used(subgraph: Subgraph, places: Sequence[Place]) -> set[str]:
    used = {f"@{use.node.name.value}" for place in places for use in place.uses}
    for element in subgraph.types.values():
        used |= {base_type_name(item.type) for item in element.input_fields.values()}
        for field in element.fields.values():
            used.add(base_type_name(field.type))
            used |= {base_type_name(argument.type) for argument in field.arguments.values()}
        used |= {*element.members, *element.interfaces}
    return used
