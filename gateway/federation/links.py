"""Which name of a subgraph's SDL means which element of which spec (https://specs.apollo.dev/link/v1.0/)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from gateway.federation.directives import (
    CONNECT_DIRECTIVES,
    CONNECT_IDENTITY,
    CONNECT_INPUTS,
    CONNECT_SCALARS,
    CORE_IDENTITY,
    FEDERATION_1_DIRECTIVES,
    FEDERATION_IDENTITY,
    LINK_IDENTITY,
    SISTER_SPECS,
    federation_directives,
    federation_scalars,
)

_LINK_TYPES = ("Import", "Purpose")
_ADOPTED = ("shareable", "inaccessible", "override", "composeDirective", "interfaceObject")


@dataclass(frozen=True, slots=True)
class LinkedSpec:
    """A linked spec with the names under which its elements are known; directives bear their ``@``."""

    identity: str
    name: str
    version: tuple[int, int]
    namespace: str
    imports: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NameTable:
    """Names as written, each with its canonical name and the identity of the spec that defines it.

    ``machinery`` are the written names of types that specs define; they are no part of the subgraph's own types.
    ``written`` goes the other way for directives of federation: canonical name to the name written.
    """

    directives: Mapping[str, tuple[str, str]]
    machinery: Mapping[str, str]
    written: Mapping[str, str]
    namespaces: Mapping[str, str]

    def directive(self, name: str) -> tuple[str, str | None]:
        """Canonical name and spec of the directive written ``@name``; the spec is None for the subgraph's own."""
        known = self.directives.get(name)
        if known is not None:
            return known
        prefix, separator, element = name.partition("__")
        identity = self.namespaces.get(prefix) if separator else None
        return (element, identity) if identity else (name, None)


def federation_1_names(defined: Collection[str] = ()) -> NameTable:
    """The names of a subgraph that links no federation: federation v1's directives as they are.

    Of the directives that it defines itself (``defined``), those that bear names of early federation v2 directives
    are taken for these, as the reference composer's upgrade of v1 does.
    """
    federation = (*FEDERATION_1_DIRECTIVES, *(name for name in _ADOPTED if name in defined))
    directives = {name: (name, FEDERATION_IDENTITY) for name in federation}
    if "link" not in defined:
        directives["link"] = ("link", LINK_IDENTITY)
    machinery = {"_FieldSet": "FieldSet", **{f"link__{name}": name for name in _LINK_TYPES}}
    return NameTable(directives, machinery, {name: name for name in federation}, {})


def linked_names(specs: Iterable[LinkedSpec], base: NameTable | None) -> NameTable:
    """The names of a subgraph that links ``specs``, besides those of ``base``."""
    directives: dict[str, tuple[str, str]] = dict(base.directives) if base else {}
    machinery: dict[str, str] = dict(base.machinery) if base else {}
    namespaces: dict[str, str] = {}
    for spec in specs:
        owned, types = _elements(spec)
        feature = FEDERATION_IDENTITY if spec.identity in SISTER_SPECS else spec.identity
        for element in owned:
            imported = spec.imports.get(f"@{element}")
            default = spec.namespace if element == spec.name else f"{spec.namespace}__{element}"
            directives[imported.removeprefix("@") if imported else default] = (element, feature)
        for element in types:
            machinery[spec.imports.get(element) or f"{spec.namespace}__{element}"] = element
        if not owned:
            namespaces[spec.namespace] = feature
            directives[spec.namespace] = (spec.name, feature)
            for element, name in spec.imports.items():
                if element.startswith("@"):
                    directives[name.removeprefix("@")] = (element[1:], feature)
    written = {element: name for name, (element, feature) in directives.items() if feature == FEDERATION_IDENTITY}
    return NameTable(directives, machinery, written, namespaces)


def _elements(spec: LinkedSpec) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names of the directives and of the types that a known spec defines; none for one that is not known."""
    if spec.identity == FEDERATION_IDENTITY:
        return tuple(federation_directives(spec.version)), federation_scalars(spec.version)
    if spec.identity == LINK_IDENTITY:
        return ("link",), _LINK_TYPES
    if spec.identity == CORE_IDENTITY:
        return ("core",), ("Purpose",)
    if spec.identity == CONNECT_IDENTITY:
        return tuple(CONNECT_DIRECTIVES), (*CONNECT_SCALARS, *CONNECT_INPUTS)
    if spec.identity in SISTER_SPECS:
        return SISTER_SPECS[spec.identity].directives, SISTER_SPECS[spec.identity].scalars
    return (), ()


def importable(spec: LinkedSpec) -> frozenset[str] | None:
    """What can be imported from a spec, directives with their ``@``; None when the spec is not known here."""
    owned, types = _elements(spec)
    return frozenset({f"@{name}" for name in owned} | set(types)) if owned else None
