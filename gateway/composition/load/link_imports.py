"""Reads the ``import`` of a @link: elements of the spec, and the names given to them."""

from __future__ import annotations

import re

from graphql import DirectiveNode, ListValueNode, ObjectValueNode, StringValueNode, ValueNode

from gateway.ast_text import value_text
from gateway.composition.errors import INVALID_LINK_DIRECTIVE_USAGE
from gateway.composition.load.link_arguments import link_argument
from gateway.composition.problems import Problems
from gateway.federation.directives import FEDERATION_IDENTITY, FEDERATION_VERSIONS
from gateway.federation.links import LinkedSpec, importable

_IMPORTED = re.compile(r"@?[_A-Za-z][_0-9A-Za-z]*")


def read_imports(use: DirectiveNode, spec: LinkedSpec, subgraph: str, problems: Problems) -> dict[str, str]:
    """The imports of a @link, each element's name by the spec's name for it; faulty ones are reported and left out."""
    given = link_argument(use, "import")
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
